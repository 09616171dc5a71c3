"""Words people use, and the industries they mean. Every expectation is written by hand."""

from collections.abc import Mapping

import httpx
import pytest

from app.db.reader import Reader
from app.facts.industries import IndustryMatch, match_industry
from app.problems import BadRequest
from tests.siting.conftest import WithReader

Matches = Mapping[str, list[IndustryMatch]]

MEANT = {
    # information technology
    "芯片": "integrated-circuits", "半导体": "integrated-circuits", "IC": "integrated-circuits",
    "ic": "integrated-circuits", "芯片制造": "ic-manufacturing", "晶圆代工": "ic-manufacturing",
    "光刻": "ic-manufacturing", "封测": "ic-packaging-testing", "EDA": "ic-design", "CPU": "core-chips",
    "GPU": "core-chips", "RISC-V": "risc-v-chips", "存储芯片": "integrated-circuits",
    "功率半导体": "integrated-circuits", "IGBT": "integrated-circuits", "国产操作系统": "operating-systems",
    "桌面操作系统": "operating-systems", "Linux": "operating-systems", "数据库": "databases",
    "时序数据库": "databases", "中间件": "middleware", "信创": "xinchuang", "信息技术应用创新": "xinchuang",
    "服务器": "high-performance-servers", "电脑": "complete-terminals", "手机": "smart-terminals",
    "网络安全": "info-security", "防火墙": "security-products", "云计算": "cloud-computing",
    "云主机": "cloud-computing", "算力": "high-performance-computing", "智算中心": "smart-infrastructure",
    "数据中心": "smart-infrastructure", "大模型": "artificial-intelligence", "AI": "artificial-intelligence",
    "AIGC": "artificial-intelligence", "深度学习": "ai-foundations", "人脸识别": "computer-vision",
    "5G基站": "base-stations", "传感器": "smart-sensors", "MEMS": "smart-sensors", "智能手表": "wearables",
    "PCB": "core-hardware", "元宇宙": "vr-ar", "物联网": "internet-of-things", "区块链": "blockchain",
    "量子通信": "quantum-communication", "脑机接口": "brain-computer-interface", "数字孪生": "digital-twin",
    "工业互联网": "industrial-internet", "MES": "industrial-software", "北斗": "satellite-applications",
    # medicine
    "疫苗": "vaccines", "新冠疫苗": "vaccines", "mRNA疫苗": "vaccines", "细胞治疗": "cell-therapy",
    "CAR-T": "cell-therapy", "car t": "cell-therapy", "ＣＡＲ－Ｔ": "cell-therapy", "干细胞": "stem-cells",
    "干细胞库": "cell-banking", "基因治疗": "gene-therapy", "单克隆抗体": "antibody-drugs",
    "胰岛素": "recombinant-proteins", "原料药": "pharma-intermediates", "抗生素": "chemical-drugs",
    "仿制药": "generic-drugs", "创新药": "innovative-drugs", "中药饮片": "modern-tcm", "中成药": "tcm-preparations",
    "医疗器械": "high-end-medical-devices", "心脏支架": "implant-devices", "人工关节": "implant-devices",
    "核磁共振": "general-diagnostic-equipment", "呼吸机": "specialist-diagnostic-devices",
    "试剂盒": "medical-reagents", "体外诊断": "medical-reagents", "手术机器人": "medical-rehabilitation-robots",
    "CRO": "contract-research", "CDMO": "contract-manufacturing", "合成生物": "biomanufacturing", "酶制剂": "enzymes",
    "兽药": "veterinary-drugs", "基因检测": "gene-sequencing", "医药冷链物流": "cold-chain-logistics",
    # energy and vehicles
    "锂电池": "power-batteries", "动力电池": "power-batteries", "固态电池": "battery-manufacturing",
    "电池回收": "battery-recycling", "正极材料": "lithium-battery-materials", "磷酸铁锂": "lithium-battery-materials",
    "储能": "energy-storage", "储能电站": "energy-storage", "充电桩": "charging-equipment",
    "换电站": "charging-equipment", "风机叶片": "wind-key-components", "风机": "wind-turbine-manufacturing",
    "海上风电": "offshore-wind", "光伏组件": "pv-modules", "光伏板": "pv-modules", "异质结": None,
    "晶硅异质结电池": "pv-cells", "逆变器": "pv-inverters", "多晶硅": "solar-cell-materials",
    "氢燃料电池": "fuel-cells", "电解槽": "hydrogen-supply", "绿氢": "renewable-hydrogen",
    "加氢站": "hydrogen-refuelling", "储氢瓶": "hydrogen-storage-transport", "氢能源汽车": "fuel-cell-vehicles",
    "电动汽车": "new-energy-vehicles", "变速箱": "automatic-transmissions", "汽车座椅": "auto-key-components",
    "自动驾驶": "autonomous-driving", "激光雷达": "vehicle-perception", "车路协同": "v2x-communication",
    "卡车": "special-purpose-vehicles", "SUV": "premium-passenger-cars",
    # materials and chemicals
    "石墨烯": "graphene", "碳纤维": "fibres-composites", "芳纶": "aramid-fibre", "气凝胶": "insulation-materials",
    "光刻胶": "photoresists", "碳化硅": "silicon-carbide-substrates", "氮化镓": "third-gen-semiconductors",
    "钕铁硼永磁体": "magnetic-materials", "焊材": "welding-materials", "乙烯": "ethylene", "丙烯": "propylene",
    "润滑油": "oil-refining", "成品油": "oil-refining", "油漆": "high-end-coatings", "胶水": "adhesives",
    "尼龙": "polyamide", "聚乳酸": "bio-based-materials", "化妆品": "daily-chemicals", "钢管": "tube-products",
    "不锈钢": "special-steel", "铝合金": "nonferrous-metals", "水泥": "new-building-materials",
    "膜材料": "separation-membranes", "OLED": "oled-materials",
    # machines, ships and aircraft
    "盾构机": "heavy-equipment", "工业机器人": "industrial-robots", "机械臂": "industrial-robots",
    "机床": "cnc-machine-tools", "3D打印": "additive-manufacturing", "地铁车辆": "rail-vehicles",
    "动车组": "rail-vehicles", "地铁信号": "signalling-systems", "变压器": "high-end-electrical",
    "叉车": "smart-logistics-equipment", "轴承": "general-equipment", "海水淡化": "desalination",
    "海水淡化装备": "desalination-equipment", "钻井平台": "offshore-engineering-equipment", "邮轮": "high-tech-ships",
    "造船": "high-tech-ships", "无人船": "marine-smart-equipment", "水下机器人": "underwater-robots",
    "大飞机": "large-aircraft", "飞机": "aviation", "飞机维修": "aircraft-maintenance",
    "航空发动机": "aviation-propulsion", "无人机": "drones", "低空经济": "drones", "飞行汽车": "urban-air-mobility",
    "火箭": "launch-vehicles", "人造卫星": "satellites", "低轨卫星": "satellite-internet",
    # food, light industry and services
    "奶粉": "dairy", "食用油": "grain-oil", "啤酒": "food-beverages", "预制菜": "food-processing",
    "自行车": "bicycles", "手表": "watches", "服装": "textiles-apparel", "家具": "light-industry",
    "冷链": "cold-chain-logistics", "仓储": "modern-logistics", "融资租赁": "financial-leasing",
    "跨境电商": "cross-border-e-commerce", "检测机构": "inspection-testing", "孵化器": "incubation",
    # English
    "chips": "integrated-circuits", "Lithium Batteries": "power-batteries",
    "medical devices": "high-end-medical-devices", "shipbuilding": "high-tech-ships", "solar panels": "pv-modules",
    "Cell Therapy": "cell-therapy",
    # GB/T 4754-2017
    "C27": "biomedicine", "27": "biomedicine", "医药制造业": "biomedicine", "C276": "biologics",
    "2710": "pharma-intermediates", "C2710": "pharma-intermediates", "3841": "power-batteries",
    "C3841": "power-batteries", "c3841": "power-batteries", "锂离子电池制造": "power-batteries", "C3963": "drones",
    "智能无人飞行器制造": "drones", "3612": "new-energy-vehicles", "D463": "desalination",
    "6511": "foundation-software", "C36": "automotive", "3737": "offshore-engineering-equipment",
    "3973": "integrated-circuits", "3415": "wind-turbine-manufacturing", "2614": "hydrocarbons",
}  # fmt: skip
"""The word, and the industry it means; None where it is no word of the taxonomy."""

