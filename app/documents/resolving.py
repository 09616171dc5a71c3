"""Resolving: from a locator to the paragraphs of a document."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from app.documents import terms
from app.documents.headings import Kind, is_title
from app.documents.locators import Special, Step, Way, parse
from app.documents.outline import Heading, Outline, Paragraph
from app.documents.words import NUMERAL, folded


@dataclass(frozen=True)
class Resolution:
    """Where a locator leads.

    Attributes
    ----------
    paragraphs
        The paragraphs, in the order of the document.
    lost
        Steps that this text does not show: a heading that is missing between its neighbours, such as （三） between
        （二） and （四）, and what stands in a table that the file gives as mere lines. The rest of the way was looked
        for in the text between the neighbours, or in the whole table.
    absent
        Steps that are not found. The paragraphs are then those of the place they were looked for in.
    """

    paragraphs: Sequence[Paragraph]
    lost: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether every step was found, so that the paragraphs are no wider a place than the locator names."""
        return not self.lost and not self.absent


@dataclass(frozen=True)
class _Place:
    """Paragraphs by index, the heading they belong to where it is one, and what was not found on the way."""

    indexes: tuple[int, ...]
    heading: Heading | None = None
    others: tuple[Heading, ...] = ()
    """Further headings of the same number, such as a second chapter 四."""
    lost: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def resolve(outline: Outline, locator: str) -> Resolution | None:
    """Return the paragraphs that a locator leads to, or None where not even its first step is found.

    Parameters
    ----------
    outline
        The document.
    locator
        One or more places, as the facts write them.
    """
    try:
        ways = parse(locator)
    except ValueError:
        return None
    places = [_follow(outline, way) for way in ways]
    found = [place for place in places if place is not None]
    if not found:
        return None
    missed = [way[0].words for way, place in zip(ways, places, strict=True) if place is None]
    indexes = sorted({index for place in found for index in place.indexes})
    return Resolution(
        [outline.paragraphs[index] for index in indexes],
        tuple(dict.fromkeys(words for place in found for words in place.lost)),
        tuple(dict.fromkeys([*(words for place in found for words in place.absent), *missed])),
    )


def _follow(outline: Outline, way: Way) -> _Place | None:
    here = _Place(tuple(range(len(outline.paragraphs))))
    for at, step in enumerate(way):
        there = _step(outline, here, step)
        if there is None and at == 0:
            return None
        if there is None and not outline.tells_cells and _leads_into_table(way[: at + 1]):
            there = replace(here, lost=(*here.lost, step.words))
        here = there or replace(here, absent=(*here.absent, step.words))
    return here


def _leads_into_table(way: Way) -> bool:
    """Tell whether the last of some steps may lead to a row, though no table is told from the lines around it."""
    kinds = [step.kind for step in way]
    return not {Kind.ANNEX, Kind.TABLE, Special.ROW}.isdisjoint(kinds) or kinds[-2:] == [Special.TERM, Kind.ITEM]


def _step(outline: Outline, here: _Place, step: Step) -> _Place | None:
    if here.heading is not None and here.heading.kind == Kind.TABLE and not outline.tells_cells:
        return None
    if isinstance(step.kind, Kind):
        return _numbered(outline, here, step)
    if step.kind == Special.ROW:
        return _row(outline, here, step.number or 0)
    if step.kind == Special.TERM:
        return _term(outline, here, step.words)
    return _before_chapters(outline, here, step)


def _at(here: _Place, heading: Heading, others: Iterable[Heading] = ()) -> _Place:
    inside = tuple(range(heading.start, heading.end))
    return _Place(inside, heading, tuple(others), here.lost, here.absent)


def _numbered(outline: Outline, here: _Place, step: Step) -> _Place | None:
    """Step to a heading by its number: right below the place where there is one, else anywhere within it."""
    inside = frozenset(here.indexes)
    alike = [
        one for one in outline.headings if one.kind == step.kind and one.start in inside and one is not here.heading
    ]
    if step.kind == Kind.TABLE:
        alike = [one for one in alike if one.title.lstrip().startswith(step.name)]
    beside = [one for one in alike if _is_beside(outline, here, one)] or alike
    found = [one for one in beside if step.number is None or one.number == step.number]
    found = found or [one for one in alike if one.number == step.number and not _in_annex(outline, one, here)]
    if found:
        return _at(here, found[0], found[1:])
    if step.kind == Kind.ITEM and (row := _labelled_row(outline, here, step.number or 0)):
        return row
    return _between(here, beside, step)


def _is_beside(outline: Outline, here: _Place, heading: Heading) -> bool:
    """Tell whether a heading stands right below a place; the table it stands in does not count."""
    parent = heading.parent
    while parent is not None and outline.headings[parent].kind in (Kind.TABLE, Kind.TITLE):
        parent = outline.headings[parent].parent
    above = outline.headings[parent] if parent is not None else None
    return above is here.heading


def _in_annex(outline: Outline, heading: Heading, here: _Place) -> bool:
    if here.heading is not None:
        return False
    parent = heading.parent
    while parent is not None:
        if outline.headings[parent].kind == Kind.ANNEX:
            return True
        parent = outline.headings[parent].parent
    return False


