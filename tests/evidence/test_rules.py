"""Which rules of the documents bear on a question. What is expected is read from the documents."""

import csv
import re
from pathlib import Path

import pytest
import yaml

from app.db.vocabulary import RULE_STRENGTHS
from app.evidence import rules_choice
from app.evidence.rule import Rule
from app.evidence.rules import STRENGTHS, Bearing, against, bearing, rule_index
from tests.conftest import ROOT
from tests.evidence.conftest import Evidence, ask

LIMITING = re.compile("禁止|严禁|不得|不再|严控|限制|退出")


def ids(bearings: list[Bearing]) -> list[str]:
    return [found.rule.id for found in bearings]


def on_industry(bearings: list[Bearing]) -> list[Bearing]:
    return [found for found in bearings if found.on != "place"]


def test_every_rule_of_the_table_is_read(evidence: Evidence) -> None:
    rows = [row for file in (ROOT / "geodata" / "rules").glob("*.csv") for row in csv.DictReader(file.open())]
    read = {rule.id: rule for rule in evidence.rules if rule.kind == "rule"}
    assert len(read) == len(rows)
    for row in rows:
        rule = read[row["id"]]
        written = row["theme"], row["strength"], row["verb_zh"], row["clause_zh"], row["document"], row["locator"]
        source = rule.source
        assert (rule.theme, rule.strength, rule.verb, rule.clause_zh, source.document, source.locator) == written
        assert rule.scope == tuple(filter(None, row["scope"].split(";")))
        assert rule.industries == tuple(filter(None, row["industries"].split(";")))
        assert rule.address == f"/api/rules/{row['id']}"


def test_strengths_are_those_of_the_vocabulary() -> None:
    assert set(STRENGTHS) == set(RULE_STRENGTHS)


def test_petrochemicals_gather_at_nangang(evidence: Evidence) -> None:
    found = bearing(evidence.record, evidence.rules, [ask("石化", "petrochemicals")], evidence.candidates)
    nangang = next(one for one in found if one.rule.id == "tm-b-r-petro-nangang")
    assert nangang.says["zh"].startswith("《天津制造业规划》要求“加快石化产业向南港集聚”")
    assert (nangang.effect, nangang.on) == ("note", "both")
    assert nangang.rule.verb == "加快"
    assert "teda-nangang" in (nangang.zones or ())
    assert "bi-b-r-nangang-upgrade" in ids(found)
    assert "bi-b-r-central-downstream" in ids(found)


@pytest.mark.parametrize("demand", [ask("一般基础性制造"), ask("机械装备", "machinery"), ask("五金加工厂")])
def test_basic_manufacturing_moves_to_lingang(evidence: Evidence, demand) -> None:  # type: ignore[no-untyped-def]
    found = bearing(evidence.record, evidence.rules, [demand], ["ftz-airport", "ftz-lingang", "thip-huayuan"])
    moved = next(one for one in found if one.rule.id == "bi-b-r-airport-relocation")
    assert moved.says["zh"] == (
        "《滨海工业规划》提出“推动一般基础性制造业向临港有序转移”（保税区空港片区、保税区临港片区）"
    )
    assert moved.says["en"].endswith("(guidance)")
    assert (moved.effect, moved.on, moved.zones) == ("note", "both", ("ftz-airport", "ftz-lingang"))


@pytest.mark.parametrize(
    "demand", [ask("危化品", "petrochemicals"), ask("危险化学品仓储"), ask("加氢站", "hydrogen-refuelling")]
)
def test_hazardous_chemicals_need_an_assessed_site(evidence: Evidence, demand) -> None:  # type: ignore[no-untyped-def]
    found = bearing(evidence.record, evidence.rules, [demand], evidence.candidates)
    siting = next(one for one in found if one.rule.id == "di-r-chemical-siting")
    assert siting.says["zh"] == "《东丽工业规划》要求“科学论证危化企业的选址和布局”"
    assert siting.effect == "justify"
    assert {evidence.record.line(zone)[-2] for zone in siting.zones or ()} == {"dongli"}


def test_a_limit_of_one_district_is_none_elsewhere(evidence: Evidence) -> None:
    demands = [ask("石化", "petrochemicals")]
    assert "di-r-chemical-siting" not in ids(bearing(evidence.record, evidence.rules, demands, ["teda-nangang"]))
    assert "di-r-chemical-siting" in ids(bearing(evidence.record, evidence.rules, demands, []))


def test_what_directs_an_industry_counts_for_places_elsewhere(evidence: Evidence) -> None:
    found = bearing(evidence.record, evidence.rules, [ask("石化", "petrochemicals")], ["dongli-eda"])
    nangang = next(one for one in found if one.rule.id == "tm-b-r-petro-nangang")
    assert (nangang.on, nangang.zones) == ("industry", None)


