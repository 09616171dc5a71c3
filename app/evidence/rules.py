"""Rules: which clauses of the documents bear on a demand and on places, and what they say, in their own words.

What a rule says is the document's; which rules count and what they do is ours (``rules.yaml``).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from app.evidence.demand import Demand
from app.evidence.record import PlanningRecord
from app.evidence.rule import Rule
from app.evidence.rules_choice import EFFECTS, Effect, RulesChoice, rules_choice
from app.evidence.rules_words import says
from app.facts.names import normalise

On = Literal["both", "industry", "place"]
ONS: tuple[On, ...] = ("both", "industry", "place")

NEARNESS = ("same", "part", "group", "above", "sector")
"""How an industry of a rule is related to the one asked for: it; a part of it; a group that the clause names and it
belongs to; what directly contains it; anything above that. Chains do not count: a rule on batteries is none on cars."""

PARTLY = ("part", "group")
"""Relations in which a rule does not speak of all that is asked for, or not by its name: they rule nothing out."""

STRENGTHS = ("strict", "binding", "justify", "require", "guide", "encourage", "explore", "reported")
"""From what weighs most for a site to what is only looked back on."""

LONG = 3
"""Of a rule that names more industries than this, only those count that stand in its clause."""

Subject = str
"""Id of a zone or of a plan element."""

_PART, _CITY = -1, 0
_DISTANCE = {"own": 4, "park": 3, "functional_area": 3, "development_zone": 2, "district": 1, "municipality": _CITY}


@dataclass(frozen=True, slots=True)
class Bearing:
    """A rule as it bears on a question.

    Attributes
    ----------
    effect
        ``exclude``: the places are out; ``justify``: a project there has to be argued for; ``note``: to be known.
    on
        The industry asked for, places, or both.
    zones
        Ids of the places that it bears on; None for all.
    says
        The sentence by language, with the document's own words in quotation marks.
    """

    rule: Rule
    effect: Effect
    on: On
    zones: tuple[str, ...] | None
    says: Mapping[str, str]


@dataclass(frozen=True)
class RuleIndex:
    """The rules of a data version, sorted by what they can bear on; worked out once.

    Attributes
    ----------
    areas
        By document, what it is about as a whole.
    order
        Place of each rule in the order of the documents.
    effects
        The most that each rule can do.
    groups
        Ids of the groups of ``rules.yaml`` that each clause names.
    industry, place
        The rules that can bear on an industry, and on a place whatever comes.
    heard
        The rules that can answer the negative question: those with a word against an industry, or against anybody.
    """

    record: PlanningRecord
    rules: tuple[Rule, ...]
    choice: RulesChoice
    areas: Mapping[str, Subject]
    order: Mapping[str, int]
    effects: Mapping[str, Effect]
    groups: Mapping[str, frozenset[str]]
    industry: tuple[Rule, ...]
    place: tuple[Rule, ...]
    heard: tuple[Rule, ...]
    _near: dict[str, Mapping[str, int]] = field(default_factory=dict, repr=False)
    _subjects: dict[str, Mapping[Subject, int]] = field(default_factory=dict, repr=False)
    _at: dict[str, tuple[Mapping[str, int], tuple[Rule, ...]]] = field(default_factory=dict, repr=False)
    _says: dict[str, Mapping[str, str]] = field(default_factory=dict, repr=False)

    def bearing(self, rule: Rule, on: On, zones: tuple[str, ...] | None, effect: Effect | None = None) -> Bearing:
        """Return a rule as it bears; the effect is the most that it can do, if none is given."""
        if rule.id not in self._says:
            self._says[rule.id] = says(self.record, rule, self.areas.get(rule.source.document))
        return Bearing(rule, effect or self.effects[rule.id], on, zones, self._says[rule.id])

    def near(self, demands: Sequence[Demand]) -> Mapping[str, int]:
        """Return how near rules are to any of the demands, as a place in ``NEARNESS``, by id."""
        found: dict[str, int] = {}
        for demand in demands:
            asked = [match.id for match in demand.meant] if demand.matches else []
            for steps in (self._in_words(demand.words), *(self._of_industry(industry) for industry in asked)):
                for rule, step in steps.items():
                    found[rule] = min(step, found.get(rule, step), key=_covers_first)
        return found

    def _of_industry(self, asked: str) -> Mapping[str, int]:
        if asked not in self._near:
            steps = ((rule, self._nearness(asked, rule)) for rule in (*self.industry, *self.heard))
            self._near[asked] = {rule.id: step for rule, step in steps if step is not None}
        return self._near[asked]

    def _nearness(self, asked: str, rule: Rule) -> int | None:
        wanted = self.record.industries.get(asked)
        if wanted is None:
            return None
        vague = self.choice.vague - {asked}
        named = (said for said in _in_clause(self.record, rule) if said not in vague or said not in wanted.path)
        found = [step for said in named if (step := _step(self.record, wanted.path, said)) is not None]
        mine = (group for group in self.choice.groups if group.id in self.groups[rule.id])
        found += [NEARNESS.index("group") for group in mine if group.industries.intersection(wanted.path)]
        return min(found, key=_covers_first, default=None)

    def _in_words(self, words: str) -> Mapping[str, int]:
        """Return the rules whose clause names a group that the words of a question name."""
        named = {group.id for group in self.choice.groups if group.asked.search(words)}
        step = NEARNESS.index("group")
        return {rule: step for rule, groups in self.groups.items() if groups & named} if named else {}

    def at(self, zone: str) -> tuple[Mapping[str, int], tuple[Rule, ...]]:
        """Return the rules whose scope a zone lies in, with how near that is, and those of places alone, nearest first.

        Nearness: 4 the zone itself, 3 its park or plan area, 2 its development zone, 1 its district, 0 the city; -1 a
        part of it or a theme park in it.
        """
        if zone not in self._at:
            around = self._around(zone)
            near = {
                rule.id: max(found) for rule in self.rules if (found := [around[s] for s in rule.scope if s in around])
            }
            alone = [rule for rule in self.place if near.get(rule.id, _PART) > (2 if rule.theme == "layout" else _CITY)]
            alone.sort(key=lambda rule: (-near[rule.id], *self._weight(rule)))
            self._at[zone] = near, _once(alone)
        return self._at[zone]

    def _around(self, zone: str) -> Mapping[Subject, int]:
        record = self.record
        found = dict.fromkeys(
            (*record.parts.get(zone, ()), *(theme.id for theme in record.themes.get(zone, ()))), _PART
        )
        for place in record.memberships.get(zone, ()):
            if not place.core:
                found |= dict.fromkeys((element.id for element in record.elements_up(place.element)), 3)
        for around in record.line(zone):
            found[around] = _DISTANCE.get(record.zones[around].kind, 3)
        return found | {zone: _DISTANCE["own"]}

    def _weight(self, rule: Rule, effect: Effect | None = None) -> tuple[int, int, int]:
        strength = STRENGTHS.index(rule.strength)
        return EFFECTS.index(effect or self.effects[rule.id]), strength, self.order[rule.id]

    def rank(self, near: Mapping[str, int]) -> Callable[[Bearing], tuple[int, ...]]:
        """Return a key that sorts bearings: industry and place, then industry, then place; then effect and nearness."""
        most = len(NEARNESS)

        def key(one: Bearing) -> tuple[int, ...]:
            effect, *rest = self._weight(one.rule, one.effect)
            return ONS.index(one.on), effect, near.get(one.rule.id, most), *rest

        return key


def rule_index(record: PlanningRecord, rules: tuple[Rule, ...]) -> RuleIndex:
    """Return the index of some rules over a record; it is kept with the record.

    Raises
    ------
    ValueError
        When ``rules.yaml`` names an industry that the taxonomy does not have.
    """
    kept: RuleIndex | None = record.memory.get(("rules",))
    if kept is None or kept.rules is not rules:
        kept = record.memory["rules",] = _index(record, rules, rules_choice())
    return kept


def _index(record: PlanningRecord, rules: tuple[Rule, ...], choice: RulesChoice) -> RuleIndex:
    _check(record, choice)
    areas = _areas(rules)
    groups = {rule.id: frozenset(one.id for one in choice.groups if one.words.search(rule.clause_zh)) for rule in rules}
    narrow = {rule.id: set(rule.scope) != {areas.get(rule.source.document)} for rule in rules}
    stated = [rule for rule in rules if rule.kind != "thing"]
    industry = [rule for rule in stated if rule.industries or groups[rule.id] or rule.kind == "office"]
    place = [rule for rule in stated if not rule.industries and groups[rule.id] <= choice.also_for_places]
    return RuleIndex(
        record=record, rules=rules, choice=choice, groups=groups, areas=areas,
        order={rule.id: number for number, rule in enumerate(rules)},
        effects={rule.id: choice.effects.of(rule) for rule in rules},
        industry=tuple(rule for rule in industry if choice.industry.takes(rule, narrow=narrow[rule.id])),
        place=tuple(rule for rule in place if choice.place.takes(rule, narrow=narrow[rule.id])),
        heard=tuple(rule for rule in _unrepeated(rules) if choice.against.hears(rule)),
    )  # fmt: skip


def _check(record: PlanningRecord, choice: RulesChoice) -> None:
    named = {f"groups.{group.id}": group.industries for group in choice.groups} | {"vague": choice.vague}
    for where, industries in named.items():
        if strange := sorted(industries - record.industries.keys()):
            raise ValueError(f"rules.yaml: {where}: {', '.join(strange)}: not in the taxonomy of industries")


def _areas(rules: Iterable[Rule]) -> Mapping[str, Subject]:
    """Return by document the place that it is about as a whole: the one that most of its rules speak of alone."""
    counts: dict[str, Counter[Subject]] = defaultdict(Counter)
    for rule in rules:
        if len(rule.scope) == 1 and rule.kind == "rule":
            counts[rule.source.document][rule.scope[0]] += 1
    return {document: places.most_common(1)[0][0] for document, places in counts.items()}


def _covers_first(step: int) -> tuple[bool, int]:
    """Return a key that puts what the whole of the asked industry is meant by before what only a part of it is."""
    return NEARNESS[step] in PARTLY, step


def _step(record: PlanningRecord, wanted: tuple[str, ...], said: str) -> int | None:
    """Return how an industry of a rule is related to the last one of a path; None for not at all."""
    if said == wanted[-1]:
        return NEARNESS.index("same")
    named = record.industries.get(said)
    if named is None:
        return None
    if wanted[-1] in named.path:
        return NEARNESS.index("part")
    if said in wanted:
        direct = said == wanted[-2] and named.kind != "sector"
        return NEARNESS.index("above" if direct else "sector")
    return None


def _in_clause(record: PlanningRecord, rule: Rule) -> Iterable[str]:
    """Return the industries of a rule; of a long list those that its clause still has: it may be cut from a sentence.

    Products are kept: a document writes them in many ways (芯片制造与封测).
    """
    clause = normalise(rule.clause_zh)
    if len(rule.industries) <= LONG or rule.kind == "office":
        return rule.industries
    nodes = (record.industries[one] for one in rule.industries if one in record.industries)
    return [node.id for node in nodes if node.kind == "product" or any(label in clause for label in node.labels)]


def _repeats(rule: Rule, before: Iterable[Rule]) -> bool:
    """Tell whether the clause of a rule is, or is part of, that of one before: it stands once for each theme it has."""
    same = (one.clause_zh for one in before if one.source.document == rule.source.document)
    return any(rule.clause_zh in clause or clause in rule.clause_zh for clause in same)


def _once(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    kept: list[Rule] = []
    for rule in rules:
        if not _repeats(rule, kept):
            kept.append(rule)
    return tuple(kept)


def _unrepeated(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return rules without the things that a rule of the same document already names."""
    clauses: dict[str, list[str]] = defaultdict(list)
    for rule in rules:
        if rule.kind == "rule":
            clauses[rule.source.document].append(rule.clause_zh)
    return tuple(
        rule for rule in rules
        if rule.kind != "thing" or not any(rule.clause_zh in clause for clause in clauses[rule.source.document])
    )  # fmt: skip


