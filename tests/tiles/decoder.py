"""A reader of Mapbox Vector Tiles, written from the specification (version 2.1): independent of PostGIS and of GDAL."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Ring = list[tuple[int, int]]


@dataclass
class Feature:
    id: int | None = None
    kind: int = 0
    properties: dict[str, Any] = field(default_factory=dict)
    parts: list[Ring] = field(default_factory=list)


@dataclass
class Layer:
    name: str = ""
    version: int = 1
    extent: int = 4096
    features: list[Feature] = field(default_factory=list)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _fields(data: bytes) -> Iterator[tuple[int, Any]]:
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        if key & 7 == 0:
            value, at = _varint(data, at)
            yield key >> 3, value
            continue
        size = {1: 8, 5: 4}.get(key & 7)
        if size is None:
            size, at = _varint(data, at)
        yield key >> 3, data[at : at + size]
        at += size


def _packed(data: bytes) -> list[int]:
    values, at = [], 0
    while at < len(data):
        value, at = _varint(data, at)
        values.append(value)
    return values


def _signed(value: int) -> int:
    return (value >> 1) ^ -(value & 1)


def _value(data: bytes) -> Any:
    number, raw = next(_fields(data))
    if number == 1:
        return raw.decode("utf-8")
    if number in (2, 3):
        return struct.unpack("<f" if number == 2 else "<d", raw)[0]
    if number == 4:
        return raw - (1 << 64) if raw >= 1 << 63 else raw
    return {5: lambda: raw, 6: lambda: _signed(raw), 7: lambda: bool(raw)}[number]()


def _geometry(commands: list[int]) -> list[Ring]:
    parts: list[Ring] = []
    x = y = at = 0
    while at < len(commands):
        command, count = commands[at] & 7, commands[at] >> 3
        at += 1
        if command == 7:
            parts[-1].append(parts[-1][0])
            continue
        for _ in range(count):
            x, y = x + _signed(commands[at]), y + _signed(commands[at + 1])
            at += 2
            if command == 1:
                parts.append([])
            parts[-1].append((x, y))
    return parts


def _feature(data: bytes, keys: list[str], values: list[Any]) -> Feature:
    feature = Feature()
    for number, raw in _fields(data):
        if number == 1:
            feature.id = raw
        elif number == 2:
            tags = _packed(raw)
            feature.properties = {keys[k]: values[v] for k, v in zip(tags[::2], tags[1::2], strict=True)}
        elif number == 3:
            feature.kind = raw
        elif number == 4:
            feature.parts = _geometry(_packed(raw))
    return feature


def decode(tile: bytes) -> list[Layer]:
    layers = []
    for number, data in _fields(tile):
        assert number == 3
        found = list(_fields(data))
        layer = Layer()
        keys = [raw.decode("utf-8") for n, raw in found if n == 3]
        values = [_value(raw) for n, raw in found if n == 4]
        for n, raw in found:
            if n == 1:
                layer.name = raw.decode("utf-8")
            elif n == 15:
                layer.version = raw
            elif n == 5:
                layer.extent = raw
            elif n == 2:
                layer.features.append(_feature(raw, keys, values))
        layers.append(layer)
    return layers
