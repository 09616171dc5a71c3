"""Intent: what kind of question a sentence asks, and the place it asks about."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.siting.reading.denial import denied
from app.siting.reading.entry import Entry
from app.siting.reading.nearness import nearness, supplied
from app.siting.reading.requirements import Ask
from app.siting.reading.scan import Word
from app.siting.reading.text import Span, Text

_WHERE = (
    r"(?:哪里|哪儿|哪边|哪[个些一类种几]?(?:地方|区域|地区|园区|功能区|片区|地段|地块|地|区)?"
    r"|什么(?:地方|区域|园区|位置)|何处)"
)
_NO = (
    r"(?P<no>(?<![能可应要该得])不(?:能够?|可以?|得|宜|应该?|适合|适宜|准|允许|许|该|让|要)|禁止|严禁|限制|不合适)"
    r"(?!靠近|超过|少于|低于|大于|多于|离)"
)
_GO = r"(?:够|再|新)?(?:放|建|做|布局|落户?|选|设|搞|去|布置|安排|位于|摆|进|办|上)?(?:置|立|址)?(?:在|到|于|进)?"
_AGAINST = (
    re.compile(rf"{_NO}{_GO}[^,;。]{{1,10}}的(?:园区|地方|区域|地块)(?:有|是)?(?:哪些|哪)"),
    re.compile(rf"{_NO}{_GO}{_WHERE}"),
    re.compile(rf"{_WHERE}[^,;。]{{0,12}}?{_NO}{_GO}"),
    re.compile(
        r"(?<![a-z])where (?:(?:must|should|may|can|could|shall|do|does|is|are)(?P<no>n?.t| not|not)|cannot"
        r"|(?:must|should|may|can|could|shall|is|are)(?: [^,;.?]{0,60}?)?"
        r" (?P<no2>not|never|forbidden|prohibited|banned))"
    ),
)

_WHAT_THING = (
    r"(?:什么|啥|哪些|哪类|哪种|哪几[个类种]|何种)(?:样的?)?"
    r"(?!地方|位置|园区|园|地块|地段|区|地|时候|条件|载体|基地|功能)(?:主导|重点|优势|特色)?(?:产业|行业|项目|企业|方向|领域)?"
)
_DOES = r"(?:做|发展|布局|搞|干|引进|招引|招商|落户?|建|办|承接|放|生产|上)?(?:点|些)?"
_WHAT = (
    re.compile(
        r"(?:做|搞|发展|干|上|引进)(?:点|些)?(?:什么|啥|哪些)(?:产业|项目|行业)?(?:比较|最|更)?(?:好|合适|合算|可行)"
    ),
    re.compile(rf"(?:适合|适宜)[^,;。]{{1,12}}的(?:产业|行业|项目|企业)(?:有|是)?{_WHAT_THING}"),
    re.compile(rf"产业(?:定位|方向)?(?:是|有|为){_WHAT_THING}"),
    re.compile(rf"(?:还|更|最|都|比较)?(?:适合|适宜|合适|能够?|可以|应该?|宜|该){_DOES}{_WHAT_THING}"),
    re.compile(rf"(?:发展|规划|布局|承接|引进)(?:了|的是)?{_WHAT_THING}"),
    re.compile(rf"(?:有|是){_WHAT_THING}(?<=产业)|(?:主导|重点|优势|特色)产业(?:是|有|为)?{_WHAT_THING}"),
    re.compile(
        r"(?:什么|哪些|哪类|哪种|啥)(?:样的?)?(?:产业|行业|项目|企业|方向)[^,;。]{0,4}?(?:适合|适宜|可以|能|宜)[^,;。]{0,4}"
    ),
    re.compile(
        r"(?<![a-z])(?:what|which)"
        r"(?: (?:kinds? of |sorts? of )?(?:industr(?:y|ies)|sectors?|business(?:es)?|projects?))?"
        r" (?:(?:would |could |can |should |might )?(?:best )?(?:suits?|fits?|go(?:es)? (?:well )?(?:in|to))"
        r"|(?:is|are) (?:best )?(?:suitable|suited|good|right|appropriate) for"
        r"|(?:is|are|can|could|should|would|does|do)(?: [^,;.?]{1,60}?)? "
        r"(?:suitable for|suited (?:for|to)|good for|fit for|be built|be developed|develop|go|host|be placed|suit))"
        r"(?![a-z])"
    ),
)

_WHAT_NOT = (
    re.compile(rf"{_NO}(?:够|再|新)?{_DOES}{_WHAT_THING}"),
    re.compile(rf"(?:什么|哪些|哪类|哪种|啥)(?:样的?)?(?:产业|行业|项目|企业)[^,;。]{{0,4}}?{_NO}{_GO}"),
    re.compile(
        r"(?<![a-z])(?:what|which)"
        r"(?: (?:kinds? of |sorts? of )?(?:industr(?:y|ies)|sectors?|business(?:es)?|projects?))?"
        r" (?:(?:can|could|should|must|may|is|are|do|does|would|will)(?P<no>n?['’]?t|not| not| never)"
        r"|(?:is|are)(?: [^,;.?]{0,30}?)? (?P<no2>unsuitable|forbidden|prohibited|banned))"
        r"(?: (?:be )?(?:suit(?:able|ed)?|fit|put|built|placed|developed|go|done|made|allowed|good|right)"
        r"(?: for| to| in| into)?)?"
        r"(?![a-z])"
    ),
)

_HERE = r"\s*(?:那边|这边|那里|这里|这块地?|这个(?:园区|地方|片区|区域)|园区|片区|地块)?\s*"
_STILL = r"(?:到底|究竟|也|还|真的|现在|如果|要|就|都)*"
_ASKS = re.compile(
    rf"{_HERE}{_STILL}(?:适不适合|适不适宜|合不合适|能不能|能否|可否|可不可以|是否|是不是适合|行不行|有没有条件|有无条件|该不该|要不要)"
)
_SUITS = re.compile(rf"{_HERE}{_STILL}(?P<suits>(?:不太?)?(?:适合|适宜|合适))")
_CAN = re.compile(rf"{_HERE}{_STILL}(?:能够?|可以|可(?!能)|行|允许)")
_CANNOT = re.compile(
    rf"{_HERE}{_STILL}(?P<no>不(?:能够?|可以|得|许|准|允许|该|应该?|宜|让))"
    r"(?:够|再|新)?(?:放|建|做|搞|办|设|上|落|引进|布局|发展|生产)(?:置|立|户)?"
)
_CANNOT_INTO = re.compile(
    r"(?P<no>不(?:能够?|可以|得|许|准|允许|该|应该?|宜|让))[^,;。]{0,8}(?:放|建|做|落|设|去|进|到|在)(?:在|到|进|户)?\s*$"
)
_MAKES = re.compile(rf"{_HERE}(?:做|建|搞|办|放|发展|布局|生产|设|上|落)")
_ASKING = re.compile(r"(?:吗|么|嘛|吧|呢|不)?\s*\?|(?:吗|么|嘛|吧)\s*[,;。]?\s*$")
_WELL = re.compile(
    r"(?:合适|适合|适宜|可行|妥当|合理|行|可以|好|靠谱|行得通)(?:吗|么|嘛|不)"
    r"|合不合适|适不适合|行不行|好不好|可不可以|可行不可行|是否(?:合适|可行|适合)|怎么样|如何"
)
_INTO = re.compile(r"(?:在|于|到|进|入|去|放|选|落|把|布局)\s*$")
_MAY = re.compile(r"(?:适不适合|合不合适|能不能|能否|可否|可不可以|是否(?:适合|可以|能)?|适合|适宜|合适|可以|能够?)")
_POLITE = re.compile(r"(?:能不能|能否|可否|可不可以|可以|能)[^,;。]{0,6}$")
_SITES = re.compile(r"的(?:地块|园区|地方|地$|区域|片区|场地|位置|载体|厂房|空间|办公|\s*[,;。]?$)")
_WHERE_WORD = re.compile(
    r"哪(?!些(?:产业|行业|企业))|何处|什么(?:地方|位置|园区|区域)|(?<![a-z])where(?![a-z])"
    r"|(?<![a-z])which (?:park|zone|place|site|district)"
)
_OR = re.compile(r"还是|或者|要么|(?<![a-z])or(?![a-z])")
_ENGLISH = re.compile(
    r"\s*(?:so |and |but )?(?:is|are|would|does|do|can|could|will|should)(?:n?['’]?t)?(?! (?:we|i|you)\b)"
    r"(?![a-z])[^,;.?]*(?<![a-z])"
    r"(?:suitable|suited|suits?|right|good|appropriate|fit|host|accommodate|take|work|be built|go)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Intent:
    """What a sentence asks.

    Attributes
    ----------
    ask
        What kind of question it is.
    span
        The words that say so.
    denial
        The words of the question that deny and must not be read as a denial of what follows: 不能 of 哪里不能建石化.
    place
        What it is about, where it is about one place.
    zones
        The words that name the place.
    about
        Whether it asks what suits a place, or what does not, and names no industry.
    """

    ask: Ask
    span: Span
    denial: Span | None = None
    place: Entry | None = None
    zones: tuple[Word, ...] = ()
    about: bool = False


def intent_of(text: Text, words: Sequence[Word], above: Mapping[str, frozenset[str]]) -> Intent | None:
    """Return what a sentence asks; None for where something should go, which is what most ask.

    Parameters
    ----------
    text
        The sentence.
    words
        Its words that the dictionary knows.
    above
        For each zone the ids of the zones that it lies in.
    """
    return _what_not(text, words, above) or _against(text) or _what(text, words, above) or _place(text, words, above)


def _against(text: Text) -> Intent | None:
    for pattern in _AGAINST:
        match = pattern.search(text.folded)
        if match is not None:
            group = "no" if "no2" not in match.re.groupindex or match["no"] else "no2"
            denial = Span(*match.span(group)) if match[group] else Span(*match.span())
            return Intent("against", Span(*match.span()), denial)
    return None


def _what_not(text: Text, words: Sequence[Word], above: Mapping[str, frozenset[str]]) -> Intent | None:
    """Return the question what must not go to a place: 华苑不能做什么."""
    match = next((match for pattern in _WHAT_NOT if (match := pattern.search(text.folded))), None)
    behind = ("industry", "hazard")
    if match is None or any(word.entry.kind in behind for word in words if word.span.start >= match.end()):
        return None
    denial = Span(*match.span("no2" if match.groupdict().get("no2") else "no"))
    zones = _named(text.without(denial), words, denial)
    place = _narrowest(zones, above)
    return Intent("against", Span(*match.span()), denial, place, tuple(zones) if place else (), about=True)


def _what(text: Text, words: Sequence[Word], above: Mapping[str, frozenset[str]]) -> Intent | None:
    match = next((match for pattern in _WHAT if (match := pattern.search(text.folded))), None)
    if match is None:
        return None
    span = Span(*match.span())
    if any(word.entry.kind == "industry" for word in words if word.span.start >= span.end):
        return None
    zones = _named(text, words, span)
    place = _narrowest(zones, above)
    return Intent("what", span, None, place, tuple(zones) if place else (), about=True)


def _place(text: Text, words: Sequence[Word], above: Mapping[str, frozenset[str]]) -> Intent | None:
    """Return the question whether a place suits something: 华苑适合做集成电路设计吗."""
    for word in words:
        if not _is_place(text, word):
            continue
        clause = text.clause(word.span.start)
        said = text.folded[clause.start : _question_end(text, clause)]
        if _WHERE_WORD.search(said) or _SITES.search(said):
            continue
        span = _asked_of(text, word, words, said)
        if span is None:
            continue
        zones = _named(text, words, word.span)
        place = _narrowest(zones, above)
        if place is None or place.kind != "zone" or (_OR.search(text.folded) and _several(text, words, place, above)):
            return None
        return Intent("place", span, _denial_of(text, word, span), place, tuple(zones))
    return None


def _denial_of(text: Text, word: Word, span: Span) -> Span | None:
    """Return the denial that belongs to the question whether a place suits something."""
    negated = _SUITS.match(text.after(word.span))
    if negated and negated["suits"].startswith("不"):
        return span
    return span if _CANNOT.match(text.after(word.span)) or _CANNOT_INTO.search(text.before(word.span)) else None


def _several(text: Text, words: Sequence[Word], place: Entry, above: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether the sentence names another place beside one: 宝坻适合, 还是静海适合."""
    named = {zone for word in words if _is_place(text, word) and (entry := _entry(word)) for zone in entry.values}
    return bool(named - set(place.values) - {outer for zone in place.values for outer in above.get(zone, ())})


