"""The sentences of an answer as patterns: what each says of which place, with the words that are quoted in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.siting.independent import normalised

_QUOTED = r"\ue000(?P<{0}>\d+)\ue001"
_ASKED, _SAID, _NODE, _NAME = (_QUOTED.format(each) for each in ("asked", "said", "node", "name"))
_RANK_ZH = "(?P<rank>重点产业|产业（本服务计为辅助）|服务业态)"
_RANK_EN = r"as (?P<rank>a leading industry|an industry \(supporting by our reckoning\)|a service)"

_LISTED_ZH = f"列为(?P<place>.+?)的{_RANK_ZH}"
_LISTED = {
    "zh": {
        "same": f"文件将{_SAID}{_LISTED_ZH}(?:（{_ASKED}归入此类）)?",
        "part": f"文件将{_ASKED}所含的{_SAID}{_LISTED_ZH}",
        "wider": f"文件将{_ASKED}所属的{_SAID}{_LISTED_ZH}",
        "sector": f"文件只将{_ASKED}所在大类{_SAID}{_LISTED_ZH}",
        "chain": f"(?P<place>.+?)的{_RANK_ZH}{_SAID}与{_ASKED}同处一条产业链",
        "other_same": f"文件将{_SAID}{_LISTED_ZH}（本服务将其归为{_NODE}）",
        "other_part": f"文件将{_SAID}{_LISTED_ZH}（本服务将其归为{_ASKED}所含的{_NODE}）",
        "other_wider": f"文件将{_SAID}{_LISTED_ZH}（本服务将其归为{_ASKED}所属的{_NODE}）",
        "other_sector": f"文件将{_SAID}{_LISTED_ZH}（本服务将其归为{_ASKED}所在大类{_NODE}）",
        "other_chain": f"文件将{_SAID}{_LISTED_ZH}（本服务将其归为{_NODE}，与{_ASKED}同处一条产业链）",
        "track": f"文件把(?P<place>.+?)列为未来产业赛道{_NAME}的(?P<role>载体|集聚区)",
        "narrowed": f"文件把{_ASKED}布局到(?P<place>.+?)，并具体到(?P<places>.+?)，没有单独说到此处",
        "nothing": f"没有文件将{_ASKED}或其相关产业列入此处",
        "thing": f"文件把{_NAME}列在(?P<place>.+)",
    },
    "en": {
        "same": f"(?P<place>.+?) is named with {_SAID}(?:, under which {_ASKED} falls,)? {_RANK_EN}",
        "part": f"(?P<place>.+?) is named with {_SAID}, part of {_ASKED}, {_RANK_EN}",
        "wider": f"(?P<place>.+?) is named with {_SAID}, to which {_ASKED} belongs, {_RANK_EN}",
        "sector": f"(?P<place>.+?) is only named with {_SAID}, the sector of {_ASKED}, {_RANK_EN}",
        "chain": f"(?P<place>.+?) has {_SAID}, on a value chain with {_ASKED}, {_RANK_EN}",
        "other_same": f"(?P<place>.+?) is named with {_SAID} {_RANK_EN}, taken here for {_NODE}",
        "other_part": f"(?P<place>.+?) is named with {_SAID} {_RANK_EN}, taken here for {_NODE}, part of {_ASKED}",
        "other_wider": f"(?P<place>.+?) is named with {_SAID} {_RANK_EN}, taken here for {_NODE}, "
        f"to which {_ASKED} belongs",
        "other_sector": f"(?P<place>.+?) is named with {_SAID} {_RANK_EN}, taken here for {_NODE}, "
        f"the sector of {_ASKED}",
        "other_chain": f"(?P<place>.+?) is named with {_SAID} {_RANK_EN}, taken here for {_NODE}, "
        f"on a value chain with {_ASKED}",
        "track": "a document names (?P<place>.+?) as (?P<role>a carrier|a hub) of the future-industry track "
        "(?P<name>.+?)",
        "narrowed": f"documents place {_ASKED} in (?P<place>.+?), and there in (?P<places>.+?); they do not speak of "
        "this place itself",
        "nothing": f"no document names this place with {_ASKED} or anything related",
        "thing": "a document has (?P<name>.+) in (?P<place>.+?)",
    },
}
_TAIL = {
    "zh": "(?P<not_here>，未细分到此处)?(?:，依据.+)?",
    "en": "(?P<not_here>, not this place itself)?(?:; according to .+)?",
}
_POLICY = {
    "member": f"(?P<around>所在区域)?在(?P<plan>《[^》]+》)中属于{_NAME}",
    "core": f"(?P<around>所在区域)?在(?P<plan>《[^》]+》)中是{_NAME}的核心或主要载体",
    "host": f"主题园区{_NAME}由(?P<place>[^；]+)承载",
    "host_core": f"主题园区{_NAME}的核心区在(?P<place>[^；]+)",
    "hub": f"(?P<place>[^；]+)是未来产业赛道{_NAME}的集聚区",
    "carrier": f"(?P<place>[^；]+)是未来产业赛道{_NAME}的载体",
    "source": f"(?P<place>[^；]+)有未来产业赛道{_NAME}的创新源",
    "responsible": f"(?P<place>[^；]+)列于未来产业赛道{_NAME}的段末括注",
    "none": "规划、主题园区和未来产业赛道都没有点名此处",
}
_DIRECTLY = (
    r"(?:，其中 (?P<direct>\d+) 处点名它本身或其中一部分，其余点名的是包含它的产业"
    r"|(?P<indirect>，点名的都是包含它的产业))?"
)
_CONCLUSION = {
    "nowhere": f"没有文件把{_ASKED}布局到任何园区",
    "around": f"文件把{_ASKED}布局到(?P<places>.+)，未细分到园区",
    "first": f"文件把{_ASKED}布局到 (?P<count>\\d+) 处园区{_DIRECTLY}，首选(?P<places>.+)（(?P<score>[\\d.]+) 分）",
    "level": f"文件把{_ASKED}布局到 (?P<count>\\d+) 处园区{_DIRECTLY}，"
    "并列首选(?P<places>.+?)(?:（不分先后）)?，差距小于不确定性所能分辨",
    "elsewhere": "文件还点名(?P<places>.+)，(?P<drawn>图上.+)",
}
_NOTES = {
    "district": "没有文件列出(?P<place>.+)的园区，图上没有画出或没有画全",
    "theme": "文件没有说它在哪个园区，图上没有画出",
    "zone": "图上没有画出它的园区",
    "element": "这是对整个片区的表述，文件没有说到其中的园区",
}
_EVIDENCE = {
    "zh": f"(?P<place>.+)：(?P<term>.+)（{_RANK_ZH}；(?P<relation>同一产业|所含产业|所属产业|同一大类|产业链相关)）",
    "en": r"(?P<place>.+): (?P<term>.+) "
    r"\((?P<rank>a leading industry|an industry \(supporting by our reckoning\)|a service); "
    r"(?P<relation>the industry itself|part of it|what it belongs to|its sector|linked by the value chain)\)",
}
RANKS = {
    "重点产业": "leading", "产业（本服务计为辅助）": "supporting", "服务业态": "service",
    "a leading industry": "leading", "an industry (supporting by our reckoning)": "supporting", "a service": "service",
    "集聚区": "hub", "载体": "carrier", "a hub": "hub", "a carrier": "carrier",
}  # fmt: skip
RELATIONS = {
    "同一产业": "same", "所含产业": "part", "所属产业": "wider", "同一大类": "sector", "产业链相关": "chain",
    "the industry itself": "same", "part of it": "part", "what it belongs to": "wider", "its sector": "sector",
    "linked by the value chain": "chain",
}  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """What a sentence says: the kind of sentence, and what stands in its gaps."""

    kind: str
    gaps: tuple[tuple[str, str], ...]

    def __getitem__(self, gap: str) -> str:
        return dict(self.gaps).get(gap, "")

    @property
    def names(self) -> tuple[str, ...]:
        """The places that are listed, without the count at the end of a list cut short."""
        text = re.sub(r"等 \d+ 处$| and more, \d+ in all$", "", self["places"])
        return tuple(re.split("、|, ", text))

    @property
    def count(self) -> int:
        """How many places are meant, those that are not printed included."""
        cut = re.search(r"等 (\d+) 处$| and more, (\d+) in all$", self["places"])
        return int(cut[1] or cut[2]) if cut else len(self.names)


def balanced(text: str) -> bool:
    """Tell whether every quotation of a text is closed, and each end has its beginning."""
    depth = 0
    for letter in text:
        depth += (letter == "“") - (letter == "”")
        if depth < 0:
            return False
    return not depth


@cache
def _unquoted(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text with a mark for each outermost quotation, and what is quoted."""
    bare, depth, start = "", 0, 0
    found: list[str] = []
    for at, letter in enumerate(text):
        if letter == "“":
            depth += 1
            start = at + 1 if depth == 1 else start
        elif letter == "”" and depth:
            depth -= 1
            if not depth:
                bare += f"\ue000{len(found)}\ue001"
                found.append(text[start:at])
        elif not depth:
            bare += letter
    return bare, tuple(found)