def bearing(
    record: PlanningRecord, rules: tuple[Rule, ...], demands: Sequence[Demand], zones: Sequence[str]
) -> list[Bearing]:
    """Return the rules that bear on what is asked for and on places, the nearest and strongest first.

    Parameters
    ----------
    rules
        All rules of the data version, and those of the office; always the same tuple, the index is kept for it.
    demands
        The industries asked for.
    zones
        Ids of the places; none if no place is in question.
    """
    index = rule_index(record, rules)
    near = index.near(demands)
    rank, limits = index.rank(near), index.choice.limits
    of_industry = [one for rule in index.industry if rule.id in near for one in _of_industry(index, rule, near, zones)]
    kept = _first(sorted(of_industry, key=rank))[: limits["industry"]]
    spoken = {one.rule.id for one in kept}
    return kept + sorted(_of_places(index, spoken, zones), key=rank)


def _of_industry(index: RuleIndex, rule: Rule, near: Mapping[str, int], zones: Sequence[str]) -> Iterable[Bearing]:
    """Yield a rule of the industry: for the places in its scope; elsewhere if it says where the industry goes."""
    effect = _effect(index, rule, near)
    reach = {zone: index.at(zone)[0][rule.id] for zone in zones if rule.id in index.at(zone)[0]}
    inside = tuple(zone for zone, step in reach.items() if step != _PART)
    parts = tuple(zone for zone, step in reach.items() if step == _PART)
    if effect == "exclude":
        yield from (index.bearing(rule, "both", some, how) for some, how in _split(inside, parts) if some)
    elif reach and all(step == _CITY for step in reach.values()):
        yield index.bearing(rule, "industry", None, effect)
    elif reach:
        yield index.bearing(rule, "both", tuple(reach), effect)
    elif not zones or (effect == "note" and _directs(rule, NEARNESS[near[rule.id]])):
        yield index.bearing(rule, "industry", None, effect)