def _question_end(text: Text, clause: Span) -> int:
    """Return where a question ends whose mark may stand in the next clause: 在华苑做集成电路, 合适吗?"""
    if text.folded[clause.start : clause.end].rstrip().endswith(("?", "。", "!")):
        return clause.end
    following = text.clause(clause.end) if clause.end < len(text.folded) else clause
    return following.end if _WELL.search(text.folded, following.start, following.end) else clause.end


def _asked_of(text: Text, word: Word, words: Sequence[Word], said: str) -> Span | None:
    """Return the words that ask whether a place suits something; None where the sentence does not ask that of it."""
    before, after = text.before(word.span), text.after(word.span)
    asks = _ASKS.match(after) or (_SUITS.match(after) if _says_what(words, word) or _ASKING.search(said) else None)
    if asks is None and _ASKING.search(said):
        asks = _CAN.match(after)
    if asks is None and (_says_what(words, word) and not _says_what_before(words, word)):
        asks = _CANNOT.match(after)
    if asks is not None:
        return Span(word.span.end, word.span.end + asks.end())
    into = _CANNOT_INTO.search(before) if _ASKING.search(said) else None
    if into is not None:
        return Span(word.span.start - len(before) + into.start("no"), word.span.start - len(before) + into.end("no"))
    well = _WELL.search(said)
    start = text.clause(word.span.start).start
    if well is not None and (_INTO.search(before) or _MAKES.match(after)) and start + well.start() >= word.span.end:
        return Span(start + well.start(), start + well.end())
    may = _MAY.search(before)
    if may is not None and _INTO.search(before) and (_ASKING.search(said) or "不" in may[0] or "否" in may[0]):
        # 能不能在东丽区建 is a polite way to ask where in the district; in one park there is nothing to choose.
        entry = _entry(word)
        polite = _POLITE.fullmatch(before) is not None and not (entry and entry.park)
        return None if polite else Span(start + may.start(), start + may.end())
    english = _ENGLISH.match(said)
    return Span(start, start + english.end()) if english else None