def _between(here: _Place, beside: Sequence[Heading], step: Step) -> _Place | None:
    """Return the text between the neighbours of a number whose heading is missing, or None at the end of a list."""
    number = step.number or 0
    after = [one for one in beside if (one.number or 0) > number]
    if step.kind not in (Kind.CHAPTER, Kind.SECTION) or not after:
        return None
    before = [one.start for one in beside if (one.number or 0) < number and one.start < after[0].start]
    begin, end = max(before, default=here.indexes[0]), after[0].start
    inside = tuple(index for index in here.indexes if begin <= index < end)
    return _Place(inside, None, (), (*here.lost, step.words), here.absent) if inside else None


def _row(outline: Outline, here: _Place, number: int) -> _Place | None:
    """Step to a row of a table, counted without headers and lines across the table."""
    rows = [at for at in here.indexes if outline.paragraphs[at].cells and not outline.paragraphs[at].is_header]
    return _narrowed(here, rows[number - 1 : number]) if number else None


def _labelled_row(outline: Outline, here: _Place, number: int) -> _Place | None:
    """Step to the row whose number a table prints, alone in a cell or before a stop."""
    for at in here.indexes:
        cells = [folded(cell) for cell in outline.paragraphs[at].cells]
        if any(cell == str(number) or cell.startswith((f"{number}.", f"{number}、")) for cell in cells[:2]):
            return _narrowed(here, [at])
    return None


def _narrowed(here: _Place, indexes: Sequence[int]) -> _Place | None:
    return _Place(tuple(indexes), None, (), here.lost, here.absent) if indexes else None


_FRONT_TITLES = ("前言", "引言", "序言")


def _before_chapters(outline: Outline, here: _Place, step: Step) -> _Place | None:
    """Step to what stands before the first chapter, or to the notice at its beginning."""
    first = next((one for one in outline.headings if one.kind == Kind.CHAPTER and one.parent is None), None)
    end = first.start if first is not None else len(outline.paragraphs)
    front = range(end)
    lost = here.lost
    if step.kind == Special.NOTICE:
        front = range(_end_of_notice(outline.paragraphs[:end]))
    elif first is None or first.number != 1:
        lost = (*lost, "一")
        titles = (one.start for one in outline.headings if one.words in _FRONT_TITLES and one.start < end)
        front = range(next(titles, 0), end)
    return replace(_Place(tuple(front)), lost=lost) if front else None


def _end_of_notice(front: Sequence[Paragraph]) -> int:
    """Return the index behind a notice: behind the line that says who may read it, or behind its date."""
    for at, paragraph in enumerate(front):
        if paragraph.words.endswith(("公开)", "公开发布)")):
            return at + 1
    return 0


def _term(outline: Outline, here: _Place, words: str) -> _Place | None:
    """Step to a heading or to paragraphs by a term.

    The place's own heading comes first where it begins with the term, then the headings and run-in titles within it,
    then its own heading where that only holds the term.
    """
    term = folded(words)
    if heading := _own(here, lambda title: title.startswith(term)) or _within(outline, here, term):
        return here if heading is here.heading else _at(here, heading)
    tables = {index for index, one in enumerate(outline.headings) if one.kind == Kind.TABLE and one is not here.heading}
    candidates = [(at, outline.paragraphs[at]) for at in here.indexes]
    rows = [(at, one) for at, one in candidates if one.cells or not tables.isdisjoint(one.under)]
    texts = [(at, one) for at, one in candidates if not one.cells and tables.isdisjoint(one.under)]
    found = terms.titled(term, texts)
    if not found and (heading := _own(here, lambda title: term in title)):
        return here if heading is here.heading else _at(here, heading)
    return _narrowed(here, _with_enumeration(outline, here, found or terms.find(term, texts, rows)))


def _own(here: _Place, fits: Callable[[str], bool]) -> Heading | None:
    """Return the heading of a place, or the other one of its number, whose title fits."""
    headings = (here.heading, *here.others)
    return next((one for one in headings if one is not None and fits(one.words)), None)


def _within(outline: Outline, here: _Place, term: str) -> Heading | None:
    """Return the heading within a place that a term names, or that begins with it."""
    inside = frozenset(here.indexes)
    titled = [one for one in outline.headings if one.start in inside and one is not here.heading]
    titled = [one for one in titled if is_title(one.title) or one.number is not None]
    named = (one for one in titled if term in (one.words, folded(one.title)))
    begun = (one for one in titled if one.words.startswith(term) or _is_frame(one, term))
    return next(named, None) or next(begun, None)


def _is_frame(heading: Heading, term: str) -> bool:
    return heading.kind == Kind.FRAME and folded(heading.title).startswith(term)


_ENUMERATED = re.compile(rf"{NUMERAL}是|其[一二三四五六七八九十]")


def _with_enumeration(outline: Outline, here: _Place, indexes: Sequence[int]) -> Sequence[int]:
    """Return the one paragraph that was found with those behind it that it introduces: 一是…, 二是…"""
    if len(indexes) != 1 or _ENUMERATED.match(outline.paragraphs[indexes[0]].text):
        return indexes
    end = indexes[0] + 1
    while end in here.indexes and _ENUMERATED.match(outline.paragraphs[end].text):
        end += 1
    return range(indexes[0], end)
