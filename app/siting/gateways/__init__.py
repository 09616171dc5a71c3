"""Gateways: kinds of facilities that distances are measured to, each a file of data in this folder."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.settings import Settings

HERE = Path(__file__).parent


class GatewayFileError(ValueError):
    """A file of a gateway cannot be read; the message names it and what is wrong."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """A gateway.

    Attributes
    ----------
    name
        Its name in requests and answers.
    order
        Its place among the criteria.
    facilities
        The kind of facility.
    title, one
        What people see: as a heading, and inside a sentence; by language.
    curve
        Kilometres and value, rising in kilometres.
    colour
        Of its bar, by theme of the page: light and dark.
    words
        Words for it in sentences.
    """

    name: str
    order: int
    facilities: str
    title: Mapping[str, str]
    one: Mapping[str, str]
    curve: tuple[tuple[float, float], ...]
    colour: Mapping[str, str]
    words: tuple[str, ...]


def read_gateway(path: Path) -> Gateway:
    """Read the file of a gateway.

    Raises
    ------
    GatewayFileError
        When a key is missing or unknown, or a value is of another kind.
    """
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    wanted = set(Gateway.__slots__)
    if found.keys() != wanted:
        odd = ", ".join(sorted(found.keys() ^ wanted))
        raise GatewayFileError(f"{path}: a gateway has the keys {', '.join(sorted(wanted))}; wrong or missing: {odd}")
    try:
        curve = tuple((float(km), float(value)) for km, value in found["curve"])
        words = tuple(word.strip() for word in found["words"].split("|") if word.strip())
        return Gateway(**{**found, "order": int(found["order"]), "curve": curve, "words": words})
    except (TypeError, ValueError, AttributeError) as error:
        raise GatewayFileError(f"{path}: {error}") from None


def folders(name: str) -> Iterator[Path]:
    """Yield the folder of that name of the operator's own siting files, where there is one.

    Raises
    ------
    GatewayFileError
        When the operator's folder is none.
    """
    own = Settings().siting_dir
    if own is None:
        return
    if not own.is_dir():
        raise GatewayFileError(f"YUANTU_SITING_DIR: {own} is no folder")
    if (own / name).is_dir():
        yield own / name


def read_gateways(places: Sequence[Path]) -> dict[str, Gateway]:
    """Return the gateways of some folders by name, in their order.

    Raises
    ------
    GatewayFileError
        When a file cannot be read, or two gateways are called alike.
    """
    found: dict[str, Gateway] = {}
    for path in (path for place in places for path in sorted(place.glob("*.yaml"))):
        gateway = read_gateway(path)
        if gateway.name in found:
            raise GatewayFileError(f"{path}: there is a gateway {gateway.name} already")
        found[gateway.name] = gateway
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))


GATEWAYS = read_gateways([HERE, *folders("gateways")])
"""Every gateway by its name."""
