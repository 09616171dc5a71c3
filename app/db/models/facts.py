"""The facts, as tables, and what was loaded when."""

from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Computed,
    DateTime,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import vocabulary
from app.db.models.base import EXPLAINED, SCHEMA, SRID, Base, fk, geojson_column, geometry_column, one_of, texts


class Document(Base):
    """A source document."""

    __tablename__ = "document"
    id: Mapped[str] = mapped_column(primary_key=True)
    title_zh: Mapped[str]
    title_en: Mapped[str]
    short_title_zh: Mapped[str]
    issuer_zh: Mapped[str]
    issued_on: Mapped[str | None]
    kind: Mapped[str]
    period: Mapped[str | None]
    note_zh: Mapped[str | None]
    note_en: Mapped[str | None]
    sort: Mapped[int]


class Stated:
    """A row that states something: the document it is from and the place in it."""

    document_id: Mapped[str] = fk("document.id")
    locator: Mapped[str]
    sort: Mapped[int]


class Sourced(Stated):
    """The same with a note of ours, which is English."""

    note: Mapped[str | None]


class Drawn:
    """A geometry, what it is, how it was made and of what."""

    geom: Mapped[Any] = geometry_column("MULTIPOLYGON")
    geojson: Mapped[str | None] = geojson_column()
    geometry_status: Mapped[str | None]
    geometry_method_zh: Mapped[str | None]
    geometry_method_en: Mapped[str | None]
    geometry_source_zh: Mapped[str | None]
    geometry_source_en: Mapped[str | None]


