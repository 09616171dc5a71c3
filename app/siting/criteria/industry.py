"""Industry fit: how strongly the documents name a site with what is to be made there."""

import re
from collections.abc import Iterable

from app.evidence.demand import Demand
from app.evidence.record import PlanningRecord, Role, Statement, Zone
from app.evidence.relations import INSIDE, Standing
from app.evidence.tiers import Naming, Placement
from app.facts.names import normalise
from app.siting.criteria.base import Criterion, Evidence, Explained, register, texts_of
from app.siting.curves import Curve, Floats, Piecewise
from app.siting.fit import Fit, fit
from app.siting.question import Question
from app.siting.survey import Survey
from app.siting.words import Words, fill, inside_quotes, joined, say, words

TEXTS = texts_of(
    same=("文件将“{said}”列为{place}的{rank}", "{place} is named with “{said}” as {rank}"),
    same_as=(
        "文件将“{said}”列为{place}的{rank}（“{words}”归入此类）",
        "{place} is named with “{said}”, under which “{words}” falls, as {rank}",
    ),
    other=(
        "文件将“{said}”列为{place}的{rank}（本服务将其归为{how}）",
        "{place} is named with “{said}” as {rank}, taken here for {how}",
    ),
    other_same=("“{node}”", "“{node}”"),
    other_part=("“{words}”所含的“{node}”", "“{node}”, part of “{words}”"),
    other_wider=("“{words}”所属的“{node}”", "“{node}”, to which “{words}” belongs"),
    other_sector=("“{words}”所在大类“{node}”", "“{node}”, the sector of “{words}”"),
    other_chain=("“{node}”，与“{words}”同处一条产业链", "“{node}”, on a value chain with “{words}”"),
    part=(
        "文件将“{words}”所含的“{said}”列为{place}的{rank}",
        "{place} is named with “{said}”, part of “{words}”, as {rank}",
    ),
    wider=(
        "文件将“{words}”所属的“{said}”列为{place}的{rank}",
        "{place} is named with “{said}”, to which “{words}” belongs, as {rank}",
    ),
    sector=(
        "文件只将“{words}”所在大类“{said}”列为{place}的{rank}",
        "{place} is only named with “{said}”, the sector of “{words}”, as {rank}",
    ),
    chain=(
        "{place}的{rank}“{said}”与“{words}”同处一条产业链",
        "{place} has “{said}”, on a value chain with “{words}”, as {rank}",
    ),
    track=(
        "文件把{place}列为未来产业赛道“{track}”的{role}",
        "a document names {place} as {role} of the future-industry track {track}",
    ),
    narrowed=(
        "文件把“{words}”布局到{around}，并具体到{zone}，没有单独说到此处",
        "documents place “{words}” in {around}, and there in {zone}; they do not speak of this place itself",
    ),
    more=("{names}等 {count} 处", "{names} and more, {count} in all"),
    nothing=(
        "没有文件将“{words}”或其相关产业列入此处",
        "no document names this place with “{words}” or anything related",
    ),
    documents=("依据{titles}", "according to {count} document(s)"),
    copies=(
        "{titles}依据{bases}编制，二者只算一份佐证",
        "one of them is drawn up on another, and both are one witness",
    ),
    differ=("各处所给的地位不同，按高者计", "they rank it differently, the higher counts"),
    evidence=("{place}：{said}（{rank}；{relation}）", "{place}: {said} ({rank}; {relation})"),
    element=("所在片区（{name}）", "the plan area around it ({name})"),
    theme=("园内的主题园区（{name}）", "the theme park in it ({name})"),
)


_BRACKET = re.compile(r"（[^（）]*）$")
"""What a document adds to a term in brackets: 海洋装备（海洋工程装备、高技术船舶）."""


