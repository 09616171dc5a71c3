"""The benchmarks' generator, workload, statistics and readings: that they are right, not that anything is fast."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import shapely

from benchmarks import browser, checks, floor, parcels, stats, workload
from benchmarks.report import markdown

LAND = shapely.box(117.3, 38.8, 117.8, 39.2)
COUNT = 60_000


@pytest.fixture(scope="module")
def cells() -> parcels.Cells:
    return parcels.cells_within(LAND, COUNT)


class TestParcels:
    def test_are_valid_counter_clockwise_polygons_of_twelve_corners(self, cells: parcels.Cells) -> None:
        polygons = shapely.polygons(parcels.parcels(cells[:5_000]).rings)
        assert shapely.is_valid(polygons).all()
        assert shapely.is_ccw(shapely.get_exterior_ring(polygons)).all()
        assert set(shapely.get_num_coordinates(polygons)) == {13}

    def test_do_not_touch_one_another(self, cells: parcels.Cells) -> None:
        polygons = shapely.polygons(parcels.parcels(cells[:5_000]).rings)
        first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
        assert (first == second).all()

    def test_are_the_same_each_time(self, cells: parcels.Cells) -> None:
        once, again = (list(parcels.parcels(cells[:100]).rows(4490)) for _ in range(2))
        assert once == again

    def test_of_a_cell_do_not_depend_on_the_others(self, cells: parcels.Cells) -> None:
        whole, part = parcels.parcels(cells), parcels.parcels(cells[700:800])
        assert np.array_equal(whole.rings[700:800], part.rings)
        assert np.array_equal(whole.year[700:800], part.year)

    def test_rows_say_that_they_are_made_up_and_carry_the_srid(self, cells: parcels.Cells) -> None:
        made = parcels.parcels(cells[:3], first_id=7)
        number, name, use, area, year, ewkb = next(made.rows(4326)).rstrip("\n").split("\t")
        geometry = shapely.from_wkb(bytes.fromhex(ewkb))
        assert (number, name) == ("7", "基准测试地块0000007")
        assert use in parcels.LAND_USES and 1984 <= int(year) <= 2025
        assert shapely.get_srid(geometry) == 4326
        assert np.array_equal(shapely.get_coordinates(geometry), made.rings[0])
        assert 4_000 < float(area) < 9_000  # of the 10,800 m² of a cell

    def test_lie_on_the_land_in_spatial_order(self, cells: parcels.Cells) -> None:
        assert len(np.unique(cells, axis=0)) == COUNT
        assert (np.diff(parcels.morton(cells).astype(np.int64)) > 0).all()
        assert shapely.contains_xy(LAND, parcels.middles(cells)).all()

    def test_need_enough_land(self) -> None:
        with pytest.raises(ValueError, match=r"holds \d+ parcels, not 60000"):
            parcels.cells_within(shapely.box(117.3, 38.8, 117.4, 38.9), COUNT)

    def test_morton_interleaves_the_bits(self) -> None:
        assert parcels.morton(np.array([[0b101, 0b011], [65_535, 0]])).tolist() == [0b011011, 0x55555555]


class TestWorkload:
    def test_boxes_hold_more_than_a_page_and_no_gap(self, cells: parcels.Cells) -> None:
        boxes = workload.boxes(cells, 40)
        tree = shapely.STRtree(shapely.polygons(parcels.parcels(cells).rings))
        found = [len(tree.query(shapely.box(*box), predicate="intersects")) for box in boxes]
        assert len(set(boxes)) == 40
        assert min(found) > 1_000 and max(found) < 1_800
        # A larger table has no more in them.
        wider = parcels.cells_within(LAND.buffer(0.05), COUNT + 20_000)
        tree = shapely.STRtree(shapely.polygons(parcels.parcels(wider).rings))
        assert found == [len(tree.query(shapely.box(*box), predicate="intersects")) for box in boxes]

    def test_boxes_are_the_same_each_time(self, cells: parcels.Cells) -> None:
        assert workload.boxes(cells, 10) == workload.boxes(cells, 10)

    def test_boxes_need_room(self, cells: parcels.Cells) -> None:
        with pytest.raises(ValueError, match="only 0 of 5 boxes fit"):
            workload.boxes(cells[:300], 5)

    def test_tiles_hold_about_five_thousand_parcels(self, cells: parcels.Cells) -> None:
        tiles = workload.tiles(cells)
        assert tiles and len(set(tiles)) == len(tiles)
        middles = parcels.middles(cells)
        for zoom, column, row in tiles:
            # The edges of a tile, by the formula of the slippy map.
            west, east = (edge / 2**zoom * 360 - 180 for edge in (column, column + 1))
            north, south = (
                math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * edge / 2**zoom)))) for edge in (row, row + 1)
            )
            inside = shapely.contains_xy(shapely.box(west, south, east, north), middles).sum()
            assert 4_000 <= inside <= 6_000

    def test_whole_boxes_differ_and_hold_everything(self) -> None:
        boxes = workload.whole_boxes((117.0, 38.5, 118.0, 39.5))
        assert len(set(boxes)) == 200
        assert all(
            west < 117.0 and south < 38.5 and east > 118.0 and north > 39.5 for west, south, east, north in boxes
        )


class TestStatistics:
    def test_a_summary_is_median_lowest_and_highest(self) -> None:
        assert stats.summarise([3.0, 9.0, 1.0, 4.0, 5.0]) == stats.Summary(4.0, 1.0, 9.0, 5)

    def test_a_ratio_pairs_the_rounds(self) -> None:
        # A slow third round on both sides leaves the ratio alone; the ratio of the medians would be 100 : 9.
        assert stats.ratio([100.0, 120.0, 10.0], [10.0, 9.0, 1.0]).median == 10.0

    def test_rounds_that_cannot_be_paired_are_refused(self) -> None:
        with pytest.raises(ValueError, match="2 rounds beside 1"):
            stats.ratio([1.0, 2.0], [1.0])
        with pytest.raises(ValueError, match="no round"):
            stats.summarise([])

    @pytest.mark.parametrize(("value", "reached"), [(12.0, True), (11.99, False)])
    def test_a_goal_is_reached_at_its_figure(self, value: float, reached: bool) -> None:
        assert stats.verdict(value, at_least=12) is reached
        assert stats.verdict(-value, at_most=-12) is reached


LOG = """\
2026-11-21 05:00:00.000 UTC [77] yuantu_read@yuantu LOG:  execute _pg3_1: SELECT 'a:null', $1::text
\t  FROM bench.parcels_200k WHERE x > $2 AND y = $3
2026-11-21 05:00:00.000 UTC [77] yuantu_read@yuantu DETAIL:  parameters: $1 = 'it''s, $9', $2 = '-117.5', $3 = NULL
2026-11-21 05:00:00.001 UTC [77] yuantu_read@yuantu LOG:  statement: BEGIN READ ONLY
"""


class TestFloor:
    def test_statements_are_read_from_the_log(self) -> None:
        first, second = floor.statements(LOG)
        assert first.text == "SELECT 'a:null', $1::text\n  FROM bench.parcels_200k WHERE x > $2 AND y = $3"
        assert first.values == ("it's, $9", "-117.5", None)
        assert second == floor.Statement("BEGIN READ ONLY", ())

    def test_a_script_binds_what_varies_and_what_does_not(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(floor, "HOME", tmp_path)
        text = floor.statements(LOG)[0].text
        requests = [[floor.Statement(text, ("it's", str(west), None))] for west in (-1.5, 2, 3.25)]
        made = floor.script("test", requests)
        lines = made.path.read_text().splitlines()
        assert lines[0] == "\\set request random(1, 3)"
        assert lines[1].startswith("\\set s0_p2 CASE WHEN :request < 2 THEN (-1.5) ELSE")
        assert lines[2] == "SELECT 'a:' || 'null', :s0_p1::text"
        assert lines[3] == "  FROM bench.parcels_200k WHERE x > :s0_p2 AND y = NULL;"
        assert made.constants == {"s0_p1": "it's"}

    def test_what_cannot_be_replayed_is_refused(self) -> None:
        one, other = ([floor.Statement(text, ())] for text in ("SELECT 1", "SELECT 2"))
        with pytest.raises(floor.NoFloor, match="differ from request to request"):
            floor.script("test", [one, other])
        with pytest.raises(floor.NoFloor, match="no statement"):
            floor.script("test", [[], []])
        words = [[floor.Statement("SELECT $1", (word,))] for word in ("a", "b")]
        with pytest.raises(floor.NoFloor, match="not a number: 'a'"):
            floor.script("test", words)


def answers(*features: int, matched: int | None = None) -> checks.Answers:
    ids = tuple(frozenset(map(str, range(count))) for count in features)
    return checks.Answers(features, ids, (matched,) * len(features), 100.0)


class TestChecks:
    def test_features_of_a_tile_are_counted(self) -> None:
        # Version 2; a layer (field 3) named "p" with two empty features (field 2) and an extent (field 5) of 4,096.
        layer = b"\x78\x02\x0a\x01p\x12\x00\x12\x00\x28\x80\x20"
        assert checks.tile_features(bytes([0x1A, len(layer)]) + layer) == 2
        assert checks.tile_features(b"") == 0

    def test_an_answer_that_is_no_tile_is_refused(self) -> None:
        with pytest.raises(checks.WrongAnswer, match="not a vector tile"):
            checks.tile_features(b"\xff\xff")

    def test_equal_answers_agree(self) -> None:
        assert checks.difference(answers(10, matched=12), answers(10), expected=10, tolerance=0) is None

    def test_differences_are_named(self) -> None:
        ten = answers(10, matched=12)
        assert "instead of 11" in str(checks.difference(ten, ten, expected=11, tolerance=0))
        assert "holds 8 features" in str(checks.difference(answers(8), ten, expected=None, tolerance=0.1))
        assert checks.difference(answers(8), ten, expected=None, tolerance=None) is None
        assert "numberMatched is 13" in str(checks.difference(answers(10, matched=13), ten, expected=10, tolerance=0))


def test_the_report_says_what_was_reached_and_what_is_missing() -> None:
    figures: list[dict[str, object]] = [
        {"name": "a", "rates": [90.0, 100.0], "median_ms": [1.0, 2.0], "bytes_each": 1e5, "features_each": 9},
        {"name": "b", "rates": [10.0, 10.0], "median_ms": [9.0, 9.0], "bytes_each": 2e5, "features_each": 9},
        {"name": "c", "rates": [], "median_ms": [], "note": "not available: x"},
    ]
    figures = [{"bytes_each": None, "features_each": None, "note": "", **one} for one in figures]
    goals = [
        {"contender": "a", "versus": "b", "at_least": 9.5},
        {"contender": "b", "versus": "a", "at_least": 1.0},
        {"contender": "a", "versus": "c", "at_least": 1.0},
        {"contender": "a", "versus": None, "at_least": 40.0},
    ]
    outcome = {"key": "page", "title": "A page", "workers": 2, "figures": figures, "goals": goals}
    grown = {"name": "quick", "note": "", "mebibytes": 151.0, "features": 5, "megabytes": 1.0, "seconds": 1.0}
    page = markdown(
        {
            "date": "2026-01-01",
            "minutes": 1,
            "rounds": 2,
            "busy": 0.5,
            "data": {"parcels": 200_000},
            "machine": {"Processor": "p"},
            "peers": {"tipg": "1"},
            "outcomes": [outcome],
            "memory": [grown],
            "siting": [
                {"name": "parks", "goal": 3.0, "questions": 120, "figure": "p95", "ours": [8, 12], "floor": [4, 5]},
                {"name": "parcels", "goal": 2.0, "questions": 1, "figure": "time", "ours": [9.0], "floor": [3.0]},
            ],
            "browser": {
                "note": "", "version": "Chromium 1", "date": "2026-01-02", "busy": 0.25, "rounds": 3, "moving": [],
                "opening": [
                    {"name": "ready", "unit": "s", "decimals": 2, "goal": 2.0, "ours": [1, 3, 2.5], "plain": [1, 1, 1]},
                    {"name": "requests", "unit": "", "decimals": 0, "goal": None, "ours": [9] * 3, "plain": [4] * 3},
                ],
            },
        }
    )  # fmt: skip
    assert "| browser | ready | 2.50 (1.00–3.00) s | ≤ 2 s | **no** |" in page
    assert "| requests | 9 (9–9) | 4 (4–4) |" in page
    assert "Chromium 1; 2026-01-02, 3 rounds, others using 25% of the machine." in page
    assert "| page, 2 workers | a : b | 9.50 (9.00–10.00)× | ≥ 9.5× | yes |" in page
    assert "| page, 2 workers | b : a | 0.11 (0.10–0.11)× | ≥ 1× | **no** |" in page
    assert "| page, 2 workers | a : c | — | ≥ 1× | not measured |" in page
    assert "| page, 2 workers | a, answers/s a worker | 48 (45–50) | ≥ 40 | yes |" in page
    assert "| memory | growth, quick | 151 MiB | ≤ 150 MiB | **no** |" in page
    assert "| siting | parks : its statement | 2.20 (2.00–2.40)× | ≤ 3× | yes |" in page
    assert "| siting | parcels : its statement | 3.00 (3.00–3.00)× | ≤ 2× | **no** |" in page
    assert "| parks, 120 questions a round | p95 | 10.0 (8.0–12.0) | 4.5 (4.0–5.0) | 2.20× |" in page
    assert "| c | not available: x |" in page
    assert "The machine was busy" in page


def test_the_busiest_task_is_that_of_a_page_s_main_thread_by_processor_time() -> None:
    def named(pid: int, name: str) -> dict[str, object]:
        return {"name": "thread_name", "pid": pid, "tid": 1, "args": {"name": name}}

    def task(pid: int, processor_us: int) -> dict[str, object]:
        return {"name": "RunTask", "pid": pid, "tid": 1, "dur": 900_000, "tdur": processor_us}

    events = [named(1, "CrRendererMain"), named(2, "CrBrowserMain"), task(1, 20_500), task(1, 3_000), task(2, 80_000)]
    assert browser.busiest(json.dumps({"traceEvents": events}).encode()) == 20.5
