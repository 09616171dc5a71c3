"""The facts against the documents themselves, where they are at hand."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
GEODATA = ROOT / "geodata"
FILES = {
    "binhai-industry": "binhai-industry-plan.txt",
    "tianjin-manufacturing": "tianjin-manufacturing-plan.txt",
    "binhai-future": "binhai-future-industries-plan.txt",
    "dongli-industry": "dongli-industry-plan.txt",
    "hitech-zone": "hitech-zone-plan.txt",
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def texts(shared: Path) -> dict[str, str]:
    """Return the documents without white space, which tables break terms with."""
    return {
        document: re.sub(r"\s+", "", (shared / "sources" / name).read_text(encoding="utf-8"))
        for document, name in FILES.items()
    }


WORDED = [
    *((path, "wording") for path in sorted((GEODATA / "zone_industries").glob("*.csv"))),
    *((path, "name_zh") for path in sorted((GEODATA / "named").glob("*.csv"))),
    *((path, column) for path in sorted((GEODATA / "rules").glob("*.csv")) for column in ("clause_zh", "verb_zh")),
    *((GEODATA / name, "clause_zh") for name in ("directions.csv", "park_links.csv")),
    *((GEODATA / name, "wording") for name in ("theme_park_hosts.csv", "contradiction_sides.csv")),
    *((GEODATA / name, "name_zh") for name in ("cluster_places.csv", "industry_firms.csv", "projects.csv")),
]
"""Files, and the column that holds a document's own words."""


@pytest.mark.parametrize(("path", "column"), WORDED, ids=[f"{path.parent.name}-{path.stem}-{c}" for path, c in WORDED])
def test_every_wording_stands_in_its_document(path: Path, column: str, texts: dict[str, str]) -> None:
    missing = [row[column] for row in rows(path) if re.sub(r"\s+", "", row[column]) not in texts[row["document"]]]
    assert missing == []


def test_every_figure_and_alias_is_printed(texts: dict[str, str]) -> None:
    missing = []
    for path in (*sorted((GEODATA / "named").glob("*.csv")), GEODATA / "projects.csv"):
        for row in rows(path):
            printed = [figure.split("|")[3] for figure in row["figures"].split(";") if figure]
            printed += [alias for alias in row.get("aliases", "").split(";") if alias]
            missing += [(row["id"], one) for one in printed if re.sub(r"\s+", "", one) not in texts[row["document"]]]
    assert missing == []


def test_indicator_cells_are_as_printed(texts: dict[str, str]) -> None:
    """The unit, which has a column of its own, may stand between the number and its qualifier."""
    missing = []
    for path in sorted((GEODATA / "indicators").glob("*.csv")):
        for row in rows(path):
            for column in ("base_text", "target_text"):
                printed = re.sub(r"\s+", "", row[column])
                text = texts[row["document"]]
                if printed not in text and printed not in text.replace(row["unit"] or " ", ""):
                    missing.append((row["id"], column, row[column]))
    assert missing == []


def test_project_figures_stand_in_the_table(texts: dict[str, str]) -> None:
    for row in rows(GEODATA / "projects.csv"):
        printed = f"{row['investment_total']}{row['investment_period']}{row['year_start']}"
        assert printed in texts["dongli-industry"], row["id"]


def test_the_roster_keeps_its_ids(shared: Path) -> None:
    roster = {row["id"]: row for row in rows(shared / "zones.csv")}
    ours = {row["id"]: row for row in rows(GEODATA / "zones.csv")}
    assert set(roster) <= set(ours)
    for zone, row in roster.items():
        assert (row["name_zh"], row["parent"], row["kind"]) == (
            ours[zone]["name_zh"], ours[zone]["parent"], ours[zone]["kind"],
        )  # fmt: skip


def test_footprints_pass_the_independent_check(shared: Path) -> None:
    check = shared / "checks" / "footprints.py"
    done = subprocess.run([sys.executable, str(check), str(ROOT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "0 failures" in done.stdout and "without a footprint: []" in done.stdout
