"""Which gateways industries need: our table."""

import re
from pathlib import Path

import pytest

from app.evidence import needs
from app.evidence.needs import NeedRule, checked_need_rules, need_rules, needed
from app.evidence.record import PlanningRecord
from tests.conftest import ROOT
from tests.evidence.conftest import Evidence, ask


def _gateways(record: PlanningRecord, *industries: str) -> set[str]:
    return {need.gateway for need in needed(record, [ask("", industry) for industry in industries])}


@pytest.mark.parametrize(
    ("industry", "gateways"),
    [
        ("high-tech-ships", {"port"}), ("heavy-equipment", {"port"}), ("petrochemicals", {"port"}),
        ("ethylene", {"port"}), ("metallurgy", {"port"}), ("offshore-wind", {"port"}),
        ("cold-chain-logistics", {"port"}),
        ("large-aircraft", {"airport"}), ("aircraft-maintenance", {"airport"}), ("air-logistics", {"airport"}),
        ("cell-therapy", {"airport"}), ("vaccines", {"airport"}),
        ("industrial-software", {"metro"}), ("info-tech-services", {"metro"}), ("tech-services", {"metro"}),
        ("conventions-exhibitions", {"rail"}),
        ("adhesives", set()), ("drones", set()), ("chemical-drugs", set()), ("automotive", set()),
        ("integrated-circuits", set()), ("equipment", set()), ("hydrogen", set()),
    ],
)  # fmt: skip
def test_gateways_of_an_industry(evidence: Evidence, industry: str, gateways: set[str]) -> None:
    assert _gateways(evidence.record, industry) == gateways


def test_several_industries_need_each_gateway_once(evidence: Evidence) -> None:
    found = needed(
        evidence.record, [ask("造船", "high-tech-ships"), ask("石化", "petrochemicals"), ask("疫苗", "vaccines")]
    )
    assert [(need.gateway, need.industry.id) for need in found] == [
        ("port", "high-tech-ships"),
        ("airport", "vaccines"),
    ]


def test_words_that_mean_nothing_need_nothing(evidence: Evidence) -> None:
    assert needed(evidence.record, [ask("什么")]) == ()
    assert needed(evidence.record, []) == ()


def test_reasons_stand_in_both_languages(evidence: Evidence) -> None:
    for rule in checked_need_rules(evidence.record):
        assert re.search("[\u4e00-\u9fff]", rule.why["zh"])
        assert "," not in rule.why["zh"]
        assert not re.search("[\u4e00-\u9fff]", rule.why["en"])
        assert not rule.without & rule.industries


def test_gateways_are_those_of_siting() -> None:
    known = {file.stem for file in (ROOT / "app" / "siting" / "gateways").glob("*.yaml")}
    assert {rule.gateway for rule in need_rules()} <= known


def test_an_unknown_industry_is_named(evidence: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    strange = NeedRule("port", frozenset({"ship-bilding"}), frozenset(), {"zh": "", "en": ""})
    monkeypatch.setattr(needs, "need_rules", lambda: (strange,))
    monkeypatch.delitem(evidence.record.memory, ("needs",), raising=False)
    with pytest.raises(ValueError, match=r"needs\.yaml: row 1: ship-bilding: not in the taxonomy"):
        needed(evidence.record, [])
    assert ("needs",) not in evidence.record.memory


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- {gateway: port, industries: []}", "row 1: why: missing"),
        ("- {gateway: port, industries: [], why: {zh: a, en: b}, note: c}", "row 1: note: unknown"),
        ("- {gateway: port, industries: [], why: {zh: a}}", "row 1: why: should have zh and en"),
    ],
)
def test_a_fault_of_the_table_is_named(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "needs.yaml"
    file.write_text(text)
    with pytest.raises(ValueError, match=fault):
        need_rules(file)
