"""The tree of industries: words, value-chain neighbours and GB/T codes, each with its basis."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest


@pytest.fixture(scope="module")
def nodes(api: httpx.Client) -> dict[str, dict[str, Any]]:
    def walk(branch: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for node in branch:
            yield node
            yield from walk(node["children"])

    answer = api.get("/api/industries")
    assert answer.status_code == 200
    return {node["id"]: node for node in walk(answer.json()["industries"])}


def test_terms_say_whether_a_document_prints_them(nodes: dict[str, dict[str, Any]]) -> None:
    terms = {term["term"]: term for term in nodes["implant-devices"]["terms"]}
    assert terms["人工关节"]["basis"] == "printed" and terms["人工关节"]["weight"] == 1
    assert terms["人工关节"]["evidence"]["document"] == "binhai-industry"
    assert terms["人工关节"]["evidence"]["locator"] == "三（二）1"
    assert terms["心脏支架"]["basis"] == "mapping" and terms["心脏支架"]["evidence"] is None


def test_neighbours_come_with_the_wording_of_the_document(nodes: dict[str, dict[str, Any]]) -> None:
    chain = "芯片—整机终端—操作系统—应用软件—信息安全服务—整体解决方案"
    down = [one for one in nodes["complete-terminals"]["downstream"] if one["wording"] == chain]
    up = [one for one in nodes["complete-terminals"]["upstream"] if one["wording"] == chain]
    assert [one["id"] for one in up] == ["core-chips"] and [one["id"] for one in down] == ["operating-systems"]
    assert down[0]["relation"] == "step" and down[0]["chain"] == "xinchuang"
    assert down[0]["evidence"]["document"] == "binhai-industry" and down[0]["evidence"]["locator"] == "五（五）4·专栏"


def test_codes_are_a_mapping_of_ours(nodes: dict[str, dict[str, Any]]) -> None:
    codes = {one["code"]: one for one in nodes["power-batteries"]["gbt"]}
    assert codes["C3841"]["title_zh"] == "锂离子电池制造" and codes["C3841"]["basis"] == "mapping"
    assert nodes["biomedicine"]["gbt"][0]["code"] == "C27"


def test_parks_and_areas_are_counted_up_the_tree(nodes: dict[str, dict[str, Any]]) -> None:
    assert nodes["integrated-circuits"]["parks"] >= 2
    for node in nodes.values():
        assert all(child["parks"] <= node["parks"] for child in node["children"]), node["id"]
        # An outline that is an estimate has no area, so parks may have none.
        assert node["parks"] > 0 or node["area_ha"] == 0, node["id"]
