"""Loading: complete, whole or not at all, and every fault with file and line."""

import csv
import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy import text as text_

from app.cli import migrate
from app.db.engine import owner_engine
from app.evidence.record_sql import RECORD
from app.facts.statistics_sql import STATISTICS
from app.loading.load import load, prepare
from app.loading.tables import LoadError

ROOT = Path(__file__).resolve().parent.parent.parent
ASSETS = ROOT / "node_modules"


@pytest.fixture
def engine(empty_database: str) -> Engine:
    engine = owner_engine(empty_database)
    migrate(engine)
    yield engine
    engine.dispose()


def counts(engine: Engine) -> dict[str, int]:
    tables = (
        "zone",
        "industry",
        "zone_industry",
        "plan_element",
        "named_thing",
        "rule",
        "indicator",
        "facility",
        "revision",
    )
    with engine.connect() as connection:
        return {name: connection.execute(text(f"SELECT count(*) FROM yuantu.{name}")).scalar_one() for name in tables}


def edit(path: Path, change: Callable[[str], str]) -> int:
    """Change a file; return the line of the first difference."""
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")
    pairs = zip(before.splitlines(), [*after.splitlines(), ""], strict=False)
    return next((n for n, (a, b) in enumerate(pairs, 1) if a != b), len(before.splitlines()) + 1)


def test_loading_twice_changes_nothing(engine: Engine) -> None:
    first = load(engine, geodata=ROOT / "geodata", assets=ASSETS)
    before = counts(engine)
    second = load(engine, geodata=ROOT / "geodata", assets=ASSETS)
    assert first.changed and not second.changed
    assert counts(engine) == before and before["revision"] == 1
    assert second.content_hash == first.content_hash


def test_a_failed_load_leaves_the_previous_data_whole(engine: Engine, geodata_copy: Path) -> None:
    load(engine, geodata=geodata_copy, assets=ASSETS)
    before = counts(engine)
    edit(geodata_copy / "projects.csv", lambda t: t.replace("dongli-p58", "dongli-p57"))
    with pytest.raises(LoadError):
        load(engine, geodata=geodata_copy, assets=ASSETS)
    assert counts(engine) == before


def test_a_load_that_fails_while_writing_leaves_the_previous_data_whole(engine: Engine, geodata_copy: Path) -> None:
    load(engine, geodata=geodata_copy, assets=ASSETS)
    before = counts(engine)
    # Nothing the reader checks: the table's own constraint refuses it, halfway through the writing.
    edit(geodata_copy / "facilities.csv", lambda t: t + "nowhere,无处,Nowhere,airport,117,39,-5,试,test,,,,,,,\n")
    with pytest.raises(LoadError, match=r"ck_facility_accuracy_positive|accuracy"):
        load(engine, geodata=geodata_copy, assets=ASSETS)
    assert counts(engine) == before


def test_a_changed_fact_makes_a_new_revision(engine: Engine, geodata_copy: Path) -> None:
    one = load(engine, geodata=geodata_copy, assets=ASSETS)
    edit(geodata_copy / "zones.csv", lambda t: t.replace("TEDA East", "TEDA Eastern"))
    two = load(engine, geodata=geodata_copy, assets=ASSETS)
    assert two.changed and two.content_hash != one.content_hash and two.revision > one.revision
    with engine.connect() as connection:
        name = connection.execute(text("SELECT name_en FROM yuantu.zone WHERE id = 'teda-east'")).scalar_one()
    assert name == "TEDA Eastern"


