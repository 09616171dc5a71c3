"""Search terms: every form of a name, written, in pinyin and as initials; and where what it names is on the map."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

from app.loading.facts import Facts
from app.loading.search_target import Target
from app.loading.search_targets import targets
from app.search.normal import Normal, core, is_han, normalise
from app.search.sound import initials, joined, loose, spell

WEIGHTS = {
    "official": 100,
    "short": 95,
    "alias": 80,
    "english": 75,
    "former": 70,
    "term": 65,
    "place": 40,
    "code": 30,
    "clause": 20,
}
"""Of equally near names, the official one counts most."""

Name = tuple[str, str, int]
"""A form of a name, which form it is, and what it counts."""

_PLACED = """
WITH shape AS (
     SELECT z.kind, z.id, z.geom FROM yuantu.zone AS z
     UNION ALL SELECT 'plan_element', e.id, e.geom FROM yuantu.plan_element AS e
     UNION ALL SELECT 'plan', e.plan_id, ST_Collect(e.geom) FROM yuantu.plan_element AS e GROUP BY e.plan_id
     UNION ALL SELECT 'cluster', c.id, c.geom FROM yuantu.cluster_feature AS c
     UNION ALL SELECT t.kind, t.id, t.geom FROM yuantu.thing_feature AS t
     UNION ALL SELECT 'owner', t.owner_zh, ST_Collect(t.geom) FROM yuantu.thing_feature AS t
                WHERE t.kind = 'project' GROUP BY t.owner_zh
     UNION ALL SELECT 'facility', f.id, f.geom FROM yuantu.facility AS f
     UNION ALL SELECT 'document', stated.document_id, ST_Collect(stated.geom)
                 FROM (SELECT p.document_id, e.geom
                         FROM yuantu.plan AS p JOIN yuantu.plan_element AS e ON e.plan_id = p.id
                       UNION ALL
                       SELECT c.document_id, f.geom FROM yuantu.cluster AS c JOIN yuantu.cluster_feature AS f USING (id)
                      ) AS stated GROUP BY stated.document_id
     UNION ALL SELECT 'industry', i.id, ST_Collect(z.geom)
                 FROM yuantu.industry AS i JOIN yuantu.zone_feature AS z ON i.id = ANY(z.industry_path) GROUP BY i.id
)
UPDATE yuantu.search_target AS t
   SET bbox = ARRAY[round(ST_XMin(s.geom)::numeric, 6), round(ST_YMin(s.geom)::numeric, 6),
                    round(ST_XMax(s.geom)::numeric, 6), round(ST_YMax(s.geom)::numeric, 6)]::float8[],
       point = (SELECT ARRAY[round(ST_X(at)::numeric, 6), round(ST_Y(at)::numeric, 6)]::float8[]
                  FROM ST_PointOnSurface(s.geom) AS at)
  FROM shape AS s
 WHERE s.kind = t.kind AND s.id = t.id AND s.geom IS NOT NULL
"""

_COUNTED = """
UPDATE yuantu.search_target AS t
   SET zones = (SELECT count(*) FROM yuantu.zone_feature AS z WHERE t.id = ANY(z.industry_path))
 WHERE t.kind = 'industry'
"""


def search_rows(facts: Facts) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows of the two tables of the search: what can be found, and every form of its name."""
    further = _further_names(facts)
    readings: dict[str, list[list[str]]] = defaultdict(list)
    for row in facts["search_readings"]:
        readings[row["phrase"]].append(row["pinyin"].split())
    found = targets(facts)
    terms = [
        term
        for one in found
        for term in _terms(one, [*further[one.kind, one.id], *further[one.kind, one.title.zh]], readings)
    ]
    return [one.columns() for one in found], terms


def _further_names(facts: Facts) -> dict[tuple[str, str], list[Name]]:
    """Return the names by kind and id that stand apart from what they name."""
    found: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for row in facts["search_aliases"]:
        found[row["kind"], row["target"]].append((row["term"], row["form"], WEIGHTS[row["form"]]))
    for row in facts["industry_terms"]:
        found["industry", row["industry"]].append((row["term"], "term", round(WEIGHTS["term"] * row["weight"])))
    titles = {row["id"]: row["title_zh"] for row in facts["gbt_codes"]}
    for row in facts["industry_gbt"]:
        weight = round(WEIGHTS["code"] * row["weight"])
        found["industry", row["industry"]] += [(row["gbt"], "code", weight), (titles[row["gbt"]], "code", weight)]
    return found


def place_targets(connection: Connection) -> None:
    """Say where each target is, and how many zones have each industry, once all rows and views are there."""
    connection.execute(text(_PLACED))
    connection.execute(text(_COUNTED))


def _terms(target: Target, further: list[Name], readings: dict[str, list[list[str]]]) -> Iterator[dict[str, Any]]:
    """Yield the forms of one target's names; of two that sound alike, the one that counts more.

    Two that are written otherwise and compared alike (with and without 《》) both stay: a hit shows the one that was
    typed.
    """
    own = [(term, form, WEIGHTS[form]) for term, form in target.names]
    seen = set()
    for term, form, weight in sorted([*own, *further], key=lambda name: -name[2]):
        # Nobody types a whole clause by its sound.
        spellings = _spellings(term, readings) if form != "clause" else iter([("written", normalise(term))])
        for spelling, normal in spellings:
            key = (spelling, term if spelling == "written" else normal.text)
            if normal.text and key not in seen:
                seen.add(key)
                # Of what is merely related, half a name is not enough.
                named = form not in ("term", "place", "code", "clause")
                bare = core(normal.text) if spelling == "written" and named else None
                yield {
                    "kind": target.kind,
                    "target_id": target.id,
                    "term": term,
                    "form": form,
                    "spelling": spelling,
                    "normal": normal.text,
                    "core": bare.text if bare else None,
                    "ending": bare.ending if bare else None,
                    "loose": loose(normal) if spelling == "pinyin" else None,
                    "offsets": list(normal.offsets),
                    "starts": list(normal.starts),
                    "weight": weight,
                }


def _spellings(term: str, readings: dict[str, list[list[str]]]) -> Iterator[tuple[str, Normal]]:
    yield "written", normalise(term)
    if sum(map(is_han, term)) >= 2:
        for syllables in spell(term, readings):
            yield "pinyin", joined(term, syllables)
            yield "initials", initials(term, syllables)