def test_chips_are_not_flooded(evidence: Evidence) -> None:
    demands = [ask("集成电路", "integrated-circuits")]
    found = on_industry(bearing(evidence.record, evidence.rules, demands, evidence.candidates))
    assert 0 < len(found) <= 6
    # 南港, 氢 and 汽车 are none of a chip maker's business; the belt's clause is cut before 新一代信息技术.
    assert not {"tm-b-r-petro-nangang", "tm-b-r-belts-gather", "bi-b-r-airport-relocation"} & set(ids(found))
    assert {"bi-b-r-xinchuang-targeted", "hz-b-r-targeted-links"} <= set(ids(found))


def test_no_answer_is_flooded(evidence: Evidence) -> None:
    limits = rules_choice.rules_choice().limits
    for industry in evidence.record.industries:
        found = bearing(evidence.record, evidence.rules, [ask("", industry)], evidence.candidates)
        assert len(on_industry(found)) <= limits["industry"]
        for zone in evidence.candidates:
            alone = [one for one in found if one.on == "place" and zone in (one.zones or ())]
            assert len(alone) <= limits["place"] + limits["district"]
        assert all(one.rule.theme not in ("finance", "talent", "innovation", "other") for one in found)
        assert all(one.rule.strength not in ("reported", "explore") for one in found)


def _paths() -> dict[str, list[str]]:
    """Return the ids above each industry and itself, from the tables."""
    files = (ROOT / "geodata" / "industries").glob("*.csv")
    rows = [row for file in files for row in csv.DictReader(file.open())]
    parents = {row["id"]: row["parent"] for row in rows if "parent" in row}
    paths = {}
    for one in parents:
        path = [one]
        while parents.get(path[-1]):
            path.append(parents[path[-1]])
        paths[one] = path
    return paths


def test_no_rule_is_of_an_unrelated_industry(evidence: Evidence) -> None:
    paths = _paths()
    groups = yaml.safe_load((ROOT / "app/evidence/rules.yaml").read_text())["groups"]
    assert set(paths) == set(evidence.record.industries)

    def related(industry: str, rule: Rule) -> bool:
        above = set(paths[industry])
        for group in groups.values():
            members = set(group["industries"]).union(
                *(groups[other]["industries"] for other in group.get("includes", ()))
            )
            if above & members and re.search("|".join(group["words"]), rule.clause_zh):
                return True
        return any(said in above or industry in paths[said] for said in rule.industries)

    wrong = [
        (industry, one.rule.id)
        for industry in paths
        for one in on_industry(bearing(evidence.record, evidence.rules, [ask("", industry)], evidence.candidates))
        if not related(industry, one.rule)
    ]
    assert wrong == []


def test_a_place_hears_what_is_said_of_it_and_around_it(evidence: Evidence) -> None:
    index = rule_index(evidence.record, evidence.rules)
    for zone in evidence.candidates:
        line = set(evidence.record.line(zone)) | evidence.record.elements_of(zone)
        assert all(line & set(rule.scope) for rule in index.at(zone)[1])
    valley = bearing(evidence.record, evidence.rules, [ask("人工智能", "artificial-intelligence")], ["haihe-education"])
    shrinking = next(one for one in valley if "缩减工业用地规模" in one.rule.clause_zh)
    assert (shrinking.effect, shrinking.on, shrinking.zones) == ("justify", "place", ("haihe-education",))
    airport = bearing(evidence.record, evidence.rules, [ask("航空产业", "aviation")], ["ftz-airport"])
    assert "bi-b-r-airport-phase-out" in ids(airport)
    # What moves from 经开区 to its northern park is said of that park, not of the others of 经开区.
    assert "bi-b-r-north-takeover" not in ids(bearing(evidence.record, evidence.rules, [], ["teda-west"]))
    assert "bi-b-r-north-takeover" in ids(bearing(evidence.record, evidence.rules, [], ["teda-north"]))


def _own_words(evidence: Evidence, rule: Rule, sentence: str) -> str:
    """Return what is left of a sentence without its frame: the title, 要求, the places."""
    title = evidence.record.documents[rule.source.document]["short_title_zh"]
    left = sentence.removeprefix(f"《{title}》")
    left = re.sub("^(要求|提出|回顾)", "", left)
    if "（" in left and left.endswith("）") and not left.endswith("”"):
        places, left = left[left.rindex("（") + 1 : -1], left[: left.rindex("（")]
        known = {evidence.record.place(subject).name_zh for subject in rule.scope}
        assert set(re.sub("；文件未给出其范围$", "", places).removesuffix("等").split("、")) <= known
    return left.replace("‘", "“").replace("’", "”")


def test_a_sentence_has_no_term_that_its_clause_has_not(evidence: Evidence) -> None:
    index = rule_index(evidence.record, evidence.rules)
    for rule in evidence.rules:
        says = index.bearing(rule, "industry", None).says
        own = _own_words(evidence, rule, says["zh"])
        if rule.kind == "thing":
            assert own == f"“{rule.clause_zh}”：{rule.summary_zh.rstrip('。')}"
        else:
            assert own in (f"“{rule.clause_zh}”", f"“{rule.verb}”“{rule.clause_zh}”")
            assert rule.verb in own
        assert rule.summary_en.rstrip(".") in says["en"]
        assert not re.search("[\u4e00-\u9fff]", says["en"].replace(rule.summary_en.rstrip("."), ""))