class Zone(Stated, Drawn, Base):
    """A municipality, district, development zone, park, functional area or theme park, with its footprint."""

    __tablename__ = "zone"
    __table_args__ = (
        one_of("kind", vocabulary.ZONE_KINDS, "kind"),
        one_of("level", vocabulary.ZONE_LEVELS, "level"),
        one_of("geometry_status", vocabulary.GEOMETRY_STATUSES, "geometry_status"),
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
    note_zh: Mapped[str | None]
    note_en: Mapped[str | None]
    area_ha: Mapped[float | None] = mapped_column(
        Float(53), Computed("ST_Area(geom::geography) / 10000", persisted=True), nullable=True
    )
    accuracy_m: Mapped[float | None]


class ZoneHost(Base):
    """A zone that hosts a theme park."""

    __tablename__ = "zone_host"
    zone_id: Mapped[str] = fk("zone.id", primary_key=True)
    host_id: Mapped[str] = fk("zone.id", primary_key=True)
    sort: Mapped[int]


class Industry(Sourced, Base):
    """A node of the taxonomy sector > subsector > product."""

    __tablename__ = "industry"
    __table_args__ = (
        one_of("kind", vocabulary.INDUSTRY_KINDS, "kind"),
        one_of("tier", vocabulary.INDUSTRY_TIERS, "tier"),
        CheckConstraint("path[cardinality(path)] = id", name="path_ends_in_id"),
        Index(None, "parent_id"),
        Index("ix_industry_path", "path", postgresql_using="gin"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    parent_id: Mapped[str | None] = fk("industry.id", nullable=True)
    kind: Mapped[str]
    tier: Mapped[str | None]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    aliases: Mapped[list[str]] = texts()
    path: Mapped[list[str]] = mapped_column(ARRAY(Text))
    """Ids from the sector down to the node itself."""


class ZoneIndustry(Sourced, Base):
    """A document's statement that an industry has a place in a zone."""

    __tablename__ = "zone_industry"
    __table_args__ = (
        one_of("rank", vocabulary.ZONE_INDUSTRY_RANKS, "rank"),
        UniqueConstraint("zone_id", "industry_id", "document_id", "locator", "wording"),
        Index(None, "zone_id"),
        Index(None, "industry_id"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    zone_id: Mapped[str] = fk("zone.id")
    industry_id: Mapped[str] = fk("industry.id")
    rank: Mapped[str]
    qualifier: Mapped[str | None]
    wording: Mapped[str]


class IndustryFirm(Sourced, Base):
    """A firm that a document names for an industry of a zone."""

    __tablename__ = "industry_firm"
    __table_args__ = (Index(None, "industry_id"), Index(None, "zone_id"))
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    industry_id: Mapped[str] = fk("industry.id")
    zone_id: Mapped[str] = fk("zone.id")
    name_zh: Mapped[str]


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
    """A zone of a plan element: a member the document names, or one a schematic corridor is drawn through."""

    __tablename__ = "plan_element_zone"
    __table_args__ = (one_of("role", ("member", "via"), "role"), Index(None, "zone_id"))
    element_id: Mapped[str] = fk("plan_element.id", primary_key=True)
    zone_id: Mapped[str] = fk("zone.id", primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    sort: Mapped[int]


class Cluster(Sourced, Base):
    """A future-industry track and the cluster to be built for it."""

    __tablename__ = "cluster"
    id: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    industry_id: Mapped[str] = fk("industry.id")
    hub_zh: Mapped[list[str]] = texts()
    responsible_zh: Mapped[str | None]
    summary_zh: Mapped[str | None]
    summary_en: Mapped[str | None]


class ClusterZone(Base):
    """A zone responsible for a track."""

    __tablename__ = "cluster_zone"
    cluster_id: Mapped[str] = fk("cluster.id", primary_key=True)
    zone_id: Mapped[str] = fk("zone.id", primary_key=True)
    sort: Mapped[int]


class ClusterPlace(Sourced, Base):
    """A place a document names for a track: a source of innovation, a carrier, a hub."""

    __tablename__ = "cluster_place"
    __table_args__ = (
        one_of("role", vocabulary.CLUSTER_PLACE_ROLES, "role"),
        Index(None, "cluster_id"),
        Index(None, "zone_id"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    cluster_id: Mapped[str] = fk("cluster.id")
    role: Mapped[str]
    name_zh: Mapped[str]
    zone_id: Mapped[str | None] = fk("zone.id", nullable=True)


class Project(Sourced, Base):
    """A listed project. Money is in 亿元 (100 million yuan), as printed."""

    __tablename__ = "project"
    __table_args__ = (
        CheckConstraint("investment_total >= 0 AND investment_period >= 0", name="investment_not_negative"),
        CheckConstraint("year_start <= year_end", name="years_in_order"),
        Index(None, "zone_id"),
        Index(None, "industry_id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]
    name_zh: Mapped[str]
    category_zh: Mapped[str]
    section_zh: Mapped[str | None]
    industry_id: Mapped[str | None] = fk("industry.id", nullable=True)
    investment_total: Mapped[Any] = mapped_column(Numeric, nullable=True)
    investment_period: Mapped[Any] = mapped_column(Numeric, nullable=True)
    year_start: Mapped[int | None] = mapped_column(SmallInteger)
    year_end: Mapped[int | None] = mapped_column(SmallInteger)
    funding_zh: Mapped[str | None]
    owner_zh: Mapped[str | None]
    zone_id: Mapped[str] = fk("zone.id")
    zone_basis_zh: Mapped[str]
    zone_basis_en: Mapped[str]
    summary_zh: Mapped[str | None]


class Indicator(Sourced, Base):
    """An indicator or a target: the values as printed, and as numbers where numbers are printed."""

    __tablename__ = "indicator"
    __table_args__ = (one_of("kind", vocabulary.INDICATOR_KINDS, "kind"), Index(None, "scope_zone_id"))
    id: Mapped[str] = mapped_column(primary_key=True)
    scope_zone_id: Mapped[str] = fk("zone.id")
    kind: Mapped[str]
    industry_id: Mapped[str | None] = fk("industry.id", nullable=True)
    category_zh: Mapped[str | None]
    name_zh: Mapped[str]
    unit: Mapped[str | None]
    text_2020: Mapped[str | None]
    value_2020: Mapped[Any] = mapped_column(Numeric, nullable=True)
    text_2025: Mapped[str | None]
    value_2025: Mapped[Any] = mapped_column(Numeric, nullable=True)
    base_year: Mapped[int | None] = mapped_column(SmallInteger)


class Facility(Base):
    """A port area, airport, rail or metro station: the points distances are measured to."""

    __tablename__ = "facility"
    __table_args__ = (
        one_of("kind", vocabulary.FACILITY_KINDS, "kind"),
        CheckConstraint("accuracy_m > 0", name="accuracy_positive"),
        one_of("trains", vocabulary.TRAINS, "trains"),
        CheckConstraint("(kind = 'rail_station') = (trains IS NOT NULL)", name="trains_of_stations"),
        Index("ix_facility_geom", "geom", postgresql_using="gist"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str]
    trains: Mapped[str | None]
    lines_zh: Mapped[str | None]
    lines_en: Mapped[str | None]
    lines_source_zh: Mapped[str | None]
    lines_source_en: Mapped[str | None]
    geom: Mapped[Any] = mapped_column(Geometry("POINT", srid=SRID, spatial_index=False), nullable=False)
    geojson: Mapped[str] = geojson_column()
    accuracy_m: Mapped[float]
    source_zh: Mapped[str]
    source_en: Mapped[str]
    note_zh: Mapped[str | None]
    note_en: Mapped[str | None]
    sort: Mapped[int]


class Revision(Base):
    """One load: who loaded what, when. The newest one's hash is the data version."""

    __tablename__ = "revision"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    loaded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    loaded_by: Mapped[str]
    loader_version: Mapped[str]
    content_hash: Mapped[str]
    rows: Mapped[int] = mapped_column(Integer)


class Dataset(Base):
    """One file of the newest load, with its hash and its number of rows."""

    __tablename__ = "dataset"
    name: Mapped[str] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey(f"{SCHEMA}.revision.id"))
    sha256: Mapped[str]
    rows: Mapped[int] = mapped_column(Integer)