def _says_what(words: Sequence[Word], word: Word) -> bool:
    """Tell whether an industry is named behind a place: 华苑适合做集成电路 asks, even without a mark."""
    return any(
        other.entry.kind in ("industry", "firm", "hazard") for other in words if other.span.start > word.span.end
    )


def _says_what_before(words: Sequence[Word], word: Word) -> bool:
    """Tell whether an industry is named before a place already, so that what follows is a condition."""
    return any(other.entry.kind in ("industry", "firm") for other in words if other.span.start < word.span.start)


def _is_place(text: Text, word: Word) -> bool:
    if _entry(word) is None or supplied(text, word.span):
        return False
    suits = _SUITS.match(text.after(word.span))
    asked = _ASKING.search(text.after(word.span)) is not None
    doubted = suits is not None and suits["suits"].startswith("不") and asked
    doubted = doubted or _CANNOT.match(text.after(word.span)) is not None
    doubted = doubted or (asked and _CANNOT_INTO.search(text.before(word.span)) is not None)
    if denied(text, word.span) and not doubted:
        return False
    return nearness(text, word.span) is None


def _entry(word: Word) -> Entry | None:
    """Return the zone that a word stands for, else the plan element."""
    return word.meaning("zone", "element")


def _named(text: Text, words: Sequence[Word], span: Span) -> list[Word]:
    """Return the places named in the clause of a part, else those of the whole sentence."""
    places = [word for word in words if _is_place(text, word)]
    clause = text.clause(span.start)
    return [word for word in places if clause.overlaps(word.span)] or places


def itself(intent: Intent) -> str | None:
    """Return the id of the place asked about: of a theme park its own, not its hosts'."""
    if intent.place is None:
        return None
    meant = [entry for word in intent.zones if intent.place in (word.entry, *word.others) for entry in _meanings(word)]
    own = next((entry.own for entry in meant if entry.own and entry.own not in entry.values), None)
    return own or intent.place.own or intent.place.values[0]


def _meanings(word: Word) -> tuple[Entry, ...]:
    return tuple(entry for entry in (word.entry, *word.others) if entry.kind == "zone")


def _narrowest(words: Sequence[Word], above: Mapping[str, frozenset[str]]) -> Entry | None:
    """Return the place that lies in all the others named; None where there are several side by side."""
    entries = [entry for word in words if (entry := _entry(word)) is not None]
    for entry in entries:
        others = {place for other in entries for place in other.values} - set(entry.values)
        if all(others <= above.get(place, frozenset()) for place in entry.values):
            return entry
    return None
