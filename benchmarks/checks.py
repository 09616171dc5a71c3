"""Checks: nothing is timed before its answers were looked at."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import httpx

SAMPLES = 5


class WrongAnswer(RuntimeError):
    """An answer that must not be timed."""


@dataclass(frozen=True)
class Answers:
    """What the sampled answers of a contender hold.

    Attributes
    ----------
    features
        Number of features in each.
    ids
        Ids of the features in each, as text; empty where the format has none.
    matched
        ``numberMatched`` of each, where it is given.
    bytes_each
        Mean size of the bodies.
    """

    features: tuple[int, ...]
    ids: tuple[frozenset[str], ...]
    matched: tuple[int | None, ...]
    bytes_each: float


def sample(paths: list[str]) -> list[str]:
    """Return the paths that are looked at: spread over the list."""
    step = max(1, len(paths) // SAMPLES)
    return paths[::step][:SAMPLES]


def look(url: str, paths: list[str], kind: str, headers: Mapping[str, str] | None = None) -> Answers:
    """Fetch some of the paths and look inside.

    Parameters
    ----------
    url
        ``http://host:port``.
    paths
        All paths of a contender.
    kind
        ``features`` (GeoJSON), ``tile`` (a Mapbox vector tile) or ``304`` (not modified, no body).
    headers
        Further request headers.

    Raises
    ------
    WrongAnswer
        When one is not what was asked for.
    """
    found = []
    with httpx.Client(base_url=url, timeout=60, headers={"Accept-Encoding": "identity", "Accept": "*/*"}) as client:
        for path in sample(paths):
            answer = client.get(path, headers=dict(headers or {}))
            wanted = 304 if kind == "304" else 200
            if answer.status_code != wanted:
                raise WrongAnswer(f"{path} answers {answer.status_code}: {answer.text[:300]}")
            found.append((_inside(answer.content, kind), len(answer.content)))
    return Answers(
        tuple(one[0] for one, _ in found),
        tuple(one[1] for one, _ in found),
        tuple(one[2] for one, _ in found),
        sum(size for _, size in found) / len(found),
    )


def _inside(body: bytes, kind: str) -> tuple[int, frozenset[str], int | None]:
    if kind == "features":
        document = json.loads(body)
        features = document["features"]
        return len(features), frozenset(str(one["id"]) for one in features), document.get("numberMatched")
    if kind == "tile":
        return tile_features(body), frozenset(), None
    return 0, frozenset(), None


def tile_features(tile: bytes) -> int:
    """Return the number of features in a vector tile (Mapbox Vector Tile 2.1: layers are field 3, features field 2)."""
    return sum(
        sum(1 for number, _ in _fields(layer) if number == 2)
        for field, layer in _fields(tile)
        if field == 3 and isinstance(layer, bytes)
    )


def _fields(message: bytes) -> Iterator[tuple[int, bytes | int]]:
    """Yield the fields of a protocol-buffers message."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        wire = key & 7
        if wire == 0:
            value, at = _varint(message, at)
            yield key >> 3, value
            continue
        if wire == 2:
            size, at = _varint(message, at)
        elif wire in (1, 5):
            size = 8 if wire == 1 else 4
        else:
            raise WrongAnswer(f"not a vector tile: wire type {wire}")
        yield key >> 3, message[at : at + size]
        at += size


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(message):
            raise WrongAnswer("not a vector tile: it ends in the middle of a number")
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
        shift += 7


def difference(answers: Answers, reference: Answers, *, expected: int | None, tolerance: float | None) -> str | None:
    """Return what is wrong with the answers of a contender, or None.

    Where every body is a full page, which features stand on it is each server's choice, so only their number is
    compared; where both give `numberMatched`, that too.

    Parameters
    ----------
    answers, reference
        Of the contender, and of the first one.
    expected
        Number of features each must hold.
    tolerance
        How much the number of features may differ from the reference, as a share; None: not compared.
    """
    if expected is not None and any(one != expected for one in answers.features):
        return f"answers hold {answers.features} features instead of {expected}"
    if any(ids and len(ids) != count for ids, count in zip(answers.ids, answers.features, strict=True)):
        return "ids are not unique"
    if tolerance is None:
        return None
    for one, other in zip(answers.features, reference.features, strict=True):
        if abs(one - other) > tolerance * max(one, other):
            return f"an answer holds {one} features where the first contender's holds {other}"
    for mine, theirs in zip(answers.matched, reference.matched, strict=True):
        if None not in (mine, theirs) and mine != theirs:
            return f"numberMatched is {mine} where the first contender says {theirs}"
    return None