def _effect(index: RuleIndex, rule: Rule, near: Mapping[str, int]) -> Effect:
    """Return what a rule does to what is asked for; a prohibition of a part of it rules nothing out."""
    effect, partly = index.effects[rule.id], NEARNESS[near[rule.id]] in PARTLY
    return "justify" if effect == "exclude" and partly else effect


def _directs(rule: Rule, nearness: str) -> bool:
    """Tell whether a rule says where an industry goes, so that it counts for places outside its scope."""
    return rule.theme == "layout" or (rule.theme == "admission" and nearness != "sector")


def _split(inside: tuple[str, ...], parts: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], Effect], ...]:
    """Return what a prohibition does: it rules out what lies in its scope, not the whole that a part of is named."""
    return (inside, "exclude"), (parts, "justify")


def _of_places(index: RuleIndex, spoken: set[str], zones: Sequence[str]) -> list[Bearing]:
    """Return the first rules of each place that name no industry, each once with its places, less those spoken of."""
    found: dict[str, list[str]] = defaultdict(list)
    by_id = {}
    for zone in zones:
        for rule in _nearest(index, zone, spoken):
            by_id[rule.id] = rule
            found[rule.id].append(zone)
    return [index.bearing(by_id[rule], "place", tuple(places)) for rule, places in found.items()]


