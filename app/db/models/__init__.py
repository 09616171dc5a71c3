"""Tables: what PostGIS holds. The models serve migrations and loading; requests read with plain SQL."""

from app.db.models.base import SCHEMA, SRID, Base
from app.db.models.facts import (
    Cluster,
    ClusterPlace,
    ClusterZone,
    Document,
    Facility,
    Indicator,
    Industry,
    IndustryFirm,
    ZoneIndustry,
)
from app.db.models.ledger import (
    Dataset,
    Revision,
)
from app.db.models.links import (
    ShortLink,
)
from app.db.models.named import (
    Contradiction,
    ContradictionSide,
    ListedProject,
    NamedThing,
    Rule,
    RuleScope,
    ThingFigure,
    ThingIndustry,
    ThingPlace,
)
from app.db.models.places import (
    Direction,
    ParkLink,
    ParkLinkEnd,
    Plan,
    PlanElement,
    PlanElementZone,
    Zone,
    ZoneHost,
    ZoneLiesIn,
)
from app.db.models.search import (
    SearchTarget,
    SearchTerm,
)
from app.db.models.taxonomy import (
    GbtCode,
    IndustryGbt,
    IndustryLabel,
    ValueChainLink,
)

__all__ = [
    "SCHEMA",
    "SRID",
    "Base",
    "Cluster",
    "ClusterPlace",
    "ClusterZone",
    "Contradiction",
    "ContradictionSide",
    "Dataset",
    "Direction",
    "Document",
    "Facility",
    "GbtCode",
    "Indicator",
    "Industry",
    "IndustryFirm",
    "IndustryGbt",
    "IndustryLabel",
    "ListedProject",
    "NamedThing",
    "ParkLink",
    "ParkLinkEnd",
    "Plan",
    "PlanElement",
    "PlanElementZone",
    "Revision",
    "Rule",
    "RuleScope",
    "SearchTarget",
    "SearchTerm",
    "ShortLink",
    "ThingFigure",
    "ThingIndustry",
    "ThingPlace",
    "ValueChainLink",
    "Zone",
    "ZoneHost",
    "ZoneIndustry",
    "ZoneLiesIn",
]
