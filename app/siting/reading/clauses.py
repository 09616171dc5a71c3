"""Clauses: places, levels and what matters, read from the words of a sentence."""

import re
from collections.abc import Callable, Sequence

from app.siting.reading.denial import denied, need_not, preferred
from app.siting.reading.industries import read_hazard
from app.siting.reading.nearness import beside_in_a_direction, nearness, nearness_of, place_of, supplied
from app.siting.reading.notes import Note, Notes
from app.siting.reading.requirements import LEVELS
from app.siting.reading.scan import Word
from app.siting.reading.text import Text

_LEVELS_ZH = {"national": "国家级", "municipal": "市级", "district": "区级", "town": "街镇级"}

_MARK = re.compile(r"看重|重视|在意|关注|优先|重要|第一|首位|为主|为先|注重|侧重|偏重|强调|prefer|priority|matters")
_HAVING = re.compile(r"(?:有|周边|附近|完善的|齐全的|成熟的)\s*$")
_GOOD = re.compile(r"\s*(?:也|要|得|必须|应|比较|更|最|很|设施|能力|服务)*(?:好|齐|完善|成熟|强|全|足|完备|优|便利)")
_UPWARDS = re.compile(r"(?:及|或)?以上")
_DOWNWARDS = re.compile(r"(?:及|或)?以下")
_AT_LEAST = re.compile(r"(?:不低于|不少于|不亚于|至少|最低|起码|at least)\s*(?:是|为|要)?\s*$")
_LEVEL_SAID = re.compile(r"国家级|省级|市级|区级|[街乡]?镇级|街道级|national|municipal|district-level|town-level")
_LEVEL_OF_A_ZONE = re.compile(
    r"\s*(?:(?:及|或)?以上)?的?\s*(?:$|[、,;。!?和与或及]|以外|以下|[都均皆也就可即更最]|优先|级|园|开发|高新|经开|经济|产业|工业|基地|载体"
    r"|地块|区域|地方|park|zone|dev|site|for|in|with|level|prefer)"
)
_TENANT = re.compile(
    r"(?:要|租用?|租赁|找|需要?|求|购买?|用|寻|只需|就)(?:个|一个|一层|一栋|一间|一套|些|点|间|栋|层|现成的?|的|小|大)*\s*$"
)
_TENANT_AFTER = re.compile(r"\s*(?:就行|即可|就可以|就好|够了)?\s*(?:[,;。?、和与或及]|$)")
_BUILT = re.compile(r"(?:建|盖|造|扩建|新建|自建|建设|建个|做)(?:一个|个|一座|些|自己的)*\s*$")
_PLANT = ("factory", "workshop")
_SECOND = re.compile(
    r"(?:(?:(?:实在|如果|要是|若|真|再|万一)(?:不行|不成|没有|不够)|[,;。]\s*(?:不行|不成)(?=的话|,)|否则|不然)(?:的话)?,?"
    r"|(?:不行|不成|不然|否则|要不然?)(?:的话)?,?就|退而求其次|其次|次选|备选|再不然"
    r"|(?<![a-z])(?:otherwise|if not|failing that|or else)),?"
    r"\s*(?:就|再|也可以|选择?|考虑|去|放|在|到|是|为|in|then)*\s*$"
)
"""What makes a place behind it the second choice."""
_OR_BEFORE = re.compile(r"(?:或者?|[,;。])\s*(?:在|放|放在|去)?\s*$")
_FALLBACK = re.compile(r"(?:不行|不然|否则|实在不行|要不|不成)(?:的话)?(?:就|,)?\s*$")
_FALLBACK_AFTER = re.compile(r"[^,;。]{0,4}(?:也可以|也行|也能接受|也可|也成)")

_LIMITED = re.compile(
    r"不(?:超过|高于|低于|少于|大于|小于|得|能|要|可以?|准|许|宜|靠近|挨着)|避开|避免|远离|只[要能有]|至少|至多|最多|最低|最高|以内|以下|以上|必须|一定|小于|大于|低于|高于|≤|≥|<|>"
    r"|no more than|at least|at most|below|above|under|must"
)


def read_words(text: Text, words: Sequence[Word], notes: Notes) -> None:
    """Note what the words of a sentence ask for, but its industries, areas and distances.

    Parameters
    ----------
    text
        The sentence.
    words
        Its words that the dictionary knows, without those that belong to something else.
    notes
        What is understood is added to them.
    """
    for place, word in enumerate(words):
        read = _READERS.get(word.entry.kind)
        if read is None or word.span in notes.dropped:
            continue
        if need_not(text, word.span):
            notes.refuse(word.span, f"说了不作要求（{word.entry.zh}）", f"said to be no condition ({word.entry.en})")
        else:
            read(text, word, notes, words[:place])


