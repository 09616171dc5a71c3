"""The OGC's executable test suite (CITE, ets-ogcapi-features10): run it, and read what it found."""

import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

CORE = "Core"
CRS = "Coordinate Reference Systems by Reference"


@dataclass(frozen=True)
class Check:
    """One call of one of the suite's test methods.

    Attributes
    ----------
    module
        `CORE` or `CRS`.
    name
        Class and method.
    status
        PASS, FAIL or SKIP.
    arguments
        What it was called with: a collection, a box, a CRS.
    message
        Why it failed, or was skipped.
    """

    module: str
    name: str
    status: str
    arguments: tuple[str, ...] = ()
    message: str = ""


def run_suite(jar: Path, address: str, folder: Path, *, timeout: float = 900) -> list[Check]:
    """Run the suite against the landing page at `address`, over all collections; leave its reports in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / "run.xml"
    properties = ET.Element("properties", version="1.0")
    for key, value in (("iut", address), ("noofcollections", "-1")):
        ET.SubElement(properties, "entry", key=key).text = value
    ET.ElementTree(properties).write(wanted, encoding="utf-8", xml_declaration=True)
    command = [
        "java",
        "-Djava.net.preferIPv4Stack=true",
        "-jar",
        str(jar),
        "-o",
        str(folder),
        "-h",
        "true",
        str(wanted),
    ]
    with (folder / "log.txt").open("wb") as log:
        done = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, timeout=timeout)
    results = sorted(folder.glob("**/testng-results.xml"))
    if done.returncode != 0 or not results:
        said = (folder / "log.txt").read_text(errors="replace").splitlines()[-20:]
        raise RuntimeError("The suite did not run through:\n" + "\n".join(said))
    return read_results(results[-1])


def read_results(path: Path) -> list[Check]:
    """Return the checks of a ``testng-results.xml``; of TestNG's own preparations only those that failed."""
    checks = []
    for module in ET.parse(path).getroot().iter("test"):
        for group in module.iter("class"):
            short = group.get("name", "").rpartition(".")[2]
            for method in group.iter("test-method"):
                if method.get("is-config") == "true" and method.get("status") != "FAIL":
                    continue
                checks.append(
                    Check(
                        module.get("name", ""),
                        f"{short}.{method.get('name')}",
                        method.get("status", ""),
                        tuple((value.text or "").strip() for value in method.iter("value")),
                        _message(method.find("exception")),
                    )
                )
    return checks


def _message(exception: ET.Element | None) -> str:
    if exception is None:
        return ""
    said = exception.findtext("message") or exception.get("class") or ""
    return " ".join(said.split())


def summary(checks: Iterable[Check]) -> str:
    """Return a table: for each class of the suite how many checks passed, failed and were skipped."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for check in checks:
        key = (check.module, check.name.partition(".")[0])
        counts.setdefault(key, Counter())[check.status] += 1
    lines = [f"{'':<44}{'passed':>8}{'failed':>8}{'skipped':>8}"]
    for module in dict.fromkeys(module for module, _ in counts):
        rows = {name: one for (of, name), one in counts.items() if of == module}
        lines.append(_row(module, sum(rows.values(), Counter())))
        lines += [_row(f"  {name}", one) for name, one in sorted(rows.items())]
    return "\n".join(lines)


def _row(title: str, counted: Counter[str]) -> str:
    return f"{title:<44}{counted['PASS']:>8}{counted['FAIL']:>8}{counted['SKIP']:>8}"


def failures(checks: Iterable[Check]) -> list[str]:
    """Return a line for each check that failed."""
    return [
        f"{check.module}: {check.name}({', '.join(one[:90] for one in check.arguments)}): {check.message[:500]}"
        for check in checks
        if check.status == "FAIL"
    ]
