CREATE TABLE public.found (
  layer text NOT NULL, id text PRIMARY KEY, name_zh text, year integer, geom geometry(Geometry, 4490),
  geojson text GENERATED ALWAYS AS (ST_AsGeoJSON(geom, 6, 0)) STORED
);
INSERT INTO public.found VALUES
  -- places of which some are at several points, and some nowhere; the first has no geometry, so that no reader learns the type from it
  ('sites', 's1', '未定位', 2021, NULL),
  ('sites', 's2', '一处', 2022, 'SRID=4490;POINT(117.7 39.0)'),
  ('sites', 's3', '两处', NULL, 'SRID=4490;MULTIPOINT((117.71 39.01), (117.72 39.02))'),
  ('sites', 's4', '空图形', 2023, 'SRID=4490;POINT EMPTY'),
  ('sites', 's5', '多点之一', 2024, 'SRID=4490;MULTIPOINT((117.73 39.03))'),
  ('sites', 's6', NULL, NULL, NULL),
  ('sites', 's7', '又一处', 2025, 'SRID=4490;POINT(117.74 39.04)'),
  ('points', 'p1', '未定位', 2021, NULL),
  ('points', 'p2', '一处', 2022, 'SRID=4490;POINT(117.7 39.0)'),
  ('points', 'p3', '又一处', 2023, 'SRID=4490;POINT(117.8 39.1)'),
  ('nowhere', 'n1', '未定位', 2021, NULL),
  ('nowhere', 'n2', '也未定位', NULL, NULL),
  ('lines', 'l1', '一段', 2021, 'SRID=4490;LINESTRING(117.7 39.0, 117.8 39.1)'),
  ('lines', 'l2', '未定位', 2022, NULL),
  ('lines', 'l3', '两段', 2023, 'SRID=4490;MULTILINESTRING((117.7 39.0, 117.8 39.0), (117.9 39.0, 118.0 39.1))'),
  ('areas', 'a1', '一块', 2021, 'SRID=4490;POLYGON((117.7 39, 117.8 39, 117.8 39.1, 117.7 39.1, 117.7 39))'),
  ('areas', 'a2', '两块', 2022, 'SRID=4490;MULTIPOLYGON(((117 39, 117.1 39, 117.1 39.1, 117 39)), ((118 39, 118.1 39, 118.1 39.1, 118 39)))'),
  ('areas', 'a3', '未定位', NULL, NULL),
  -- a layer of points of which what is located has an outline
  ('outlines', 'o1', '有界线', 2021, 'SRID=4490;POLYGON((117.7 39, 117.8 39, 117.8 39.1, 117.7 39.1, 117.7 39))'),
  ('outlines', 'o2', '未定位', 2022, NULL);
GRANT SELECT ON public.found TO yuantu_read;