def test_two_loads_at_once_end_in_one_revision(engine: Engine) -> None:
    failures: list[BaseException] = []

    def run() -> None:
        try:
            load(engine, geodata=ROOT / "geodata", assets=ASSETS)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert counts(engine)["revision"] == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("zone_industries/1-binhai-industry.csv", "teda-east,artificial-intelligence", "teda-east,dark-arts",
         "industry: 'dark-arts' is not an id of industries"),
        ("zone_industries/1-binhai-industry.csv", "teda-east,artificial-intelligence",
         "teda-atlantis,artificial-intelligence", "subject: 'teda-atlantis' is not an id of places"),
        ("projects.csv", "dongli-p07,", "dongli-p06,", "id 'dongli-p06' stands already at projects.csv"),
        ("zones.csv", ",park,national,", ",palace,national,", "kind: 'palace' is not one of municipality"),
        ("zones.csv", "teda-east,", "Teda East,", "is no id"),
        ("facilities.csv", ",airport,", ",airport,x", "lon: "),
        ("facilities.csv", ",high_speed,", ",,", "trains, lines and their source belong to railway stations"),
        ("facilities.csv", ",high_speed,", ",steam,", "trains: 'steam' is not one of high_speed"),
        ("documents.csv", "id,title_zh", "id,titel", "the header should be id,title_zh"),
    ],
)  # fmt: skip
def test_a_fault_names_file_and_line(geodata_copy: Path, file: str, old: str, new: str, message: str) -> None:
    line = edit(geodata_copy / file, lambda t: t.replace(old, new, 1))
    with pytest.raises(LoadError) as caught:
        prepare(geodata_copy, ASSETS)
    assert any(fault.startswith(f"{file}:{line}: ") and message in fault for fault in caught.value.faults), str(
        caught.value
    )


def test_every_fault_is_listed_at_once(geodata_copy: Path) -> None:
    edit(geodata_copy / "zones.csv", lambda t: t.replace(",park,national,", ",palace,national,"))
    edit(geodata_copy / "projects.csv", lambda t: t.replace("dongli-p07,", "dongli-p06,"))
    with pytest.raises(LoadError) as caught:
        prepare(geodata_copy, ASSETS)
    assert {fault.split(":")[0] for fault in caught.value.faults} >= {"zones.csv", "projects.csv"}


def test_projects_that_miss_the_printed_total_are_refused(geodata_copy: Path) -> None:
    path = geodata_copy / "projects.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    column = rows[0].index("investment_total")
    rows[1][column] = str(float(rows[1][column]) + 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    with pytest.raises(LoadError, match=r"investment_total sums to 130\.3014, 129\.3 is printed"):
        prepare(geodata_copy, ASSETS)


def test_a_missing_row_is_incomplete(geodata_copy: Path) -> None:
    edit(geodata_copy / "clusters.csv", lambda t: "\n".join(t.splitlines()[:-1]) + "\n")
    with pytest.raises(LoadError, match=r"clusters\.csv: 7 rows +instead of 8|is not an id of clusters"):
        prepare(geodata_copy, ASSETS)


def change_footprint(folder: Path, zone: str, change: Callable[[dict], None]) -> None:
    for path in (folder / "footprints").glob("*.geojson"):
        body = json.loads(path.read_text(encoding="utf-8"))
        for feature in body["features"]:
            if feature["properties"]["id"] == zone:
                change(feature)
                path.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
                return
    raise AssertionError(zone)


@pytest.mark.parametrize("key", ["method", "method_zh", "source", "source_zh"])
def test_a_footprint_says_in_both_languages_how_it_was_made(geodata_copy: Path, key: str) -> None:
    change_footprint(geodata_copy, "teda-east", lambda f: f["properties"].pop(key))
    with pytest.raises(LoadError, match=rf"footprints/teda\.geojson:\d+: {key}: missing"):
        prepare(geodata_copy, ASSETS)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("zones.csv", ",规划面积。,Planned area.", ",规划面积。,", "note_en: is empty, though note_zh is not"),
        ("zones.csv", ",规划面积。,Planned area.", ",,Planned area.", "note_zh: is empty, though note_en is not"),
        ("facilities.csv", ",公布的车站位置，WGS 84,", ",,", "source_zh: is empty"),
    ],
)
def test_a_text_is_there_in_both_languages_or_in_none(
    geodata_copy: Path, file: str, old: str, new: str, message: str
) -> None:
    line = edit(geodata_copy / file, lambda t: t.replace(old, new, 1))
    with pytest.raises(LoadError) as caught:
        prepare(geodata_copy, ASSETS)
    assert any(fault.startswith(f"{file}:{line}: {message}") for fault in caught.value.faults), str(caught.value)


