"""RulesChoice: what we decide about rules, from ``rules.yaml``: which bear on siting, with what effect, for whom."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from app.db.vocabulary import RULE_STRENGTHS, RULE_THEMES
from app.evidence.rule import Rule

FILE = Path(__file__).with_name("rules.yaml")

Effect = Literal["exclude", "justify", "note"]

EFFECTS: tuple[Effect, ...] = ("exclude", "justify", "note")
"""From what rules a place out to what is only to be known."""


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of some words, each a regular expression; of no words one that finds nothing."""
    return re.compile("|".join(words) or "(?!)")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which clauses of a theme count.

    Attributes
    ----------
    words, unless
        A clause needs one of the words, and none of the others.
    narrower
        Whether a clause that speaks of less than its document's area needs no word.
    """

    words: re.Pattern[str]
    unless: re.Pattern[str]
    narrower: bool

    def passes(self, clause: str, *, narrow: bool) -> bool:
        """Tell whether a clause counts; ``narrow`` if it speaks of less than its document's area."""
        return not self.unless.search(clause) and bool((self.narrower and narrow) or self.words.search(clause))


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules count: strengths, and for each theme which clauses. Rules of an office always count."""

    strengths: frozenset[str]
    themes: Mapping[str, Filter]

    def takes(self, rule: Rule, *, narrow: bool) -> bool:
        """Tell whether a rule counts."""
        if rule.kind == "office":
            return True
        chosen = self.themes.get(rule.theme) if rule.strength in self.strengths else None
        return chosen is not None and chosen.passes(rule.clause_zh, narrow=narrow)


@dataclass(frozen=True, slots=True)
class Group:
    """Industries that a clause can name without a node of the taxonomy: 危化企业, 高耗能项目.

    Attributes
    ----------
    words
        What the clauses call it.
    asked
        What questions call it.
    industries
        Ids of what we count to it, with everything below.
    """

    id: str
    words: re.Pattern[str]
    asked: re.Pattern[str]
    industries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Against:
    """Which rules answer the negative question.

    Attributes
    ----------
    industry
        Words of a clause that names the industry or a group of it.
    anybody
        Words of a clause that every industrial project meets.
    """

    strengths: frozenset[str]
    themes: frozenset[str]
    industry: re.Pattern[str]
    anybody: re.Pattern[str]

    def hears(self, rule: Rule) -> bool:
        """Tell whether a rule can answer it at all."""
        counts = rule.strength in self.strengths and rule.theme in self.themes
        return rule.kind == "office" or (counts and (self.limits_industry(rule) or self.meets_anybody(rule)))

    def limits_industry(self, rule: Rule) -> bool:
        """Tell whether a rule limits the industry that it names, or sends it elsewhere."""
        return rule.kind == "office" or bool(self.industry.search(rule.clause_zh))

    def meets_anybody(self, rule: Rule) -> bool:
        """Tell whether every industrial project meets the rule somewhere."""
        return not rule.industries and bool(self.anybody.search(rule.clause_zh))


@dataclass(frozen=True, slots=True)
class Effects:
    """What a clause does.

    Attributes
    ----------
    prohibits, unless, conditions
        Words by which it prohibits, those that mean something else, and those by which it does so on a condition only.
    justify, strengths
        Words and strengths by which a project has to be argued for.
    """

    prohibits: re.Pattern[str]
    unless: re.Pattern[str]
    conditions: re.Pattern[str]
    justify: re.Pattern[str]
    strengths: frozenset[str]

    def of(self, rule: Rule) -> Effect:
        """Return the most that a rule can do: ``exclude`` holds only where it names both industry and place."""
        if rule.strength == "reported":
            return "note"
        clause = self.unless.sub("", rule.clause_zh)
        if self.prohibits.search(clause):
            named = rule.industries and rule.scope and not self.conditions.search(clause)
            return "exclude" if named else "justify"
        return "justify" if rule.strength in self.strengths or self.justify.search(clause) else "note"


@dataclass(frozen=True, slots=True)
class RulesChoice:
    """Everything that ``rules.yaml`` decides.

    Attributes
    ----------
    also_for_places
        Groups whose clauses speak of the place as well.
    vague
        Sectors of which a rule is no word on their parts.
    limits
        Numbers of rules in an answer.
    """

    industry: Selection
    place: Selection
    effects: Effects
    groups: tuple[Group, ...]
    also_for_places: frozenset[str]
    vague: frozenset[str]
    against: Against
    limits: Mapping[str, int]


@cache
def rules_choice(file: Path = FILE) -> RulesChoice:
    """Read what we decide about rules.

    Raises
    ------
    ValueError
        When a theme, a strength or a group is none.
    """
    data: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    groups = tuple(_group(file, name, data["groups"]) for name in data["groups"])
    also = _known(file, "also_for_places", data["also_for_places"], data["groups"])
    return RulesChoice(
        _selection(file, "industry", data), _selection(file, "place", data), _effects(file, data["effects"]),
        groups, also, frozenset(data["vague"]), _against(file, data["against"]), data["limits"],
    )  # fmt: skip


def _known(file: Path, where: str, given: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """Return words of a vocabulary as a set; a ValueError names those that are none."""
    if strange := sorted(set(given) - set(known)):
        raise ValueError(f"{file}: {where}: {', '.join(strange)}: not one of {', '.join(known)}")
    return frozenset(given)


def _selection(file: Path, where: str, data: Mapping[str, Any]) -> Selection:
    entry = data[where]
    _known(file, f"{where}.themes", entry["themes"], RULE_THEMES)
    strengths = _known(file, f"{where}.strengths", entry["strengths"], RULE_STRENGTHS)
    return Selection(strengths, {theme: _filter(words) for theme, words in entry["themes"].items()})


def _filter(entry: Mapping[str, Any]) -> Filter:
    return Filter(pattern(entry["words"]), pattern(entry.get("unless", ())), entry.get("narrower", False))


def _effects(file: Path, entry: Mapping[str, Any]) -> Effects:
    exclude, justify = entry["exclude"], entry["justify"]
    return Effects(
        pattern(exclude["words"]), pattern(exclude["unless"]), pattern(exclude["conditions"]),
        pattern(justify["words"]), _known(file, "effects.justify", justify["strengths"], RULE_STRENGTHS),
    )  # fmt: skip


def _group(file: Path, name: str, groups: Mapping[str, Mapping[str, Any]]) -> Group:
    entry = groups[name]
    includes = _known(file, f"groups.{name}.includes", entry.get("includes", ()), groups)
    every = [entry, *(groups[other] for other in sorted(includes))]
    asked = [word for one in every for word in one["asked"]]
    industries = frozenset(id_ for one in every for id_ in one["industries"])
    return Group(name, pattern(entry["words"]), pattern(asked), industries)


def _against(file: Path, entry: Mapping[str, Any]) -> Against:
    strengths = _known(file, "against.strengths", entry["strengths"], RULE_STRENGTHS)
    themes = _known(file, "against.themes", entry["themes"], RULE_THEMES)
    return Against(strengths, themes, pattern(entry["industry"]), pattern(entry["anybody"]))
