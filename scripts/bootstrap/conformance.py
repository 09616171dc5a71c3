"""The OGC's executable test suite of OGC API - Features: named, found, or fetched from Maven Central."""

import re
import shutil
from pathlib import Path

from scripts.bootstrap.console import HOME, SetupError, output, ready, run, setting, step

SUITE = "org.opengis.cite:ets-ogcapi-features10"
VERSION = "1.9"
OLDEST_JAVA = 17
MAVEN_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"

_BY_HAND = (
    "The suite is one program, ets-ogcapi-features10-<version>-aio.jar: where Maven Central does not have it, name a"
    " copy in YUANTU_CITE_JAR. Its home is https://github.com/opengeospatial/ets-ogcapi-features10."
)


def ensure_suite() -> Path:
    """Return the suite's jar, fetched with Maven if it is neither named in YUANTU_CITE_JAR nor here already.

    Raises
    ------
    SetupError
        When there is no Java, or the suite cannot be had; the message says what was tried.
    """
    _ensure_java()
    named = setting("YUANTU_CITE_JAR")
    if named:
        if not Path(named).is_file():
            raise SetupError(f"YUANTU_CITE_JAR={named} is no file. {_BY_HAND}")
        ready("OGC test suite", named)
        return Path(named)
    folder = HOME / "tools" / "cite"
    jar = folder / f"{SUITE.partition(':')[2]}-{VERSION}-aio.jar"
    if jar.is_file():
        ready("OGC test suite", VERSION)
        return jar
    maven = shutil.which("mvn")
    if maven is None:
        raise SetupError(f"Fetching {SUITE}:{VERSION} needs Maven (Debian: apt-get install maven). {_BY_HAND}")
    with step("OGC test suite"):
        artifact = f"-Dartifact={SUITE}:{VERSION}:jar:aio"
        run(
            [
                maven,
                "-B",
                "-U",
                "-ntp",
                "-q",
                "-Dstyle.color=never",
                f"{MAVEN_PLUGIN}:copy",
                artifact,
                f"-DoutputDirectory={folder}",
            ],
            why=_BY_HAND,
        )
    return jar


def _ensure_java() -> None:
    java = shutil.which("java")
    found = re.search(r"\b(\d+)", output([java, "--version"]) or "") if java else None
    if found is None or int(found[1]) < OLDEST_JAVA:
        raise SetupError(
            f"The OGC's test suite needs Java {OLDEST_JAVA} or newer"
            f" (Debian 12: apt-get install openjdk-17-jre-headless); found: {found[1] if found else 'none'}."
        )
