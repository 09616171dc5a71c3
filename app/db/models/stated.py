"""What rows that state something share: a source, a subject, a geometry that says what it is."""

from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from app.db.models.base import fk, geojson_column, geometry_column

EXPLAINED = (
    "(geom IS NULL) = (geometry_status IS NULL) AND (geom IS NULL) = (extent_basis IS NULL) AND (geom IS NULL OR"
    " (geometry_method_zh, geometry_method_en, geometry_source_zh, geometry_source_en) IS NOT NULL)"
)
"""A geometry says what it is, what its extent rests on, how it was made and of what, in both languages."""

MEASURED = "extent_basis IN ('document', 'members')"
"""Only of an extent that a text gives, or that is put together from such, is there an area."""


class Stated:
    """A row that states something: the document it is from and the place in it."""

    document_id: Mapped[str] = fk("document.id")
    locator: Mapped[str]
    sort: Mapped[int]


class Sourced(Stated):
    """The same with a note of ours, in both languages or in none."""

    note_zh: Mapped[str | None]
    note_en: Mapped[str | None]


class Subject:
    """What a statement speaks of: a zone or an element of a plan, one of the two."""

    zone_id: Mapped[str | None] = fk("zone.id", nullable=True)
    element_id: Mapped[str | None] = fk("plan_element.id", nullable=True)


def one_subject() -> CheckConstraint:
    """A statement speaks of one thing."""
    return CheckConstraint("num_nonnulls(zone_id, element_id) = 1", name="one_subject")


class Drawn:
    """A geometry, what it is, what its extent rests on, how it was made and of what."""

    geom: Mapped[Any] = geometry_column("MULTIPOLYGON")
    geojson: Mapped[str | None] = geojson_column()
    geometry_status: Mapped[str | None]
    extent_basis: Mapped[str | None]
    geometry_method_zh: Mapped[str | None]
    geometry_method_en: Mapped[str | None]
    geometry_source_zh: Mapped[str | None]
    geometry_source_en: Mapped[str | None]
