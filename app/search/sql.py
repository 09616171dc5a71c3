"""SQL of the search: one statement, from a query in normal form to the hits in their order."""

from app.db.vocabulary import THING_KINDS
from app.search.normal import GENERIC, Core, core, is_han
from app.search.sound import sounds

EXACT, CORE, HALF_CORE, PREFIX, CONTAINS = 0, 1, 2, 3, 4
PINYIN, PINYIN_PREFIX, PINYIN_CONTAINS = 5, 6, 7
INITIALS, INITIALS_PREFIX, LOOSE, INITIALS_CONTAINS = 8, 9, 10, 11
FUZZY = 12

NAMED_KINDS = (*THING_KINDS, "owner", "rule")

HOW = {
    **dict.fromkeys((EXACT, CORE, HALF_CORE), "exact"),
    PREFIX: "prefix",
    CONTAINS: "contains",
    **dict.fromkeys((PINYIN, PINYIN_PREFIX, PINYIN_CONTAINS, LOOSE), "pinyin"),
    **dict.fromkeys((INITIALS, INITIALS_PREFIX, INITIALS_CONTAINS), "initials"),
    FUZZY: "fuzzy",
}
"""Grade of a match to what a client is told. The grade decides first; a lower one is better."""

_Q = "CAST(:q AS text)"
_AT_A_START = "EXISTS (SELECT FROM unnest(t.starts) AS s WHERE starts_with(substr(t.normal, s + 1), {0}))"

_MINOR_PARK = "(t.kind = ANY(:named) AND t.ending = 'park')"
"""A park within a park is not what is meant by the short name of a larger one: 渤龙 is 渤龙湖, not 渤龙产业园."""

HITS = f"""
WITH found AS MATERIALIZED (
     SELECT t.*, CAST(NULL AS float8) AS likeness,
            CASE t.spelling
            WHEN 'written' THEN
                 CASE WHEN t.normal = {_Q} THEN {EXACT}
                      WHEN t.core = :core AND t.ending = :ending AND NOT {_MINOR_PARK} THEN {CORE}
                      WHEN (t.core = {_Q} OR (:generic AND :core IN (t.core, t.normal))) AND NOT {_MINOR_PARK}
                           THEN {HALF_CORE}
                      WHEN starts_with(t.normal, {_Q}) THEN {PREFIX}
                      WHEN {_AT_A_START.format(_Q)} OR t.core IN ({_Q}, :core) OR (:generic AND t.normal = :core)
                           THEN {CONTAINS} END
            WHEN 'pinyin' THEN
                 CASE WHEN t.normal = ANY(:sounds) THEN {PINYIN}
                      WHEN EXISTS (SELECT FROM unnest(CAST(:sounds AS text[])) AS one WHERE starts_with(t.normal, one))
                           THEN {PINYIN_PREFIX}
                      WHEN :inner AND {_AT_A_START.format(_Q)} THEN {PINYIN_CONTAINS}
                      WHEN :loose AND left(t.normal, 1) = left({_Q}, 1) AND {_Q} ~ t.loose THEN {LOOSE} END
            WHEN 'initials' THEN
                 CASE WHEN NOT :latin THEN NULL
                      WHEN t.normal = {_Q} THEN {INITIALS}
                      WHEN starts_with(t.normal, {_Q}) THEN {INITIALS_PREFIX}
                      WHEN :inner AND {_AT_A_START.format(_Q)} THEN {INITIALS_CONTAINS} END
            END AS grade
       FROM yuantu.search_term AS t
      WHERE t.kind = ANY(:kinds)
        AND (t.normal LIKE '%' || {_Q} || '%' OR t.core IN ({_Q}, :core) OR t.normal = :core
             OR (t.spelling = 'pinyin'
                 AND (t.normal LIKE ANY(:heard) OR (:loose AND t.normal LIKE left({_Q}, 1) || '%'))))
), near AS MATERIALIZED (
     SELECT t.*, CASE WHEN :latin THEN greatest(edits.likeness, word_similarity({_Q}, t.normal)) ELSE edits.likeness END
                 AS likeness,
            {FUZZY} AS grade
       FROM (SELECT * FROM yuantu.search_term AS t
              WHERE t.kind = ANY(:kinds) AND t.spelling <> 'initials'
                AND (:latin OR t.spelling = 'written') AND :fuzzy
                AND NOT EXISTS (SELECT FROM found WHERE grade IS NOT NULL)) AS t
      CROSS JOIN LATERAL (SELECT CASE t.spelling WHEN 'pinyin' THEN CAST(:sound AS text) ELSE {_Q} END AS word) AS asked
      CROSS JOIN LATERAL (SELECT levenshtein_less_equal(asked.word, left(t.normal, 200), :most) AS whole,
                                 levenshtein_less_equal(asked.word, left(t.normal, length(asked.word)), :most) AS begun
                         ) AS edit
      CROSS JOIN LATERAL (SELECT greatest(
            CASE WHEN edit.whole <= :most THEN 1 - edit.whole::float8 / length(asked.word) END,
            CASE WHEN :begun AND edit.begun <= :most THEN 0.95 - edit.begun::float8 / length(asked.word) END,
            CASE WHEN t.spelling = 'written' AND t.normal LIKE :spread
                 THEN 0.6 + 0.3 * length({_Q}) / length(t.normal) END) AS likeness) AS edits
), best AS (
     -- Of a target's equally good names the weightiest is shown; the one that is covered most decides its place.
     SELECT DISTINCT ON (kind, target_id) *,
            max(length({_Q})::float8 / length(normal)) OVER (PARTITION BY kind, target_id, grade) AS share
       FROM (SELECT * FROM found WHERE grade IS NOT NULL
             UNION ALL SELECT * FROM near WHERE likeness >= :least) AS hit
      ORDER BY kind, target_id, grade, likeness DESC, term = CAST(:typed AS text) DESC, weight DESC, length(normal), id
)
SELECT b.grade, b.form, b.spelling, b.term, b.normal, b.offsets, b.starts, t.kind, t.id,
       t.title_zh, t.title_en, t.detail_zh, t.detail_en, t.layer, t.feature, t.parts, t.zones, t.bbox, t.point
  FROM best AS b
  JOIN yuantu.search_target AS t ON t.kind = b.kind AND t.id = b.target_id
 ORDER BY b.grade, b.likeness DESC, t.rank, b.share DESC, b.weight DESC, t.sort, t.kind, t.id
 LIMIT :limit
"""