def test_no_clause_of_the_documents_excludes(evidence: Evidence) -> None:
    """Each of these was read: none prohibits an industry at a place."""
    read = {
        # 限制类 projects (a class of the national catalogue) get land under strict control.
        "bi-b-r-restricted-land",
        # 限制 and 退出 in other senses: limits between parks are lifted, funds are sold, measures are dropped.
        "hz-b-r-linkage-fund", "hz-b-r-s-fund", "hz-b-r-clear-restrictions",
    }  # fmt: skip
    assert {rule.id for rule in evidence.rules if rule.kind == "rule" and LIMITING.search(rule.clause_zh)} == read
    index = rule_index(evidence.record, evidence.rules)
    assert "exclude" not in index.effects.values()


@pytest.mark.parametrize(
    ("rule", "effect"),
    [
        ("di-r-chemical-siting", "justify"),  # 科学论证
        ("di-r-chemical-processes", "justify"),  # 严格审批
        ("di-r-low-level-projects", "justify"),  # 严把
        ("bi-b-r-restricted-land", "justify"),  # 从严控制
        ("tm-b-r-land-shrink", "justify"),  # 控制并逐步缩减
        ("tm-b-r-petro-nangang", "note"),
        ("bi-b-r-airport-phase-out", "note"),
        ("di-r-strictest-env", "note"),  # reported: 最严格 is said of what was
    ],
)
def test_effects(evidence: Evidence, rule: str, effect: str) -> None:
    assert rule_index(evidence.record, evidence.rules).effects[rule] == effect


def test_against_chemicals(evidence: Evidence) -> None:
    found = against(evidence.record, evidence.rules, [ask("化工", "petrochemicals")])
    first = [one.rule.id for one in found if one.on == "industry"]
    assert set(first[:3]) == {"di-r-chemical-siting", "di-r-chemical-processes", "di-r-low-level-projects"}
    assert {"tm-b-r-petro-nangang", "bi-b-r-nangang-upgrade", "tm-b-r-green-lead"} <= set(first)
    anywhere = [one.rule.id for one in found if one.on == "place"]
    assert {"bi-b-r-three-lines", "bi-b-r-new-supply", "tm-b-r-industry-types", "tm-a-park-siege"} <= set(anywhere)
    assert all(one.effect != "exclude" for one in found)


def test_against_steel(evidence: Evidence) -> None:
    found = against(evidence.record, evidence.rules, [ask("钢铁冶炼", "metallurgy")])
    siege = next(one for one in found if one.rule.id == "tm-a-steel-siege")
    assert siege.says["zh"] == "《天津制造业规划》回顾“钢铁围城”：基本破解，办法为局部退出和减量"
    assert siege.rule.address == "/api/things/tm-a-steel-siege"
    assert {"di-steel-siege", "tm-b-r-traditional-layout", "di-r-low-level-projects"} <= set(ids(found))
    assert "di-r-chemical-siting" not in ids(found)


def test_against_what_the_taxonomy_does_not_have(evidence: Evidence) -> None:
    energy = against(evidence.record, evidence.rules, [ask("高耗能项目")])
    assert energy[0].rule.id == "di-r-low-level-projects"
    stores = against(evidence.record, evidence.rules, [ask("危险化学品仓储")])
    assert [one.rule.id for one in stores if one.on == "industry"] == ["di-r-chemical-siting"]


def test_against_chips_has_nothing_of_chemicals(evidence: Evidence) -> None:
    found = against(evidence.record, evidence.rules, [ask("集成电路", "integrated-circuits")])
    assert found
    assert {one.on for one in found} == {"place"}
    assert not [one for one in found if re.search("危化|化工|钢铁|高耗能", one.rule.clause_zh)]


def test_a_clause_stands_once(evidence: Evidence) -> None:
    for industry in ("petrochemicals", "metallurgy", "integrated-circuits"):
        found = against(evidence.record, evidence.rules, [ask("", industry)])
        clauses = [(one.rule.source.document, one.rule.clause_zh) for one in found]
        assert len(clauses) == len(set(clauses))


def test_the_same_question_is_answered_alike(evidence: Evidence) -> None:
    demands = [ask("氢能", "hydrogen"), ask("疫苗", "vaccines")]
    once, again = (bearing(evidence.record, evidence.rules, demands, evidence.candidates) for _ in range(2))
    assert once == again


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("themes:\n    layout:", "themes:\n    layuot:", "layuot"),
        ("strengths: [strict, justify]", "strengths: [strickt]", "strickt"),
        ("includes: [chemicals]", "includes: [chemistry]", "chemistry"),
    ],
)
def test_a_fault_of_the_choice_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    file = tmp_path / "rules.yaml"
    text = rules_choice.FILE.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(ValueError, match=fault):
        rules_choice.rules_choice(file)
