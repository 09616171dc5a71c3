"""Industries: what a sentence wants to make, what it wants to keep away from, and firms that it names."""

import re
from collections.abc import Sequence

from app.facts.names import normalise
from app.siting.reading.compounds import Compound
from app.siting.reading.denial import denied, need_not
from app.siting.reading.nearness import nearness
from app.siting.reading.notes import Notes
from app.siting.reading.scan import Word, within
from app.siting.reading.text import Span, Text
from app.siting.reading.words import VOCABULARY

_NOT_MADE = ("不做", "不是", "不涉及", "不含", "不搞", "不生产", "不从事", "非")
"""Denials of what the project makes, not of what may be around it."""
_NEIGHBOURS = r"(?:周边|旁边|附近|周围|隔壁|四周|边上|园区里|园区内|园里|里面|邻居)"
_NO_NEIGHBOUR = re.compile(
    rf"{_NEIGHBOURS}[^,;。]{{0,4}}(?:(?<!有)没有|无(?!所谓)|不能有|不许有|不得有|不要有|别有|不存在)[^,;。]{{0,6}}$|(?<![a-z])no\s*$"
)
_AWAY = re.compile(r"(?:离|距离?)\s*$")
_KM = r"[\d.一二两三四五六七八九十百]+\s*(?:公里|千米|km|里|米)"
_FAR = re.compile(
    rf"[^,;。近]{{0,8}}?(?:远|(?:至少|不少于|不低于|不小于|大于|超过|最少)\s*{_KM}|{_KM}\s*(?:以上|以外|之外|开外))"
)
_PARK = re.compile(r"\s*(?:类|型|的)?(?:产业|工业)?(?:园区|园|基地|企业|工厂|厂|项目|集聚区|parks?|plants?)")
_AROUND = re.compile(r"\s*的?(?:附近|旁边|周边|周围|隔壁)")
_PLACES = ("zone", "element", "gateway", "level", "facility")
_OF = re.compile(r"(?:类|园区|企业|工厂|厂|项目)?的")
_OF_PLACES = re.compile(
    r"\s*(?:类|项目|企业|产业|工厂|厂|生产)*的(?:地方|园区|区域|地区|片区|地块|地段|地带|位置|开发区|功能区|工业园|产业园)"
)
"""What makes a denial one of what is at the place: 不做化工的地方."""
_WITHOUT = re.compile(r"(?:(?<!有)没有|(?<![有论])无(?!所谓)|不存在)(?:任何|什么|涉及)?\s*$")
_OF_IT = re.compile(r"\s*的?\s*(?:技术|产品|工艺|项目|研发)?\s*")
_FACILITY = re.compile(
    r"\s*(?:的|型|类|用|级)?\s*(?:试验|验证|研究|生产|公共|服务)*"
    r"(?:基地|平台|产?线|生产线|中心|车间|工厂|厂|装置|设施|项目|园)"
)


def read_industries(text: Text, found: Sequence[Compound], words: Sequence[Word], notes: Notes) -> None:
    """Note the industries that a sentence asks for and those it wants to keep away from.

    Parameters
    ----------
    text
        The sentence.
    found
        The industries it names.
    words
        All its words that the dictionary knows, without those that belong to something else.
    notes
        What is understood is added to them.
    """
    for compound in found:
        if _modifies(text, compound, found):
            notes.refuse(
                compound.span, "说的是设施的种类，选址不按此区分", "a sort of facility, which tells no site apart"
            )
        else:
            _read(text, compound, words, notes)
    _read_firms(text, words, notes)


def _read(text: Text, compound: Compound, words: Sequence[Word], notes: Notes) -> None:
    entry, span = compound.head.entry, compound.span
    here = within(words, Span(text.clause(span.start).start, span.start))
    # A denial is about the place behind it (不要在大港做集成电路), or what stands before 的 (不涉及危化品的新材料).
    objects = [word for word in here if word.entry.kind in _PLACES or _denied_before_of(text, word)]
    if need_not(text, span):
        notes.refuse(span, f"说了不作要求（{entry.zh}）", f"said to be no condition ({entry.en})")
        return
    denial = _denial(text, span, objects)
    if denial in _NOT_MADE and not _OF_PLACES.match(text.after(span)):
        notes.refuse(span, f"说了不是{entry.zh}，选址不用", f"said not to be {entry.en}, which tells no site apart")
    elif denial is not None:
        notes.add(span, "avoid_industries", entry.values, f"避开有{entry.zh}的地方", f"away from {entry.en}")
    elif _is_a_neighbour(text, compound):
        notes.refuse(span, f"不能按“靠近{entry.zh}”来选", f"sites cannot be chosen by nearness to {entry.en}")
    else:
        label = text.part(compound.head.span)
        zh, en = f"产业：{entry.zh}", f"industry: {entry.en}"
        notes.add(span, "industries", entry.values, zh, en, label if label != text.part(span) else None)


