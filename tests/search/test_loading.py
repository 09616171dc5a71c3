"""geodata/search/: what is wrong in it is said with file and line."""

from pathlib import Path

import pytest

from app.loading.facts import read_facts
from app.loading.search_terms import search_rows
from app.loading.tables import LoadError


@pytest.mark.parametrize(
    ("file", "line", "complaint"),
    [
        ("aliases.csv", "park,no-such-park,某园,alias,a test", "target: there is no park 'no-such-park'"),
        ("aliases.csv", "palace,teda-east,某园,alias,a test", "kind: 'palace' is not one of"),
        ("aliases.csv", "park,teda-east,……,alias,a test", "has neither letters nor digits"),
        ("readings.csv", "于家,yu jia pu,a test", "should be 2 syllables, one a character"),
        ("readings.csv", "于家,yú jiā,a test", "lower-case letters without tones"),
        ("readings.csv", "TEDA,te da,a test", "should be Chinese characters only"),
    ],
)
def test_faults_are_named(geodata_copy: Path, file: str, line: str, complaint: str) -> None:
    path = geodata_copy / "search" / file
    number = len(path.read_text(encoding="utf-8").splitlines()) + 1
    path.write_text(f"{path.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    with pytest.raises(LoadError) as raised:
        read_facts(geodata_copy)
    assert f"search/{file}:{number}: " in str(raised.value) and complaint in str(raised.value)


def test_an_alias_and_a_reading_become_terms(geodata_copy: Path) -> None:
    with (geodata_copy / "search" / "aliases.csv").open("a", encoding="utf-8") as file:
        file.write("park,teda-east,老码头,former,a test\n")
    with (geodata_copy / "search" / "readings.csv").open("a", encoding="utf-8") as file:
        file.write("码头,ma tou,a test\n码头,ba tou,a test\n")
    _, terms = search_rows(read_facts(geodata_copy))
    found = {(row["spelling"], row["normal"]) for row in terms if row["term"] == "老码头"}
    assert found == {
        ("written", "老码头"),
        ("pinyin", "laomatou"),
        ("pinyin", "laobatou"),
        ("initials", "lmt"),
        ("initials", "lbt"),
    }
    assert {row["form"] for row in terms if row["term"] == "老码头"} == {"former"}
