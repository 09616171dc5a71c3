"""What can be searched for, and every form of its name."""

from typing import Any

from sqlalchemy import ARRAY, BigInteger, Float, ForeignKeyConstraint, Identity, Index, Integer, SmallInteger, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db import vocabulary
from app.db.models.base import SCHEMA, Base, one_of


def _smallints() -> Any:
    return mapped_column(ARRAY(SmallInteger), nullable=False)


class SearchTarget(Base):
    """A thing that can be found: what a list of hits shows of it, and where it is on the map."""

    __tablename__ = "search_target"
    __table_args__ = (one_of("kind", vocabulary.SEARCH_KINDS, "kind"),)
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    title_zh: Mapped[str]
    title_en: Mapped[str | None]
    detail_zh: Mapped[str]
    detail_en: Mapped[str]
    layer: Mapped[str | None]
    """Id of the layer that draws it, if one does."""
    feature: Mapped[str | None]
    """Its id in that layer."""
    parts: Mapped[Any] = mapped_column(JSONB, nullable=False)
    """What it stands for where it is several things: an owner's projects, the zones that name a firm."""
    zones: Mapped[int | None] = mapped_column(Integer)
    """Of an industry: how many zones have it."""
    bbox: Mapped[Any] = mapped_column(ARRAY(Float(53)), nullable=True)
    """West, south, east, north, degrees."""
    point: Mapped[Any] = mapped_column(ARRAY(Float(53)), nullable=True)
    """Longitude and latitude of a place inside it, degrees."""
    rank: Mapped[int] = mapped_column(SmallInteger)
    """Place of its kind among equally good hits."""
    sort: Mapped[int]


class SearchTerm(Base):
    """One form of a name, as it is written, in pinyin or as initials; normalised as queries are."""

    __tablename__ = "search_term"
    __table_args__ = (
        one_of("form", vocabulary.SEARCH_FORMS, "form"),
        one_of("spelling", vocabulary.SEARCH_SPELLINGS, "spelling"),
        ForeignKeyConstraint(
            ["kind", "target_id"],
            [f"{SCHEMA}.search_target.kind", f"{SCHEMA}.search_target.id"],
            deferrable=True,
            initially="DEFERRED",
        ),
        Index(None, "kind", "target_id"),
        Index(
            "ix_search_term_normal_trgm", "normal", postgresql_using="gin", postgresql_ops={"normal": "gin_trgm_ops"}
        ),
        Index("ix_search_term_normal", "normal", postgresql_ops={"normal": "text_pattern_ops"}),
        Index(None, "core"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    kind: Mapped[str]
    target_id: Mapped[str]
    term: Mapped[str]
    """As the document or the alias file writes it."""
    form: Mapped[str]
    spelling: Mapped[str]
    normal: Mapped[str]
    """What a query is compared with."""
    core: Mapped[str | None]
    """The same without 天津 before and 产业园, 有限公司 and the like after it, where it has such."""
    ending: Mapped[str | None]
    """Kind of the ending that ``core`` is without."""
    loose: Mapped[str | None] = mapped_column(Text)
    """Of a name in pinyin: a regular expression of every way to cut its syllables short."""
    offsets: Mapped[list[int]] = _smallints()
    """For each character of ``term``, and for its end, the place in ``normal``."""
    starts: Mapped[list[int]] = _smallints()
    """Places in ``normal`` at which a word or a syllable begins."""
    weight: Mapped[int] = mapped_column(SmallInteger)
