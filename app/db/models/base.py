"""Base: the schema, the naming of constraints, and the columns that tables share."""

from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import ARRAY, CheckConstraint, Computed, Float, ForeignKey, MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase, mapped_column

SCHEMA = "yuantu"
SRID = 4490
"""Storage CRS: CGCS2000, longitude and latitude in degrees."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables, in the schema ``yuantu``, with named constraints."""

    metadata = MetaData(schema=SCHEMA, naming_convention=NAMING)
    type_annotation_map = {str: Text, float: Float(53), list[str]: ARRAY(Text)}  # noqa: RUF012


def one_of(column: str, values: tuple[str, ...], name: str) -> CheckConstraint:
    """A column holds words of a vocabulary."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(v) for v in values)})", name=name)


def texts() -> Any:
    """Several texts, none by default."""
    return mapped_column(ARRAY(Text), server_default=text("'{}'"), nullable=False)


def fk(target: str, *, nullable: bool = False, primary_key: bool = False, use_alter: bool = False) -> Any:
    """A reference that is checked when the transaction ends."""
    key = ForeignKey(f"{SCHEMA}.{target}", deferrable=True, initially="DEFERRED", use_alter=use_alter)
    return mapped_column(key, nullable=nullable, primary_key=primary_key)


def geometry_column(kind: str) -> Any:
    """A geometry in the storage CRS; its index is declared with the table."""
    return mapped_column(Geometry(kind, srid=SRID, spatial_index=False), nullable=True)


def geojson_column() -> Any:
    """Geometry as GeoJSON text, six decimals (0.1 m), no ``crs`` member: stored so that answers only concatenate."""
    return mapped_column(Text, Computed("ST_AsGeoJSON(geom, 6, 0)", persisted=True), nullable=True)
