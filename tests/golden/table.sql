CREATE TABLE public.odd (
  id bigint PRIMARY KEY, "名称" text, tags text[], amount float8, whole bigint, day date, moment timestamptz, sure boolean,
  site text, extra jsonb, geom geometry(Geometry, 4490),
  geojson text GENERATED ALWAYS AS (ST_AsGeoJSON(geom, 6, 0)) STORED
);
INSERT INTO public.odd VALUES
  -- a hole, and everything filled in
  (1, '经开区东区“芯片”园', '{集成电路,"研发、设计"}', 129.3014, 7, '2025-03-01', '2025-03-01T08:30:00+08:00', true,
   'https://example.cn/a?b=c&d=甲', '{"层": [1, {"空": null, "真": true}], "名": "乙\"丙\""}',
   'SRID=4490;POLYGON((117.7 39, 117.8 39, 117.8 39.1, 117.7 39.1, 117.7 39), (117.72 39.02, 117.72 39.04, 117.74 39.04, 117.74 39.02, 117.72 39.02))'),
  -- nothing at all
  (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  -- across the antimeridian, cut as RFC 7946 (3.1.9) asks
  (3, '跨180°', '{}', -0.5, -9007199254740993, '0001-01-01', '1999-12-31T23:59:59.123456Z', false, '',
   '[]', 'SRID=4490;MULTIPOLYGON(((179 -17, 180 -17, 180 -16, 179 -16, 179 -17)), ((-180 -17, -179 -17, -179 -16, -180 -16, -180 -17)))'),
  -- what other formats have to escape, and numbers that are none
  (4, E'=1+1</script>&amp;\n\t"引号"\\𠮷🙂', '{NULL,"a;b","<b>"}', 'NaN', 0, '9999-12-31', '2025-01-01T00:00:00Z', NULL,
   'javascript:alert(1)', '"一段文字"', 'SRID=4490;POLYGON EMPTY'),
  (5, '', '{""}', 'Infinity', 9223372036854775807, NULL, NULL, true, NULL, 'null',
   'SRID=4490;POLYGON((117.1234567 39.7654321, 117.2 39.7, 117.2 39.8, 117.1234567 39.7654321))');
GRANT SELECT ON public.odd TO yuantu_read;