def box(w: float, s: float, e: float, n: float) -> dict:
    return {"type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]]}


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        (box(117.664, 39.009, 117.735, 39.2), r"teda-east measures \d+ ha, 4000 ha are published"),
        (box(39.0, 117.6, 39.1, 117.7), "longitude comes first"),
        ({"type": "Polygon", "coordinates": [[[117.6, 39], [117.7, 39.1], [117.7, 39], [117.6, 39.1], [117.6, 39]]]},
         "geometry is not valid: Self-intersection"),
        ({"type": "Point", "coordinates": [117.6, 39]}, "should be a Polygon or a MultiPolygon"),
        ({"type": "Polygon", "coordinates": [[[117.6]]]}, "geometry cannot be read"),
        (None, "should be a Polygon or a MultiPolygon"),
    ],
)  # fmt: skip
def test_a_wrong_footprint_is_refused_with_the_reason(geodata_copy: Path, geometry: object, message: str) -> None:
    change_footprint(geodata_copy, "teda-east", lambda f: f.update(geometry=geometry))
    with pytest.raises(LoadError, match=message):
        prepare(geodata_copy, ASSETS)


def test_overlapping_parks_are_refused(geodata_copy: Path) -> None:
    change_footprint(geodata_copy, "teda-cbd", lambda f: f.update(geometry=box(117.70, 39.03, 117.72, 39.05)))
    with pytest.raises(LoadError, match=r"overlaps"):
        prepare(geodata_copy, ASSETS)


def test_a_park_without_footprint_is_refused(geodata_copy: Path) -> None:
    change_footprint(geodata_copy, "teda-cbd", lambda f: f["properties"].update(id="teda-zgc"))
    with pytest.raises(LoadError) as caught:
        prepare(geodata_copy, ASSETS)
    assert "teda-zgc stands already at" in str(caught.value)
    assert "teda-cbd (中心商务片区) has no footprint" in str(caught.value)


def test_without_the_outline_package_the_fault_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="npm ci"):
        prepare(ROOT / "geodata", tmp_path)


def test_an_official_footprint_replaces_the_indicative_one_and_all_that_derives_from_it(geodata_copy: Path) -> None:
    def replace(feature: dict) -> None:
        told = {"geometry_status": "statutory", "accuracy_m": 1, "source": "a survey", "source_zh": "测绘成果"}
        feature["properties"] |= told
        feature["geometry"] = box(117.69, 39.0885, 117.7262, 39.1185)

    change_footprint(geodata_copy, "teda-zgc", replace)
    _, footprints = prepare(geodata_copy, ASSETS)
    assert footprints["teda-zgc"].status == "statutory"
    assert footprints["teda-zgc"].source.zh == "测绘成果"
    assert footprints["teda"].geometry.buffer(1e-7).contains(footprints["teda-zgc"].geometry)


ZI = "zone_industries/1-binhai-industry.csv"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        # what is said of 大港片区 as a whole, given to its members
        (
            ZI,
            "plan-binhai-dagang,biomedicine,leading,,生物医药,",
            "dagang-petro,biomedicine,leading,,生物医药,{rest}zhongtang,biomedicine,leading,,生物医药,",
            "subject: '生物医药' stands at every member of plan-binhai-dagang",
        ),
        ("facilities.csv", "无公开来源，估计；位置按港区港池估计", "一般了解", "source_zh: '一般了解' is no source"),
        ("projects.csv", ",dongli,,none,", ",dongli,ftz-airport,none,", "certainty: none is what has no place"),
        ("projects.csv", ",dongli,,none,", ",dongli,,named,", "certainty: none is what has no place"),
        ("named/1-binhai-industry.csv", ",none,", ",perhaps,", "certainty: 'perhaps' is not one of named, one_of"),
        (
            "theme_park_hosts.csv",
            "tp-cell-valley,thip-bolonghu",
            "tp-cell-valley,nowhere",
            "host: 'nowhere' is not an id of",
        ),
        ("directions.csv", "subject,clause_zh", "subject,clause", "the header should be"),
    ],
)
def test_each_kind_of_untruth_is_refused(geodata_copy: Path, file: str, old: str, new: str, message: str) -> None:
    path = geodata_copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    if "{rest}" in new:
        line = next(one for one in text.splitlines() if one.startswith(old))
        first, second = new.split("{rest}")
        text = text.replace(line, f"{first}{line.removeprefix(old)}\n{second}{line.removeprefix(old)}")
    else:
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LoadError) as caught:
        prepare(geodata_copy, ASSETS)
    found = [fault for fault in caught.value.faults if message in fault]
    assert found and all(fault.startswith(f"{file}:") for fault in found), str(caught.value)


