"""What people type, and what they mean by it: the first hit of each query, written down from the documents' names."""

import httpx
import pytest

# query, id of the first hit, how it matches
PARKS = [
    ("经开区东区", "teda-east", "exact"),
    ("经开东区", "teda-east", "exact"),
    ("泰达东区", "teda-east", "exact"),
    ("东区", "teda-east", "exact"),
    ("经开区西区", "teda-west", "exact"),
    ("汉沽现代产业区", "teda-north", "exact"),
    ("轻纺经济区", "teda-central", "exact"),
    ("南港工业区", "teda-nangang", "exact"),
    ("南港", "teda-nangang", "exact"),
    ("于家堡", "teda-cbd", "exact"),
    ("CBD", "teda-cbd", "exact"),
    ("中关村科技园", "teda-zgc", "exact"),
    ("滨海中关村", "teda-zgc", "exact"),
    ("微电子工业区", "teda-micro", "exact"),
    ("逸仙园", "teda-yixian", "exact"),
    ("一汽大众", "teda-faw-vw", "exact"),
    ("空港经济区", "ftz-airport", "exact"),
    ("临港", "ftz-lingang", "exact"),
    ("航空物流区", "ftz-air-logistics", "exact"),
    ("华苑", "thip-huayuan", "exact"),
    ("渤龙湖", "thip-bolonghu", "exact"),
    ("渤龙", "thip-bolonghu", "prefix"),
    ("未来科技城", "thip-bolonghu", "exact"),
    ("信创谷", "thip-marine", "exact"),
    ("海洋科技园", "thip-marine", "exact"),
    ("京津合作示范区", "thip-jingjin", "exact"),
    ("中塘", "zhongtang", "exact"),
    ("中塘工业园区", "zhongtang", "exact"),
    ("大港石化", "dagang-petro", "exact"),
    ("胡家园", "hujiayuan", "exact"),
    ("小王庄", "xiaowangzhuang", "exact"),
    ("东丽开发区", "dongli-eda", "exact"),
    ("华明产业园", "huaming", "exact"),
    ("宝坻经开区", "baodi-eda", "exact"),
    ("子牙", "ziya-eda", "exact"),
    ("海河教育园", "haihe-education", "exact"),
]
ZONES = [
    ("TEDA", "teda", "exact"),
    ("泰达", "teda", "exact"),
    ("开发区", "teda", "exact"),
    ("经济技术开发区", "teda", "exact"),
    ("保税区", "ftz", "exact"),
    ("滨海高新区", "thip", "exact"),
    ("东疆综保区", "dongjiang", "exact"),
    ("生态城", "ecocity", "exact"),
    ("Eco-City", "ecocity", "contains"),
    ("滨海新区", "binhai", "exact"),
    ("滨城", "binhai", "exact"),
    ("东丽", "dongli", "exact"),
    ("蓟州", "jizhou", "exact"),
    ("天津市", "tianjin", "exact"),
    ("细胞谷", "tp-cell-valley", "exact"),
    ("北方声谷", "tp-north-voice-valley", "exact"),
    ("生物医药制造谷", "tp-biomanufacturing-valley", "exact"),
    ("京津医药谷", "tp-beichen-medicine-valley", "exact"),
    ("新动能引育区", "marine-south-drivers", "contains"),
]
TYPED = [
    ("ＴＥＤＡ", "teda", "exact"),
    ("teda", "teda", "exact"),
    ("TEDA East", "teda-east", "exact"),
    ("華苑", "thip-huayuan", "exact"),
    ("濱海高新區", "thip", "exact"),
    ("渤龍湖", "thip-bolonghu", "exact"),
    ("經開東區", "teda-east", "exact"),
    (" 渤 龙 湖 ", "thip-bolonghu", "exact"),
    ("滨海—中关村", "teda-zgc", "exact"),
    ("bolonghu", "thip-bolonghu", "prefix"),
    ("BoLongHu", "thip-bolonghu", "prefix"),
    ("bó lóng hú", "thip-bolonghu", "prefix"),
    ("bolong", "thip-bolonghu", "prefix"),
    ("blh", "thip-bolonghu", "initials"),
    ("bolh", "thip-bolonghu", "pinyin"),
    ("xinchuanggu", "thip-marine", "pinyin"),
    ("xcg", "thip-marine", "initials"),
    ("yujiapu", "teda-cbd", "exact"),
    ("yujiabao", "teda-cbd", "pinyin"),
    ("jingkaiquxiqu", "teda-west", "pinyin"),
    ("taida", "teda", "pinyin"),
    ("baoshuiqu", "ftz", "pinyin"),
    ("shengtaicheng", "ecocity", "pinyin"),
    ("渤龙胡", "thip-bolonghu", "pinyin"),
    ("华院", "thip-huayuan", "pinyin"),
    ("渤海湖科技园", "thip-bolonghu", "fuzzy"),
    ("bolonghi", "thip-bolonghu", "fuzzy"),
    ("bolunhu", "thip-bolonghu", "fuzzy"),
    ("TEDE", "teda", "fuzzy"),
    ("集成电露", "integrated-circuits", "pinyin"),
    ("semiconducters", "integrated-circuits", "fuzzy"),
]
PLANS = [
    ("一核两带多片区", "plan-binhai", "exact"),
    ("一谷三区", "plan-hitech", "exact"),
    ("一核双区", "plan-dongli", "exact"),
    ("沿海产业发展带", "plan-binhai-belt-coastal", "exact"),
    ("先进制造发展带", "plan-binhai-belt-advanced", "exact"),
    ("滨海新区主城区", "plan-binhai-core", "exact"),
    ("飞地园区", "plan-binhai-enclaves", "exact"),
    ("环城四区", "plan-tianjin-districts-ring", "exact"),
    ("京津高新技术产业带", "plan-tianjin-jingjin", "exact"),
    ("yanhaichanye", "plan-binhai-belt-coastal", "pinyin"),
]
INDUSTRIES = [
    ("芯片", "integrated-circuits", "exact"),
    ("集成电路", "integrated-circuits", "exact"),
    ("積體電路", "integrated-circuits", "exact"),
    ("IC", "integrated-circuits", "exact"),
    ("人工智能", "artificial-intelligence", "exact"),
    ("AI", "artificial-intelligence", "exact"),
    ("生物医药", "biomedicine", "exact"),
    ("疫苗", "vaccines", "exact"),
    ("锂电池", "power-batteries", "exact"),
    ("氢能", "hydrogen", "exact"),
    ("燃料电池", "fuel-cells", "exact"),
    ("新能源汽车", "new-energy-vehicles", "exact"),
    ("无人机", "drones", "exact"),
    ("脑机接口", "brain-computer-interface", "exact"),
    ("长材", "long-products", "exact"),
    ("changcai", "long-products", "pinyin"),
    ("chongzudanbai", "recombinant-proteins", "pinyin"),
    ("bomo", "superconducting-films", "pinyin"),
    ("sifudianji", "smart-equipment-components", "pinyin"),
    ("RISC-V", "risc-v-chips", "exact"),
    ("Vaccines", "vaccines", "exact"),
    ("模式识别", "ai-foundations", "exact"),
    ("C1331", "grain-oil", "exact"),
    ("食用植物油加工", "grain-oil", "exact"),
]
OTHERS = [
    ("空天利用", "aerospace-use", "exact"),
    ("石化新材料等产业聚集区", "cl-materials", "exact"),
    ("合成生物学海河实验室", "cl-biomanufacturing", "exact"),
    ("中航装甲产业基地项目", "dongli-p03", "exact"),
    ("毫米波雷达研发中心", "dongli-p18", "exact"),
    ("毫米波雷达研发", "dongli-p18", "prefix"),
    ("烟厂三期技改", "dongli-p30", "exact"),
    ("天津钢铁集团有限公司", "天津钢铁集团有限公司", "exact"),
    ("天津卷烟厂", "天津卷烟厂", "exact"),
    ("乾顺永磁", "乾顺永磁（天津）科技发展有限公司", "prefix"),
    ("滨海国际机场", "airport-tsn", "exact"),
    ("TSN", "airport-tsn", "exact"),
    ("北疆港区", "port-beijiang", "exact"),
    ("军粮城北站", "rail-junliangcheng-north", "exact"),
    ("于家堡站", "rail-binhai", "exact"),
    ("滨海未来产业方案", "binhai-future", "exact"),
    ("高新区规划纲要", "hitech-zone", "exact"),
]
NAMED = [
    ("天钢", "天钢", "exact"),
    ("富士达", "富士达", "exact"),
    ("中汽中心", "中汽中心", "exact"),
    ("飞腾", "飞腾", "exact"),
    ("空客", "空客", "exact"),
    ("空中客车", "空客", "exact"),
    ("airbus", "空客", "exact"),
    ("一汽丰田", "一汽丰田", "exact"),
    ("kongke", "空客", "pinyin"),
    ("波音", "波音公司", "exact"),
    ("中芯国际", "中芯国际", "exact"),
    ("一重天津重工", "一重天津重工", "exact"),
]
"""Firms and bodies by the name that is printed: which document's row comes first does not matter."""

ALL = [*PARKS, *ZONES, *TYPED, *PLANS, *INDUSTRIES, *OTHERS]


@pytest.mark.parametrize(("query", "first", "how"), ALL, ids=[query for query, _, _ in ALL])
def test_the_first_hit(api: httpx.Client, query: str, first: str, how: str) -> None:
    answer = api.get("/api/search", params={"q": query})
    assert answer.status_code == 200, answer.text
    hits = answer.json()["hits"]
    assert hits, "nothing is found"
    assert (hits[0]["id"], hits[0]["matched"]["how"]) == (first, how), [(h["kind"], h["id"]) for h in hits[:5]]


@pytest.mark.parametrize(("query", "title", "how"), NAMED, ids=[query for query, _, _ in NAMED])
def test_a_firm_is_found_by_what_people_call_it(api: httpx.Client, query: str, title: str, how: str) -> None:
    hits = api.get("/api/search", params={"q": query}).json()["hits"]
    assert hits, "nothing is found"
    assert (title, how) in [(hit["title"], hit["matched"]["how"]) for hit in hits[:3]]


def test_there_are_enough_queries() -> None:
    assert len({query for query, *_ in (*ALL, *NAMED)}) == len(ALL) + len(NAMED) >= 100
