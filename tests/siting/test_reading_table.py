"""Sentences of an investment officer, and what each has to be read as. Every expectation is written by hand."""

from typing import Any

import pytest

from app.siting.reading import Dictionary, read_sentence
from tests.siting.readings import filled

READ: list[tuple[str, dict[str, Any]]] = [
    ("氢燃料电池电堆项目，占地200亩，要靠近港口",
     {"industries": ["fuel-cells"], "area_ha": 13.3333, "emphasis": ["port"]}),
    ("离港口远一点的生物医药", {"industries": ["biomedicine"], "far_from": ["port"]}),
    ("量子科技", {"industries": ["quantum-communication"]}),
    ("滨海高新区的华苑适合做集成电路设计吗", {"ask": "place", "place": "thip-huayuan", "industries": ["ic-design"]}),
    ("无人机整机制造，要么东丽要么滨海，五百亩左右",
     {"industries": ["drones"], "area_ha": 33.3333, "districts": ["dongli", "binhai"]}),
    ("化工项目不能放在哪里", {"ask": "against", "industries": ["petrochemicals"]}),
    ("危险化学品仓储，不能靠近居民区，不要中心城区",
     {"industries": ["modern-logistics"], "avoid_elements": ["plan-tianjin-districts-inner"],
      "undecided": ["危险化学品", "居民区"]}),
    ("冷链物流加进口肉类加工，靠东疆",
     {"industries": ["cold-chain-logistics", "food-processing"], "near": [("dongjiang", None)]}),
    ("新材料产业，离东疆港区50公里以内，离天津站40公里以内",
     {"industries": ["new-materials"], "near": [("port-dongjiang", 50), ("rail-tianjin", 40)]}),
    ("锂电池正极材料，用地300-500亩",
     {"industries": ["lithium-battery-materials"], "area_ha": 33.3333, "area_low_ha": 20}),
    ("新能源汽车电池回收", {"industries": ["battery-recycling", "resource-recycling"]}),
    ("请推荐三个适合钢铁冶炼的园区", {"industries": ["metallurgy"], "limit": 3}),
    ("石化项目，不要在滨海新区", {"industries": ["petrochemicals"], "avoid_districts": ["binhai"]}),
    ("医疗器械CDMO，三万平方米标准厂房",
     {"industries": ["high-end-medical-devices", "contract-manufacturing"], "floor_m2": 30000, "premises": "factory"}),
    ("脑机接口初创公司，要写字楼，200平方米",
     {"industries": ["brain-computer-interface"], "floor_m2": 200, "premises": "office"}),
    ("细胞与基因治疗，GMP车间5000平米",
     {"industries": ["cell-gene-therapy"], "floor_m2": 5000, "premises": "workshop"}),
    ("在滨城布局生物医药", {"industries": ["biomedicine"], "districts": ["binhai"]}),
    ("石油化工，不在滨城", {"industries": ["petrochemicals"], "avoid_districts": ["binhai"]}),
    ("在东丽区建新能源汽车工厂，要3000亩",
     {"industries": ["new-energy-vehicles"], "area_ha": 200, "districts": ["dongli"]}),
    ("信息安全与服务", {"industries": ["info-security"]}),
    ("智能网联汽车", {"industries": ["intelligent-connected-vehicles"]}),
    ("做药的厂子", {"industries": ["biomedicine"]}),
    ("天津经济技术开发区适合做什么", {"ask": "what", "place": "teda"}),
    ("biopharma R&D near airport", {"industries": ["biomedicine"], "emphasis": ["airport"]}),
    # 空客 is printed under 大飞机 in two plans; A320 is a model, which tells no site apart.
    ("配套空客A320的零部件企业，10万㎡", {"industries": ["large-aircraft"], "area_ha": 10}),
    ("航空发动机维修，靠近滨海国际机场5公里", {"industries": ["aircraft-maintenance"], "max_km": {"airport": 5}}),
    ("海洋装备", {"industries": ["marine-equipment"]}),
    ("汽车零部件", {"industries": ["auto-key-components"]}),
    ("轨道交通装备", {"industries": ["rail-equipment"]}),
    ("造船", {"industries": ["high-tech-ships"]}),
    ("数据中心算力", {"industries": ["high-performance-computing"]}),
    ("建一个细胞治疗中试基地，要50公顷，离机场30公里以内，国家级园区",
     {"industries": ["cell-therapy"], "area_ha": 50, "max_km": {"airport": 30}, "levels": ["national"]}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "fields"), READ, ids=[sentence for sentence, _ in READ])
def test_a_sentence_is_read(dictionary: Dictionary, sentence: str, fields: dict[str, Any]) -> None:
    assert filled(read_sentence(sentence, dictionary).fields) == fields


def test_one_demand_is_quoted_as_it_was_asked(dictionary: Dictionary) -> None:
    """A modifier is no second industry, and is not lost either."""
    (demand,) = (part for part in read_sentence("新能源汽车电池回收", dictionary).spans if part.field == "industries")
    assert (demand.text, demand.label) == ("新能源汽车电池回收", "电池回收")


def test_a_name_without_an_extent_says_what_it_is_taken_as(dictionary: Dictionary) -> None:
    (part,) = (
        part for part in read_sentence("石油化工，不在滨城", dictionary).spans if part.field == "avoid_districts"
    )
    assert "没有给出“滨城”自己的范围" in part.zh and "no extent" in part.en


def test_a_firm_says_where_it_is_printed(dictionary: Dictionary) -> None:
    (part,) = (part for part in read_sentence("空客的配套企业", dictionary).spans if part.field == "industries")
    assert part.zh == "产业：大飞机（文件把“空客”列在其下）" and "documents print 空客" in part.en