@register
class IndustryFit(Criterion):
    """Named with the product itself, what contains it, its sector or only its value chain; by how many documents."""

    name = "industry"
    group = "industry"
    order = 10
    title = words("产业契合", "Industry fit")
    unit = words("分（0–100）", "points (0–100)")
    of_the_zone = True
    direction = "more"
    presets = {  # noqa: RUF012
        "industry-first": 45, "balanced": 1, "policy-first": 25, "transport-first": 25, "land-first": 25,
        "cluster-first": 30,
    }  # fmt: skip
    colour = {"light": "#0072b2", "dark": "#4aa8e0"}  # noqa: RUF012
    spoken = (
        "产业匹配",
        "产业匹配度",
        "产业契合",
        "产业契合度",
        "匹配度",
        "产业对口",
        "对口",
        "主导产业",
        "产业定位",
        "industry fit",
    )
    spoken_title = words("产业匹配", "industry fit")
    basis = words(
        "本服务设定：同一产业 1、所含 0.9、所属 0.7、仅大类 0.45、产业链 0.3；重点 1、辅助 0.7、服务业态 0.9；本区 1、"
        "所含功能区和所承载的主题园区 0.9、所在园区、开发区或规划片区 0.6、所在行政区 0.3；一份文件 0.8，"
        "每多一份独立的文件最多加 0.1，至 1 为止。事实来自五份文件。",
        "Set by this service: the industry itself 1, contained 0.9, containing 0.7, sector only 0.45, value "
        "chain 0.3; leading 1, supporting 0.7, service 0.9; the zone itself 1, a part of it or a theme park it hosts "
        "0.9, the park, development zone or plan area around it 0.6, its district 0.3; one document 0.8, each further "
        "independent one up to 0.1 more, up to 1. The facts are from the five documents.",
    )

    def curve(self, question: Question) -> Curve:
        """Points are values already."""
        return Piecewise(((0, 0), (100, 1)))

    def measure(self, survey: Survey) -> Floats:
        """Return the mean of the fits to each industry asked for."""

        def points(zone: str) -> float:
            fits = fits_of(survey, zone)
            return round(sum(one.points for one in fits) / len(fits), 2)

        return survey.by_zone(self.name, points)

    def explain(self, survey: Survey, row: int, raw: float) -> Explained:
        """Say what the documents name the site with."""
        zone = survey.zones[row]
        fits = fits_of(survey, zone) if zone is not None else []
        parts, evidence = [], []
        for demand, found in zip(survey.question.demands, fits, strict=False):
            parts.append(sentence(survey.record, demand, found))
            evidence += [naming_evidence(survey.record, naming) for naming in found.namings]
        return Explained(
            {"zh": "；".join(one["zh"] for one in parts), "en": "; ".join(one["en"] for one in parts)}, tuple(evidence)
        )


def fits_of(survey: Survey, zone: str) -> list[Fit]:
    """Return the fit of a zone to each industry asked for."""
    return survey.kept(("fits", zone), lambda: [fit(survey.record, zone, one) for one in survey.question.demands])


def sentence(record: PlanningRecord, demand: Demand, found: Fit) -> Words:
    """Say what documents state of an industry at a place, and which do."""
    if not found.namings:
        return _without_statement(record, demand, found.placement)
    naming = found.namings[0]
    if not naming.places and found.placement.roles:
        return _track(record, found.placement.roles[0][0])
    return _joined(stated(record, demand.words, naming), _agreement(record, found))


def tier_sentence(record: PlanningRecord, demand: Demand, found: Fit) -> Words:
    """Say why a place has its tier: what places the industry there, around it, or only names something related."""
    narrowed = found.placement.elsewhere
    if found.placement.tier == "related" and narrowed:
        return _narrowed(record, demand, *narrowed[0])
    wanted: tuple[Standing, ...] = INSIDE if found.placement.tier == "itself" else ("around", "district")
    placing = [one for one in found.placement.namings if one.places and one.standing in wanted]
    if placing:
        best = min(placing, key=lambda one: ("same", "part", "wider").index(one.relation))
        return stated(record, demand.words, best)
    if found.placement.roles:
        return _track(record, found.placement.roles[0][0])
    if found.namings:
        return stated(record, demand.words, found.namings[0])
    return sentence(record, demand, found)


def _without_statement(record: PlanningRecord, demand: Demand, found: Placement) -> Words:
    if found.roles:
        return _track(record, found.roles[0][0])
    if found.elsewhere:
        return _narrowed(record, demand, *found.elsewhere[0])
    return fill(TEXTS["nothing"], words=quoted(demand.words))


def _narrowed(record: PlanningRecord, demand: Demand, around: str, zones: tuple[str, ...]) -> Words:
    """Say that documents place an industry in what is around a place, and more exactly elsewhere in it."""
    parks = [zone for zone in zones if record.park_around(zone) is None] or list(zones)
    names = joined([record.zones[zone].words for zone in parks[:_MOST_NARROWED]])
    if len(parks) > _MOST_NARROWED:
        names = fill(TEXTS["more"], names=names, count=len(parks))
    return fill(TEXTS["narrowed"], words=asked_name(record, demand), around=record.place(around).words, zone=names)


_MOST_NARROWED = 2


def _track(record: PlanningRecord, role: Role) -> Words:
    place = record.zones[role.zone].words
    return fill(TEXTS["track"], place=place, track=inside_quotes(role.track.words), role=say(f"track_{role.role}"))


