"""Industries in sentences: what is one demand, what is kept away from, what decides. Written by hand."""

from typing import Any

import pytest

from app.siting.reading import Dictionary, read_sentence
from tests.siting.readings import filled

DEMANDS: list[tuple[str, list[str]]] = [
    # A modifier is no industry.
    ("新能源汽车的电池回收", ["battery-recycling", "resource-recycling"]),
    ("锂电池回收", ["battery-recycling", "resource-recycling"]),
    ("无人机整机", ["drones"]),
    ("整机研发", ["complete-terminals"]),
    ("汽车芯片", ["integrated-circuits"]),
    ("无人机电池", ["power-batteries"]),
    ("新能源光伏组件", ["pv-modules"]),
    ("化工仓储", ["modern-logistics"]),
    ("新能源船舶", ["high-tech-ships"]),
    ("地铁盾构机", ["heavy-equipment"]),
    ("5G通信设备", ["communication-equipment"]),
    ("航空零部件", ["aviation-supporting"]),
    ("EV battery recycling", ["battery-recycling", "resource-recycling"]),
    ("automotive chips", ["integrated-circuits"]),
    ("碳纤维自行车", ["bicycles"]),
    ("氢能压缩机", ["general-equipment"]),
    ("lithium battery recycling", ["battery-recycling", "resource-recycling"]),
    # A word before it does not cut its name.
    ("哪个区适合做大数据", ["big-data"]),
    # Two industries are two.
    ("人工智能大数据", ["artificial-intelligence", "big-data"]),
    ("无人机和电池回收", ["drones", "battery-recycling", "resource-recycling"]),
    ("疫苗、抗体药物", ["vaccines", "antibody-drugs"]),
    # People's words.
    ("药厂", ["biomedicine"]),
    ("做药", ["biomedicine"]),
    ("工业母机", ["cnc-machine-tools"]),
    ("造船", ["high-tech-ships"]),
    ("修船", ["high-tech-ships"]),
    ("写软件", ["software"]),
    ("biopharma", ["biomedicine"]),
    ("hydrogen fuel cell", ["fuel-cells"]),
    ("hydrogen fuel cells", ["fuel-cells"]),
    ("life sciences", ["biomedicine"]),
    ("oil refinery", ["oil-refining"]),
    ("两万平方米的冷库", ["cold-chain-logistics"]),
    ("预制菜，冷库5000平米", ["food-processing"]),
    # Names of GB/T 4754-2017.
    ("医药制造业", ["biomedicine"]),
    ("计算机、通信和其他电子设备制造业", ["next-gen-it", "electronic-information"]),
    ("铁路、船舶、航空航天和其他运输设备制造业", ["rail-equipment", "high-tech-ships", "aerospace"]),
    # Firms that documents print; where the sentence names its industry, that counts.
    ("空客零部件", ["large-aircraft"]),
    ("Airbus parts", ["large-aircraft"]),
    ("力神电池的隔膜供应商", ["lithium-battery-materials"]),
    ("给航天五院做卫星部件", ["satellites"]),
    # What no document has an industry for.
    ("养老院", []),
    ("皮革、毛皮、羽毛及其制品和制鞋业", []),
]


@pytest.mark.parametrize(("sentence", "industries"), DEMANDS, ids=[sentence for sentence, _ in DEMANDS])
def test_industries_are_read(dictionary: Dictionary, sentence: str, industries: list[str]) -> None:
    fields = read_sentence(sentence, dictionary).fields
    assert list(fields.industries) == industries and fields.undecided == ()


AVOIDED: list[tuple[str, dict[str, Any]]] = [
    ("不要石化园区", {"avoid_industries": ["petrochemicals"]}),
    ("旁边不要化工", {"avoid_industries": ["petrochemicals"]}),
    ("周边没有化工企业", {"avoid_industries": ["petrochemicals"]}),
    ("避开危化", {"avoid_industries": ["petrochemicals"]}),
    ("避开有石化的园区", {"avoid_industries": ["petrochemicals"]}),
    ("离化工厂远一点", {"avoid_industries": ["petrochemicals"]}),
    ("离化工园区至少5公里", {"avoid_industries": ["petrochemicals"]}),
    ("离危化品仓库至少1公里", {"avoid_industries": ["petrochemicals"]}),
    ("no chemical plants nearby please", {"avoid_industries": ["petrochemicals"]}),
    # Not about neighbours.
    ("我们不做化工", {}),
    ("不是化工项目", {}),
    ("附近有没有化工都行", {}),
    ("靠近化工厂", {}),
    ("不要在南港", {"avoid_districts": ["teda-nangang"]}),
    ("不涉及危化品", {}),
]


@pytest.mark.parametrize(("condition", "fields"), AVOIDED, ids=[condition for condition, _ in AVOIDED])
def test_what_is_kept_away_from_is_read(dictionary: Dictionary, condition: str, fields: dict[str, Any]) -> None:
    reading = read_sentence(f"疫苗，{condition}", dictionary)
    assert filled(reading.fields) == {"industries": ["vaccines"]} | fields
    assert fields or reading.not_understood


UNDECIDED: list[tuple[str, list[str]]] = [
    ("危险化学品仓储", ["危险化学品"]),
    ("烟花爆竹仓库，2000平米", ["烟花爆竹"]),
    ("放射性药物", ["放射性"]),
    ("hazardous chemicals storage", ["hazardous chemicals"]),
    ("宠物疫苗", ["宠物"]),
    ("飞机拆解", ["拆解"]),
    ("汽车零部件喷涂车间", ["喷涂"]),
    ("疫苗瓶厂", ["瓶"]),
    ("纳米材料中试线", ["纳米"]),
    ("疫苗，离居民区至少1公里", ["居民区至少1公里"]),
    ("疫苗，租金不超过每平米一块钱", ["租金"]),
    # Words that decide nothing.
    ("高端智能化无人机", []),
    ("大型国产绿色先进龙头疫苗企业", []),
    ("一次性医用口罩", []),
    ("年产10万吨乙烯", []),
    ("天津力达机器人有限公司想扩产", []),
    ("III类医疗器械", []),
    ("在八里台做疫苗", []),
    ("疫苗，租金便宜", []),
    ("德国疫苗企业", []),
    ("北京的疫苗企业", []),
    ("疫苗库", []),
]


@pytest.mark.parametrize(("sentence", "words"), UNDECIDED, ids=[sentence for sentence, _ in UNDECIDED])
def test_an_unread_word_that_decides_leaves_no_winner(dictionary: Dictionary, sentence: str, words: list[str]) -> None:
    reading = read_sentence(sentence, dictionary)
    assert list(reading.fields.undecided) == words
    assert set(words) <= {part.text for part in reading.not_understood}
