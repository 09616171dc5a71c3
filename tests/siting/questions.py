"""Questions of siting whose answers were read in the documents by hand, with the place in them that decides."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Known:
    """A question, and what a document says of it.

    Attributes
    ----------
    first
        The park that has to come first; of several that documents name alike, those that come first in any order.
    where
        Where a document says so.
    fields
        The question.
    area
        The functional area of the first park that the document speaks of.
    """

    first: tuple[str, ...]
    where: str
    fields: dict[str, str] = field(default_factory=dict)
    area: str | None = None


def _one(words: str, *first: str, where: str, area: str | None = None, **fields: str) -> Known:
    return Known(first, where, {"industries": words, **fields}, area)


KNOWN = (
    _one("集成电路", "teda-east", where="binhai-industry 表2 经开区东区、微电子工业区"),
    _one("芯片", "teda-east", where="binhai-industry 附表1 集成电路；表2"),
    _one("航空产业", "ftz-airport", where="binhai-industry 表2 空港片区"),
    _one("大飞机", "ftz-airport", where="binhai-industry 附表1 航空产业：大飞机；表2 空港片区"),
    _one("细胞", "thip-bolonghu", where="binhai-industry 表2 渤龙湖科技园：生物药（细胞）"),
    _one("海洋装备", "ftz-lingang", where="binhai-industry 表2 临港片区"),
    _one("海洋工程装备", "ftz-lingang", where="binhai-industry 表2 临港片区：海洋装备（海洋工程装备、高技术船舶）"),
    _one("高技术船舶", "ftz-lingang", where="binhai-industry 表2 临港片区：海洋装备（海洋工程装备、高技术船舶）"),
    _one("烃类", "teda-nangang", where="binhai-industry 表2 南港工业区"),
    _one("乙烯", "teda-nangang", where="binhai-industry 附表1 烃类：乙烯及衍生物；表2 南港工业区"),
    _one("石油化工", "teda-nangang", where="binhai-industry 表2 南港工业区"),
    _one("先进化工材料", "teda-nangang", where="binhai-industry 表2 南港工业区"),
    _one("信创", "thip-marine", where="binhai-industry 表2 海洋片区；五（五）4 中国信创谷"),
    _one("轨道交通装备", "huaming", "dongjiang", where="dongli-industry 四（二）1；binhai-industry 表2 东疆港保税区"),
    _one("石墨烯", "teda-zgc", where="binhai-industry 表2 中关村科技园"),
    _one("5G", "teda-zgc", where="binhai-industry 表2 中关村科技园"),
    _one("动力电池", "thip-huayuan", where="binhai-industry 表2 华苑科技园"),
    _one("超导材料", "thip-huayuan", where="binhai-industry 表2 华苑科技园"),
    # As far as the documents go; the marine area has the larger role in the plans.
    _one("信息安全", "thip-huayuan", where="binhai-industry 表2 华苑科技园", weights="industry:1"),
    _one(
        "安全软件", "thip-marine", where="hitech-zone 六（一）信创产业产能集聚区", area="marine-north-capacity",
        weights="industry:1",
    ),
    _one("风电", "thip-bolonghu", where="binhai-industry 表2 渤龙湖科技园"),
    _one("现代中药", "thip-bolonghu", where="binhai-industry 表2 渤龙湖科技园"),
    _one("氢能", "ftz-lingang", where="binhai-industry 表2 临港片区"),
    _one("锂电池材料", "teda-yixian", where="binhai-industry 表2 逸仙科学工业园：新能源材料（锂电池材料）"),
    _one("航天产业", "teda-west", where="binhai-industry 表2 西区"),
    _one("运载火箭", "teda-west", where="binhai-industry 附表1 航天产业：运载火箭；表2 西区"),
    _one("深海探采", "thip-marine", where="binhai-future 三（五）高新区海洋科技园"),
    _one("金融", "teda-cbd", where="binhai-industry 表2 中心商务片区"),
    _one(
        "总部经济", "teda-cbd", "thip-huayuan",
        where="binhai-industry 表2 中心商务片区（服务业态）；hitech-zone 六（二）总部商务集聚区",
    ),
    _one("商贸", "linkong", where="dongli-industry 四（二）2：高端商务商贸"),
    _one("航空维修", "linkong", where="dongli-industry 五（二）"),
    _one("智能电网", "huaming", where="dongli-industry 四（二）1"),
    _one("工业机器人", "huaming", where="dongli-industry 四（二）1"),
    _one("脑科学与智能医学", "thip-huayuan", where="binhai-future 三（三）高新区华苑片区"),
    _one("机械装备", "zhongtang", where="binhai-industry 附表2", districts="滨海新区", level="town"),
    _one("新能源汽车", "ecocity", where="binhai-industry 表2 中新天津生态城", districts="中新天津生态城"),
    _one("氢能", "dongli-eda", where="dongli-industry 四（一）", districts="东丽区"),
    _one("光伏", "thip-marine", where="binhai-industry 表2 海洋片区；四（一）1 一核", in_elements="plan-binhai-core"),
    _one("生物药", "teda-west", where="binhai-industry 表2 西区", districts="经开区", max_km="airport:20"),
    _one("医疗器械", "dongli-eda", where="dongli-industry 四（一）", districts="东丽区"),
    Known(
        ("thip-bolonghu",),
        "binhai-future 三（二）渤龙湖；hitech-zone 三（三）1 免疫细胞治疗",
        {"q": "建一个细胞治疗中试基地，要50公顷，离机场30公里以内，国家级园区"},
    ),
    Known(("teda-nangang",), "binhai-industry 表2", {"q": "在滨海新区找一块300公顷的地做乙烯，离港口10公里以内"}),
)  # fmt: skip
