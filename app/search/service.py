"""Service: a query to its hits, each with what of it matched."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from app.db.reader import Reader
from app.db.vocabulary import SEARCH_KINDS
from app.language import Language
from app.messages import Message
from app.problems import BadRequest, ParameterError
from app.search import sql
from app.search.normal import core, normal_query
from app.search.sound import sounds

ZONE_KINDS = SEARCH_KINDS[:6]
KINDS = ("zone", *SEARCH_KINDS)
"""What ``kind`` may name: ``zone`` stands for every kind of zone."""

MAX_QUERY = 100
MAX_LIMIT = 50
PARAMETERS = ("q", "kind", "limit", "lang")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search as a client asks for it.

    Attributes
    ----------
    words
        As typed.
    normal
        In normal form; empty when there is nothing to look for in it.
    kinds
        Kinds of targets, in the order of the vocabulary.
    limit
        Most hits.
    language
        Of titles and details.
    """

    words: str
    normal: str
    kinds: tuple[str, ...]
    limit: int
    language: Language


def parse(asked: dict[str, str]) -> SearchQuery:
    """Return the search that the parameters of a request ask for.

    Raises
    ------
    BadRequest
        Naming every parameter that is wrong, and what would be right.
    """
    errors: list[ParameterError] = []
    words = asked.get("q", "").strip()
    if not words:
        errors.append(
            ParameterError("q", "should be a name, a part of one, pinyin or initials, such as 渤龙湖, bolonghu or blh")
        )
    elif len(words) > MAX_QUERY:
        errors.append(
            ParameterError(
                "q",
                Message(
                    "is {length} characters long; at most {most} are looked for", length=len(words), most=MAX_QUERY
                ),
                words,
            )
        )
    kinds = _kinds(asked.get("kind"), errors)
    limit = _limit(asked.get("limit", "20"), errors)
    language = asked.get("lang", "zh")
    if language not in ("zh", "en"):
        errors.append(ParameterError("lang", "should be zh or en", language, ("zh", "en")))
    if errors:
        raise BadRequest(errors)
    return SearchQuery(words, normal_query(words), kinds, limit, "en" if language == "en" else "zh")


def _kinds(text: str | None, errors: list[ParameterError]) -> tuple[str, ...]:
    if text is None:
        return SEARCH_KINDS
    names = text.split(",")
    unknown = [name for name in names if name not in KINDS]
    if unknown:
        errors.append(
            ParameterError(
                "kind",
                Message("should be one or several of {names}, joined by commas", names=", ".join(KINDS)),
                text,
                KINDS,
            )
        )
    return tuple(kind for kind in SEARCH_KINDS if kind in names or ("zone" in names and kind in ZONE_KINDS))


def _limit(text: str, errors: list[ParameterError]) -> int:
    if text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= MAX_LIMIT:
        return int(text)
    errors.append(
        ParameterError(
            "limit", Message("should be a whole number from {least} to {most}", least=1, most=MAX_LIMIT), text
        )
    )
    return 1


async def find(reader: Reader, query: SearchQuery, *, layers: Collection[str], root: str) -> str:
    """Return the answer to a search as JSON text.

    Parameters
    ----------
    reader
        The database.
    query
        What is looked for.
    layers
        Ids of the layers that are published: a hit names no other.
    root
        Path under which a proxy serves the application, for links.
    """
    rows: Sequence[Row[Any]] = ()
    if query.normal:
        values = sql.hit_values(query.normal, query.words, list(query.kinds), query.limit + 1)
        rows = await reader.rows(sql.HITS, values)
    hits = [_hit(row, query, layers, root) for row in rows[: query.limit]]
    answer = {"q": query.words, "normal": query.normal, "more": len(rows) > query.limit, "hits": hits}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def _hit(row: Row[Any], query: SearchQuery, layers: Collection[str], root: str) -> dict[str, Any]:
    english = query.language == "en"
    layer = row.layer if row.layer in layers else None
    feature = row.feature if layer else None
    hit: dict[str, Any] = {
        "kind": row.kind,
        "id": row.id,
        "title": (row.title_en if english else None) or row.title_zh,
        "subtitle": row.detail_en if english else row.detail_zh,
        "matched": {"how": sql.HOW[row.grade], "form": row.form, "term": row.term, "ranges": ranges(row, query.normal)},
        "layer": layer,
        "feature": feature,
        "bbox": row.bbox,
        "point": row.point,
        "link": _link(row, layer, feature, root),
    }
    if row.kind == "industry":
        hit["zones"] = row.zones
    if row.parts:
        hit["parts"] = [
            {
                "layer": one["layer"],
                "feature": one["feature"],
                "title": (english and one["title_en"]) or one["title_zh"],
            }
            for one in row.parts
            if one["layer"] in layers
        ]
    return hit


def _link(row: Row[Any], layer: str | None, feature: str | None, root: str) -> str | None:
    if feature is not None:
        return f"{root}/?select={layer}/{feature}"
    if layer is not None:
        return f"{root}/?layers={layer}"
    if row.kind == "industry":
        return f"{root}/api/zones?industry={row.id}"
    return None


def ranges(row: Row[Any], query: str) -> list[list[int]]:
    """Return which characters of the term a query matched, as pairs of first and one past the last.

    Parameters
    ----------
    row
        A row of ``HITS``.
    query
        In normal form. What is only near a term lights nothing up in it.
    """
    span = _span(row, query)
    if span is None:
        return []
    begin, end = span
    lit = [n for n in range(len(row.term)) if row.offsets[n] < end and row.offsets[n + 1] > begin]
    return [[lit[0], lit[-1] + 1]] if lit else []


def _span(row: Row[Any], query: str) -> tuple[int, int] | None:
    """Return the part of the normal form that a query matched."""
    match row.grade:
        case sql.FUZZY:
            return None
        case sql.CORE | sql.HALF_CORE:
            bare = core(query)
            return _first(row, bare.text if bare else query) or (0, len(row.normal))
        case sql.PINYIN:
            return 0, len(row.normal)
        case sql.PINYIN_PREFIX:
            heard = max((len(one) for one in sounds(query) if row.normal.startswith(one)), default=0)
            return 0, heard
        case sql.LOOSE:
            return 0, _cut_short(row, query)
        case _:
            return _first(row, query)


def _first(row: Row[Any], words: str) -> tuple[int, int] | None:
    begin = next((start for start in row.starts if row.normal.startswith(words, start)), None)
    return None if begin is None else (begin, begin + len(words))


def _cut_short(row: Row[Any], query: str) -> int:
    """Return where the last syllable ends that a query of shortened syllables names."""
    ends = [*row.starts[1:], len(row.normal)]
    reached = {0}
    for begin, end in zip(row.starts, ends, strict=True):
        syllable = row.normal[begin:end]
        longest = {at: _common(query[at:], syllable) for at in reached}
        reached = {at + n for at, most in longest.items() for n in range(1, most + 1)}
        if len(query) in reached:
            return int(end)
    return len(row.normal)


def _common(left: str, right: str) -> int:
    """Return how many letters two words begin alike with."""
    return next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