def test_a_note_in_one_language_only_is_refused(geodata_copy: Path) -> None:
    path = geodata_copy / "plan_elements.csv"
    text = path.read_text(encoding="utf-8")
    zh = "文件未写明范围；图上取滨海新区，为示意。"
    assert zh in text
    path.write_text(text.replace(zh, ""), encoding="utf-8")
    with pytest.raises(LoadError, match=r"plan_elements\.csv:\d+: note_zh: is empty, though note_en is not"):
        prepare(geodata_copy, ASSETS)
    path.write_text(text.replace(zh, "Drawn as Binhai."), encoding="utf-8")
    with pytest.raises(LoadError, match=r"plan_elements\.csv:\d+: note_zh: is not Chinese: 'Drawn as Binhai\.'"):
        prepare(geodata_copy, ASSETS)


def test_a_functional_area_has_no_extent_of_its_own(geodata_copy: Path) -> None:
    """No plan gives one: only 海洋片区 has compass words, 华苑 and 渤龙湖 have none."""
    change_footprint(geodata_copy, "huayuan-startup", lambda f: f["properties"].update(extent_basis="document"))
    with pytest.raises(LoadError, match="no document gives the extent of a functional area"):
        prepare(geodata_copy, ASSETS)
    change_footprint(geodata_copy, "huayuan-startup", lambda f: f["properties"].update(extent_basis="guess"))
    with pytest.raises(LoadError, match="extent_basis is not one of document, schematic"):
        prepare(geodata_copy, ASSETS)


def test_what_counts_as_a_park_is_decided_once(engine: Engine, geodata_copy: Path) -> None:
    """A copy of 中新生态城 under a new id is a park everywhere: in the layer, in the statistics, in siting."""
    path = geodata_copy / "zones.csv"
    text = path.read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if one.startswith("ecocity,"))
    path.write_text(f"{text}{line.replace('ecocity,', 'ecocity-two,', 1)}\n", encoding="utf-8")
    footprints = geodata_copy / "footprints" / "ftz-dongjiang-ecocity.geojson"
    body = json.loads(footprints.read_text(encoding="utf-8"))
    copied = json.loads(json.dumps(next(f for f in body["features"] if f["properties"]["id"] == "ecocity")))
    copied["properties"]["id"] = copied["id"] = "ecocity-two"
    copied["geometry"]["coordinates"] = [[[x + 0.35, y - 0.3] for x, y in copied["geometry"]["coordinates"][0]]]
    body["features"].append(copied)
    footprints.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    expectations = geodata_copy / "expectations.yaml"
    rule = "{file: zones.csv, where: {kind: development_zone}, equals: 5,"
    expectations.write_text(
        expectations.read_text(encoding="utf-8").replace(rule, rule.replace("5", "6")), encoding="utf-8"
    )
    load(engine, geodata=geodata_copy, assets=ASSETS)
    with engine.connect() as connection:
        parks = connection.execute(text_("SELECT id FROM yuantu.zone_feature WHERE is_park")).scalars().all()
        told = json.loads(
            connection.execute(text_(STATISTICS), dict.fromkeys(("west", "south", "east", "north"))).scalar_one()
        )
        known = json.loads(connection.execute(text_(RECORD), {"reach": 15}).scalar_one())
    assert "ecocity-two" in parks
    assert "ecocity-two" in {zone["id"] for zone in told["parks"]["zones"]}
    assert {zone["id"] for zone in known["zones"] if zone["park"]} == set(parks)
