"""Export: the features of a query in any format, streamed."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from fastapi import Request
from fastapi.responses import Response

from app.answers import etag, streaming_answer, text_answer
from app.db.reader import Reader
from app.features import sql
from app.features.encoders import Encoder, EncoderOptions, FeatureStream, Row, SourceDocument
from app.features.encoders.stream import Charset
from app.features.query import ItemsQuery
from app.features.service import industries_of
from app.geodesy.crs import CRS84, Crs
from app.registry.definition import LayerDefinition

BATCH = 500
"""Features fetched from the database at a time."""

STREAM_FROM = 2_000
"""Layers of more features than this are sent while they are read, instead of from memory."""

LEFT_OUT = "Yuantu-Left-Out"
"""Header of formats that cannot hold a feature without a geometry: how many of the answer's features are left out."""

_NOWHERE = "wkb IS NULL OR ST_IsEmpty(ST_GeomFromWKB(wkb))"


async def _texts(reader: Reader, layer: LayerDefinition, query: ItemsQuery) -> AsyncGenerator[Sequence[str], None]:
    statement = sql.texts_statement(layer, query, await industries_of(reader, query))
    async for rows in reader.stream(statement.clause, statement.values, BATCH):
        yield [row.feature for row in rows]


async def _records(reader: Reader, layer: LayerDefinition, query: ItemsQuery) -> AsyncGenerator[Sequence[Row], None]:
    statement = sql.records_statement(layer, query, await industries_of(reader, query))
    async for rows in reader.stream(statement.clause, statement.values, BATCH):
        yield [Row(one[0], one[1], one[2:]) for one in map(tuple, rows)]


async def _unlocated(reader: Reader, layer: LayerDefinition, query: ItemsQuery) -> int:
    """Return how many features of an answer have no geometry, or an empty one."""
    bare = replace(query, crs=CRS84, simplify=None, properties=())
    rows = sql.records_statement(layer, bare, await industries_of(reader, query))
    # Nothing of a client's stands in the statement: its values are bound.
    statement = f"SELECT count(*) FROM ({rows.clause}) AS answer WHERE {_NOWHERE}"  # noqa: S608
    found: int = await reader.value(statement, rows.values)
    return found


async def _documents(reader: Reader, layer: LayerDefinition) -> tuple[SourceDocument, ...]:
    statement = "SELECT id, title_zh, title_en FROM yuantu.document WHERE id = ANY(CAST(:ids AS text[])) ORDER BY sort"
    rows = await reader.rows(statement, {"ids": list(layer.documents)})
    return tuple(SourceDocument(row.id, row.title_zh, row.title_en) for row in rows)


async def feature_stream(
    reader: Reader, layer: LayerDefinition, query: ItemsQuery, encoder: Encoder, version: str
) -> FeatureStream:
    """Return the source an encoder reads: ready texts or records, whichever it wants."""

    async def tail(returned: int) -> Mapping[str, Any]:
        if query.limit is None and not query.offset and query.cursor is None:
            return {"numberMatched": returned}
        if query.skip_count:
            return {}
        statement = sql.count_statement(layer, query, await industries_of(reader, query))
        return {"numberMatched": await reader.value(statement.clause, statement.values)}

    texts = encoder.reads == "texts"
    return FeatureStream(
        layer=layer,
        fields=sql.selected_fields(layer, query),
        crs=query.crs,
        with_geometry=not query.skip_geometry,
        data_version=version,
        texts=_texts(reader, layer, query) if texts else None,
        rows=None if texts else _records(reader, layer, query),
        head={"name": layer.id},
        tail=tail,
        documents=await _documents(reader, layer),
        options=EncoderOptions(encoding=cast(Charset, query.encoding)),
    )


def _headers(layer: LayerDefinition, query: ItemsQuery, encoder: Encoder) -> dict[str, str]:
    disposition = "inline" if encoder.reads == "texts" else "attachment"
    headers = {
        "Content-Crs": f"<{query.crs.uri}>",
        "Content-Disposition": f'{disposition}; filename="{layer.id}.{encoder.extension}"',
    }
    if encoder.profile is not None:
        headers["Link"] = f'<{encoder.profile}>; rel="profile"'
    return headers


async def export(
    request: Request, layer: LayerDefinition, query: ItemsQuery, encoder: Encoder, *, default_crs: Crs | None = None
) -> Response:
    """Answer a query in a format.

    Parameters
    ----------
    request
        For the parts of the application, and for what its client has already.
    layer, query
        What is asked for.
    encoder
        The format.
    default_crs
        The CRS when none is asked for; the format's own if absent.

    Raises
    ------
    BadRequest
        When the format cannot be in the CRS asked for, or the query is wrong.
    """
    reader: Reader = request.app.state.reader
    asked = query.crs if "crs" in query.raw else None
    query = replace(
        query,
        crs=encoder.crs_for(asked, default_crs),
        skip_geometry=query.skip_geometry or not encoder.geometry,
    )
    # Wrong questions are refused before anything is sent.
    sql.records_statement(layer, query, await industries_of(reader, query))
    version = await reader.data_version()
    tag = etag(
        version, request.app.state.registry.digests[layer.id], query.canonical, query.crs.uri, encoder.key, "export"
    )
    media_type = encoder.content_type(EncoderOptions(encoding=cast(Charset, query.encoding)))
    headers = _headers(layer, query, encoder)
    if not encoder.unlocated:
        headers[LEFT_OUT] = str(await _unlocated(reader, layer, query))

    async def chunks() -> AsyncGenerator[bytes, None]:
        stream = await feature_stream(reader, layer, query, encoder, version)
        async for chunk in encoder.encode(stream):
            yield chunk

    about: dict[str, Any] = {
        "media_type": media_type, "max_age": layer.max_age, "headers": headers, "version": version,
    }  # fmt: skip
    small = (await request.app.state.sizes.of(layer)).features <= STREAM_FROM
    if small and not query.raw:
        # The whole of a small layer is what everybody asks for: it is kept.
        async def whole() -> bytes:
            return b"".join([chunk async for chunk in chunks()])

        return await text_answer(request, tag, whole, cacheable=True, **about)
    return streaming_answer(request, tag, chunks, **about)
