"""The ledger: what was loaded when, and from which files."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, Identity, Integer, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import SCHEMA, Base


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
