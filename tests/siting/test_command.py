"""``yuantu siting`` as a person runs it."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT


def run(database_url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "YUANTU_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "app.cli", "siting", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_it_prints_a_table_with_reasons(database_url: str) -> None:
    done = run(database_url, "--industry", "生物药", "--area", "50公顷", "--near", "airport:30km", "--limit", "3")
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.splitlines() if line[:1].isdigit()]
    assert rows[0].split()[:2] == ["1", "渤龙湖科技园"]
    assert "机场 30 km" in done.stdout
    assert "文件将“生物药”列为渤龙湖科技园的重点产业" in done.stdout
    assert "机场放宽到 33 公里内，则经开区东区入选" in done.stdout


def test_it_says_whose_statement_it_is(database_url: str) -> None:
    done = run(database_url, "--industry", "先进化工材料", "--level", "town", "--weight", "industry:1", "--limit", "2")
    assert "列为所在片区（大港片区）的重点产业" in done.stdout
    assert "列为天津中塘工业园的重点产业" not in done.stdout


def test_it_reads_sentences_and_prints_json(database_url: str) -> None:
    done = run(database_url, "在滨海新区做烃类，离港口10公里以内", "--json")
    answer = json.loads(done.stdout)
    assert answer["results"][0]["id"] == "teda-nangang"
    assert answer["request"]["max_km"] == {"port": 10.0}


def test_it_says_what_is_wrong(database_url: str) -> None:
    done = run(database_url, "--industry", "集成电陆", "--lang", "zh")
    assert done.returncode == 2
    assert "集成电路" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("option", "value"), [("--limit", "0"), ("--lang", "fr"), ("--area", "")])
def test_what_cannot_be_meant_is_refused(database_url: str, option: str, value: str) -> None:
    done = run(database_url, "--industry", "集成电路", option, value)
    assert done.returncode == 2
    assert "经开区东区" not in done.stdout
    assert option.removeprefix("--") in done.stderr and "Traceback" not in done.stderr
