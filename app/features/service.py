"""Service: layers and their features, as the routes need them."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.db.reader import Reader
from app.facts.industries import resolve_industry
from app.features import sql
from app.features.encoders import ENCODERS
from app.features.ordering import next_cursor
from app.features.query import ItemsQuery, allowed_parameters
from app.messages import Message
from app.problems import BadRequest, ParameterError
from app.registry.definition import LayerDefinition
from app.registry.reader import Registry


async def industries_of(reader: Reader, query: ItemsQuery) -> list[str]:
    """Return the ids that the industry of a query stands for.

    Raises
    ------
    BadRequest
        When the industry is unknown.
    """
    return await resolve_industry(reader, query.industry) if query.industry is not None else []


@dataclass(frozen=True, slots=True)
class PageResult:
    """A page of features.

    Attributes
    ----------
    features
        The features' texts in UTF-8, joined by commas.
    returned
        How many there are on the page.
    matched
        How many match altogether, where that is known.
    cursor
        Where the next page goes on; None on the last.
    """

    features: bytes
    returned: int
    matched: int | None
    cursor: str | None


async def read_page(
    reader: Reader, layer: LayerDefinition, query: ItemsQuery, *, count_bound: int, page_bytes: int
) -> PageResult:
    """Return a page. ``query.limit`` is set.

    Parameters
    ----------
    reader, layer, query
        The database, and what is asked of it.
    count_bound
        Matching features are counted up to this number.
    page_bytes
        The page ends with the feature that brings it to this size, bytes, should that come before the limit.

    Raises
    ------
    BadRequest
        When the industry, the filter, the order or the cursor is wrong; when the page is too large and the client
        counts by offsets, and so would pass over what did not fit.
    """
    page = sql.page_statement(layer, query, await industries_of(reader, query), count_bound, page_bytes)
    row = await reader.bytes_row(page.statement.clause, page.statement.values)
    assert row is not None  # noqa: S101 - an aggregate has one row
    features, returned, more, matched, *last = row
    if more and returned < (query.limit or 0) and "offset" in query.raw:
        raise BadRequest([ParameterError("limit", _too_large(returned, page_bytes), str(query.limit))])
    if matched is not None and matched > count_bound:
        matched = None
    cursor = next_cursor(layer, query, [None if one is None else one.decode() for one in last]) if more else None
    return PageResult(features, returned, matched, cursor)


def _too_large(fitting: int, page_bytes: int) -> str:
    return Message(
        "only the first {count} of these features fit into the {size} MB of a page; ask for fewer at a time, or leave"
        " out offset and follow the next links",
        count=fitting,
        size=round(page_bytes / 1e6, 1),
    )


def page_text(page: PageResult, links: Sequence[Mapping[str, str]]) -> bytes:
    """Return a page as the text of a FeatureCollection, in UTF-8."""
    matched = "" if page.matched is None else f'"numberMatched":{page.matched},'
    said = json.dumps(list(links), ensure_ascii=False, separators=(",", ":"))
    head = f'{{"type":"FeatureCollection",{matched}"numberReturned":{page.returned},"links":{said},"features":['
    return b"".join((head.encode(), page.features, b"]}"))


async def read_item(reader: Reader, layer: LayerDefinition, query: ItemsQuery, feature_id: str) -> str | None:
    """Return one feature as text, or None when the layer has none of that id."""
    if "\x00" in feature_id:
        return None
    if layer.source.key_type == "integer":
        digits = feature_id.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 19):
            return None
    statement = sql.item_statement(layer, query, feature_id)
    found: str | None = await reader.value(statement.clause, statement.values)
    return found


_CLEARANCE = 0.0125
"""Degrees (1.2 km) between an extent and what it holds: in Gauss-Kruger parallels are curved (by 230 m over the width
of Tianjin) and meridians lean (by 0.5 degrees at 118 E), and an extent of two corners turned into such a CRS should
still find everything."""


@dataclass(frozen=True, slots=True)
class LayerSize:
    """How much a layer holds.

    Attributes
    ----------
    features
        Number of features.
    extent
        West, south, east and north in degrees; None when nothing has a geometry.
    accuracy_m
        The best and the worst accuracy that its features state, metres; None when none does.
    time
        The first and the last instant of its features, RFC 3339; None is an open end. None when they have no time.
    """

    features: int
    extent: list[float] | None
    accuracy_m: list[float] | None = None
    time: list[str | None] | None = None


def outward(west: float, south: float, east: float, north: float) -> list[float]:
    """Return a box rounded outward to two decimals (1 km), clear of what it holds."""
    low = [math.floor((edge - _CLEARANCE) * 100) / 100 for edge in (west, south)]
    high = [math.ceil((edge + _CLEARANCE) * 100) / 100 for edge in (east, north)]
    return [max(low[0], -180.0), max(low[1], -90.0), min(high[0], 180.0), min(high[1], 90.0)]


class LayerSizes:
    """Sizes of layers, asked for once a data version."""

    def __init__(self, reader: Reader) -> None:
        """Keep the reader."""
        self._reader = reader
        self._version = ""
        self._known: dict[str, LayerSize] = {}

    async def of(self, layer: LayerDefinition) -> LayerSize:
        """Return the size of a layer."""
        version = await self._reader.data_version()
        if version != self._version:
            self._version, self._known = version, {}
        if layer.id not in self._known:
            row = (await self._reader.rows(sql.summary_statement(layer)))[0]
            box = (row.west, row.south, row.east, row.north)
            extent = None if row.west is None else outward(*box)
            accuracy = None if row.best is None else [float(row.best), float(row.worst)]
            time = [row.first, row.last] if layer.datetime and row.features else None
            self._known[layer.id] = LayerSize(row.features, extent, accuracy, time)
        return self._known[layer.id]


async def layer_list(reader: Reader, registry: Registry, sizes: LayerSizes, data_version: str) -> dict[str, Any]:
    """Return the description of every layer, with its number of features and its extent."""
    documents = {row.id: dict(row._mapping) for row in await reader.rows(_DOCUMENTS)}
    layers = [
        layer_summary(layer, await sizes.of(layer), documents, data_version) for layer in registry.layers.values()
    ]
    return {
        "groups": [group.model_dump(mode="json") for group in registry.groups],
        "layers": layers,
        "data_version": data_version,
    }


_DOCUMENTS = "SELECT id, title_zh, title_en, short_title_zh, issuer_zh, issued_on FROM yuantu.document"

FILTERS = ("industry", "level", "q")
"""Parameters beyond CQL2 that narrow some layers and not others."""


def layer_summary(
    layer: LayerDefinition, size: LayerSize, documents: Mapping[str, Any], data_version: str
) -> dict[str, Any]:
    """Return the description of one layer: the layer file without its source, and what the database adds."""
    return {
        **layer.model_dump(mode="json", exclude={"source", "filters", "documents", "max_age", "tiles"}),
        "documents": [documents[one] for one in layer.documents if one in documents],
        "filters": [name for name in allowed_parameters(layer) if name in FILTERS],
        "legend": [entry.model_dump(mode="json") for entry in layer.style.classes],
        "count": size.features,
        "extent": size.extent,
        "accuracy_m": size.accuracy_m,
        "data_version": data_version,
        "links": [{"rel": "items", "type": "application/geo+json", "href": f"/layers/{layer.id}.geojson"}],
        "downloads": [
            {
                "href": f"/layers/{layer.id}.{one.extension}",
                "type": one.media_type,
                "format": one.extension,
                "title": {"zh": one.title_zh, "en": one.title_en},
            }
            for one in ENCODERS.values()
        ],
    }
