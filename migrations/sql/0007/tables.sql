-- The tables of the facts, as the models declare them.
CREATE TABLE yuantu.contradiction (
  id TEXT NOT NULL,
  summary_zh TEXT NOT NULL,
  summary_en TEXT NOT NULL,
  zone_ids TEXT[] DEFAULT '{}' NOT NULL,
  target_ids TEXT[] DEFAULT '{}' NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_contradiction PRIMARY KEY (id)
);

CREATE TABLE yuantu.document (
  id TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  short_title_zh TEXT NOT NULL,
  issuer_zh TEXT NOT NULL,
  issued_on TEXT,
  kind TEXT NOT NULL,
  period TEXT,
  period_start SMALLINT,
  period_end SMALLINT,
  note_zh TEXT,
  note_en TEXT,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_document PRIMARY KEY (id)
);

CREATE TABLE yuantu.facility (
  id TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  kind TEXT NOT NULL,
  trains TEXT,
  lines_zh TEXT,
  lines_en TEXT,
  lines_source_zh TEXT,
  lines_source_en TEXT,
  geom geometry(POINT,4490) NOT NULL,
  geojson TEXT GENERATED ALWAYS AS (ST_AsGeoJSON(geom, 6, 0)) STORED,
  accuracy_m FLOAT(53) NOT NULL,
  source_zh TEXT NOT NULL,
  source_en TEXT NOT NULL,
  note_zh TEXT,
  note_en TEXT,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_facility PRIMARY KEY (id),
  CONSTRAINT ck_facility_kind CHECK (kind IN ('port_area', 'airport', 'rail_station', 'metro_station')),
  CONSTRAINT ck_facility_accuracy_positive CHECK (accuracy_m > 0),
  CONSTRAINT ck_facility_trains CHECK (trains IN ('high_speed', 'ordinary')),
  CONSTRAINT ck_facility_trains_of_stations CHECK ((kind = 'rail_station') = (trains IS NOT NULL))
);
CREATE INDEX ix_facility_geom ON yuantu.facility USING gist (geom);

