"""``yuantu siting`` as a person runs it."""

import json
import os
import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT


def run(database_url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "YUANTU_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "app.cli", "siting", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def request(database_url: str, *arguments: str) -> dict[str, object]:
    done = run(database_url, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)["request"]
    return found


def part(text: str, title: str) -> str:
    """Return what stands under a heading."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=\n## |\Z)", text, re.S | re.M)
    assert found is not None, title
    return found[1]


def test_it_prints_the_answer_its_grounds_and_what_is_open(database_url: str) -> None:
    done = run(database_url, "--industry", "生物药", "--area", "50公顷", "--near", "airport:30km", "--limit", "3")
    assert done.returncode == 0, done.stderr
    titles = re.findall(r"^## (.*)$", done.stdout, re.M)
    assert titles[:2] == ["问题", "答复"] and titles[-3:] == ["依据", "不确定之处", "未考虑的因素"]
    assert "渤龙湖科技园" in part(done.stdout, "文件布局于此").splitlines()[1]
    assert re.search("“生物药.*”列为渤龙湖科技园的重点产业", done.stdout)
    assert "《滨海工业规划》" in done.stdout and "机场" in part(done.stdout, "问题")


def test_tiers_stand_apart(database_url: str) -> None:
    done = run(database_url, "--industry", "集成电路", "--limit", "20")
    answer = json.loads(run(database_url, "--industry", "集成电路", "--limit", "20", "--json").stdout)
    for one in answer["related"]:
        assert one["name_zh"] in part(done.stdout, "产业链或大类相关")
    certain = [one for one in answer["results"] if not one["possible"]]
    assert {one["tier"] for one in certain} >= {"itself"}
    own = part(done.stdout, "文件布局于此")
    table = own.partition("\n\n")[0]
    assert all(one["name_zh"] in table for one in certain if one["tier"] == "itself")
    assert not any(line.split()[1] == one["name_zh"] for one in certain if one["tier"] == "surrounding"
                   for line in table.splitlines()[1:])  # fmt: skip


def test_nothing_documented_is_the_conclusion(database_url: str) -> None:
    done = run(database_url, "钢铁冶炼")
    assert "没有文件" in part(done.stdout, "答复")
    assert "## 文件布局于此" not in done.stdout


def test_elsewhere_is_printed(database_url: str) -> None:
    done = run(database_url, "智能网联汽车")
    assert "西青" in part(done.stdout, "文件点名、但没有园区图形的地方")


def test_it_says_whose_statement_it_is(database_url: str) -> None:
    done = run(database_url, "--industry", "先进化工材料", "--level", "town", "--weight", "industry:1", "--limit", "2")
    assert "大港片区" in done.stdout
    assert "列为天津中塘工业园的重点产业" not in done.stdout


def test_every_option_is_a_field_of_the_question(database_url: str) -> None:
    found = request(
        database_url, "--industry", "集成电路", "--near-place", "dongjiang:50", "--near-place", "rail-tianjin",
        "--apart", "teda-nangang:5", "--avoid-industry", "石油化工", "--prefer", "滨海新区", "--prefer-level",
        "national", "--floor", "5000平方米", "--premises", "workshop", "--far-from", "port", "--areas", "separate",
        "--tiers", "all", "--needs", "off", "--emphasis", "metro",
    )  # fmt: skip
    near = [(one["place"], one["km"]) for one in found["near"]]  # type: ignore[attr-defined]
    assert near == [("dongjiang", 50.0), ("rail-tianjin", None)]
    assert [(one["place"], one["km"]) for one in found["apart"]] == [("teda-nangang", 5.0)]  # type: ignore[attr-defined]
    assert [one["words"] for one in found["avoid_industries"]] == ["石油化工"]  # type: ignore[attr-defined]
    assert [one["id"] for one in found["prefer_districts"]] == ["binhai"]  # type: ignore[attr-defined]
    assert found["prefer_level"] == ["national"] and found["far_from"] == ["port"]
    assert found["floor"]["m2"] == 5000 and found["floor"]["premises"] == "workshop"  # type: ignore[index]
    assert (found["areas"], found["tiers"], found["needs"]) == ("separate", "all", [])
    assert found["emphasis"] == ["metro"]


def test_a_place_is_judged_and_described(database_url: str) -> None:
    done = run(database_url, "--industry", "集成电路", "--ask", "place", "--place", "华苑科技园")
    assert "华苑科技园" in part(done.stdout, "所问的地方")
    done = run(database_url, "--ask", "what", "--place", "dongjiang")
    assert "轨道交通装备" in part(done.stdout, "文件为此处列出的产业")


def test_it_reads_sentences_and_prints_json(database_url: str) -> None:
    done = run(database_url, "在滨海新区做烃类，离港口10公里以内", "--json")
    answer = json.loads(done.stdout)
    assert answer["results"][0]["id"] == "teda-nangang"
    assert answer["request"]["max_km"] == {"port": 10.0}


def test_the_number_of_answers_is_that_of_the_sentence(database_url: str) -> None:
    assert request(database_url, "请推荐三个适合集成电路的园区")["limit"] == 3
    assert request(database_url, "请推荐三个适合集成电路的园区", "--limit", "5")["limit"] == 5


def test_it_says_what_is_wrong(database_url: str) -> None:
    done = run(database_url, "--industry", "集成电陆", "--lang", "zh")
    assert done.returncode == 2
    assert "集成电路" in done.stderr and done.stderr.startswith("产业（--industry）：")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("option", "value"),
    [("--near", "airport:no"), ("--avoid", "nowhere at all"), ("--near-place", "nowhere:3"), ("--weight", "size:x"),
     ("--prefer", "没有这个区"), ("--avoid-industry", "集成电陆"), ("--floor", "-3"), ("--ask", "why")],
)  # fmt: skip
def test_faults_name_the_option_and_no_field_of_the_interface(database_url: str, option: str, value: str) -> None:
    done = run(database_url, "--industry", "集成电路", option, value)
    assert done.returncode == 2 and option in done.stderr and re.match(r"[一-鿿]+（", done.stderr)
    for name in ("max_km", "avoid_districts", "avoid_industries", "prefer_districts", "weights:"):
        assert name not in done.stderr


@pytest.mark.parametrize(("option", "value"), [("--limit", "0"), ("--lang", "fr"), ("--area", "")])
def test_what_cannot_be_meant_is_refused(database_url: str, option: str, value: str) -> None:
    done = run(database_url, "--industry", "集成电路", option, value)
    assert done.returncode == 2
    assert "经开区东区" not in done.stdout
    assert option.removeprefix("--") in done.stderr and "Traceback" not in done.stderr
