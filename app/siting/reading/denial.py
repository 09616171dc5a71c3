"""Denial: whether a sentence denies, prefers or requires what stands somewhere in it."""

import re
from collections.abc import Sequence

from app.siting.reading.scan import Word
from app.siting.reading.text import Span, Text

_NOT_BEFORE = re.compile(
    # 要不要, 能不能 ask; 级别, 特别, 非常 only look like a denial; innovation holds no "no".
    r"(?P<no>(?:(?<!要)不要|(?<!在)不在|(?<!想)不想|(?<!考)不考虑|(?<!选)不选|(?<!去)不去|(?<!能)不能|(?<!做)不做|(?<!是)不是"
    r"|(?<!可)不可(?!或缺)|(?<!应)不应|不(?:得|宜|位于|靠近|靠|临近|邻近|紧邻|挨着|落在|放在|建在|属于|涉及|含|搞|生产|从事)"
    r"|(?<![级特区类个分辨性识差告派])别(?![墅的人处])|避开|避免|避让|排除|除了|除开|远离"
    r"|(?<![是除莫无])非(?![常凡洲得金遗]))"
    r"|(?<![a-z])(?:not(?! (?:more|less|further|farther))|avoid|avoiding|except|without|away from"
    r"|no(?! (?:more|less|further|farther)))(?![a-z]))"
    r"(?P<gap>[^,;。]*)$"
)
_NOT_AFTER = re.compile(
    r"\s*(?:[、和与或及][^,;。\d离距]{1,12})?"
    r"(?P<no>除外|以外|之外|都?(?<!要)不要|都?不(?:考虑|行(?!(?:的话)?,?就)|可以|合适|适合|能选))"
    r"|\s*(?P<no2>不(?:能|可以?|准|许|得|宜)(?:放|建|去|做|进|落户?)(?:的)?)(?=\s*(?:$|[,;。!]))"
)
_BAR = re.compile(r"除[了开]?(?P<gap>[^,;。]*)$")
_BARRED = re.compile(r"(?:[、和与或及][^,;。\d离距]{1,20})?\s*[之以]?外")
_MUST_BEFORE, _MUST_AFTER = re.compile(r"非[^,;。]*$"), re.compile(r"[^,;。]{0,4}(?:不可(?!以)|莫属)")
_OUT_AGAIN = re.compile(r"[之以]?外")
_BUT = re.compile(r"而是|只要|只在|要在|就要|但要|而要")
_NEED_NOT = re.compile(r"(?:不必|不用|不需要?|无需|无须|不一定|不强求|不要求|不限(?:于|定)?)[^,;。]{0,6}$")
_ALL_THE_SAME = re.compile(
    r"\s*[^,;。]{0,2}(?:(?:远不远|近不近|远近|多远|靠不靠近)\s*(?:都行|都可以?|都好|无所谓|没关系|不重要|不限|不论|不管|均可|随便)"
    r"|无所谓|没关系|不作要求|不做要求|不重要)"
)
_OR_NOT = re.compile(r"(?:有没有|有无|靠不靠近?|近不近|离不离|不管离?|无论离?|不论离?)\s*$")
_WHICHEVER = re.compile(r"[^,;。]{0,8}?(?:都行|都可以?|都好|都成|无所谓|没关系|均可|不重要|不影响)")
_PREFER = re.compile(
    r"其次|次选|优先(?!发展)|最好(?!的)|首选|尽量|尽可能|倾向于?|偏好|(?<![a-z])(?:preferably|ideally|preferred|prefer)(?![a-z])"
)
_REQUIRE = re.compile(r"必须|(?<!不)一定|只能|只有|只要|务必|绝对|坚决|(?<![a-z])(?:must|only|has to|have to)(?![a-z])")
_PREFERRED_AFTER = re.compile(
    r"[^,;。级]{0,6}?(?:优先(?!发展)|更好|最好|为佳|为宜|为先)|[^,;。]{0,12}?(?<![a-z])(?:preferred|preferably|ideally)"
)


def need_not(text: Text, span: Span) -> bool:
    """Tell whether the sentence says that something is not asked for: 不必在滨海新区, 港口远不远都行."""
    before = text.before(span)
    after = text.after(span)
    whichever = _OR_NOT.search(before) is not None and _WHICHEVER.match(after) is not None
    return whichever or _NEED_NOT.search(before) is not None or _ALL_THE_SAME.match(after) is not None


def denied(text: Text, span: Span, ahead: Sequence[Word] = ()) -> str | None:
    """Return the word by which the sentence denies what stands there (不要在大港, 避开南港, 大港除外), or None.

    Parameters
    ----------
    text, span
        The sentence, and what stands in it.
    ahead
        Words before it. A denial that stands before one of them is about that one: 不要在大港做集成电路.
    """
    before, after = text.before(span), text.after(span)
    if _BAR.search(before) and _BARRED.match(after):
        return "除"
    if _MUST_BEFORE.search(before) and _MUST_AFTER.match(after):
        return None
    match = _NOT_BEFORE.search(before)
    if match and match[0].startswith("除") and _OUT_AGAIN.search(match["gap"]):
        match = None
    if match and not _BUT.search(match["gap"]):
        gap = span.start - len(before) + match.start("gap")
        if not any(gap <= word.span.start < span.start for word in ahead):
            return match["no"]
    behind = _NOT_AFTER.match(after)
    return behind["no"] or behind["no2"] if behind else None


def preferred(text: Text, span: Span) -> bool:
    """Tell whether the sentence wishes for something without requiring it: 最好在东丽, 国家级优先."""
    before = text.before(span)
    wish, demand = _last(_PREFER, before), _last(_REQUIRE, before)
    if wish >= 0 or demand >= 0:
        return wish > demand
    return _PREFERRED_AFTER.match(text.after(span)) is not None


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match begins, -1 if there is none."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)