def _denied_before_of(text: Text, word: Word) -> bool:
    return word.entry.kind in ("industry", "hazard") and _OF.match(text.folded, word.span.end) is not None


def _denial(text: Text, span: Span, ahead: Sequence[Word]) -> str | None:
    """Return the word by which the sentence keeps away from an industry, or says not to be one."""
    before = text.before(span)
    if _NO_NEIGHBOUR.search(before):
        return "没有"
    if _WITHOUT.search(before) and _OF_PLACES.match(text.after(span)):
        return "没有"
    away = _AWAY.search(before) and _FAR.match(text.after(span))
    return "离" if away else denied(text, span, ahead)


def _is_a_neighbour(text: Text, compound: Compound) -> bool:
    """Tell whether the sentence wants to be near to plants of an industry: 靠近汽车厂."""
    park = _PARK.match(text.after(compound.span))
    end = compound.span.end + (park.end() if park else 0)
    start = Span(compound.span.start, compound.span.start)
    near = nearness(text, start) == "near" or _AWAY.search(text.before(compound.span)) is not None
    return near or _AROUND.match(text.folded, end) is not None


def _modifies(text: Text, compound: Compound, found: Sequence[Compound]) -> bool:
    """Tell whether an industry's name only says what sort of facility another industry's is: 细胞治疗中试基地."""
    if not _is_modifier(text, compound):
        return False
    before, after = text.folded[: compound.span.start], text.folded[compound.span.end :]
    others = [other for other in found if not _is_modifier(text, other) and not denied(text, other.span)]
    attached = any(
        _OF_IT.fullmatch(before[other.span.end :]) for other in others if other.span.end <= compound.span.start
    )
    return bool(others) and (attached or _FACILITY.match(after) is not None)


def _is_modifier(text: Text, compound: Compound) -> bool:
    return normalise(text.folded[compound.head.span.start : compound.head.span.end]) in VOCABULARY.modifiers


def _read_firms(text: Text, words: Sequence[Word], notes: Notes) -> None:
    """Read a firm as the industry that documents print it under, where the sentence names no industry itself."""
    firms = [word for word in words if word.entry.kind == "firm"]
    asked = notes.has("industries")
    for word in firms:
        entry = word.entry
        if asked:
            notes.refuse(
                word.span,
                f"企业名，没有用：产业按句中写明的读；{entry.zh}",
                f"a firm, not used: the sentence names its industry; {entry.en}",
            )
        elif nearness(text, word.span) or denied(text, word.span):
            notes.refuse(word.span, "文件没有给出这家企业的位置", "the documents give this firm no place")
        else:
            notes.add(word.span, "industries", entry.values, f"产业：{entry.zh}", f"industry: {entry.en}")


def read_hazard(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
    """Read dangerous things: no industry covers them, so that nobody may be called the best with them."""
    entry = word.entry
    denial = _denial(text, word.span, ())
    if denial is None and entry.values[0] and any(note.value == "against" for note in notes.understood):
        zh = f"产业：{entry.zh}（文件里没有这一项，按石油化工查）"
        notes.add(word.span, "industries", entry.values, zh, f"industry: {entry.en} (looked up as petrochemicals)")
    elif denial is None:
        notes.refuse(
            word.span,
            f"文件的产业里没有{entry.zh}，不能据此排名次",
            f"no industry of the documents covers {entry.en}: nobody is ranked",
            decisive=True,
        )
    elif (denial in _NOT_MADE and not _OF_PLACES.match(text.after(word.span))) or not entry.values[0]:
        notes.refuse(
            word.span, f"说了没有{entry.zh}，选址不用", f"said to have no {entry.en}, which tells no site apart"
        )
    else:
        notes.add(
            word.span,
            "avoid_industries",
            entry.values,
            f"避开{entry.zh}（文件里没有这一项，按石油化工避开）",
            f"away from {entry.en} (no industry of the documents: petrochemicals are kept away from)",
        )
