"""What only the tests need of the machine: a browser, a Chinese font for it, and GDAL's programs as a peer."""

import shutil
from pathlib import Path

from scripts.bootstrap import apt
from scripts.bootstrap.console import SetupError, output, ready, say, step


def ensure_test_tools() -> None:
    """Install Chromium, a font with Chinese characters and GDAL's programs, or say what has to stay untested."""
    missing = _missing()
    if not missing:
        ready("Chromium, font, GDAL", "ready")
        return
    if apt.available() and apt.elevated() is not None:
        with step("Chromium, font, GDAL", note=f"(installing {', '.join(missing)})"):
            try:
                apt.install(*missing)
            except SetupError as error:
                say(str(error))
        missing = _missing()
    if missing:
        say(f"  Missing for the tests: {', '.join(missing)}. The tests that need them are skipped, and say so.")
        say(f"  With root's rights: apt-get install {' '.join(missing)}")


def _missing() -> list[str]:
    has_font = output(["fc-list", ":lang=zh", "family"]) or list(Path("/usr/share/fonts").glob("**/*microhei*"))
    there = {
        "chromium": Path("/usr/bin/chromium").exists(),
        "fonts-wqy-microhei": bool(has_font),
        "gdal-bin": shutil.which("ogr2ogr") is not None,
    }
    return [package for package, found in there.items() if not found]
