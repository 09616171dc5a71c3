"""Rest: the parts of a sentence that nothing was made of, and which of them decide the question."""

import re
from collections.abc import Collection, Iterator, Sequence

from app.siting.reading.compounds import Compound
from app.siting.reading.denial import preferred
from app.siting.reading.notes import Notes, Refusal
from app.siting.reading.numbers import NUMBER
from app.siting.reading.scan import Word
from app.siting.reading.text import Span, Text
from app.siting.reading.words import VOCABULARY

_SPOKEN = re.compile(r"[^\W_]")
_FIGURES = re.compile(
    rf"(?:年产量?|日产|月产|产能|产量|总?投资额?|注册资本|年销|年加工|年处理|约|近|超|达|每|共)*(?:{NUMBER}|\d+(?:\.\d+)?)"
    r"(?:多|余|来)?(?:万|亿)?(?:吨|元|人|台套|台|辆|套|只|支|剂|瓶|架|艘|艇|箱|标箱|兆瓦时?|千瓦时?|吉瓦时?|瓦|mw|gwh?|kwh?|mwh|栋|层|年|"
    r"个月|月|日|天|英寸|寸|纳米|nm|mm|cm|℃|度|倍|代|%|t|tons?|million|billion|yuan|teu)?(?:/.{1,3})?"
)
"""Amounts of what is made, paid or employed."""
_LATIN = re.compile(r"[\x00-\x7f]+")
_DESCRIBING = re.compile(r".{1,4}(?:性|级|型|化|式|类|用)")
_PLACE_NAME = re.compile(r".{1,6}(?:省|市|区|县|镇|乡|村|街道|路|街|湾|岛|湖|河)")
_COMPANY = re.compile(r"\s*(?:股份|科技|技术|集团)*(?:有限|责任)*(?:公司|集团|股份)")
_ENDS_THERE = re.compile(
    r"\s*(?:$|[,;。、!?的和与及或]|项目|厂|工厂|基地|园|中心|企业|公司|业|产业|生产|制造|线|产线|车间|平台|装置|工程|研发|落|选址|放|建|应该|适合|能|不能"
    rf"|{'|'.join(VOCABULARY.generic_heads)})"
)
_INSTITUTION = re.compile(r".{1,8}(?:大学|学院|学校|医院|研究院|研究所)")
_GOVERNED = re.compile(
    r"(?:(?<!要)不要|(?<!能)不能|(?<!可)不可以?|(?<!应)不应该?|不(?:得|许|准|宜|靠近|挨着|临近|邻近|在)|禁止|严禁"
    r"|(?<![级特区类个分辨性识差告派])别|避开|避免|避让|远离|排除|除了|必须|务必|一定要?|只要|只能|只在|只选)"
    r"(?:再|太|过于|放|建|设|选|有|是|要|能|可以|位于|靠近?|挨着|紧邻|紧靠|临近|邻近|毗邻|贴近|落|置|距|离|跟|和|在|到|于|与|带|个|一个|任何|那种)*\s*$"
    r"|(?<![a-z])(?:not|never|avoid|avoiding|must|only|away from|except|without)"
    r"(?: (?:be|been|being|in|near|to|close|next|the|a|an|any|at|by|on|have|has|from|too|built|put|placed))*\s*$"
)
"""What directly before an unread run makes it a condition."""
_OTHER_WORD = re.compile(r"别[墅人处的扭具号]")
_LIMITS = re.compile(r"[线路道河]?\s*的?(?:[以之][内外]|以[东南西北]|正?[东南西北]{1,2}(?:边|面|侧)|方向)")
_TIME = re.compile(r".{0,6}(?:年|月|日|天|小时|分钟|周|预算)")
_CUT_OFF = re.compile(r"[内外中东南西北上下大小新老]$")
"""A character before a run that belongs to an unknown name rather: 外 of 外环线."""
_FACILITY = re.compile(r"[库站场馆楼室所院部队店仓段展款]")
_HEAD = re.compile("|".join(VOCABULARY.generic_heads))
_MOST_AFTER = 4
_MOST_BEFORE = 8


