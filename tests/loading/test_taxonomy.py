"""Terms, value chains and GB/T codes: complete, without contradictions, and as the documents print them."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from app.facts.names import normalise
from app.loading.load import prepare
from app.loading.tables import LoadError
from tests.loading.test_load import ASSETS, edit
from tests.loading.test_sources import FILES, GEODATA, rows

INDUSTRIES = [row for path in sorted((GEODATA / "industries").glob("*.csv")) for row in rows(path)]
TERMS = rows(GEODATA / "industry_terms.csv")
CHAINS = rows(GEODATA / "value_chains.csv")
CODES = {row["id"]: row for row in rows(GEODATA / "gbt4754.csv")}


@pytest.fixture(scope="module")
def texts(shared: Path) -> dict[str, str]:
    """Return the documents without white space, which tables break terms with."""
    return {
        document: re.sub(r"\s+", "", (shared / "sources" / name).read_text(encoding="utf-8"))
        for document, name in FILES.items()
    }


def names() -> set[str]:
    """Return every name and alias of the taxonomy, as they are compared."""
    written = [name for row in INDUSTRIES for name in (row["name_zh"], row["name_en"], *row["aliases"].split(";"))]
    return {normalise(name) for name in written if name}


def test_there_are_three_hundred_terms_beyond_the_names() -> None:
    beyond = {normalise(row["term"]) for row in TERMS} - names()
    assert len(beyond) >= 300


def test_every_printed_term_stands_in_its_document(texts: Mapping[str, str]) -> None:
    printed = [row for row in TERMS if row["basis"] == "printed"]
    assert len(printed) >= 200
    missing = [row["term"] for row in printed if re.sub(r"\s+", "", row["term"]) not in texts[row["document"]]]
    assert missing == []


def test_every_chain_stands_in_its_document(texts: Mapping[str, str]) -> None:
    missing = [row["wording"] for row in CHAINS if re.sub(r"\s+", "", row["wording"]) not in texts[row["document"]]]
    assert missing == []


def test_chains_name_a_chapter_of_their_document(texts: Mapping[str, str]) -> None:
    """The chapter's own number, 三（二）1 for instance, is printed at the head of a line."""
    for row in (*CHAINS, *(term for term in TERMS if term["basis"] == "printed")):
        section = re.match(r"[一二三四五六]（[一二三四五六七八]）", row["locator"])
        assert section, row["locator"]
        chapter, part = section[0][0], section[0][1:]
        assert f"{chapter}、" in texts[row["document"]] and part in texts[row["document"]], row


def steps(chain: str, document: str, wording: str) -> list[str]:
    """Return the industries of a printed chain, in its order."""
    named = [row for row in CHAINS if (row["chain"], row["document"]) == (chain, document)]
    links = [row for row in named if wording in row["wording"]]
    for one, next_one in pairwise(links):
        assert one["downstream"] == next_one["upstream"]
    return [links[0]["upstream"], *(row["downstream"] for row in links)]


def test_the_chain_of_xinchuang_is_in_the_order_of_the_box() -> None:
    assert steps("xinchuang", "binhai-industry", "芯片—整机终端—操作系统") == [
        "core-chips", "complete-terminals", "operating-systems", "industrial-software", "info-security",
        "xinchuang-services",
    ]  # fmt: skip


def test_the_chain_of_cells_runs_from_preparation_to_the_cold_chain() -> None:
    assert steps("cell-products", "hitech-zone", "提取制备+细胞存储") == [
        "cell-preparation", "cell-banking", "cell-quality-control", "cell-production", "cell-application",
        "cold-chain-logistics",
    ]  # fmt: skip


def test_the_chain_of_batteries_ends_in_their_reuse() -> None:
    assert steps("power-batteries", "binhai-industry", "电池材料研发-生产制造") == [
        "lithium-battery-materials", "battery-manufacturing", "battery-application", "battery-recycling",
    ]  # fmt: skip


def test_all_five_documents_were_looked_through_for_chains() -> None:
    assert set(Counter(row["document"] for row in CHAINS)) == set(FILES)


GBT = {
    # As GB/T 4754-2017 prints them.
    "C27": "医药制造业", "C271": "化学药品原料药制造", "C272": "化学药品制剂制造", "C273": "中药饮片加工",
    "C274": "中成药生产", "C276": "生物药品制品制造", "C2762": "基因工程药物和疫苗制造", "C36": "汽车制造业",
    "C3612": "新能源车整车制造", "C37": "铁路、船舶、航空航天和其他运输设备制造业", "C3741": "飞机制造",
    "C3737": "海洋工程装备制造", "C384": "电池制造", "C3841": "锂离子电池制造",
    "C39": "计算机、通信和其他电子设备制造业", "C3963": "智能无人飞行器制造", "C3973": "集成电路制造",
    "D463": "海水淡化处理", "I65": "软件和信息技术服务业", "I652": "集成电路设计",
}  # fmt: skip


def test_codes_have_the_titles_of_the_standard() -> None:
    assert {code: CODES[code]["title_zh"] for code in GBT} == GBT


def test_divisions_of_manufacturing_are_mapped() -> None:
    mapped = {row["gbt"] for row in rows(GEODATA / "industry_gbt.csv")}
    divisions = {code for code in CODES if code.startswith("C") and len(code) == 3}
    assert len(divisions) >= 24 and divisions <= mapped
    assert {row["basis"] for row in rows(GEODATA / "industry_gbt.csv")} == {"mapping"}


TERM = "弹性计算,cloud-computing,1,printed"
"""The beginning of the first row of the terms, which the cases change."""


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("industry_terms.csv", TERM, "弹性计算,cloud-computing,2,printed", "weight: 2"),
        ("industry_terms.csv", TERM, "云计算,big-data,1,printed", "is a name of cloud-computing"),
        ("industry_terms.csv", TERM, "云 计 算,cloud-computing,1,printed", "is a name of"),
        ("industry_terms.csv", TERM, "弹性计算,cloud-computing,0.8,printed", "means no industry"),
        ("industry_terms.csv", TERM, "专业云,cloud-computing,1,printed", "says the same"),
        ("industry_terms.csv", TERM, "弹性计算,cloud-computing,1,mapping", "a mapping of ours"),
        ("industry_terms.csv", TERM, "弹性计算,cloud-computering,1,printed", "is not an id of industries"),
        ("value_chains.csv", "xinchuang,core-chips,", "xinchuang,complete-terminals,", "is the upstream too"),
        ("value_chains.csv", ",step,", ",leap,", "'leap' is not one of step"),
        ("gbt4754.csv", "C131,C13,group", "C131,C14,group", "does not lie in C14"),
        ("gbt4754.csv", "C131,C13,group", "C131,C13,class", "is no class"),
        ("gbt4754.csv", "C131,", "131,", "is no code of GB/T 4754"),
        ("industry_gbt.csv", "C13,", "C99,", "is not an id of gbt_codes"),
    ],
)  # fmt: skip
def test_a_fault_in_the_taxonomy_is_refused(geodata_copy: Path, file: str, old: str, new: str, message: str) -> None:
    edit(geodata_copy / file, lambda t: t.replace(old, new, 1))
    with pytest.raises(LoadError) as caught:
        prepare(geodata_copy, ASSETS)
    assert any(fault.startswith(f"{file}:") and message in fault for fault in caught.value.faults), str(caught.value)
