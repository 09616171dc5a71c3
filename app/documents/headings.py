"""Headings: how Chinese official documents number their parts, told from a line alone."""

import re
from dataclasses import dataclass
from enum import IntEnum

from app.documents.words import NUMERAL, number_of


class Kind(IntEnum):
    """What a heading heads; a smaller one contains the greater ones."""

    ANNEX = 0
    """附件1"""
    CHAPTER = 1
    """一、…, 第一章"""
    SECTION = 2
    """（一）…, 第一节"""
    ITEM = 3
    """1.…, 1．…, 1、…"""
    SUBITEM = 4
    """（1）…"""
    TITLE = 5
    """A short line without a number."""
    TABLE = 6
    """表1 …, 附表1 …, or the title right above a table."""
    FRAME = 7
    """专栏 …"""


@dataclass(frozen=True, slots=True)
class Found:
    """A heading told from a line.

    Attributes
    ----------
    kind, number
        What it heads, and its number where one is printed.
    rest
        The line without its number.
    loose
        Whether the line is a heading only where its number goes on from another's: ``1.5G`` is one after item 0,
        ``7、`` after six chapters.
    """

    kind: Kind
    number: int | None
    rest: str
    loose: bool = False


LONGEST_TITLE = 30
"""Characters of a heading without a number, at most."""
LONGEST_CAPTION = 60
"""Characters of the caption of a table, at most."""

_ENDS = re.compile(r"[。；！？：:，,、;.…]$")
_UNTITLED = re.compile(r"(续?图|注|单位|来源|资料来源|[（(].*[）)]$|[—–-]*\d*[—–-]*$)|\d{4}年\d{1,2}月")
_HAN = re.compile("[\u4e00-\u9fff]")

_NUMBERED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.CHAPTER, re.compile(rf"第\s*({NUMERAL}|\d{{1,2}})\s*[章篇]\s*(.*)", re.S)),
    (Kind.SECTION, re.compile(rf"第\s*({NUMERAL}|\d{{1,2}})\s*节\s*(.*)", re.S)),
    (Kind.CHAPTER, re.compile(rf"({NUMERAL})\s*[、．.]\s*(.*)", re.S)),
    (Kind.SECTION, re.compile(rf"[（(]\s*({NUMERAL})\s*[）)]\s*[、．.]?\s*(.*)", re.S)),
    (Kind.SUBITEM, re.compile(r"[（(]\s*(\d{1,2})\s*[）)]\s*(.*)", re.S)),
    (Kind.ITEM, re.compile(r"(\d{1,2})\s*[.．、]\s*(.*)", re.S)),
)
_CAPTION = re.compile(rf"(附?表)\s*({NUMERAL}(?![\u4e00-\u9fff])|\d{{1,3}})?\s*[:：]?\s*(.*)", re.S)
_ANNEX = re.compile(rf"附\s*[件录]\s*({NUMERAL}|\d{{1,2}})?\s*[:：]?\s*(.*)", re.S)
_FRAME = re.compile(rf"专\s*[栏框]\s*({NUMERAL}(?![\u4e00-\u9fff])|\d{{1,2}})?\s*[:：]?\s*(.*)", re.S)


def recognise(text: str) -> Found | None:
    """Return the heading that a line is, or None.

    Parameters
    ----------
    text
        The line. A numbered line may go on with running text behind its title.

    Examples
    --------
    >>> recognise("（二）园区发展指引").number
    2
    >>> recognise("1.36亿元") is None
    True
    """
    line = text.strip()
    named = _named(line)
    if named is not None:
        return named
    for kind, pattern in _NUMBERED:
        found = pattern.match(line)
        if found:
            return _numbered(kind, number_of(found[1]), found[2])
    return Found(Kind.TITLE, None, line) if is_title(line) else None


def _named(line: str) -> Found | None:
    """Return an annex, a caption or the head of a frame: short lines that a name begins."""
    if len(line) > LONGEST_CAPTION or line.endswith(("。", "；")):
        return None
    for kind, pattern in ((Kind.ANNEX, _ANNEX), (Kind.FRAME, _FRAME)):
        if found := pattern.fullmatch(line):
            return Found(kind, number_of(found[1]) if found[1] else None, found[2])
    if (found := _CAPTION.fullmatch(line)) and (found[2] or found[1] == "附表"):
        return Found(Kind.TABLE, number_of(found[2]) if found[2] else None, found[3])
    return None


def _numbered(kind: Kind, number: int, rest: str) -> Found | None:
    if not rest:
        return None
    if kind == Kind.ITEM and rest[0].isdecimal():
        # 1.5G is a title behind its number; 1.36 is a number.
        return Found(kind, number, rest, loose=True) if re.match(r"\d+[A-Za-z]", rest) else None
    return Found(kind, number, rest)


def is_title(line: str) -> bool:
    """Tell whether a line without a number reads as a heading: short, with Chinese in it, and no sentence."""
    return (
        len(line) <= LONGEST_TITLE
        and not _ENDS.search(line)
        and not _UNTITLED.match(line)
        and _HAN.search(line) is not None
    )


_STOP = re.compile(r"[。:!?;]")
_PAUSE = re.compile(r"[(,、:;。]")
_DASHES = re.compile(r"^[—–\-·•●■◆*]+")
_LONGEST_RUN_IN = 40


def run_in(words: str) -> str:
    """Return the title that a paragraph begins with.

    It goes to the first stop; where that is far, the paragraph has no title, and its first words stand for one.

    Parameters
    ----------
    words
        The paragraph in the form in which words are compared.

    Examples
    --------
    >>> run_in("——信息安全。信息安全产品领域,")
    '信息安全'
    """
    title = _STOP.split(_DASHES.sub("", words), maxsplit=1)[0]
    return title if len(title) <= _LONGEST_RUN_IN else _PAUSE.split(title, maxsplit=1)[0][:_LONGEST_RUN_IN]
