"""Wishes: industries, places, levels and what matters, read from the words of a sentence."""

import re
from collections.abc import Callable, Sequence

from app.facts.names import normalise
from app.siting.reading.fields import LEVELS
from app.siting.reading.notes import Notes
from app.siting.reading.scan import Word
from app.siting.reading.text import Span, Text
from app.siting.reading.words import VOCABULARY

_LEVELS_ZH = {"national": "国家级", "municipal": "市级", "district": "区级", "town": "街镇级"}

_NOT_BEFORE = re.compile(
    # 要不要, 能不能 ask; 级别, 特别, 非常 only look like a denial; innovation holds no "no".
    r"(?:(?<!要)不要|(?<!在)不在|(?<!想)不想|(?<!考)不考虑|(?<!选)不选|(?<!去)不去|(?<!能)不能|(?<!做)不做|(?<!是)不是"
    r"|不(?:得|可|宜|应|位于|靠近|临近|邻近|紧邻|挨着|落在|放在|建在|属于)"
    r"|(?<![级特区类个分辨性识差告派])别(?![墅的人处])|避开|避免|避让|排除|除了|除开|远离"
    r"|(?<![是除莫无])非(?![常凡洲得金遗])"
    r"|(?<![a-z])(?:not(?! (?:more|less|further|farther))|avoid|avoiding|except|without"
    r"|no(?! (?:more|less|further|farther)))(?![a-z]))"
    r"(?P<gap>[^,;。]*)$"
)
_NOT_AFTER = re.compile(
    r"\s*(?:[、和与或及][^,;。\d离距]{1,12})?(?:除外|以外|之外|都?(?<!要)不要|都?不(?:考虑|行|可以|合适|适合|能选))"
)
_BAR = re.compile(r"除[了开]?(?P<gap>[^,;。]*)$")
_BARRED = re.compile(r"(?:[、和与或及][^,;。\d离距]{1,20})?\s*[之以]?外")
_MUST_BEFORE, _MUST_AFTER = re.compile(r"非[^,;。]*$"), re.compile(r"[^,;。]{0,4}(?:不可(?!以)|莫属)")
_NEED_NOT = re.compile(r"(?:不必|不用|不需要?|无需|无须|不一定|不强求|不要求|不限(?:于|定)?)[^,;。]{0,6}$")
_OUT_AGAIN = re.compile(r"[之以]?外")
_BUT = re.compile(r"而是|只要|只在|要在|就要|但要|而要")
_MARK = re.compile(r"看重|重视|在意|关注|优先|重要|第一|首位|为主|为先|注重|侧重|偏重|强调|prefer|priority|matters")
_OF_IT = re.compile(r"\s*的?\s*(?:技术|产品|工艺|项目|研发)?\s*")
_FACILITY = re.compile(
    r"\s*(?:的|型|类|用|级)?\s*(?:试验|验证|研究|生产|公共|服务)*"
    r"(?:基地|平台|产?线|生产线|中心|车间|工厂|厂|装置|设施|项目|园)"
)
_FIRST = re.compile(r"优先|最好|尽量|prefer")
_FAR_AFTER = re.compile(r"\s*(?:太|很|过|较)?远")
_BESIDE = re.compile(
    r"(?:靠近|临近|邻近|紧邻|挨着|(?<![a-z])(?:near|next to|close to|(?:north|south|east|west) of))\s*$"
)
_NEAR = re.compile(r"(?<![不别])(?<!不要)(?:靠近|临近|邻近|紧邻|挨着)\s*$")
_BESIDE_AFTER = re.compile(r"(?:附近|周边|旁边|一带|以[东南西北])")
_UPWARDS = re.compile(r"(?:及|或)?以上")
_DOWNWARDS = re.compile(r"(?:及|或)?以下")
_AT_LEAST = re.compile(r"(?:不低于|不少于|不亚于|至少|最低|起码|at least)\s*(?:是|为|要)?\s*$")
_LEVEL_SAID = re.compile(r"国家级|省级|市级|区级|[街乡]?镇级|街道级|national|municipal|district-level|town-level")
_LEVEL_OF_A_ZONE = re.compile(
    r"\s*(?:(?:及|或)?以上)?的?\s*(?:$|[、,;。!?和与或及]|以外|以下|[都均皆也就可即]|优先|级|园|开发|高新|经开|经济|产业|工业|基地|载体|地块|区域|地方"
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
    for place, word in enumerate(words):
        read = _READERS.get(word.entry.kind)
        if read is None:
            continue
        if _modifies(text, word, words):
            notes.refuse(word.span, "说的是设施的种类，选址不按此区分", "a sort of facility, which tells no site apart")
        elif word.entry.kind != "industry" and _need_not(text, word.span):
            notes.refuse(word.span, f"说了不作要求（{word.entry.zh}）", f"said to be no condition ({word.entry.en})")
        else:
            read(text, word, notes, words[:place])


def _modifies(text: Text, word: Word, words: Sequence[Word]) -> bool:
    """Tell whether an industry's name only says what sort of facility another industry's is: 细胞治疗中试基地."""
    if word.entry.kind != "industry" or not _is_modifier(text, word):
        return False
    industries = [one for one in words if one.entry.kind == "industry" and not denied(text, one.span)]
    others = [one for one in industries if not _is_modifier(text, one)]
    before, after = text.folded[: word.span.start], text.folded[word.span.end :]
    attached = any(_OF_IT.fullmatch(before[one.span.end :]) for one in others if one.span.end <= word.span.start)
    return bool(others) and (attached or _FACILITY.match(after) is not None)


def _is_modifier(text: Text, word: Word) -> bool:
    return normalise(text.folded[word.span.start : word.span.end]) in VOCABULARY.modifiers


def _need_not(text: Text, span: Span) -> bool:
    """Tell whether the sentence says that something is not asked for: 不必在滨海新区, 不一定要国家级."""
    return bool(_NEED_NOT.search(text.folded[text.clause(span.start).start : span.start]))


def denied(text: Text, span: Span, ahead: Sequence[Word] = ()) -> bool:
    """Tell whether the sentence denies what stands there: 不要在大港, 避开南港, 大港除外.

    Parameters
    ----------
    text, span
        The sentence, and what stands in it.
    ahead
        Words before it. A denial that stands before one of them is about that one: 不要在大港做集成电路.
    """
    clause = text.clause(span.start)
    before, after = text.folded[clause.start : span.start], text.folded[span.end : clause.end]
    if _BAR.search(before) and _BARRED.match(after):
        return True
    if _MUST_BEFORE.search(before) and _MUST_AFTER.match(after):
        return False
    match = _NOT_BEFORE.search(before)
    if match and match[0].startswith("除") and _OUT_AGAIN.search(match["gap"]):
        match = None
    taken = match is not None and any(clause.start + match.start("gap") <= one.span.start for one in ahead)
    return bool(match and not taken and not _BUT.search(match["gap"])) or bool(_NOT_AFTER.match(after))


def _places(words: Sequence[Word]) -> list[Word]:
    return [one for one in words if one.entry.kind in ("zone", "element", "gateway", "level")]


def _industry(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
    zh, en = word.entry.zh, word.entry.en
    if denied(text, word.span, _places(ahead)):
        notes.refuse(word.span, f"不能按“没有{zh}”来选", f"sites cannot be chosen by not having {en}")
        return
    notes.add(word.span, "industries", word.entry.values, f"产业：{zh}", f"industry: {en}")


def _zone(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
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


def _level(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
    rest = text.folded[word.span.end :]
    clause = text.clause(word.span.start)
    if not _LEVEL_OF_A_ZONE.match(rest[:12]):
        notes.refuse(word.span, "这里说的不是园区级别", "this is not the level of a zone")
    elif _FIRST.search(text.folded[clause.start : clause.end]):
        zh, en = f"看重园区级别（{word.entry.zh}优先）", f"level matters ({word.entry.en} preferred)"
        notes.add(word.span, "emphasis", ("level",), zh, en)
    else:
        zones = [one for one in ahead if one.entry.kind in ("zone", "element")]
        upwards = _UPWARDS.match(rest) or _AT_LEAST.search(text.folded[clause.start : word.span.start])
        asked = _levels(word.entry.values[0], upwards=bool(upwards), downwards=bool(_DOWNWARDS.match(rest)))
        out = denied(text, word.span, zones)
        levels = tuple(one for one in LEVELS if (one in asked) != out)
        zh, en = "、".join(_LEVELS_ZH[one] for one in levels), ", ".join(levels)
        notes.add(word.span, "levels", levels, f"级别：{zh}", f"level: {en}")


def _levels(level: str, *, upwards: bool, downwards: bool) -> tuple[str, ...]:
    place = LEVELS.index(level)
    return LEVELS[: place + 1] if upwards else LEVELS[place:] if downwards else (level,)


def _criterion(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
    clause = text.clause(word.span.start)
    said = text.folded[clause.start : clause.end]
    zh, en = word.entry.zh, word.entry.en
    if _MARK.search(said) or word.entry.values[0] in ("gateways", "size", "crowding", "agglomeration"):
        notes.add(word.span, "emphasis", word.entry.values, f"看重{zh}", f"{en} matters")
    elif word.entry.values[0] == "level" and _LEVEL_SAID.search(said):
        notes.pass_over(word.span)
    else:
        notes.refuse(word.span, f"没有说{zh}要怎样", f"what about {en}?")


def _gateway(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
    """Read a gateway without a distance: near to it is a preference; far from it, how far?"""
    clause = text.clause(word.span.start)
    not_far = _FAR_AFTER.match(text.folded[word.span.end : clause.end])
    near = _NEAR.search(text.folded[clause.start : word.span.start])
    if denied(text, word.span) and not not_far and not near:
        notes.refuse(word.span, f"没有说离{word.entry.zh}多少公里", f"how many km from {word.entry.en}?")
        return
    zh, en = f"看重交通区位（{word.entry.zh}；没有给出公里数）", f"gateways matter ({word.entry.en}; no distance given)"
    notes.add(word.span, "emphasis", ("gateways",), zh, en)


def _balanced(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
    notes.add(word.span, "preset", "balanced", "各项并重", "equal weights")


def _unasked(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
    notes.refuse(word.span, f"选址没有这一判据（{word.entry.zh}）", f"no criterion for it ({word.entry.en})")


_READERS: dict[str, Callable[[Text, Word, Notes, Sequence[Word]], None]] = {
    "industry": _industry,
    "zone": _zone,
    "element": _zone,
    "level": _level,
    "criterion": _criterion,
    "gateway": _gateway,
    "balanced": _balanced,
    "unasked": _unasked,
}
