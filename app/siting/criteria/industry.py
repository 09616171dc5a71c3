"""Industry fit: how strongly the documents name a site with what is to be made there."""

from app.siting.criteria.base import Criterion, Evidence, Explained, register
from app.siting.curves import Curve, Floats, Piecewise
from app.siting.knowledge import Knowledge, Statement, Zone
from app.siting.question import Question
from app.siting.relations import Fit, Naming, fit
from app.siting.survey import Survey
from app.siting.words import Words, joined, say, words


@register
class IndustryFit(Criterion):
    """Named with the product itself, its subsector, its sector or only its value chain; by how many documents."""

    name = "industry"
    group = "industry"
    order = 10
    title = words("产业契合", "Industry fit")
    unit = words("分（0–100）", "points (0–100)")
    of_the_zone = True
    direction = "more"
    basis = words(
        "本服务设定：同一产业 1、所含 0.9、所属 0.7、仅大类 0.45、产业链 0.3；重点 1、辅助 0.7、服务业态 0.9；本区 1、"
        "所含功能区和所承载的主题园区 0.9、所在园区、开发区或规划片区 0.6、所在行政区 0.3；一份文件 0.8，"
        "每多一份最多加 0.1，至 1 为止。事实来自五份文件。",
        "Set by this service: the industry itself 1, contained 0.9, containing 0.7, sector only 0.45, value "
        "chain 0.3; leading 1, supporting 0.7, service 0.9; the zone itself 1, a part of it or a theme park it hosts "
        "0.9, the park, development zone or plan area around it 0.6, its district 0.3; one document 0.8, each further "
        "one up to 0.1 more, up to 1. The facts are from the five documents.",
    )

    def curve(self, question: Question) -> Curve:
        """Points are values already."""
        return Piecewise(((0, 0), (100, 1)))

    def measure(self, survey: Survey) -> Floats:
        """Return the mean of the fits to each industry asked for."""

        def points(zone: str) -> float:
            fits = self._fits(survey, zone)
            return round(sum(one.points for one in fits) / len(fits), 2)

        return survey.by_zone(self.name, points)

    def explain(self, survey: Survey, row: int, raw: float) -> Explained:
        """Say what the documents name the site with."""
        zone = survey.zones[row]
        fits = self._fits(survey, zone) if zone is not None else []
        parts, evidence = [], []
        for wish, one in zip(survey.question.wishes, fits, strict=False):
            parts.append(self._sentence(survey, wish.words, one))
            evidence += [self._evidence(survey, naming) for naming in one.namings]
        return Explained(
            {"zh": "；".join(one["zh"] for one in parts), "en": "; ".join(one["en"] for one in parts)}, tuple(evidence)
        )

    def _fits(self, survey: Survey, zone: str) -> list[Fit]:
        return [fit(survey.knowledge, zone, wish) for wish in survey.question.wishes]

    def _sentence(self, survey: Survey, asked: str, found: Fit) -> Words:
        if not found.namings:
            return say("industry_none", words=asked)
        best = found.namings[0]
        said = survey.knowledge.industries[best.statement.industry].words
        place = _subject(survey.knowledge, best.statement)
        rank = say(f"rank_{best.statement.rank}")
        sentence = say(f"industry_{best.relation}", words=asked, said=said, place=place, rank=rank)
        return joined_sentence(sentence, self._agreement(survey, found))

    def _agreement(self, survey: Survey, found: Fit) -> Words:
        titles = [
            {"zh": f"《{document['short_title_zh']}》", "en": str(document["title_en"])}
            for document in (survey.knowledge.documents[one] for one in found.agreeing)
        ]
        agreement = say("industry_documents", count=len(titles), titles=joined(titles))
        return joined_sentence(agreement, say("industry_differ")) if found.differ else agreement

    def _evidence(self, survey: Survey, naming: Naming) -> Evidence:
        says = say(
            "industry_evidence",
            place=_subject(survey.knowledge, naming.statement),
            said=survey.knowledge.industries[naming.statement.industry].words,
            rank=say(f"rank_{naming.statement.rank}"),
            relation=say(f"relation_{naming.relation}"),
        )
        return Evidence(says, naming.statement.source)


def _subject(knowledge: Knowledge, statement: Statement) -> Words:
    """Return what a statement speaks of: what is said of a plan area or a theme park is not said of the site itself."""
    found = knowledge.place(statement.subject)
    if isinstance(found, Zone):
        return say("place_theme", name=found.words) if found.kind == "theme_park" else found.words
    return say("place_element", name=found.words)


def joined_sentence(first: Words, second: Words) -> Words:
    """Join two clauses."""
    return {"zh": f"{first['zh']}，{second['zh']}", "en": f"{first['en']}; {second['en']}"}