def _read(text: str, patterns: dict[str, str], tail: str = "") -> Claim | None:
    bare, quoted = _unquoted(text)
    for kind, pattern in patterns.items():
        found = re.fullmatch(pattern + tail, bare)
        if found:
            return Claim(kind, tuple(_filled(found, quoted)))
    return None


def _filled(found: re.Match[str], quoted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for gap, value in found.groupdict().items():
        if value is not None and value.isdigit() and gap in ("asked", "said", "node", "name"):
            yield gap, quoted[int(value)]
        elif value is not None:
            yield gap, re.sub("\ue000(\\d+)\ue001", lambda mark: f"“{quoted[int(mark[1])]}”", value)


@cache
def said_of_a_place(text: str, language: str) -> Claim | None:
    """Return what a sentence says of a place and an industry; None for a sentence that is not known."""
    return _read(text, _LISTED[language], _TAIL[language])


@cache
def said_as_evidence(text: str, language: str) -> Claim | None:
    """Return what a line of evidence says of a statement."""
    return _read(text, {"evidence": _EVIDENCE[language]})


@cache
def said_of_plans(text: str) -> tuple[Claim | None, ...]:
    """Return what a Chinese sentence says of a place in plans, theme parks and tracks."""
    return tuple(_read(each, _POLICY) for each in text.split("；"))


@cache
def said_in_conclusion(text: str) -> tuple[Claim | None, ...]:
    """Return what the Chinese sentences of a conclusion say."""
    return tuple(_read(each, _CONCLUSION) for each in text.split("。"))


@cache
def said_in_note(text: str) -> Claim | None:
    """Return what a Chinese note says of something that no park is drawn of."""
    return _read(text, _NOTES)


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts have the same words."""
    return normalised(one) == normalised(other)