def _nearest(index: RuleIndex, zone: str, spoken: set[str]) -> Iterable[Rule]:
    """Return the first rules of a place alone: those of itself and its development zone, then those of its district."""
    near, alone = index.at(zone)
    wide = _DISTANCE["district"]
    for limit in ("place", "district"):
        chosen = (rule for rule in alone if (near[rule.id] == wide) == (limit == "district") and rule.id not in spoken)
        yield from islice(chosen, index.choice.limits[limit])


def _first(bearings: Iterable[Bearing]) -> list[Bearing]:
    """Return the bearings less those that repeat a clause with the same effect."""
    kept: list[Bearing] = []
    for one in bearings:
        if not _repeats(one.rule, (other.rule for other in kept if other.effect == one.effect)):
            kept.append(one)
    return kept


def against(record: PlanningRecord, rules: tuple[Rule, ...], demands: Sequence[Demand]) -> list[Bearing]:
    """Return what speaks against places for what is asked for: limits, moving out, and what is sent elsewhere.

    Those that name the industry come first (``on`` is industry), then those that every industrial project meets.
    No place is ruled out by them unless ``effect`` says so, and that only inside ``rule.scope``.
    """
    index = rule_index(record, rules)
    near, chosen = index.near(demands), index.choice.against
    found = []
    for rule in index.heard:
        if rule.id in near and chosen.limits_industry(rule):
            found.append(index.bearing(rule, "industry", None, _effect(index, rule, near)))
        elif chosen.meets_anybody(rule):
            found.append(index.bearing(rule, "place", None))
    return _first(sorted(found, key=index.rank(near)))[: index.choice.limits["against"]]