def stated(record: PlanningRecord, asked: str, naming: Naming, named: Words | None = None) -> Words:
    """Say what a document names a place with, in the document's own term, and how that relates to what was asked.

    That one industry contains another is said of names of the taxonomy; of a document's term that is none it is said
    what it is taken for here.

    Parameters
    ----------
    named
        The name of its subject, where that itself is spoken of; else it is told how the subject relates to a place.
    """
    industry = record.industries[naming.statement.industry]
    term, asked = term_of(record, naming.statement), asked.strip('“”"')
    place, rank = named or subject(record, naming.statement), say(f"rank_{naming.statement.rank}")
    if not industry.labels & {normalise(term["zh"]), normalise(_BRACKET.sub("", term["zh"]))}:
        how = fill(TEXTS[f"other_{naming.relation}"], words=quoted(asked), node=inside_quotes(industry.words))
        return fill(TEXTS["other"], said=inside_quotes(term), place=place, rank=rank, how=how)
    asked_parts = {normalise(part) for part in asked.split("或")}
    own_words = {normalise(term["zh"]), normalise(_BRACKET.sub("", term["zh"]))}
    exact = naming.relation != "same" or bool(asked_parts & own_words)
    key = naming.relation if exact else "same_as"
    return fill(TEXTS[key], words=quoted(asked), said=inside_quotes(term), place=place, rank=rank)


def asked_name(record: PlanningRecord, demand: Demand) -> Words:
    """Return what is looked for: the words that were asked where documents or the taxonomy have them, else its names.

    People's words and the names of firms (造纸, 一重天津重工) are looked up as an industry; no document places them.
    """
    if is_term(record, demand):
        return quoted(demand.words)
    names = [inside_quotes(record.industries[match.id].words) for match in demand.matches]
    return joined(names) if names else quoted(demand.words)


def is_term(record: PlanningRecord, demand: Demand) -> bool:
    """Tell whether the words that were asked are a term of the taxonomy, not a person's word for one."""
    industries = [record.industries[match.id] for match in demand.matches]
    labels = frozenset().union(*(one.labels | {normalise(one.name_en), normalise(one.id)} for one in industries))
    return all(normalise(part) in labels for part in demand.words.split("或"))


def quoted(asked: str) -> Words:
    """Return the words that were asked as they stand between quotation marks."""
    return inside_quotes({"zh": asked, "en": asked})


def term_of(record: PlanningRecord, statement: Statement) -> Words:
    """Return the document's term for an industry; in English the name of what it is taken for."""
    industry = record.industries[statement.industry]
    return {"zh": statement.source.wording or industry.name_zh, "en": industry.name_en}


def _agreement(record: PlanningRecord, found: Fit) -> Words:
    agreement = fill(TEXTS["documents"], titles=_titles(record, found.witnesses), count=len(found.witnesses))
    if found.copies:
        bases = [one for copy in found.copies for one in record.drawn_up_on(copy) if one in found.witnesses]
        copies = fill(TEXTS["copies"], titles=_titles(record, found.copies), bases=_titles(record, bases))
        agreement = _joined(agreement, copies)
    return _joined(agreement, TEXTS["differ"]) if found.differ else agreement


def _titles(record: PlanningRecord, documents: Iterable[str]) -> Words:
    known = [record.documents[one] for one in dict.fromkeys(documents)]
    return joined([{"zh": f"《{one['short_title_zh']}》", "en": str(one["title_en"])} for one in known])


def naming_evidence(record: PlanningRecord, naming: Naming) -> Evidence:
    """Return a statement as evidence."""
    says = fill(
        TEXTS["evidence"],
        place=subject(record, naming.statement),
        said=term_of(record, naming.statement),
        rank=say(f"rank_{naming.statement.rank}"),
        relation=say(f"relation_{naming.relation}"),
    )
    how = {
        "industry": naming.statement.industry, "subject": naming.statement.subject, "relation": naming.relation,
        "standing": naming.standing,
    }  # fmt: skip
    return Evidence(says, naming.statement.source, how)


def subject(record: PlanningRecord, statement: Statement) -> Words:
    """Return what a statement speaks of: what is said of a plan area or a theme park is not said of the site itself."""
    found = record.place(statement.subject)
    if isinstance(found, Zone):
        return fill(TEXTS["theme"], name=found.words) if found.kind == "theme_park" else found.words
    return fill(TEXTS["element"], name=found.words)


def _joined(first: Words, second: Words) -> Words:
    """Join two clauses."""
    return {"zh": f"{first['zh']}，{second['zh']}", "en": f"{first['en']}; {second['en']}"}
