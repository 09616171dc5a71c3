"""Named things: what the documents name beside zones and industries, the rules they set, and where they contradict."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, Numeric, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.db import vocabulary
from app.db.models.base import Base, fk, one_of, texts
from app.db.models.stated import Sourced, Subject, one_subject


class NamedThing(Sourced, Base):
    """A project, carrier, platform, firm, designation, piece of infrastructure, policy … that a document names."""

    __tablename__ = "named_thing"
    __table_args__ = (
        one_of("kind", vocabulary.THING_KINDS, "kind"),
        one_of("certainty", vocabulary.CERTAINTIES, "certainty"),
        one_of("status", vocabulary.THING_STATUSES, "status"),
        CheckConstraint("year_start <= year_end", name="years_in_order"),
        CheckConstraint(
            "certainty <> 'inferred' OR (place_basis_zh, place_basis_en) IS NOT NULL", name="inferred_with_reason"
        ),
        Index(None, "kind"),
        Index(None, "document_id"),
        Index(None, "area_zone_id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str | None]
    aliases: Mapped[list[str]] = texts()
    certainty: Mapped[str]
    """How its places are known; ``none``: no document gives a place."""
    place_zh: Mapped[str | None]
    """The place as printed."""
    place_basis_zh: Mapped[str | None]
    place_basis_en: Mapped[str | None]
    area_zone_id: Mapped[str | None] = fk("zone.id", nullable=True)
    """The district, development zone or city under which it is listed."""
    status: Mapped[str | None]
    owner_zh: Mapped[str | None]
    year_start: Mapped[int | None] = mapped_column(SmallInteger)
    year_end: Mapped[int | None] = mapped_column(SmallInteger)
    summary_zh: Mapped[str | None]
    summary_en: Mapped[str | None]


class ThingPlace(Subject, Base):
    """A place of a named thing: the one that is named, or one of several candidates."""

    __tablename__ = "thing_place"
    __table_args__ = (one_subject(), Index(None, "thing_id"), Index(None, "zone_id"), Index(None, "element_id"))
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    thing_id: Mapped[str] = fk("named_thing.id")
    sort: Mapped[int]


class ThingIndustry(Base):
    """An industry of a named thing, by its product."""

    __tablename__ = "thing_industry"
    __table_args__ = (Index(None, "industry_id"),)
    thing_id: Mapped[str] = fk("named_thing.id", primary_key=True)
    industry_id: Mapped[str] = fk("industry.id", primary_key=True)
    sort: Mapped[int]


class ThingFigure(Base):
    """A figure of a named thing: capacity, investment, land … as printed, and as a number where one is printed."""

    __tablename__ = "thing_figure"
    __table_args__ = (one_of("measure", vocabulary.MEASURES, "measure"), Index(None, "thing_id"))
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    thing_id: Mapped[str] = fk("named_thing.id")
    measure: Mapped[str]
    value: Mapped[Any] = mapped_column(Numeric, nullable=True)
    unit: Mapped[str | None]
    printed: Mapped[str]
    sort: Mapped[int]


class ListedProject(Base):
    """What the table of projects gives beside the name. Money is in 亿元 (100 million yuan), as printed."""

    __tablename__ = "listed_project"
    __table_args__ = (
        CheckConstraint("investment_total >= 0 AND investment_period >= 0", name="investment_not_negative"),
        Index(None, "industry_id"),
    )
    thing_id: Mapped[str] = fk("named_thing.id", primary_key=True)
    seq: Mapped[int]
    category_zh: Mapped[str]
    section_zh: Mapped[str | None]
    industry_id: Mapped[str | None] = fk("industry.id", nullable=True)
    investment_total: Mapped[Any] = mapped_column(Numeric, nullable=True)
    investment_period: Mapped[Any] = mapped_column(Numeric, nullable=True)
    funding_zh: Mapped[str | None]


class Rule(Sourced, Base):
    """What a document asks of land, layout, admission, environment, energy or safety, with its own verb."""

    __tablename__ = "rule"
    __table_args__ = (
        one_of("theme", vocabulary.RULE_THEMES, "theme"),
        one_of("strength", vocabulary.RULE_STRENGTHS, "strength"),
        CheckConstraint("length(clause_zh) BETWEEN 1 AND 60", name="clause_is_short"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    theme: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str | None]
    aliases: Mapped[list[str]] = texts()
    strength: Mapped[str]
    verb_zh: Mapped[str]
    clause_zh: Mapped[str]
    industry_ids: Mapped[list[str]] = texts()
    summary_zh: Mapped[str | None]
    summary_en: Mapped[str | None]


class RuleScope(Subject, Base):
    """A place a rule speaks of."""

    __tablename__ = "rule_scope"
    __table_args__ = (one_subject(), Index(None, "rule_id"), Index(None, "zone_id"))
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    rule_id: Mapped[str] = fk("rule.id")
    sort: Mapped[int]


class Contradiction(Base):
    """Statements that do not go together, within a document or between documents."""

    __tablename__ = "contradiction"
    id: Mapped[str] = mapped_column(primary_key=True)
    summary_zh: Mapped[str]
    summary_en: Mapped[str]
    zone_ids: Mapped[list[str]] = texts()
    target_ids: Mapped[list[str]] = texts()
    """Ids of what it bears on beside zones: plan elements, named things, indicators, industries."""
    sort: Mapped[int]


class ContradictionSide(Base):
    """One of the statements, letter by letter, with its place in a document."""

    __tablename__ = "contradiction_side"
    __table_args__ = (Index(None, "contradiction_id"),)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    contradiction_id: Mapped[str] = fk("contradiction.id")
    document_id: Mapped[str] = fk("document.id")
    locator: Mapped[str]
    wording: Mapped[str]
    sort: Mapped[int]