CREATE TABLE yuantu.gbt_code (
  id TEXT NOT NULL,
  parent_id TEXT,
  level TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_gbt_code PRIMARY KEY (id),
  CONSTRAINT ck_gbt_code_level CHECK (level IN ('section', 'division', 'group', 'class')),
  CONSTRAINT fk_gbt_code_parent_id_gbt_code FOREIGN KEY(parent_id) REFERENCES yuantu.gbt_code (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_gbt_code_parent_id ON yuantu.gbt_code (parent_id);

CREATE TABLE yuantu.revision (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  loaded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  loaded_by TEXT NOT NULL,
  loader_version TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  rows INTEGER NOT NULL,
  CONSTRAINT pk_revision PRIMARY KEY (id)
);

CREATE TABLE yuantu.search_target (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT,
  detail_zh TEXT NOT NULL,
  detail_en TEXT NOT NULL,
  layer TEXT,
  feature TEXT,
  parts JSONB NOT NULL,
  zones INTEGER,
  bbox FLOAT(53)[],
  point FLOAT(53)[],
  rank SMALLINT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_search_target PRIMARY KEY (kind, id),
  CONSTRAINT ck_search_target_kind CHECK (kind IN ('development_zone', 'park', 'district', 'functional_area', 'theme_park', 'municipality', 'plan', 'plan_element', 'industry', 'cluster', 'project', 'owner', 'firm', 'facility', 'document', 'carrier', 'platform', 'designation', 'infrastructure', 'technology', 'governance', 'policy', 'fund', 'unit', 'rule'))
);

CREATE TABLE yuantu.contradiction_side (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  contradiction_id TEXT NOT NULL,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  wording TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_contradiction_side PRIMARY KEY (id),
  CONSTRAINT fk_contradiction_side_contradiction_id_contradiction FOREIGN KEY(contradiction_id) REFERENCES yuantu.contradiction (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_contradiction_side_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_contradiction_side_contradiction_id ON yuantu.contradiction_side (contradiction_id);

CREATE TABLE yuantu.dataset (
  name TEXT NOT NULL,
  revision_id BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  rows INTEGER NOT NULL,
  CONSTRAINT pk_dataset PRIMARY KEY (name),
  CONSTRAINT fk_dataset_revision_id_revision FOREIGN KEY(revision_id) REFERENCES yuantu.revision (id)
);

CREATE TABLE yuantu.industry (
  id TEXT NOT NULL,
  parent_id TEXT,
  kind TEXT NOT NULL,
  tier TEXT,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  aliases TEXT[] DEFAULT '{}' NOT NULL,
  path TEXT[] NOT NULL,
  note_zh TEXT,
  note_en TEXT,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_industry PRIMARY KEY (id),
  CONSTRAINT ck_industry_kind CHECK (kind IN ('sector', 'subsector', 'product')),
  CONSTRAINT ck_industry_tier CHECK (tier IN ('leading', 'strategic', 'advantage', 'marine', 'traditional', 'new_track', 'future', 'service')),
  CONSTRAINT ck_industry_path_ends_in_id CHECK (path[cardinality(path)] = id),
  CONSTRAINT fk_industry_parent_id_industry FOREIGN KEY(parent_id) REFERENCES yuantu.industry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_industry_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_industry_parent_id ON yuantu.industry (parent_id);
CREATE INDEX ix_industry_path ON yuantu.industry USING gin (path);

CREATE TABLE yuantu.park_link (
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  industry_ids TEXT[] DEFAULT '{}' NOT NULL,
  clause_zh TEXT NOT NULL,
  summary_zh TEXT,
  summary_en TEXT,
  note_zh TEXT,
  note_en TEXT,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_park_link PRIMARY KEY (id),
  CONSTRAINT ck_park_link_kind CHECK (kind IN ('hands_over', 'takes_over', 'joint', 'merged', 'supports')),
  CONSTRAINT fk_park_link_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE yuantu.rule (
  id TEXT NOT NULL,
  theme TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT,
  aliases TEXT[] DEFAULT '{}' NOT NULL,
  strength TEXT NOT NULL,
  verb_zh TEXT NOT NULL,
  clause_zh TEXT NOT NULL,
  industry_ids TEXT[] DEFAULT '{}' NOT NULL,
  summary_zh TEXT,
  summary_en TEXT,
  note_zh TEXT,
  note_en TEXT,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_rule PRIMARY KEY (id),
  CONSTRAINT ck_rule_theme CHECK (theme IN ('land', 'admission', 'layout', 'environment', 'energy', 'safety', 'approval', 'finance', 'talent', 'innovation', 'other')),
  CONSTRAINT ck_rule_strength CHECK (strength IN ('binding', 'strict', 'justify', 'require', 'guide', 'encourage', 'explore', 'reported')),
  CONSTRAINT ck_rule_clause_is_short CHECK (length(clause_zh) BETWEEN 1 AND 60),
  CONSTRAINT fk_rule_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE yuantu.search_term (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  kind TEXT NOT NULL,
  target_id TEXT NOT NULL,
  term TEXT NOT NULL,
  form TEXT NOT NULL,
  spelling TEXT NOT NULL,
  normal TEXT NOT NULL,
  core TEXT,
  ending TEXT,
  loose TEXT,
  offsets SMALLINT[] NOT NULL,
  starts SMALLINT[] NOT NULL,
  weight SMALLINT NOT NULL,
  CONSTRAINT pk_search_term PRIMARY KEY (id),
  CONSTRAINT ck_search_term_form CHECK (form IN ('official', 'short', 'former', 'alias', 'english', 'term', 'place', 'code', 'clause')),
  CONSTRAINT ck_search_term_spelling CHECK (spelling IN ('written', 'pinyin', 'initials')),
  CONSTRAINT fk_search_term_kind_target_id_search_target FOREIGN KEY(kind, target_id) REFERENCES yuantu.search_target (kind, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_search_term_core ON yuantu.search_term (core);
CREATE INDEX ix_search_term_kind_target_id ON yuantu.search_term (kind, target_id);
CREATE INDEX ix_search_term_normal ON yuantu.search_term (normal text_pattern_ops);
CREATE INDEX ix_search_term_normal_trgm ON yuantu.search_term USING gin (normal gin_trgm_ops);

CREATE TABLE yuantu.zone (
  id TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  short_name_zh TEXT,
  parent_id TEXT,
  kind TEXT NOT NULL,
  level TEXT,
  aliases TEXT[] DEFAULT '{}' NOT NULL,
  positioning_zh TEXT,
  positioning_en TEXT,
  official_area_ha FLOAT(53),
  official_area_year SMALLINT,
  official_area_source TEXT,
  note_zh TEXT,
  note_en TEXT,
  area_ha FLOAT(53) GENERATED ALWAYS AS (CASE WHEN extent_basis IN ('document', 'members') THEN ST_Area(geom::geography) / 10000 END) STORED,
  accuracy_m FLOAT(53),
  is_park BOOLEAN NOT NULL,
  district_id TEXT,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  sort INTEGER NOT NULL,
  geom geometry(MULTIPOLYGON,4490),
  geojson TEXT GENERATED ALWAYS AS (ST_AsGeoJSON(geom, 6, 0)) STORED,
  geometry_status TEXT,
  extent_basis TEXT,
  geometry_method_zh TEXT,
  geometry_method_en TEXT,
  geometry_source_zh TEXT,
  geometry_source_en TEXT,
  CONSTRAINT pk_zone PRIMARY KEY (id),
  CONSTRAINT ck_zone_kind CHECK (kind IN ('municipality', 'district', 'development_zone', 'park', 'functional_area', 'theme_park')),
  CONSTRAINT ck_zone_level CHECK (level IN ('national', 'municipal', 'district', 'town')),
  CONSTRAINT ck_zone_geometry_status CHECK (geometry_status IN ('indicative', 'derived', 'imported', 'statutory')),
  CONSTRAINT ck_zone_extent_basis CHECK (extent_basis IN ('document', 'members', 'host', 'schematic')),
  CONSTRAINT ck_zone_id_slug CHECK (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  CONSTRAINT ck_zone_official_area_positive CHECK (official_area_ha > 0),
  CONSTRAINT ck_zone_geom_valid CHECK (ST_IsValid(geom)),
  CONSTRAINT ck_zone_geom_not_empty CHECK (NOT ST_IsEmpty(geom)),
  CONSTRAINT ck_zone_geom_ccw CHECK (ST_IsPolygonCCW(geom)),
  CONSTRAINT ck_zone_area_positive CHECK (area_ha > 0),
  CONSTRAINT ck_zone_accuracy_positive CHECK (accuracy_m > 0),
  CONSTRAINT ck_zone_geometry_explained CHECK ((geom IS NULL) = (geometry_status IS NULL) AND (geom IS NULL) = (extent_basis IS NULL) AND (geom IS NULL OR (geometry_method_zh, geometry_method_en, geometry_source_zh, geometry_source_en) IS NOT NULL)),
  CONSTRAINT ck_zone_not_own_parent CHECK (parent_id <> id),
  CONSTRAINT fk_zone_parent_id_zone FOREIGN KEY(parent_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_zone_district_id_zone FOREIGN KEY(district_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_zone_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_zone_geom ON yuantu.zone USING gist (geom);
CREATE INDEX ix_zone_kind ON yuantu.zone (kind);
CREATE INDEX ix_zone_parent_id ON yuantu.zone (parent_id);

CREATE TABLE yuantu.cluster (
  id TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  industry_id TEXT NOT NULL,
  hub_zh TEXT[] DEFAULT '{}' NOT NULL,
  responsible_zh TEXT,
  summary_zh TEXT,
  summary_en TEXT,
  note_zh TEXT,
  note_en TEXT,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_cluster PRIMARY KEY (id),
  CONSTRAINT fk_cluster_industry_id_industry FOREIGN KEY(industry_id) REFERENCES yuantu.industry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_cluster_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE yuantu.indicator (
  id TEXT NOT NULL,
  scope_zone_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  industry_id TEXT,
  category_zh TEXT,
  name_zh TEXT NOT NULL,
  unit TEXT,
  nature TEXT,
  base_year SMALLINT,
  base_text TEXT,
  base_value NUMERIC,
  target_year SMALLINT,
  target_text TEXT,
  target_value NUMERIC,
  note_zh TEXT,
  note_en TEXT,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_indicator PRIMARY KEY (id),
  CONSTRAINT ck_indicator_kind CHECK (kind IN ('headline', 'sector_target', 'stated')),
  CONSTRAINT ck_indicator_nature CHECK (nature IN ('binding', 'expected')),
  CONSTRAINT fk_indicator_scope_zone_id_zone FOREIGN KEY(scope_zone_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_indicator_industry_id_industry FOREIGN KEY(industry_id) REFERENCES yuantu.industry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_indicator_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_indicator_scope_zone_id ON yuantu.indicator (scope_zone_id);

CREATE TABLE yuantu.industry_firm (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  industry_id TEXT NOT NULL,
  zone_id TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  note_zh TEXT,
  note_en TEXT,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_industry_firm PRIMARY KEY (id),
  CONSTRAINT fk_industry_firm_industry_id_industry FOREIGN KEY(industry_id) REFERENCES yuantu.industry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_industry_firm_zone_id_zone FOREIGN KEY(zone_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_industry_firm_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_industry_firm_industry_id ON yuantu.industry_firm (industry_id);
CREATE INDEX ix_industry_firm_zone_id ON yuantu.industry_firm (zone_id);

CREATE TABLE yuantu.industry_gbt (
  gbt_id TEXT NOT NULL,
  industry_id TEXT NOT NULL,
  weight FLOAT(53) NOT NULL,
  basis TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_industry_gbt PRIMARY KEY (gbt_id, industry_id),
  CONSTRAINT ck_industry_gbt_basis CHECK (basis IN ('printed', 'mapping')),
  CONSTRAINT ck_industry_gbt_weight_in_range CHECK (weight > 0 AND weight <= 1),
  CONSTRAINT fk_industry_gbt_gbt_id_gbt_code FOREIGN KEY(gbt_id) REFERENCES yuantu.gbt_code (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_industry_gbt_industry_id_industry FOREIGN KEY(industry_id) REFERENCES yuantu.industry (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_industry_gbt_industry_id ON yuantu.industry_gbt (industry_id);

CREATE TABLE yuantu.industry_label (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  normal TEXT NOT NULL,
  label TEXT NOT NULL,
  industry_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  weight FLOAT(53) NOT NULL,
  basis TEXT,
  document_id TEXT,
  locator TEXT,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_industry_label PRIMARY KEY (id),
  CONSTRAINT ck_industry_label_kind CHECK (kind IN ('id', 'name', 'alias', 'term', 'code', 'title', 'parent')),
  CONSTRAINT ck_industry_label_basis CHECK (basis IN ('printed', 'mapping')),
  CONSTRAINT ck_industry_label_weight_in_range CHECK (weight > 0 AND weight <= 1),
  CONSTRAINT ck_industry_label_printed_somewhere CHECK ((document_id IS NOT NULL) = (basis IS NOT DISTINCT FROM 'printed')),
  CONSTRAINT fk_industry_label_industry_id_industry FOREIGN KEY(industry_id) REFERENCES yuantu.industry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_industry_label_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_industry_label_industry_id ON yuantu.industry_label (industry_id);
CREATE INDEX ix_industry_label_normal ON yuantu.industry_label (normal);

CREATE TABLE yuantu.named_thing (
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT,
  aliases TEXT[] DEFAULT '{}' NOT NULL,
  certainty TEXT NOT NULL,
  place_zh TEXT,
  place_basis_zh TEXT,
  place_basis_en TEXT,
  area_zone_id TEXT,
  status TEXT,
  owner_zh TEXT,
  year_start SMALLINT,
  year_end SMALLINT,
  summary_zh TEXT,
  summary_en TEXT,
  note_zh TEXT,
  note_en TEXT,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_named_thing PRIMARY KEY (id),
  CONSTRAINT ck_named_thing_kind CHECK (kind IN ('project', 'carrier', 'platform', 'firm', 'designation', 'infrastructure', 'technology', 'governance', 'policy', 'fund', 'unit')),
  CONSTRAINT ck_named_thing_certainty CHECK (certainty IN ('named', 'one_of', 'inferred', 'none')),
  CONSTRAINT ck_named_thing_status CHECK (status IN ('done', 'under_way', 'planned')),
  CONSTRAINT ck_named_thing_years_in_order CHECK (year_start <= year_end),
  CONSTRAINT ck_named_thing_inferred_with_reason CHECK (certainty <> 'inferred' OR (place_basis_zh, place_basis_en) IS NOT NULL),
  CONSTRAINT fk_named_thing_area_zone_id_zone FOREIGN KEY(area_zone_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_named_thing_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_named_thing_area_zone_id ON yuantu.named_thing (area_zone_id);
CREATE INDEX ix_named_thing_document_id ON yuantu.named_thing (document_id);
CREATE INDEX ix_named_thing_kind ON yuantu.named_thing (kind);

CREATE TABLE yuantu.plan (
  id TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  scope_zone_id TEXT NOT NULL,
  parent_element_id TEXT,
  positioning_zh TEXT,
  positioning_en TEXT,
  note_zh TEXT,
  note_en TEXT,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_plan PRIMARY KEY (id),
  CONSTRAINT fk_plan_scope_zone_id_zone FOREIGN KEY(scope_zone_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_plan_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE yuantu.value_chain_link (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  chain_id TEXT NOT NULL,
  upstream_id TEXT NOT NULL,
  downstream_id TEXT NOT NULL,
  relation TEXT NOT NULL,
  wording TEXT NOT NULL,
  note_zh TEXT,
  note_en TEXT,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_value_chain_link PRIMARY KEY (id),
  CONSTRAINT ck_value_chain_link_relation CHECK (relation IN ('step', 'supply', 'use')),
  CONSTRAINT ck_value_chain_link_two_industries CHECK (upstream_id <> downstream_id),
  CONSTRAINT fk_value_chain_link_chain_id_industry FOREIGN KEY(chain_id) REFERENCES yuantu.industry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_value_chain_link_upstream_id_industry FOREIGN KEY(upstream_id) REFERENCES yuantu.industry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_value_chain_link_downstream_id_industry FOREIGN KEY(downstream_id) REFERENCES yuantu.industry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_value_chain_link_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_value_chain_link_chain_id ON yuantu.value_chain_link (chain_id);
CREATE INDEX ix_value_chain_link_downstream_id ON yuantu.value_chain_link (downstream_id);
CREATE INDEX ix_value_chain_link_upstream_id ON yuantu.value_chain_link (upstream_id);

CREATE TABLE yuantu.zone_host (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  zone_id TEXT NOT NULL,
  host_id TEXT NOT NULL,
  role TEXT NOT NULL,
  wording TEXT NOT NULL,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_zone_host PRIMARY KEY (id),
  CONSTRAINT ck_zone_host_role CHECK (role IN ('host', 'core')),
  CONSTRAINT uq_zone_host_zone_id_host_id_document_id_locator UNIQUE (zone_id, host_id, document_id, locator),
  CONSTRAINT fk_zone_host_zone_id_zone FOREIGN KEY(zone_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_zone_host_host_id_zone FOREIGN KEY(host_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_zone_host_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_zone_host_host_id ON yuantu.zone_host (host_id);

CREATE TABLE yuantu.zone_lies_in (
  zone_id TEXT NOT NULL,
  district_id TEXT NOT NULL,
  share FLOAT(53) NOT NULL,
  CONSTRAINT pk_zone_lies_in PRIMARY KEY (zone_id, district_id),
  CONSTRAINT ck_zone_lies_in_share_in_range CHECK (share > 0 AND share <= 1),
  CONSTRAINT fk_zone_lies_in_zone_id_zone FOREIGN KEY(zone_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_zone_lies_in_district_id_zone FOREIGN KEY(district_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_zone_lies_in_district_id ON yuantu.zone_lies_in (district_id);

CREATE TABLE yuantu.cluster_place (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  cluster_id TEXT NOT NULL,
  role TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  zone_id TEXT,
  certainty TEXT NOT NULL,
  basis_zh TEXT,
  basis_en TEXT,
  note_zh TEXT,
  note_en TEXT,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_cluster_place PRIMARY KEY (id),
  CONSTRAINT ck_cluster_place_role CHECK (role IN ('source', 'carrier', 'hub')),
  CONSTRAINT ck_cluster_place_certainty CHECK (certainty IN ('named', 'one_of', 'inferred', 'none')),
  CONSTRAINT fk_cluster_place_cluster_id_cluster FOREIGN KEY(cluster_id) REFERENCES yuantu.cluster (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_cluster_place_zone_id_zone FOREIGN KEY(zone_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_cluster_place_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_cluster_place_cluster_id ON yuantu.cluster_place (cluster_id);
CREATE INDEX ix_cluster_place_zone_id ON yuantu.cluster_place (zone_id);

CREATE TABLE yuantu.cluster_zone (
  cluster_id TEXT NOT NULL,
  zone_id TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_cluster_zone PRIMARY KEY (cluster_id, zone_id),
  CONSTRAINT fk_cluster_zone_cluster_id_cluster FOREIGN KEY(cluster_id) REFERENCES yuantu.cluster (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_cluster_zone_zone_id_zone FOREIGN KEY(zone_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE yuantu.listed_project (
  thing_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  category_zh TEXT NOT NULL,
  section_zh TEXT,
  industry_id TEXT,
  investment_total NUMERIC,
  investment_period NUMERIC,
  funding_zh TEXT,
  CONSTRAINT pk_listed_project PRIMARY KEY (thing_id),
  CONSTRAINT ck_listed_project_investment_not_negative CHECK (investment_total >= 0 AND investment_period >= 0),
  CONSTRAINT fk_listed_project_thing_id_named_thing FOREIGN KEY(thing_id) REFERENCES yuantu.named_thing (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_listed_project_industry_id_industry FOREIGN KEY(industry_id) REFERENCES yuantu.industry (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_listed_project_industry_id ON yuantu.listed_project (industry_id);

CREATE TABLE yuantu.plan_element (
  id TEXT NOT NULL,
  plan_id TEXT NOT NULL,
  parent_id TEXT,
  kind TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  positioning_zh TEXT,
  positioning_en TEXT,
  note_zh TEXT,
  note_en TEXT,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  sort INTEGER NOT NULL,
  geom geometry(MULTIPOLYGON,4490),
  geojson TEXT GENERATED ALWAYS AS (ST_AsGeoJSON(geom, 6, 0)) STORED,
  geometry_status TEXT,
  extent_basis TEXT,
  geometry_method_zh TEXT,
  geometry_method_en TEXT,
  geometry_source_zh TEXT,
  geometry_source_en TEXT,
  CONSTRAINT pk_plan_element PRIMARY KEY (id),
  CONSTRAINT ck_plan_element_kind CHECK (kind IN ('core', 'belt', 'valley', 'area', 'base', 'city', 'group')),
  CONSTRAINT ck_plan_element_geometry_status CHECK (geometry_status IN ('indicative', 'derived', 'imported', 'statutory')),
  CONSTRAINT ck_plan_element_extent_basis CHECK (extent_basis IN ('document', 'members', 'host', 'schematic')),
  CONSTRAINT ck_plan_element_geom_valid CHECK (ST_IsValid(geom)),
  CONSTRAINT ck_plan_element_geom_ccw CHECK (ST_IsPolygonCCW(geom)),
  CONSTRAINT ck_plan_element_geometry_explained CHECK ((geom IS NULL) = (geometry_status IS NULL) AND (geom IS NULL) = (extent_basis IS NULL) AND (geom IS NULL OR (geometry_method_zh, geometry_method_en, geometry_source_zh, geometry_source_en) IS NOT NULL)),
  CONSTRAINT fk_plan_element_plan_id_plan FOREIGN KEY(plan_id) REFERENCES yuantu.plan (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_plan_element_parent_id_plan_element FOREIGN KEY(parent_id) REFERENCES yuantu.plan_element (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_plan_element_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_plan_element_geom ON yuantu.plan_element USING gist (geom);
CREATE INDEX ix_plan_element_plan_id ON yuantu.plan_element (plan_id);

CREATE TABLE yuantu.thing_figure (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  thing_id TEXT NOT NULL,
  measure TEXT NOT NULL,
  value NUMERIC,
  unit TEXT,
  printed TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_thing_figure PRIMARY KEY (id),
  CONSTRAINT ck_thing_figure_measure CHECK (measure IN ('investment', 'capacity', 'output', 'revenue', 'tax', 'land', 'floor_area', 'quantity', 'length', 'power', 'growth', 'share', 'rank', 'other')),
  CONSTRAINT fk_thing_figure_thing_id_named_thing FOREIGN KEY(thing_id) REFERENCES yuantu.named_thing (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_thing_figure_thing_id ON yuantu.thing_figure (thing_id);

CREATE TABLE yuantu.thing_industry (
  thing_id TEXT NOT NULL,
  industry_id TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_thing_industry PRIMARY KEY (thing_id, industry_id),
  CONSTRAINT fk_thing_industry_thing_id_named_thing FOREIGN KEY(thing_id) REFERENCES yuantu.named_thing (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_thing_industry_industry_id_industry FOREIGN KEY(industry_id) REFERENCES yuantu.industry (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_thing_industry_industry_id ON yuantu.thing_industry (industry_id);

CREATE TABLE yuantu.direction (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  clause_zh TEXT NOT NULL,
  text_zh TEXT NOT NULL,
  text_en TEXT NOT NULL,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  sort INTEGER NOT NULL,
  zone_id TEXT,
  element_id TEXT,
  CONSTRAINT pk_direction PRIMARY KEY (id),
  CONSTRAINT ck_direction_one_subject CHECK (num_nonnulls(zone_id, element_id) = 1),
  CONSTRAINT fk_direction_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_direction_zone_id_zone FOREIGN KEY(zone_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_direction_element_id_plan_element FOREIGN KEY(element_id) REFERENCES yuantu.plan_element (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_direction_element_id ON yuantu.direction (element_id);
CREATE INDEX ix_direction_zone_id ON yuantu.direction (zone_id);

CREATE TABLE yuantu.park_link_end (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  link_id TEXT NOT NULL,
  role TEXT NOT NULL,
  sort INTEGER NOT NULL,
  zone_id TEXT,
  element_id TEXT,
  CONSTRAINT pk_park_link_end PRIMARY KEY (id),
  CONSTRAINT ck_park_link_end_one_subject CHECK (num_nonnulls(zone_id, element_id) = 1),
  CONSTRAINT ck_park_link_end_role CHECK (role IN ('from', 'to')),
  CONSTRAINT fk_park_link_end_link_id_park_link FOREIGN KEY(link_id) REFERENCES yuantu.park_link (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_park_link_end_zone_id_zone FOREIGN KEY(zone_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_park_link_end_element_id_plan_element FOREIGN KEY(element_id) REFERENCES yuantu.plan_element (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_park_link_end_link_id ON yuantu.park_link_end (link_id);

CREATE TABLE yuantu.plan_element_zone (
  element_id TEXT NOT NULL,
  zone_id TEXT NOT NULL,
  role TEXT NOT NULL,
  sort INTEGER NOT NULL,
  CONSTRAINT pk_plan_element_zone PRIMARY KEY (element_id, zone_id, role),
  CONSTRAINT ck_plan_element_zone_role CHECK (role IN ('member', 'core', 'via')),
  CONSTRAINT fk_plan_element_zone_element_id_plan_element FOREIGN KEY(element_id) REFERENCES yuantu.plan_element (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_plan_element_zone_zone_id_zone FOREIGN KEY(zone_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_plan_element_zone_zone_id ON yuantu.plan_element_zone (zone_id);

CREATE TABLE yuantu.rule_scope (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  rule_id TEXT NOT NULL,
  sort INTEGER NOT NULL,
  zone_id TEXT,
  element_id TEXT,
  CONSTRAINT pk_rule_scope PRIMARY KEY (id),
  CONSTRAINT ck_rule_scope_one_subject CHECK (num_nonnulls(zone_id, element_id) = 1),
  CONSTRAINT fk_rule_scope_rule_id_rule FOREIGN KEY(rule_id) REFERENCES yuantu.rule (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_rule_scope_zone_id_zone FOREIGN KEY(zone_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_rule_scope_element_id_plan_element FOREIGN KEY(element_id) REFERENCES yuantu.plan_element (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_rule_scope_rule_id ON yuantu.rule_scope (rule_id);
CREATE INDEX ix_rule_scope_zone_id ON yuantu.rule_scope (zone_id);

CREATE TABLE yuantu.thing_place (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  thing_id TEXT NOT NULL,
  sort INTEGER NOT NULL,
  zone_id TEXT,
  element_id TEXT,
  CONSTRAINT pk_thing_place PRIMARY KEY (id),
  CONSTRAINT ck_thing_place_one_subject CHECK (num_nonnulls(zone_id, element_id) = 1),
  CONSTRAINT fk_thing_place_thing_id_named_thing FOREIGN KEY(thing_id) REFERENCES yuantu.named_thing (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_thing_place_zone_id_zone FOREIGN KEY(zone_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_thing_place_element_id_plan_element FOREIGN KEY(element_id) REFERENCES yuantu.plan_element (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_thing_place_element_id ON yuantu.thing_place (element_id);
CREATE INDEX ix_thing_place_thing_id ON yuantu.thing_place (thing_id);
CREATE INDEX ix_thing_place_zone_id ON yuantu.thing_place (zone_id);

CREATE TABLE yuantu.zone_industry (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  industry_id TEXT NOT NULL,
  rank TEXT NOT NULL,
  qualifier TEXT,
  wording TEXT NOT NULL,
  note_zh TEXT,
  note_en TEXT,
  document_id TEXT NOT NULL,
  locator TEXT NOT NULL,
  sort INTEGER NOT NULL,
  zone_id TEXT,
  element_id TEXT,
  CONSTRAINT pk_zone_industry PRIMARY KEY (id),
  CONSTRAINT ck_zone_industry_rank CHECK (rank IN ('leading', 'supporting', 'service')),
  CONSTRAINT ck_zone_industry_one_subject CHECK (num_nonnulls(zone_id, element_id) = 1),
  CONSTRAINT uq_zone_industry_zone_id_element_id_industry_id_documen_dbaf UNIQUE (zone_id, element_id, industry_id, document_id, locator, wording),
  CONSTRAINT fk_zone_industry_industry_id_industry FOREIGN KEY(industry_id) REFERENCES yuantu.industry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_zone_industry_document_id_document FOREIGN KEY(document_id) REFERENCES yuantu.document (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_zone_industry_zone_id_zone FOREIGN KEY(zone_id) REFERENCES yuantu.zone (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_zone_industry_element_id_plan_element FOREIGN KEY(element_id) REFERENCES yuantu.plan_element (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_zone_industry_element_id ON yuantu.zone_industry (element_id);
CREATE INDEX ix_zone_industry_industry_id ON yuantu.zone_industry (industry_id);
CREATE INDEX ix_zone_industry_zone_id ON yuantu.zone_industry (zone_id);

ALTER TABLE yuantu.plan ADD CONSTRAINT fk_plan_parent_element_id_plan_element FOREIGN KEY(parent_element_id) REFERENCES yuantu.plan_element (id) DEFERRABLE INITIALLY DEFERRED;
