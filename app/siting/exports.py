"""Exports: the places of an answer with their footprints."""

import json
from pathlib import Path
from typing import Any

from app.db.reader import Reader
from app.features.conditions import quoted
from app.registry.definition import LayerDefinition
from app.siting.base_map import Drawing, read_base_map
from app.siting.sections import every_place
from app.siting.service import Answer

_ZONES = "SELECT id, geojson FROM yuantu.zone WHERE id = ANY(:ids)"


def _layer(layer: LayerDefinition) -> str:
    key, geojson = quoted(layer.source.key), quoted(layer.source.geojson)
    source = f"{layer.source.relation} AS f"
    return f"SELECT {key}::text AS id, {geojson} AS geojson FROM {source} WHERE {key}::text = ANY(:ids)"


async def drawing(answer: Answer, reader: Reader, geodata: Path) -> Drawing:
    """Return what the map of an answer is drawn from."""
    ids = [one["id"] for one in every_place(answer.document)]
    return Drawing(await _shapes(answer, reader, ids), await read_base_map(reader, geodata))


async def _shapes(answer: Answer, reader: Reader, ids: list[str]) -> dict[str, str]:
    """Return the footprints of places as GeoJSON text, by id; those that have one."""
    layer = None if answer.survey is None else answer.survey.question.layer
    rows = await reader.rows(_ZONES if layer is None else _layer(layer), {"ids": ids})
    return {row.id: row.geojson for row in rows if row.geojson is not None}


async def geojson(answer: Answer, reader: Reader) -> str:
    """Return the answer as a FeatureCollection (RFC 7946): a feature a place, flat properties, the rest as members."""
    results = answer.document["results"]
    found = await _shapes(answer, reader, [one["id"] for one in results])
    features = [_feature(one, found.get(one["id"])) for one in results]
    members = {name: answer.document[name] for name in ("request", "data_version", "date", "criteria", "links")}
    head = json.dumps({"type": "FeatureCollection", **members}, ensure_ascii=False, separators=(",", ":"))
    return f'{head[:-1]},"features":[{",".join(features)}]}}'


def _feature(one: dict[str, Any], geometry: str | None) -> str:
    properties: dict[str, Any] = {
        name: one[name]
        for name in (
            "rank",
            "tied",
            "tier",
            "group",
            "zone_id",
            "name_zh",
            "name_en",
            "kind",
            "level",
            "area_ha",
            "score",
        )
    }
    properties["possible"] = bool(one["possible"])
    properties["part_of"] = None if one["part_of"] is None else one["part_of"]["id"]
    properties["contains"] = ";".join(part["id"] for part in one["contains"]) or None
    properties["longitude"], properties["latitude"] = one["point"] or (None, None)
    for value in one["criteria"]:
        name = value["name"]
        properties |= {
            f"{name}_raw": value["raw"],
            f"{name}_value": value["normalised"],
            f"{name}_weight": value["weight"],
            f"{name}_contribution": value["contribution"],
            f"{name}_missing": value["missing"],
        }
    for language in ("zh", "en"):
        properties[f"reasons_{language}"] = "\n".join(one["reasons"][language])
    said = json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
    identifier = json.dumps(one["id"], ensure_ascii=False)
    return f'{{"type":"Feature","id":{identifier},"geometry":{geometry or "null"},"properties":{said}}}'