def _zone(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
    zh, en = word.entry.zh, word.entry.en
    element = word.entry.kind == "element"
    near = "near" if supplied(text, word.span) else nearness_of(text, word, ahead)
    side = beside_in_a_direction(text, word.span)
    if side is not None:
        zh, en = f"不能按{zh}的哪一侧选", f"sites cannot be chosen by the side of {en}"
        notes.refuse(side, zh, en, decisive=not preferred(text, word.span))
    elif near is not None:
        _near(text, word, notes, near=near == "near")
    elif denied(text, word.span):
        field = "avoid_elements" if element else "avoid_districts"
        notes.add(word.span, field, word.entry.values, f"不在{zh}", f"not in {en}")
    elif not element and (first := _first_choice(text, word, ahead, notes)):
        _second(word, first, notes)
    elif _FALLBACK.search(text.before(word.span)) and _FALLBACK_AFTER.match(text.after(word.span)):
        notes.refuse(word.span, f"{zh}是退一步的选择，不作条件", f"{en} is the second choice, no condition")
    elif element:
        notes.add(word.span, "in_elements", word.entry.values, f"在{zh}", f"in {en}")
    elif preferred(text, word.span):
        zh, en = f"最好在{zh}（是愿望，不作条件）", f"preferably in {en} (a wish, no condition)"
        notes.add(word.span, "prefer_districts", word.entry.values, zh, en)
    else:
        notes.add(word.span, "districts", word.entry.values, f"在{zh}", f"in {en}")


def _first_choice(text: Text, word: Word, ahead: Sequence[Word], notes: Notes) -> Note | None:
    """Return the place preferred to one that is the second choice: 最好在西青, 不行就东丽."""
    places = {other.span for other in ahead if other.entry.kind == "zone"}
    chosen = ("prefer_districts", "districts")
    last = next((note for note in reversed(notes.understood) if note.span in places and note.field in chosen), None)
    if last is None:
        return None
    before = text.folded[max(last.span.end, word.span.start - _SAID_BEFORE) : word.span.start]
    either = (
        last.field == "prefer_districts" and _OR_BEFORE.search(before) and _FALLBACK_AFTER.match(text.after(word.span))
    )
    return last if _SECOND.search(before) or either else None


def _second(word: Word, first: Note, notes: Notes) -> None:
    """Note the place preferred and the second choice: one of the two is required, the first preferred."""
    preferred_zh, preferred_en = f"优先：{first.zh}", f"preferred: {first.en}"
    zh, en = f"不行就在{word.entry.zh}", f"otherwise in {word.entry.en}"
    if first.field == "prefer_districts":
        notes.understood.remove(first)
        preferred_zh, preferred_en = "优先在这里", "preferably here"
    if not notes.has("prefer_districts"):
        notes.add(first.span, "prefer_districts", first.value, preferred_zh, preferred_en)
    if first.field == "prefer_districts":
        notes.add(first.span, "districts", first.value, "两处之一", "one of the two")
    notes.add(word.span, "districts", word.entry.values, zh, en)


_SAID_BEFORE = 16


def _near(text: Text, word: Word, notes: Notes, *, near: bool) -> None:
    """Read a named place to be near to or far from, without a distance."""
    place = place_of(word)
    if place is None:
        zh, en = f"{word.entry.zh}没有可以量距离的边界", f"{word.entry.en} has no outline to measure from"
        notes.refuse(word.span, zh, en)
    elif near:
        zh = f"靠近{place.zh}，越近越好（没有给出公里数）"
        en = f"near {place.en}, the nearer the better (no distance given)"
        notes.add(word.span, "near", (place.values[0], None), zh, en)
    elif place.kind == "zone":
        zh, en = f"不在{place.zh}（没有说离多少公里）", f"not in {place.en} (how far away is not said)"
        notes.add(word.span, "avoid_districts", place.values, zh, en)
    else:
        zh, en = f"没有说离{place.zh}多少公里", f"how many km from {place.en}?"
        notes.refuse(word.span, zh, en, decisive=not preferred(text, word.span))


def _facility(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
    near = nearness_of(text, word, ahead)
    if near is None and denied(text, word.span):
        near = "far"
    if near is None:
        notes.refuse(word.span, f"没有说要离{word.entry.zh}多近", f"how near to {word.entry.en}?")
    else:
        _near(text, word, notes, near=near == "near")


def _level(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
    rest = text.folded[word.span.end :]
    if not _LEVEL_OF_A_ZONE.match(rest[:12]):
        notes.refuse(word.span, "这里说的不是园区级别", "this is not the level of a zone")
        return
    zones = [other for other in ahead if other.entry.kind in ("zone", "element")]
    upwards = _UPWARDS.match(rest) or _AT_LEAST.search(text.before(word.span))
    asked = _levels(word.entry.values[0], upwards=bool(upwards), downwards=bool(_DOWNWARDS.match(rest)))
    out = denied(text, word.span, zones) is not None
    levels = tuple(level for level in LEVELS if (level in asked) != out)
    zh, en = "、".join(_LEVELS_ZH[level] for level in levels), ", ".join(levels)
    if preferred(text, word.span):
        zh, en = f"最好是{zh}（是愿望，不作条件）", f"preferably {en} (a wish, no condition)"
        notes.add(word.span, "prefer_levels", levels, zh, en)
    else:
        notes.add(word.span, "levels", levels, f"级别：{zh}", f"level: {en}")


def _levels(level: str, *, upwards: bool, downwards: bool) -> tuple[str, ...]:
    place = LEVELS.index(level)
    return LEVELS[: place + 1] if upwards else LEVELS[place:] if downwards else (level,)


def _criterion(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
    said = text.before(word.span) + text.after(word.span)
    zh, en = word.entry.zh, word.entry.en
    if _MARK.search(said) or (word.entry.bare and not _is_a_verb(text, word)):
        notes.add(word.span, "emphasis", word.entry.values, f"看重{zh}", f"{en} matters")
    elif word.entry.bare or (word.entry.values[0] == "level" and _LEVEL_SAID.search(said)):
        notes.pass_over(word.span)
    else:
        notes.refuse(word.span, f"没有说{zh}要怎样", f"what about {en}?")


def _is_a_verb(text: Text, word: Word) -> bool:
    """Tell whether 配套 says that the project supplies somebody, not that suppliers should be near."""
    if text.folded[word.span.start : word.span.end] != "配套":
        return False
    return not (_GOOD.match(text.after(word.span)) or _HAVING.search(text.before(word.span)))


def _gateway(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
    """Read a gateway without a distance: near to it, or far from it, is a preference."""
    near = nearness_of(text, word, ahead)
    if near == "far" or (near is None and denied(text, word.span)):
        zh, en = f"离{word.entry.zh}远一些（没有给出公里数）", f"far from {word.entry.en} (no distance given)"
        notes.add(word.span, "far_from", word.entry.values, zh, en)
    else:
        zh = f"看重靠近{word.entry.zh}（没有给出公里数）"
        en = f"nearness to {word.entry.en} matters (no distance given)"
        notes.add(word.span, "emphasis", word.entry.values, zh, en)


def _premises(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
    """Read premises without a floor area: who looks for offices wants no land of their own."""
    zh, en, value = word.entry.zh, word.entry.en, word.entry.values[0]
    before = text.before(word.span)
    wanted = (_TENANT.search(before) or not before.strip()) and _TENANT_AFTER.match(text.after(word.span))
    own = value in _PLANT and (not wanted or _BUILT.search(before) or notes.has("area_ha"))
    if notes.has("premises") or own:
        notes.pass_over(word.span)
    elif nearness(text, word.span):
        notes.refuse(word.span, f"不能按“靠近{zh}”来选", f"sites cannot be chosen by nearness to {en}")
    elif denied(text, word.span):
        notes.refuse(word.span, f"说了不要{zh}，选址不用", f"said to want no {en}, which tells no site apart")
    elif value == "any" or not wanted:
        notes.refuse(word.span, f"没有说要多大的{zh}", f"what size of {en}?")
    else:
        notes.add(word.span, "premises", value, f"要{zh}（没有说多大）", f"in {en} (no size given)")


def _balanced(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
    notes.add(word.span, "preset", "balanced", "各项并重", "equal weights")


def _unasked(text: Text, word: Word, notes: Notes, ahead: Sequence[Word]) -> None:
    """Refuse what no criterion answers to; a hard limit on it decides the question."""
    said = text.before(word.span) + text.after(word.span)
    zh, en = f"选址没有这一判据（{word.entry.zh}）", f"no criterion for it ({word.entry.en})"
    notes.refuse(word.span, zh, en, decisive=_LIMITED.search(said) is not None and not preferred(text, word.span))


_READERS: dict[str, Callable[[Text, Word, Notes, Sequence[Word]], None]] = {
    "zone": _zone,
    "element": _zone,
    "facility": _facility,
    "level": _level,
    "criterion": _criterion,
    "gateway": _gateway,
    "premises": _premises,
    "hazard": read_hazard,
    "balanced": _balanced,
    "unasked": _unasked,
}
