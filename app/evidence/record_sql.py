"""SQL: what the documents say, and where things lie, as one JSON text; it holds for a data version."""

from app.evidence.rules_sql import RULES
from app.facts.parts_sql import PERIOD

IS_CANDIDATE = "(z.is_park OR z.kind = 'functional_area')"
"""Whether a zone ``z`` is a candidate: parks and their functional areas."""

IS_PARK = "z.is_park"
"""Whether a zone ``z`` counts as a neighbour: parks, not their parts."""


def _list(select: str) -> str:
    return f"(SELECT coalesce(json_agg(to_json(r)), '[]') FROM ({select}) AS r)"


_ZONES = _list(
    f"""SELECT z.id, z.name_zh, z.name_en, z.short_name_zh, z.aliases, z.kind, z.level, z.parent_id AS parent,
               z.area_ha, z.official_area_ha, z.geom IS NOT NULL AS located, {IS_CANDIDATE} AS candidate,
               {IS_PARK} AS park, z.accuracy_m / 1000 AS accuracy_km, z.extent_basis, z.parks_listed_by,
               (SELECT coalesce(json_object_agg(l.district_id, l.share), '{{}}')
                  FROM yuantu.zone_lies_in AS l WHERE l.zone_id = z.id) AS lies_in
          FROM yuantu.zone AS z ORDER BY z.sort, z.id"""
)
_INDUSTRIES = _list("SELECT id, name_zh, name_en, kind, path, aliases FROM yuantu.industry ORDER BY sort")
_STATEMENTS = _list(
    """SELECT coalesce(zone_id, element_id) AS subject, industry_id AS industry, rank, wording,
              document_id AS document, locator
         FROM yuantu.zone_industry ORDER BY sort, id"""
)
_CHAINS = _list(
    """SELECT chain_id AS chain, upstream_id AS upstream, downstream_id AS downstream, wording,
              document_id AS document, locator
         FROM yuantu.value_chain_link ORDER BY sort, id"""
)
_ELEMENTS = _list(
    """SELECT e.id, e.plan_id AS plan, p.name_zh AS plan_zh, p.name_en AS plan_en, e.parent_id AS parent, e.kind,
              e.name_zh, e.name_en, e.document_id AS document, e.locator, s.kind = 'park' AS inner,
              ARRAY(SELECT m.zone_id FROM yuantu.plan_element_zone AS m
                     WHERE m.element_id = e.id AND m.role = 'member' ORDER BY m.sort) AS members,
              ARRAY(SELECT m.zone_id FROM yuantu.plan_element_zone AS m
                     WHERE m.element_id = e.id AND m.role = 'core' ORDER BY m.sort) AS cores
         FROM yuantu.plan_element AS e JOIN yuantu.plan AS p ON p.id = e.plan_id
          JOIN yuantu.zone AS s ON s.id = p.scope_zone_id ORDER BY p.sort, e.sort, e.id"""
)
_HOSTS = _list(
    """SELECT zone_id AS theme, host_id AS host, role, wording, document_id AS document, locator
         FROM yuantu.zone_host ORDER BY sort, id"""
)
_THEMES = _list("SELECT id, name_zh, name_en FROM yuantu.zone WHERE kind = 'theme_park' ORDER BY sort, id")
_TRACKS = _list(
    """SELECT c.id, c.name_zh, c.name_en, c.industry_id AS industry, c.document_id AS document, c.locator,
              ARRAY(SELECT r.zone_id FROM yuantu.cluster_zone AS r WHERE r.cluster_id = c.id ORDER BY r.sort)
                  AS responsible
         FROM yuantu.cluster AS c ORDER BY c.sort, c.id"""
)
_PLACES = _list(
    """SELECT cluster_id AS track, role, name_zh, zone_id AS zone, document_id AS document, locator
         FROM yuantu.cluster_place WHERE zone_id IS NOT NULL AND certainty = 'named' ORDER BY sort, id"""
)
_FACILITIES = _list(
    """SELECT id, name_zh, name_en, kind, ST_X(geom) AS lon, ST_Y(geom) AS lat, lines_zh, lines_en, lines_source_zh,
              lines_source_en, trains IS DISTINCT FROM 'ordinary' AS stops,
              accuracy_m / 1000 AS accuracy_km
         FROM yuantu.facility ORDER BY sort, id"""
)
_DOCUMENTS = _list(
    f"""SELECT d.id, d.title_zh, d.title_en, d.short_title_zh, d.issued_on, d.drawn_up_on, d.drawn_up_on_locator,
               {PERIOD} AS period
          FROM yuantu.document AS d ORDER BY d.sort"""
)
_NEIGHBOURS = _list(
    f"""SELECT z.id AS zone, o.id AS other, round(o.km::numeric, 3) AS km
          FROM yuantu.zone AS z
          CROSS JOIN LATERAL (
               SELECT z2.id, ST_Distance(z.geom::geography, z2.geom::geography) / 1000 AS km
                 FROM yuantu.zone AS z2
                WHERE {IS_PARK.replace("z.", "z2.")} AND z2.id <> z.id AND z2.geom IS NOT NULL) AS o
         WHERE {IS_CANDIDATE} AND z.geom IS NOT NULL AND o.km <= :reach ORDER BY z.id, o.km, o.id"""
)
_UNLISTED = _list(
    f"""SELECT z.id AS zone, d.id AS district
          FROM yuantu.zone AS z JOIN yuantu.zone AS d ON d.kind = 'district' AND d.parks_listed_by IS NULL
           AND ST_DWithin(z.geom::geography, d.geom::geography, :reach * 1000)
         WHERE {IS_CANDIDATE} ORDER BY z.id, d.sort"""
)
_THINGS = _list(
    """SELECT t.id, t.kind, t.name_zh, t.name_en, t.certainty, t.place_zh, t.summary_zh, t.summary_en,
              t.document_id AS document, t.locator,
              EXISTS (SELECT FROM yuantu.listed_project AS l WHERE l.thing_id = t.id) AS listed,
              ARRAY(SELECT i.industry_id FROM yuantu.thing_industry AS i WHERE i.thing_id = t.id ORDER BY i.sort)
                  AS industries,
              ARRAY(SELECT coalesce(h.zone_id, h.element_id) FROM yuantu.thing_place AS h WHERE h.thing_id = t.id
                     ORDER BY h.sort) AS places
         FROM yuantu.named_thing AS t
        WHERE t.kind IN ('carrier', 'designation', 'platform', 'project') ORDER BY t.sort, t.id"""
)

RECORD = f"""
SELECT json_build_object(
    'zones', {_ZONES}, 'industries', {_INDUSTRIES}, 'statements', {_STATEMENTS}, 'chains', {_CHAINS},
    'elements', {_ELEMENTS}, 'hosts', {_HOSTS}, 'themes', {_THEMES}, 'tracks', {_TRACKS}, 'places', {_PLACES},
    'facilities', {_FACILITIES}, 'documents', {_DOCUMENTS}, 'neighbours', {_NEIGHBOURS},
    'unlisted', {_UNLISTED}, 'things', {_THINGS}, 'rules', {RULES},
    'loaded_on', (SELECT loaded_at::date FROM yuantu.revision ORDER BY id DESC LIMIT 1))::text
"""
"""``:reach`` kilometres up to which parks are neighbours, from edge to edge."""
