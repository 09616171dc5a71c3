"""Service: layers and their features, as the routes need them."""

import asyncio
from collections.abc import Mapping
from typing import Any

from app.db.reader import Reader
from app.facts.industries import resolve_industry
from app.features import sql
from app.features.query import ItemsQuery, allowed_parameters
from app.registry.definition import LayerDefinition
from app.registry.reader import Registry


async def collection_text(reader: Reader, layer: LayerDefinition, query: ItemsQuery) -> str:
    """Return the features that a query asks for, as the text of a FeatureCollection.

    Raises
    ------
    BadRequest
        When the industry of the query is unknown.
    """
    industries = await resolve_industry(reader, query.industry) if query.industry is not None else []
    statement, values = sql.collection_statement(layer, query, industries)
    return str(await reader.value(statement, values))


async def layer_list(reader: Reader, registry: Registry, data_version: str) -> dict[str, Any]:
    """Return the description of every layer, with its number of features and its extent."""
    documents = {row.id: dict(row._mapping) for row in await reader.rows(_DOCUMENTS)}
    layers = await asyncio.gather(
        *(layer_summary(reader, layer, documents, data_version) for layer in registry.layers.values())
    )
    return {
        "groups": [group.model_dump(mode="json") for group in registry.groups],
        "layers": layers,
        "data_version": data_version,
    }


_DOCUMENTS = "SELECT id, title_zh, title_en, short_title_zh FROM yuantu.document"


async def layer_summary(
    reader: Reader, layer: LayerDefinition, documents: Mapping[str, Any], data_version: str
) -> dict[str, Any]:
    """Return the description of one layer: the layer file without its source, and what the database adds."""
    row = (await reader.rows(sql.summary_statement(layer)))[0]
    box = [row.west, row.south, row.east, row.north]
    return {
        **layer.model_dump(mode="json", exclude={"source", "filters", "documents", "max_age"}),
        "documents": [documents[one] for one in layer.documents if one in documents],
        "filters": [name for name in allowed_parameters(layer) if name not in ("bbox", "limit")],
        "legend": [entry.model_dump(mode="json") for entry in layer.style.classes],
        "count": row.count,
        "extent": None if row.west is None else [round(edge, 6) for edge in box],
        "data_version": data_version,
        "links": [{"rel": "items", "type": "application/geo+json", "href": f"/layers/{layer.id}.geojson"}],
    }
