"""Rules that an office adds: their file, and that a prohibition rules places out."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.evidence.rule import Rule
from app.evidence.rules import Bearing, against, bearing
from app.evidence.rules_office import RulesFileError, read_office_rules
from tests.evidence.conftest import Evidence, ask

RULE = """\
- id: office-no-chemicals
  verb: 禁止
  clause_zh: 禁止在华苑科技园新建化工项目
  summary_en: No new chemical projects in Huayuan Science Park
  strength: binding
  scope: [thip-huayuan]
  industries: [petrochemicals]
  document_zh: 华苑科技园项目准入规定
  document_en: Rules of Admission of Huayuan Science Park
  locator: 第三条
"""


@pytest.fixture
def office_rule(tmp_path: Path, evidence: Evidence) -> Rule:
    file = tmp_path / "office.yaml"
    file.write_text(RULE)
    (rule,) = read_office_rules(file, evidence.record)
    return rule


def _effects(evidence: Evidence, rule: Rule, industry: str, *zones: str) -> list[tuple[str, tuple[str, ...] | None]]:
    rules = (*evidence.rules, rule)
    found = bearing(evidence.record, rules, [ask("", industry)], zones)
    return [(one.effect, one.zones) for one in found if one.rule.id == rule.id]


def test_a_prohibition_excludes_its_places(evidence: Evidence, office_rule: Rule) -> None:
    zones = ("teda-nangang", "thip-huayuan", "huayuan-new-economy")
    expected = [("exclude", ("thip-huayuan", "huayuan-new-economy"))]
    assert _effects(evidence, office_rule, "petrochemicals", *zones) == expected
    assert _effects(evidence, office_rule, "ethylene", *zones) == expected
    assert _effects(evidence, office_rule, "petrochemicals", "teda-nangang") == []
    assert _effects(evidence, office_rule, "integrated-circuits", *zones) == []


def test_one_prohibited_industry_of_several_is_enough(evidence: Evidence, office_rule: Rule) -> None:
    demands = [ask("集成电路", "integrated-circuits"), ask("乙烯", "ethylene")]
    found = bearing(evidence.record, (*evidence.rules, office_rule), demands, ["thip-huayuan"])
    assert (found[0].rule, found[0].effect, found[0].zones) == (office_rule, "exclude", ("thip-huayuan",))


def test_a_prohibition_comes_first_and_says_so(evidence: Evidence, office_rule: Rule) -> None:
    demands = [ask("石化", "petrochemicals")]
    found = bearing(evidence.record, (*evidence.rules, office_rule), demands, evidence.candidates)
    assert found[0] == Bearing(
        office_rule, "exclude", "both", found[0].zones, {
            "zh": "《华苑科技园项目准入规定》要求“禁止在华苑科技园新建化工项目”（华苑科技园）",
            "en": "Rules of Admission of Huayuan Science Park (Huayuan Science Park): "
                  "No new chemical projects in Huayuan Science Park (binding)",
        },
    )  # fmt: skip
    assert office_rule.address is None
    assert against(evidence.record, (*evidence.rules, office_rule), demands)[0].rule == office_rule


@pytest.mark.parametrize(
    "changed",
    [
        {"industries": ()},  # names no industry but in words
        {"clause_zh": "未经论证不得在华苑科技园新建化工项目"},
        {"clause_zh": "除研发外，禁止在华苑科技园新建化工项目"},
        {"industries": ("ethylene",)},  # only a part of what is asked for
    ],
)
def test_what_is_no_full_prohibition_is_to_be_justified(
    evidence: Evidence, office_rule: Rule, changed: dict[str, object]
) -> None:
    rule = replace(office_rule, **changed)
    assert _effects(evidence, rule, "petrochemicals", "thip-huayuan") == [("justify", ("thip-huayuan",))]


def test_a_prohibition_of_a_part_leaves_the_whole(evidence: Evidence, office_rule: Rule) -> None:
    rule = replace(office_rule, scope=("huayuan-new-economy",))
    assert _effects(evidence, rule, "petrochemicals", "thip-huayuan", "huayuan-new-economy") == [
        ("exclude", ("huayuan-new-economy",)),
        ("justify", ("thip-huayuan",)),
    ]


def test_a_prohibition_without_a_place_excludes_nothing(evidence: Evidence, office_rule: Rule) -> None:
    rule = replace(office_rule, scope=())
    assert _effects(evidence, rule, "petrochemicals") == [("justify", None)]


@pytest.mark.parametrize("clause", ["化工项目容积率不得低于1.0", "不得限制化工项目进入", "落实“非禁即入”"])
def test_words_of_prohibition_in_another_sense(evidence: Evidence, office_rule: Rule, clause: str) -> None:
    rule = replace(office_rule, clause_zh=clause)
    assert {effect for effect, _ in _effects(evidence, rule, "petrochemicals", "thip-huayuan")} <= {"note", "justify"}


def test_a_prohibition_of_the_whole_city(evidence: Evidence, office_rule: Rule) -> None:
    rule = replace(office_rule, scope=("tianjin",))
    zones = ("teda-nangang", "dongli-eda")
    assert _effects(evidence, rule, "petrochemicals", *zones) == [("exclude", zones)]


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("  locator:", "  place: x\n  locator:", 10, "place is not a key"),
        ("  locator: 第三条\n", "", 1, "locator is missing"),
        ("strength: binding", "strength: hard", 5, "strength: hard is not one of"),
        ("  verb: 禁止\n", "  verb: 禁止\n  verb: 严禁\n", 3, "verb is given twice"),
        ("scope: [thip-huayuan]", "scope: thip-huayuan", 6, "scope should be a list"),
        ("scope: [thip-huayuan]", "scope: [nowhere]", 6, "nowhere: there is no zone"),
        ("industries: [petrochemicals]", "industries: [alchemy]", 7, "alchemy: there is no industry"),
        ("verb: 禁止", "verb: {}", 2, "verb should be a text"),
        ("verb: 禁止", "verb: [", 4, "expected"),
        (RULE, RULE + RULE, 11, "stands above"),
        (RULE, "a: b\n", 1, "should be a list of rules"),
        (RULE, "- text\n", 1, "should be a rule"),
    ],
)
def test_a_fault_is_named_with_file_and_line(
    evidence: Evidence, tmp_path: Path, old: str, new: str, line: int, what: str
) -> None:
    file = tmp_path / "office.yaml"
    file.write_text(RULE.replace(old, new))
    with pytest.raises(RulesFileError) as error:
        read_office_rules(file, evidence.record)
    first = str(error.value).splitlines()[0]
    assert first.startswith(f"{file}:{line}: ")
    assert what in first


def test_a_missing_and_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(RulesFileError, match="cannot be read"):
        read_office_rules(tmp_path / "none.yaml")
    (tmp_path / "empty.yaml").write_text("# none yet\n")
    assert read_office_rules(tmp_path / "empty.yaml") == ()
