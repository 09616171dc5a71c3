"""The version in the addresses of the page's files: other content, other address, so browsers keep each for good."""

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from app.webmap.assets import PACKAGES, STATIC

_LOOKS_EVERY_S = 1.0
"""Opening the page asks for dozens of files; the folder is not gone through for each."""


class FilesVersion:
    """The version of a folder's files and of the packages beside them.

    It follows from the content alone, so that several processes and machines agree on it. A file that is edited while
    the service runs changes it within a second.

    Parameters
    ----------
    folder
        The folder.
    packages
        Names and versions of the packages.
    """

    def __init__(self, folder: Path, packages: Mapping[str, str]) -> None:
        """See the class."""
        self._folder = folder
        self._packages = json.dumps(packages, sort_keys=True).encode()
        self._stamps: tuple[tuple[str, int, int], ...] = ()
        self._version = ""
        self._looked = float("-inf")

    def __str__(self) -> str:
        """Return twelve hexadecimal digits."""
        now = time.monotonic()
        if now - self._looked < _LOOKS_EVERY_S:
            return self._version
        stamps = tuple(sorted(self._look()))
        if stamps != self._stamps:
            self._version = self._hash(name for name, _, _ in stamps)
            self._stamps = stamps
        self._looked = now
        return self._version

    def _look(self) -> Iterator[tuple[str, int, int]]:
        for folder, _, names in os.walk(self._folder):
            for name in names:
                place = os.path.join(folder, name)
                status = os.stat(place)
                yield os.path.relpath(place, self._folder), status.st_mtime_ns, status.st_size

    def _hash(self, names: Iterator[str]) -> str:
        digest = hashlib.sha256(self._packages)
        for name in names:
            digest.update(f"\0{name}\0".encode())
            digest.update(hashlib.sha256((self._folder / name).read_bytes()).digest())
        return digest.hexdigest()[:12]


@cache
def files_version(assets_dir: Path) -> FilesVersion:
    """Return the version of the page's own files and of the packages in a folder."""
    return FilesVersion(STATIC, {one.name: _version_of(assets_dir / one.name) for one in PACKAGES})


def _version_of(package: Path) -> str:
    return str(json.loads((package / "package.json").read_text(encoding="utf-8"))["version"])


def files_root(root: str, assets_dir: Path) -> str:
    """Return the path below which ``/static`` and ``/assets`` lie as they are now, for addresses in a page.

    Parameters
    ----------
    root
        Path under which a proxy serves the application, without a slash at the end.
    assets_dir
        Folder of the installed packages.
    """
    return f"{root}/v-{files_version(assets_dir)}"