SEVERAL = {
    "CXO": {"contract-research", "contract-manufacturing"},
    "新能源新材料": {"new-energy", "new-materials"},
    "C37": {"rail-equipment", "high-tech-ships", "aerospace"},
    "3581": {"general-diagnostic-equipment", "specialist-diagnostic-devices"},
}

ALSO = {
    # What the word is related to, though it does not mean it.
    "信创": {"foundation-software", "integrated-circuits", "info-security", "operating-systems", "databases"},
    "大飞机": {"aviation"},
    "疫苗": {"biologics"},
    "锂电池": {"lithium-battery-materials"},
    "算力": {"smart-infrastructure", "cloud-computing"},
    "光刻": {"photoresists", "integrated-circuits"},
    "固态电池": {"power-batteries"},
    "碳纤维": {"carbon-fibre"},
    "乙烯": {"hydrocarbons"},
}


@pytest.fixture(scope="module")
def matches(with_reader: WithReader[Matches]) -> Matches:
    async def work(reader: Reader) -> Matches:
        found: dict[str, list[IndustryMatch]] = {}
        for words in {**MEANT, **SEVERAL, **ALSO}:
            try:
                found[words] = await match_industry(reader, words)
            except BadRequest:
                found[words] = []
        return found

    return with_reader(work)


