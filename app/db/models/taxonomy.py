"""The taxonomy's words: what leads to an industry, what the documents chain together, and GB/T 4754-2017."""

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db import vocabulary
from app.db.models.base import Base, fk, one_of
from app.db.models.stated import Sourced

_WEIGHTED = "weight > 0 AND weight <= 1"


class IndustryLabel(Base):
    """A word that leads to an industry: an id, a name, an alias, a term, a code or the title of a code."""

    __tablename__ = "industry_label"
    __table_args__ = (
        one_of("kind", vocabulary.LABEL_KINDS, "kind"),
        one_of("basis", vocabulary.BASES, "basis"),
        CheckConstraint(_WEIGHTED, name="weight_in_range"),
        CheckConstraint("(document_id IS NOT NULL) = (basis IS NOT DISTINCT FROM 'printed')", name="printed_somewhere"),
        Index(None, "normal"),
        Index(None, "industry_id"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    normal: Mapped[str]
    """What a person's words are compared with."""
    label: Mapped[str]
    industry_id: Mapped[str] = fk("industry.id")
    kind: Mapped[str]
    weight: Mapped[float]
    """1: the word means the industry; 0.8: a map looks for it there; less: it is related."""
    basis: Mapped[str | None]
    """Of terms, codes and titles: printed in a document, or our own mapping."""
    document_id: Mapped[str | None] = fk("document.id", nullable=True)
    locator: Mapped[str | None]
    sort: Mapped[int]


class ValueChainLink(Sourced, Base):
    """A relation of two industries along a chain, as a document words it."""

    __tablename__ = "value_chain_link"
    __table_args__ = (
        one_of("relation", vocabulary.CHAIN_RELATIONS, "relation"),
        CheckConstraint("upstream_id <> downstream_id", name="two_industries"),
        Index(None, "chain_id"),
        Index(None, "upstream_id"),
        Index(None, "downstream_id"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    chain_id: Mapped[str] = fk("industry.id")
    """The industry whose chain it is."""
    upstream_id: Mapped[str] = fk("industry.id")
    downstream_id: Mapped[str] = fk("industry.id")
    relation: Mapped[str]
    wording: Mapped[str]
    """As printed, white space aside."""


class GbtCode(Base):
    """A section, division, group or class of GB/T 4754-2017, the national classification of economic activities."""

    __tablename__ = "gbt_code"
    __table_args__ = (one_of("level", vocabulary.GBT_LEVELS, "level"), Index(None, "parent_id"))
    id: Mapped[str] = mapped_column(primary_key=True)
    parent_id: Mapped[str | None] = fk("gbt_code.id", nullable=True)
    level: Mapped[str]
    title_zh: Mapped[str]
    sort: Mapped[int]


class IndustryGbt(Base):
    """A code and an industry that belong together: our mapping, not an official one."""

    __tablename__ = "industry_gbt"
    __table_args__ = (
        one_of("basis", vocabulary.BASES, "basis"),
        CheckConstraint(_WEIGHTED, name="weight_in_range"),
        Index(None, "industry_id"),
    )
    gbt_id: Mapped[str] = fk("gbt_code.id", primary_key=True)
    industry_id: Mapped[str] = fk("industry.id", primary_key=True)
    weight: Mapped[float]
    basis: Mapped[str]
    sort: Mapped[int]
