"""Tables: what PostGIS holds. The models serve migrations and loading; requests read with plain SQL."""

from app.db.models.base import SCHEMA, SRID, Base
from app.db.models.facts import (
    Cluster,
    ClusterPlace,
    ClusterZone,
    Dataset,
    Document,
    Facility,
    Indicator,
    Industry,
    IndustryFirm,
    Plan,
    PlanElement,
    PlanElementZone,
    Project,
    Revision,
    Zone,
    ZoneHost,
    ZoneIndustry,
)
from app.db.models.links import ShortLink
from app.db.models.search import SearchTarget, SearchTerm
from app.db.models.taxonomy import GbtCode, IndustryGbt, IndustryLabel, ValueChainLink

__all__ = [
    "SCHEMA",
    "SRID",
    "Base",
    "Cluster",
    "ClusterPlace",
    "ClusterZone",
    "Dataset",
    "Document",
    "Facility",
    "GbtCode",
    "Indicator",
    "Industry",
    "IndustryFirm",
    "IndustryGbt",
    "IndustryLabel",
    "Plan",
    "PlanElement",
    "PlanElementZone",
    "Project",
    "Revision",
    "SearchTarget",
    "SearchTerm",
    "ShortLink",
    "ValueChainLink",
    "Zone",
    "ZoneHost",
    "ZoneIndustry",
]