def test_there_are_enough_of_them() -> None:
    assert len(MEANT) >= 200


@pytest.mark.parametrize(("words", "industry"), MEANT.items())
def test_a_word_means_its_industry(matches: Matches, words: str, industry: str | None) -> None:
    assert [match.id for match in matches[words] if match.meant] == ([industry] if industry else [])


@pytest.mark.parametrize(("words", "industries"), SEVERAL.items())
def test_a_word_may_mean_several(matches: Matches, words: str, industries: set[str]) -> None:
    assert {match.id for match in matches[words] if match.meant} == industries


@pytest.mark.parametrize(("words", "industries"), ALSO.items())
def test_a_word_leads_to_what_is_related(matches: Matches, words: str, industries: set[str]) -> None:
    assert industries <= {match.id for match in matches[words] if not match.meant}


@pytest.mark.parametrize(
    ("words", "parks"),
    [
        # The first parks of the documents' own tables for what the word is a product of.
        ("疫苗", {"teda-east", "teda-west", "ftz-lingang", "thip-bolonghu"}),
        ("大飞机", {"ftz-airport"}),
        ("乙烯", {"teda-nangang"}),
        ("芯片", {"teda-east", "teda-micro"}),
        ("C2762", {"teda-east", "teda-west"}),
        ("光伏板", {"teda-south"}),
    ],
)
def test_parks_are_found_by_the_words(api: httpx.Client, words: str, parks: set[str]) -> None:
    answer = api.get("/layers/parks.geojson", params={"industry": words, "limit": 200})
    assert answer.status_code == 200, answer.text
    assert parks <= {feature["id"] for feature in answer.json()["features"]}


@pytest.mark.parametrize(
    ("words", "proposed"),
    [
        ("细胞治疗技术", "细胞治疗"),
        ("集成电鲁", "集成电路"),
        ("石墨稀", "石墨烯"),
        ("锂电池厂", "锂电池"),
        ("integrated circuit", "Integrated Circuits"),
        ("医药制造", "医药制造业"),
    ],
)
def test_an_unknown_word_is_answered_with_near_ones(api: httpx.Client, words: str, proposed: str) -> None:
    answer = api.get("/api/zones", params={"industry": words})
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["parameter"] == "industry" and error["value"] == words
    assert proposed in error["allowed"] and len(error["allowed"]) <= 5
    assert proposed in error["message"]


@pytest.mark.parametrize("words", ["9999", "C99", "C463", "C2799", "D", "氢" * 3000, "\x00", "''", "-", " ", "%", "🚀"])
def test_what_is_no_industry_is_a_clear_fault(api: httpx.Client, words: str) -> None:
    answer = api.get("/api/zones", params={"industry": words})
    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == ["industry"]