_LONGEST_EDIT = 200
"""Longest text whose mistakes are counted; levenshtein takes 255 characters."""

_INNER_LETTERS = 3
"""So many letters at least are looked for inside a name in pinyin."""


def hit_values(query: str, typed: str, kinds: list[str], limit: int) -> dict[str, object]:
    """Return what is bound to ``HITS``.

    Parameters
    ----------
    query
        In normal form, so that no character of it means anything to LIKE or to a regular expression.
    typed
        As a person wrote it.
    kinds
        Kinds of targets to look among.
    limit
        Most hits.
    """
    latin = not any(map(is_han, query))
    bare = core(query) or Core(query, "none")
    heard = sounds(query) if latin or len(query) > 1 else ("",)
    return {
        "q": query,
        "typed": typed.replace("\x00", ""),
        "core": bare.text,
        "ending": bare.ending,
        "generic": bare.ending in GENERIC,
        "sounds": [one for one in heard if one],
        "heard": [f"{one}%" for one in heard if one],
        "sound": heard[0] or query,
        "latin": latin,
        "inner": latin and len(query) >= _INNER_LETTERS,
        "loose": latin and 3 <= len(query) <= 40,
        "fuzzy": len(query) >= (4 if latin else 3) and max(len(query), len(heard[0])) <= _LONGEST_EDIT,
        "begun": len(query) > 4,
        "most": _most_edits(len(query), latin=latin),
        "least": 0.6,
        "spread": f"{'%'.join(query)}%" if not latin else "",
        "kinds": kinds,
        "named": list(NAMED_KINDS),
        "limit": limit,
    }


def _most_edits(length: int, *, latin: bool) -> int:
    """Return how many mistakes are forgiven: one in four characters or letters, never more than three.

    In a name of three characters none is: 利安隆 is no 联东, and 智慧山 no 智慧医疗.
    What sounds alike is found by its sound.
    """
    return min(3, max(1, (length + 1) // 4)) if latin else min(3, length // 4)