def rest_of(text: Text, words: Sequence[Word], found: Sequence[Compound], notes: Notes) -> list[Refusal]:
    """Return the runs of letters and digits that nothing was made of, each with the reason.

    A run directly before or behind an industry that is asked for narrows it: with 危险化学品 unread, 仓储 is something
    else. Such a run decides the question, unless it is an amount, a code, a description (一次性) or the name of a firm
    or a place.

    Parameters
    ----------
    text, words, found
        The sentence, its words that the dictionary knows, and its industries.
    notes
        What was understood and refused.
    """
    asked = {note.span for note in notes.understood if note.field == "industries"}
    industries = [compound.span for compound in found if compound.span in asked]
    attached = {span.start: span for span in industries} | {span.end: span for span in industries}
    filling = [word.span for word in words if word.entry.kind == "function"]
    refusals = []
    known = {at for span in notes.read() for at in range(span.start, span.end)}
    for span in _runs(text, notes.read(), filling):
        limited = _limited(text, span, known)
        if _FIGURES.fullmatch(text.folded[span.start : span.end]):
            refusals.append(Refusal(span, "数量、金额或型号，选址不用", "an amount or a code, not used"))
        elif limited is not None:
            zh, en = "没有认出这个词，而句子拿它作条件", "not recognised, and the sentence makes it a condition"
            refusals.append(Refusal(limited, zh, en, decisive=True))
        elif any(
            _narrows(text, span, attached[at])
            for at in (span.start, span.end, _behind_head(text, span))
            if at in attached
        ):
            zh = "没有认出这个词，而它紧接着产业，可能改变所问的产业"
            refusals.append(
                Refusal(span, zh, "not recognised, and it may change which industry is meant", decisive=True)
            )
        else:
            refusals.append(Refusal(span, "没有认出这个词", "not recognised"))
    return refusals


def _limited(text: Text, run: Span, known: Collection[int]) -> Span | None:
    """Return what a sentence makes a condition of with an unread run: 海边 of 不要放在海边, 外环线以内; else None."""
    if preferred(text, run):
        return None
    before, after = text.before(run), text.after(run)
    behind = _LIMITS.match(after)
    if behind is not None and not _TIME.fullmatch(text.folded[run.start : run.end]):
        cut = run.start > 0 and run.start - 1 not in known and _CUT_OFF.search(before)
        return Span(run.start - bool(cut), run.end + behind.end())
    if _OTHER_WORD.match(text.folded, run.start - 1):
        return None
    return run if _GOVERNED.search(before) else None


def _behind_head(text: Text, run: Span) -> int:
    """Return where a run ends with the word for a material or a part behind it: 纳米|材料."""
    head = _HEAD.match(text.folded, run.end)
    return head.end() if head else run.end


def _narrows(text: Text, run: Span, industry: Span) -> bool:
    """Tell whether an unread run narrows the industry that it is attached to."""
    words = text.folded[run.start : run.end]
    if _LATIN.fullmatch(words) or _DESCRIBING.fullmatch(words) or _PLACE_NAME.fullmatch(words):
        return False
    if _INSTITUTION.fullmatch(words):
        return False
    if industry.start in (run.end, _behind_head(text, run)):
        return len(words) <= _MOST_BEFORE and not _COMPANY.match(text.folded, industry.end)
    behind = run.start == industry.end and len(words) <= _MOST_AFTER and not _FACILITY.fullmatch(words)
    return behind and _ENDS_THERE.match(text.folded, run.end) is not None


def _runs(text: Text, read: Sequence[Span], filling: Sequence[Span]) -> Iterator[Span]:
    """Yield the runs of letters and digits that nothing covers.

    A single filling character between two of them belongs to an unknown word rather: 不 of 天气不错.
    """
    taken = {at for span in (*read, *filling) for at in range(span.start, span.end)}
    unknown = {at for at, char in enumerate(text.folded) if at not in taken and _SPOKEN.match(char)}
    unknown |= {
        span.start
        for span in filling
        if span.end - span.start == 1 and span.start - 1 in unknown and span.end in unknown
    }
    start: int | None = None
    for at in range(len(text.folded) + 1):
        if at in unknown and start is None:
            start = at
        elif at not in unknown and start is not None:
            yield Span(start, at)
            start = None
