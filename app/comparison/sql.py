"""SQL: everything that is known of several zones, in one statement."""

from app.facts.surroundings_sql import surroundings
from app.facts.zone_sql import zone_record

COMPARED = f"""
SELECT json_agg(json_build_object('id', asked_for.id, 'record', CAST(({zone_record("asked_for.id")}) AS json),
                                  'around', CAST(({surroundings("asked_for.id")}) AS json)) ORDER BY asked_for.n)::text
  FROM unnest(CAST(:ids AS text[])) WITH ORDINALITY AS asked_for(id, n)
"""
