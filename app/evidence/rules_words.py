"""The sentence of a rule: the document's own words in quotation marks, and the places that it is about."""

from collections.abc import Mapping

from app.evidence.record import Element, PlanningRecord
from app.evidence.rule import Rule

Words = Mapping[str, str]
"""A text by language."""

_ASKS: dict[str, dict[str, str]] = {
    "binding": {"zh": "要求", "en": "binding"},
    "strict": {"zh": "要求", "en": "strict"},
    "justify": {"zh": "要求", "en": "to be assessed"},
    "require": {"zh": "要求", "en": "required"},
    "guide": {"zh": "提出", "en": "guidance"},
    "encourage": {"zh": "提出", "en": "encouraged"},
    "explore": {"zh": "提出", "en": "to be explored"},
    "reported": {"zh": "回顾", "en": "reported as done or under way"},
}
"""What a document does with a rule of each strength."""

FEW = 3
"""So many places are named in the sentence; ``rule.scope`` has all."""


def says(record: PlanningRecord, rule: Rule, area: str | None) -> Words:
    """Return the sentence of a rule by language.

    Parameters
    ----------
    area
        What its document is about as a whole: it is not said again.
    """
    title, asks = _title(record, rule), _ASKS[rule.strength]
    places = _places(record, rule, area)
    where = {"zh": f"（{places['zh']}）", "en": f" ({places['en']})"} if places else {"zh": "", "en": ""}
    return {
        "zh": f"《{title['zh']}》{asks['zh']}{_quoted(rule)}{where['zh']}",
        "en": f"{title['en']}{where['en']}: {rule.summary_en.rstrip('.')} ({asks['en']})",
    }


def _quoted(rule: Rule) -> str:
    """Return the clause in quotation marks, its verb before it where a document puts that elsewhere in the sentence."""
    clause = f"“{_inner(rule.clause_zh)}”"
    if rule.kind == "thing":
        return f"{clause}：{rule.summary_zh.rstrip('。')}"
    return clause if rule.verb in rule.clause_zh else f"“{rule.verb}”{clause}"


def _inner(text: str) -> str:
    """Return a text as it stands inside quotation marks: those that it has become single ones, if they are pairs."""
    return text.replace("“", "‘").replace("”", "’")


def _title(record: PlanningRecord, rule: Rule) -> Words:
    if rule.titles is not None:
        return rule.titles
    document = record.documents[rule.source.document]
    return {"zh": str(document["short_title_zh"]), "en": str(document["title_en"])}


def _places(record: PlanningRecord, rule: Rule, area: str | None) -> Words | None:
    """Return the names of what a rule is about; None where that is the whole area of its document."""
    if not rule.scope or rule.scope == (area,):
        return None
    named = [record.place(subject) for subject in rule.scope[:FEW]]
    more, unknown = len(rule.scope) > FEW, all(_without_extent(record, subject) for subject in rule.scope)
    zh = (
        "、".join(place.name_zh for place in named) + ("等" if more else "") + ("；文件未给出其范围" if unknown else "")
    )
    en = "; ".join(place.name_en for place in named) + (" and others" if more else "")
    return {"zh": zh, "en": en + ("; the document gives no extent" if unknown else "")}


def _without_extent(record: PlanningRecord, subject: str) -> bool:
    """Tell whether a subject is a plan element of which the document names no member, core or part."""
    element = record.elements.get(subject)
    parts = (one for one in record.elements.values() if one.parent == subject)
    return element is not None and not _named(element) and not any(_named(part) for part in parts)


def _named(element: Element) -> bool:
    return bool(element.members or element.cores)
