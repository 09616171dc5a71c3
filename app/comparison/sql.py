"""SQL: everything that is known of several zones, in one statement, and the documents that state it."""

from app.facts.parts_sql import PERIOD
from app.facts.surroundings_sql import surroundings
from app.facts.zone_sql import zone_record

COMPARED = f"""
SELECT json_agg(json_build_object('id', asked_for.id, 'record', CAST(({zone_record("asked_for.id")}) AS json),
                                  'around', CAST(({surroundings("asked_for.id")}) AS json)) ORDER BY asked_for.n)::text
  FROM unnest(CAST(:ids AS text[])) WITH ORDINALITY AS asked_for(id, n)
"""

DOCUMENTS = f"""
SELECT coalesce(json_agg(json_build_object(
           'id', d.id, 'short_title_zh', d.short_title_zh, 'title_zh', d.title_zh, 'title_en', d.title_en,
           'period', {PERIOD}) ORDER BY d.sort), '[]')::text
  FROM yuantu.document AS d WHERE d.id = ANY (CAST(:ids AS text[]))
"""
