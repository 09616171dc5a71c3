"""What the documents state: industries, where they have a place, firms, tracks, indicators; and the gateways."""

from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Identity,
    Index,
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import vocabulary
from app.db.models.base import SRID, Base, fk, geojson_column, one_of, texts
from app.db.models.stated import Sourced, Subject, one_subject


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
    period_start: Mapped[int | None] = mapped_column(SmallInteger)
    period_end: Mapped[int | None] = mapped_column(SmallInteger)
    note_zh: Mapped[str | None]
    drawn_up_on: Mapped[list[str]] = texts()
    """Documents that it says it is drawn up on (依据…编制): what both state has one witness."""
    drawn_up_on_locator: Mapped[str | None]
    note_en: Mapped[str | None]
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


class ZoneIndustry(Sourced, Subject, Base):
    """A document's statement that an industry has a place in a zone, or in an element of a plan as a whole."""

    __tablename__ = "zone_industry"
    __table_args__ = (
        one_of("rank", vocabulary.ZONE_INDUSTRY_RANKS, "rank"),
        one_subject(),
        UniqueConstraint("zone_id", "element_id", "industry_id", "document_id", "locator", "wording"),
        Index(None, "zone_id"),
        Index(None, "element_id"),
        Index(None, "industry_id"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
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
        one_of("certainty", vocabulary.CERTAINTIES, "certainty"),
        Index(None, "cluster_id"),
        Index(None, "zone_id"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    cluster_id: Mapped[str] = fk("cluster.id")
    role: Mapped[str]
    name_zh: Mapped[str]
    zone_id: Mapped[str | None] = fk("zone.id", nullable=True)
    certainty: Mapped[str]
    basis_zh: Mapped[str | None]
    basis_en: Mapped[str | None]
    """On what ground the zone is given, where the document does not give it itself."""


class Indicator(Sourced, Base):
    """An indicator or a target: the values as printed, and as numbers where numbers are printed."""

    __tablename__ = "indicator"
    __table_args__ = (
        one_of("kind", vocabulary.INDICATOR_KINDS, "kind"),
        one_of("nature", vocabulary.NATURES, "nature"),
        Index(None, "scope_zone_id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    scope_zone_id: Mapped[str] = fk("zone.id")
    kind: Mapped[str]
    industry_id: Mapped[str | None] = fk("industry.id", nullable=True)
    category_zh: Mapped[str | None]
    name_zh: Mapped[str]
    unit: Mapped[str | None]
    nature: Mapped[str | None]
    """binding (约束性) or expected (预期性), where the document says."""
    base_year: Mapped[int | None] = mapped_column(SmallInteger)
    base_text: Mapped[str | None]
    base_value: Mapped[Any] = mapped_column(Numeric, nullable=True)
    target_year: Mapped[int | None] = mapped_column(SmallInteger)
    target_text: Mapped[str | None]
    target_value: Mapped[Any] = mapped_column(Numeric, nullable=True)


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
