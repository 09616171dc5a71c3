"""Wishes: industries, places, levels and what matters, read from the words of a sentence."""

import re
from collections.abc import Callable

from app.siting.reading.notes import Notes
from app.siting.reading.scan import Word
from app.siting.reading.text import Span, Text

LEVELS = ("national", "municipal", "district", "town")
_LEVELS_ZH = {"national": "国家级", "municipal": "市级", "district": "区级", "town": "街镇级"}

_NOT_BEFORE = re.compile(
    r"(?:不要|不在|不想|不考虑|不选|不去|不能|不做|不是|别|避开|避免|避让|排除|除了|除开|远离|非"
    r"|not in|avoid|except|no)"
    r"(?P<gap>[^,;。]*)$"
)
_NOT_AFTER = re.compile(r"\s*(?:[、和与或及][^,;。]{1,12})?(?:除外|以外|之外|都?不要|不考虑)")
_BUT = re.compile(r"而是|只要|只在|要在|就要|但要|而要")
_MARK = re.compile(r"看重|重视|在意|关注|优先|重要|第一|首位|为主|为先|注重|侧重|偏重|强调|prefer|priority|matters")
_FIRST = re.compile(r"优先|最好|尽量|prefer")
_FAR_AFTER = re.compile(r"\s*(?:太|很|过|较)?远")
_BESIDE = re.compile(r"(?:靠近|临近|邻近|紧邻|挨着)\s*$")
_BESIDE_AFTER = re.compile(r"(?:附近|周边|旁边|一带)")
_UPWARDS = re.compile(r"(?:及|或)?以上")
_LEVEL_OF_A_ZONE = re.compile(
    r"\s*(?:(?:及|或)?以上)?的?\s*(?:$|[、,;。!?和与或及]|以外|以下|级|园|开发|高新|经开|经济|产业|工业|基地|载体|地块|区域|地方"
    r"|park|zone|dev|site|for|in|with)"
)


def read_words(text: Text, words: list[Word], notes: Notes) -> None:
    """Note what the words of a sentence ask for.

    Parameters
    ----------
    text
        The sentence.
    words
        Its words that the dictionary knows, without those that belong to a distance.
    notes
        What is understood is added to them.
    """
    for word in words:
        read = _READERS.get(word.entry.kind)
        if read is not None:
            read(text, word, notes)


def denied(text: Text, span: Span) -> bool:
    """Tell whether the sentence denies what stands there: 不要在大港, 避开南港, 大港除外."""
    clause = text.clause(span.start)
    before, after = text.folded[clause.start : span.start], text.folded[span.end : clause.end]
    match = _NOT_BEFORE.search(before)
    return bool(match and not _BUT.search(match["gap"])) or bool(_NOT_AFTER.match(after))


def _industry(text: Text, word: Word, notes: Notes) -> None:
    zh, en = word.entry.zh, word.entry.en
    if denied(text, word.span):
        notes.refuse(word.span, f"不能按“没有{zh}”来选", f"sites cannot be chosen by not having {en}")
        return
    notes.add(word.span, "industries", word.entry.values, f"产业：{zh}", f"industry: {en}")


def _zone(text: Text, word: Word, notes: Notes) -> None:
    zh, en = word.entry.zh, word.entry.en
    name = "elements" if word.entry.kind == "element" else "districts"
    if _beside(text, word.span):
        notes.refuse(word.span, f"只能选在{zh}之内或之外，不能按附近选", f"sites lie in or out of {en}, not beside it")
    elif denied(text, word.span):
        notes.add(word.span, f"avoid_{name}", word.entry.values, f"不在{zh}", f"not in {en}")
    else:
        field = "in_elements" if name == "elements" else name
        notes.add(word.span, field, word.entry.values, f"在{zh}", f"in {en}")


def _beside(text: Text, span: Span) -> bool:
    clause = text.clause(span.start)
    before, after = text.folded[clause.start : span.start], text.folded[span.end : span.end + 2]
    return bool(_BESIDE.search(before) or _BESIDE_AFTER.match(after))


def _level(text: Text, word: Word, notes: Notes) -> None:
    level, rest = word.entry.values[0], text.folded[word.span.end :]
    clause = text.clause(word.span.start)
    if not _LEVEL_OF_A_ZONE.match(rest[:12]):
        notes.refuse(word.span, "这里说的不是园区级别", "this is not the level of a zone")
    elif _FIRST.search(text.folded[clause.start : clause.end]):
        zh, en = f"看重园区级别（{word.entry.zh}优先）", f"level matters ({word.entry.en} preferred)"
        notes.add(word.span, "emphasis", ("level",), zh, en)
    else:
        levels = _levels(level, upwards=bool(_UPWARDS.match(rest)), without=denied(text, word.span))
        zh, en = "、".join(_LEVELS_ZH[one] for one in levels), ", ".join(levels)
        notes.add(word.span, "levels", levels, f"级别：{zh}", f"level: {en}")


def _levels(level: str, *, upwards: bool, without: bool) -> tuple[str, ...]:
    asked = LEVELS[: LEVELS.index(level) + 1] if upwards else (level,)
    return tuple(one for one in LEVELS if one not in asked) if without else asked


def _criterion(text: Text, word: Word, notes: Notes) -> None:
    clause = text.clause(word.span.start)
    said = text.folded[clause.start : clause.end]
    zh, en = word.entry.zh, word.entry.en
    if _MARK.search(said) or word.entry.values[0] in ("gateways", "size", "crowding", "agglomeration"):
        notes.add(word.span, "emphasis", word.entry.values, f"看重{zh}", f"{en} matters")
    else:
        notes.refuse(word.span, f"没有说{zh}要怎样", f"what about {en}?")


def _gateway(text: Text, word: Word, notes: Notes) -> None:
    """Read a gateway without a distance: near to it is a preference; far from it, how far?"""
    clause = text.clause(word.span.start)
    not_far = _FAR_AFTER.match(text.folded[word.span.end : clause.end])
    if denied(text, word.span) and not not_far:
        notes.refuse(word.span, f"没有说离{word.entry.zh}多少公里", f"how many km from {word.entry.en}?")
        return
    zh, en = f"看重交通区位（{word.entry.zh}；没有给出公里数）", f"gateways matter ({word.entry.en}; no distance given)"
    notes.add(word.span, "emphasis", ("gateways",), zh, en)


def _balanced(text: Text, word: Word, notes: Notes) -> None:
    notes.add(word.span, "preset", "balanced", "各项并重", "equal weights")


def _unasked(text: Text, word: Word, notes: Notes) -> None:
    notes.refuse(word.span, f"选址没有这一判据（{word.entry.zh}）", f"no criterion for it ({word.entry.en})")


_READERS: dict[str, Callable[[Text, Word, Notes], None]] = {
    "industry": _industry,
    "zone": _zone,
    "element": _zone,
    "level": _level,
    "criterion": _criterion,
    "gateway": _gateway,
    "balanced": _balanced,
    "unasked": _unasked,
}
