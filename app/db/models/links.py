"""What people keep, as against what is loaded: a load leaves it alone."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base


class ShortLink(Base):
    """A query of the map's address under an id that is made of it."""

    __tablename__ = "short_link"
    __table_args__ = (
        CheckConstraint("length(query) BETWEEN 1 AND 60000", name="query_length"),
        CheckConstraint("query ~ '^[!-~]+$'", name="query_ascii"),
        CheckConstraint("id ~ '^[a-z2-7]{16}$'", name="id_form"),
        Index("ix_short_link_used_at", "used_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    query: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    used_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
