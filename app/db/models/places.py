"""Places: zones and plan elements with their geometries, what they are to become, and what links them."""

from sqlalchemy import BigInteger, CheckConstraint, Computed, Float, Identity, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import vocabulary
from app.db.models.base import Base, fk, one_of, texts
from app.db.models.stated import EXPLAINED, MEASURED, Drawn, Sourced, Stated, Subject, one_subject


class Zone(Stated, Drawn, Base):
    """A municipality, district, development zone, park, functional area or theme park, with its footprint."""

    __tablename__ = "zone"
    __table_args__ = (
        one_of("kind", vocabulary.ZONE_KINDS, "kind"),
        one_of("level", vocabulary.ZONE_LEVELS, "level"),
        one_of("geometry_status", vocabulary.GEOMETRY_STATUSES, "geometry_status"),
        one_of("extent_basis", vocabulary.EXTENT_BASES, "extent_basis"),
        CheckConstraint("id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="id_slug"),
        CheckConstraint("official_area_ha > 0", name="official_area_positive"),
        CheckConstraint("ST_IsValid(geom)", name="geom_valid"),
        CheckConstraint("NOT ST_IsEmpty(geom)", name="geom_not_empty"),
        CheckConstraint("ST_IsPolygonCCW(geom)", name="geom_ccw"),
        CheckConstraint("area_ha > 0", name="area_positive"),
        CheckConstraint("accuracy_m > 0", name="accuracy_positive"),
        CheckConstraint(EXPLAINED, name="geometry_explained"),
        CheckConstraint("parent_id <> id", name="not_own_parent"),
        Index("ix_zone_geom", "geom", postgresql_using="gist"),
        Index(None, "parent_id"),
        Index(None, "kind"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    short_name_zh: Mapped[str | None]
    parent_id: Mapped[str | None] = fk("zone.id", nullable=True)
    kind: Mapped[str]
    level: Mapped[str | None]
    aliases: Mapped[list[str]] = texts()
    positioning_zh: Mapped[str | None]
    positioning_en: Mapped[str | None]
    official_area_ha: Mapped[float | None]
    official_area_year: Mapped[int | None] = mapped_column(SmallInteger)
    official_area_source: Mapped[str | None]
    parks_listed_by: Mapped[str | None] = fk("document.id", nullable=True)
    """The document that lists the parks of a district; of the others it is not known how many parks they have."""
    note_zh: Mapped[str | None]
    note_en: Mapped[str | None]
    area_ha: Mapped[float | None] = mapped_column(
        Float(53),
        Computed(f"CASE WHEN {MEASURED} THEN ST_Area(geom::geography) / 10000 END", persisted=True),
        nullable=True,
    )
    """Geodesic, of a shape that is the zone's own extent."""
    accuracy_m: Mapped[float | None]
    """Likely error of an edge; of a shape that is not the zone's own extent it is not told."""
    is_park: Mapped[bool]
    """Whether it counts as a park: parks, and development zones that hold none."""
    district_id: Mapped[str | None] = fk("zone.id", nullable=True)
    """The district whose authorities administer it, directly or through a development zone (管理归属)."""


class ZoneHost(Stated, Base):
    """A document's statement that a zone hosts a theme park, or that its core is there."""

    __tablename__ = "zone_host"
    __table_args__ = (
        one_of("role", vocabulary.HOST_ROLES, "role"),
        UniqueConstraint("zone_id", "host_id", "document_id", "locator"),
        Index(None, "host_id"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    zone_id: Mapped[str] = fk("zone.id")
    host_id: Mapped[str] = fk("zone.id")
    role: Mapped[str]
    wording: Mapped[str]


class ZoneLiesIn(Base):
    """A district that a zone's footprint lies in (地处), with the share of the footprint."""

    __tablename__ = "zone_lies_in"
    __table_args__ = (CheckConstraint("share > 0 AND share <= 1", name="share_in_range"), Index(None, "district_id"))
    zone_id: Mapped[str] = fk("zone.id", primary_key=True)
    district_id: Mapped[str] = fk("zone.id", primary_key=True)
    share: Mapped[float]


class Plan(Sourced, Base):
    """A spatial plan, such as 一核两带多片区."""

    __tablename__ = "plan"
    id: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    scope_zone_id: Mapped[str] = fk("zone.id")
    parent_element_id: Mapped[str | None] = fk("plan_element.id", nullable=True, use_alter=True)
    positioning_zh: Mapped[str | None]
    positioning_en: Mapped[str | None]


class PlanElement(Sourced, Drawn, Base):
    """A core, belt, valley or area of a plan; its geometry follows from its members."""

    __tablename__ = "plan_element"
    __table_args__ = (
        one_of("kind", vocabulary.PLAN_ELEMENT_KINDS, "kind"),
        one_of("geometry_status", vocabulary.GEOMETRY_STATUSES, "geometry_status"),
        one_of("extent_basis", vocabulary.EXTENT_BASES, "extent_basis"),
        CheckConstraint("ST_IsValid(geom)", name="geom_valid"),
        CheckConstraint("ST_IsPolygonCCW(geom)", name="geom_ccw"),
        CheckConstraint(EXPLAINED, name="geometry_explained"),
        Index("ix_plan_element_geom", "geom", postgresql_using="gist"),
        Index(None, "plan_id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    plan_id: Mapped[str] = fk("plan.id")
    parent_id: Mapped[str | None] = fk("plan_element.id", nullable=True)
    kind: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    positioning_zh: Mapped[str | None]
    positioning_en: Mapped[str | None]


class PlanElementZone(Base):
    """A zone of a plan element: a member or the core that the document names, or one its shape is drawn by."""

    __tablename__ = "plan_element_zone"
    __table_args__ = (one_of("role", vocabulary.ELEMENT_ROLES, "role"), Index(None, "zone_id"))
    element_id: Mapped[str] = fk("plan_element.id", primary_key=True)
    zone_id: Mapped[str] = fk("zone.id", primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    sort: Mapped[int]


class Direction(Stated, Subject, Base):
    """What a document wants a place to become: its own clause, and what that says in our words."""

    __tablename__ = "direction"
    __table_args__ = (one_subject(), Index(None, "zone_id"), Index(None, "element_id"))
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    clause_zh: Mapped[str]
    text_zh: Mapped[str]
    text_en: Mapped[str]


class ParkLink(Sourced, Base):
    """A link between places that a document states, such as one that hands industry to another."""

    __tablename__ = "park_link"
    __table_args__ = (one_of("kind", vocabulary.LINK_KINDS, "kind"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    industry_ids: Mapped[list[str]] = texts()
    clause_zh: Mapped[str]
    summary_zh: Mapped[str | None]
    summary_en: Mapped[str | None]


class ParkLinkEnd(Subject, Base):
    """A place at one end of a link."""

    __tablename__ = "park_link_end"
    __table_args__ = (one_subject(), one_of("role", ("from", "to"), "role"), Index(None, "link_id"))
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    link_id: Mapped[str] = fk("park_link.id")
    role: Mapped[str]
    sort: Mapped[int]
