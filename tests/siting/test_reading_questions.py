"""Kinds of questions in sentences: where, does it suit, what suits, where not. Written by hand."""

from typing import Any

import pytest

from app.siting.reading import Dictionary, load_dictionary, read_sentence
from app.siting.reading.words import VocabularyEntry
from tests.siting.conftest import WithReader
from tests.siting.readings import filled

IC = ["ic-design"]

READ: list[tuple[str, dict[str, Any]]] = [
    # Does this place suit it?
    ("华苑适合做集成电路设计吗", {"ask": "place", "place": "thip-huayuan", "industries": IC}),
    ("华苑适不适合做集成电路设计", {"ask": "place", "place": "thip-huayuan", "industries": IC}),
    ("华苑能不能做集成电路设计", {"ask": "place", "place": "thip-huayuan", "industries": IC}),
    ("我想知道华苑可不可以做集成电路设计", {"ask": "place", "place": "thip-huayuan", "industries": IC}),
    ("华苑能做集成电路设计吗", {"ask": "place", "place": "thip-huayuan", "industries": IC}),
    ("在华苑做集成电路设计怎么样", {"ask": "place", "place": "thip-huayuan", "industries": IC}),
    ("在华苑做集成电路设计，合适吗？", {"ask": "place", "place": "thip-huayuan", "industries": IC}),
    ("集成电路设计能放在华苑吗", {"ask": "place", "place": "thip-huayuan", "industries": IC}),
    ("华苑不适合做集成电路设计吧", {"ask": "place", "place": "thip-huayuan", "industries": IC}),
    ("能不能在华苑做集成电路设计", {"ask": "place", "place": "thip-huayuan", "industries": IC}),
    ("东丽区能不能做集成电路设计", {"ask": "place", "place": "dongli", "industries": IC}),
    ("Is Huayuan suitable for IC design?", {"ask": "place", "place": "thip-huayuan", "industries": IC}),
    ("Does Huayuan suit IC design?", {"ask": "place", "place": "thip-huayuan", "industries": IC}),
    # In a district it asks where in it; of two places, which of them.
    ("能不能在东丽区做集成电路设计", {"districts": ["dongli"], "industries": IC}),
    ("东丽区哪里适合做集成电路设计", {"districts": ["dongli"], "industries": IC}),
    ("推荐东丽区适合做集成电路设计的园区", {"districts": ["dongli"], "industries": IC}),
    ("东疆和华苑哪个更适合做集成电路设计", {"districts": ["dongjiang", "thip-huayuan"], "industries": IC}),
    ("华苑适合做集成电路设计，还是东疆适合？", {"districts": ["thip-huayuan", "dongjiang"], "industries": IC}),
    ("哪个园区适合做集成电路设计", {"industries": IC}),
    ("Which park suits IC design best?", {"industries": IC}),
    # What suits this place?
    ("东疆适合做什么", {"ask": "what", "place": "dongjiang"}),
    ("天津经济技术开发区适合发展哪些产业", {"ask": "what", "place": "teda"}),
    ("武清区能发展什么产业", {"ask": "what", "place": "wuqing"}),
    ("哪些产业适合东疆", {"ask": "what", "place": "dongjiang"}),
    ("经开区西区都有哪些主导产业", {"ask": "what", "place": "teda-west"}),
    ("滨海高新区的华苑适合做什么", {"ask": "what", "place": "thip-huayuan"}),
    ("北方声谷适合做什么", {"ask": "what", "place": "tp-north-voice-valley"}),
    ("大港片区适合发展什么", {"ask": "what", "place": "plan-binhai-dagang"}),
    ("What suits Dongjiang?", {"ask": "what", "place": "dongjiang"}),
    ("What industries fit Huaming Hi-tech Zone?", {"ask": "what", "place": "huaming"}),
    # Where must it not go?
    ("化工项目不能放在哪里", {"ask": "against", "industries": ["petrochemicals"]}),
    ("哪里不能建石化", {"ask": "against", "industries": ["petrochemicals"]}),
    ("哪些地方不适合做化工", {"ask": "against", "industries": ["petrochemicals"]}),
    ("化工禁止放在哪些园区", {"ask": "against", "industries": ["petrochemicals"]}),
    ("危化企业在东丽不能放在哪里", {"ask": "against", "industries": ["petrochemicals"], "districts": ["dongli"]}),
    ("where must petrochemicals not go", {"ask": "against", "industries": ["petrochemicals"]}),
    ("Where must we not put a new oil refinery?", {"ask": "against", "industries": ["oil-refining"]}),
    # Not that question.
    ("石化，不能放在滨海新区", {"industries": ["petrochemicals"], "avoid_districts": ["binhai"]}),
    ("除了南港，石化还能放哪", {"industries": ["petrochemicals"], "avoid_districts": ["teda-nangang"]}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "fields"), READ, ids=[sentence for sentence, _ in READ])
def test_a_question_is_read(dictionary: Dictionary, sentence: str, fields: dict[str, Any]) -> None:
    assert filled(read_sentence(sentence, dictionary).fields) == fields


def test_a_question_about_a_place_that_is_not_known_says_so(dictionary: Dictionary) -> None:
    reading = read_sentence("某某园适合做什么", dictionary)
    assert reading.fields.ask == "what" and reading.fields.place is None
    assert "没有认出问的是哪个地方" in [part.zh for part in reading.not_understood]


def test_what_is_asked_is_shown(dictionary: Dictionary) -> None:
    parts = [(part.text, part.field, part.zh) for part in read_sentence("华苑适合做集成电路设计吗", dictionary).spans]
    assert parts[:2] == [
        ("华苑", "place", "问的地方：华苑科技园"),
        ("适合", "ask", "问这里是否适合"),
    ]


def test_words_of_a_gateway_and_a_criterion_can_be_added(with_reader: WithReader[Dictionary]) -> None:
    """Gateways and criteria are data: their files bring their words for sentences."""
    further = (
        VocabularyEntry("gateway", "helipad", "直升机坪", "a helipad", ("直升机坪", "helipad")),
        VocabularyEntry("criterion", "daylight", "日照", "daylight", ("日照",), bare=True),
    )
    dictionary = with_reader(lambda reader: load_dictionary(reader, further))
    fields = read_sentence("疫苗，离直升机坪3公里以内，日照好", dictionary).fields
    assert fields.max_km == {"helipad": 3} and fields.emphasis == ("daylight",)
    assert read_sentence("疫苗，远离直升机坪", dictionary).fields.far_from == ("helipad",)
