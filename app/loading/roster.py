"""The roster of zones: what counts as a park, and which district administers a zone."""

from collections.abc import Iterable, Mapping

from app.loading.tables import Row


def park_ids(zones: Iterable[Row]) -> set[str]:
    """Return the zones that count as parks: parks, and development zones that hold none (东疆, 中新生态城).

    It is decided here and nowhere else; the column ``zone.is_park`` keeps it.
    """
    zones = list(zones)
    holding = {row["parent"] for row in zones if row["kind"] == "park"}
    return {
        row["id"]
        for row in zones
        if row["kind"] == "park" or (row["kind"] == "development_zone" and row["id"] not in holding)
    }


def districts_of(zones: Iterable[Row], theme_parks: Iterable[Row] = ()) -> Mapping[str, str | None]:
    """Return for each zone the district it is administered in (管理归属): itself, or the first one above it."""
    rows = {row["id"]: row for row in zones}
    rows |= {row["id"]: row for row in theme_parks}
    found: dict[str, str | None] = {}
    for zone in rows:
        at: str | None = zone
        steps = 0
        while at is not None and rows[at].values.get("kind") != "district" and steps < len(rows):
            at, steps = rows[at]["parent"], steps + 1
        found[zone] = at if at is not None and rows[at].values.get("kind") == "district" else None
    return found
