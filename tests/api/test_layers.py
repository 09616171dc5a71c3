"""/layers and /layers/{id}.geojson on the real data."""

import json

import httpx
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import shape

GRS80 = Geod(ellps="GRS80")
PLANS = [
    "plan-binhai", "plan-hitech", "plan-hitech-marine", "plan-hitech-huayuan", "plan-hitech-bolonghu",
    "plan-tianjin", "plan-tianjin-districts", "plan-dongli",
]  # fmt: skip
LAYERS = [
    "districts", "development-zones", "parks", "functional-areas", "theme-parks", *PLANS, "future-clusters",
    "projects", "carriers", "designations", "infrastructure", "park-governance", "park-links", "facilities",
]  # fmt: skip


def features(api: httpx.Client, layer: str, **query: str) -> dict[str, dict]:
    answer = api.get(f"/layers/{layer}.geojson", params=query)
    assert answer.status_code == 200, answer.text
    return {feature["id"]: feature for feature in answer.json()["features"]}


def test_the_list_describes_every_layer(api: httpx.Client) -> None:
    body = api.get("/layers").json()
    assert [layer["id"] for layer in body["layers"]] == LAYERS
    assert [group["title"]["zh"] for group in body["groups"]] == [
        "行政区划",
        "园区",
        "空间规划",
        "产业",
        "文件点名",
        "设施",
    ]
    for layer in body["layers"]:
        assert layer["count"] > 0, layer["id"]
        west, south, east, north = layer["extent"]
        assert 116.6 < west < east < 118.3 and 38.4 < south < north < 40.3
        assert layer["status"] in ("indicative", "derived", "imported", "statutory")
        assert layer["fields"] and layer["title"]["en"] and "source" not in layer
        answer = api.get(layer["links"][0]["href"])
        assert answer.headers["content-type"] == "application/geo+json"
        assert len(answer.json()["features"]) == layer["count"]


@pytest.mark.parametrize("layer", LAYERS)
def test_geojson_keeps_to_rfc_7946(api: httpx.Client, layer: str) -> None:
    text = api.get(f"/layers/{layer}.geojson").text
    body = json.loads(text)
    assert body["type"] == "FeatureCollection" and "crs" not in body
    assert body["numberMatched"] == body["numberReturned"] == len(body["features"])
    ids = [feature["id"] for feature in body["features"]]
    assert len(set(ids)) == len(ids)
    for feature in body["features"]:
        if feature["geometry"] is None:
            continue
        geometry = shape(feature["geometry"])
        assert geometry.is_valid, feature["id"]
        for polygon in getattr(geometry, "geoms", [geometry]):
            if polygon.geom_type == "Polygon":
                assert polygon.exterior.is_ccw, feature["id"]
                assert not any(hole.is_ccw for hole in polygon.interiors), feature["id"]
        for x, y in shapely.get_coordinates(geometry):
            assert round(x, 6) == x and round(y, 6) == y
            assert 116.6 < x < 118.3 and 38.4 < y < 40.3


def test_sixteen_districts_and_five_development_zones(api: httpx.Client) -> None:
    assert len(features(api, "districts")) == 16
    assert set(features(api, "development-zones")) == {"teda", "ftz", "thip", "dongjiang", "ecocity"}


def test_teda_east_has_the_industries_of_table_2(api: httpx.Client) -> None:
    park = features(api, "parks")["teda-east"]["properties"]
    assert park["name_zh"] == "经开区东区"
    assert {"人工智能", "集成电路", "大数据", "生物药", "高端医疗器械"} <= set(park["industries_zh"])
    assert park["sectors_zh"][:1] == ["新一代信息技术"] or "智能科技" in park["sectors_zh"]
    assert any("一核两带多片区" in role for role in park["plan_roles_zh"])
    assert park["geometry_status"] == "indicative" and park["accuracy_m"] > 0


def test_areas_agree_with_an_independent_computation(api: httpx.Client) -> None:
    measured = [f for f in features(api, "parks").values() if f["properties"]["extent_basis"] == "document"]
    assert len(measured) == 9
    for feature in measured:
        area = abs(GRS80.geometry_area_perimeter(shape(feature["geometry"]))[0]) / 10_000
        assert feature["properties"]["area_ha"] == pytest.approx(area, rel=1e-4, abs=0.1)
        assert feature["properties"]["area_mu"] == pytest.approx(area * 15, rel=1e-4, abs=1)
        assert feature["properties"]["area_km2"] == pytest.approx(area / 100, rel=1e-4, abs=0.01)


def test_a_shape_that_is_not_the_thing_s_own_extent_has_no_area(api: httpx.Client) -> None:
    for layer in ("parks", "development-zones", "functional-areas", "theme-parks", "plan-binhai", "plan-tianjin"):
        for feature in features(api, layer).values():
            told = feature["properties"]
            assert (told["extent_basis"] is None) == (feature["geometry"] is None), feature["id"]
            if told["extent_basis"] not in ("document", "members"):
                assert told["area_ha"] is None and told.get("accuracy_m") is None, feature["id"]
            else:
                assert told["area_ha"] > 0, feature["id"]


def test_a_development_zone_is_the_union_of_its_parks(api: httpx.Client) -> None:
    parks = features(api, "parks")
    union = shapely.union_all(
        [shape(f["geometry"]) for f in parks.values() if f["properties"]["administration"] == "teda"]
    )
    teda = shape(features(api, "development-zones")["teda"]["geometry"])
    assert teda.symmetric_difference(union).area < 1e-9 * 100
    assert features(api, "development-zones")["teda"]["properties"]["geometry_status"] == "derived"


def test_a_plan_element_is_the_union_of_its_members(api: httpx.Client) -> None:
    parks = features(api, "parks")
    elements = features(api, "plan-binhai")
    core = shape(elements["plan-binhai-core"]["geometry"])
    union = shapely.union_all([shape(parks[p]["geometry"]) for p in ("teda-east", "thip-marine")])
    assert core.symmetric_difference(union).area < 1e-7
    belt = shape(elements["plan-binhai-belt-coastal"]["geometry"])
    assert elements["plan-binhai-belt-coastal"]["properties"]["extent_basis"] == "schematic"
    for member in ("teda-north", "ecocity", "teda-central", "teda-nangang", "ftz-lingang"):
        assert belt.buffer(1e-6).contains(shape(parks[member]["geometry"]))


def test_functional_areas_lie_in_their_park_and_the_unlocated_ones_are_empty(api: httpx.Client) -> None:
    areas = features(api, "functional-areas")
    park = shape(features(api, "parks")["thip-marine"]["geometry"])
    parts = [shape(f["geometry"]) for i, f in areas.items() if i.startswith("marine-")]
    assert len(parts) == 4
    assert shapely.union_all(parts).symmetric_difference(park).area < 1e-7
    for empty in ("dongli-eda-north", "dongli-eda-east"):
        assert areas[empty]["geometry"] is None
        assert areas[empty]["properties"]["note_zh"] and areas[empty]["properties"]["note_en"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("生物药", {"teda-east", "teda-west", "teda-central", "ftz-lingang", "thip-bolonghu"}),
        ("biologics", {"teda-east", "teda-west"}),
        ("生物医药", {"teda-east", "thip-bolonghu", "dagang-petro"}),
        ("芯片", {"teda-east", "teda-micro"}),
        ("航空航天", {"teda-west", "ftz-airport"}),
    ],
)
def test_an_industry_by_id_name_or_alias_matches_what_it_contains(
    api: httpx.Client, words: str, expected: set[str]
) -> None:
    assert expected <= set(features(api, "parks", industry=words))


def test_industry_and_level_and_limit_narrow(api: httpx.Client) -> None:
    town = features(api, "parks", level="town")
    assert set(town) == {
        "zhongtang", "dagang-eda", "dagang-petro", "binhai-logistics", "hujiayuan", "gangxi", "gulin",
        "xiaowangzhuang", "yingcheng",
    }  # fmt: skip
    assert set(features(api, "parks", level="town", industry="汽车")) >= {"zhongtang"}
    body = api.get("/layers/parks.geojson", params={"limit": 3}).json()
    assert body["numberReturned"] == len(body["features"]) == 3 < body["numberMatched"]


def test_bbox_returns_what_intersects_it(api: httpx.Client) -> None:
    box = (117.66, 39.0, 117.74, 39.08)
    inside = features(api, "parks", bbox=",".join(map(str, box)))
    expected = {
        i for i, f in features(api, "parks").items() if shape(f["geometry"]).intersects(shapely.box(*box))
    }  # fmt: skip
    assert set(inside) == expected and "teda-east" in inside and "teda-nangang" not in inside
    assert features(api, "parks", bbox="0,0,1,1") == {}
    assert features(api, "parks", bbox="170,-90,-170,90") == {}, "a box across the antimeridian"
    assert len(features(api, "parks", bbox="110,-90,-170,90")) == len(features(api, "parks"))
    assert set(features(api, "parks", bbox="117.66,39.0,0,117.74,39.08,100")) == expected, "heights are ignored"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("bbox=1,2,3", "bbox"),
        ("bbox=117,39,118,abc", "bbox"),
        ("bbox=39,117,40,118", "bbox"),
        ("bbox=117,40,118,39", "bbox"),
        ("bbox=nan,39,118,40", "bbox"),
        ("bbox=", "bbox"),
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=1.5", "limit"),
        ("limit=%EF%BC%91", "limit"),
        ("industry=", "industry"),
        ("industry=%00", "industry"),
        ("industry=纺纱织布", "industry"),
        ("industry=' OR 1=1 --", "industry"),
        ("level=省级", "level"),
        ("colour=red", "colour"),
        ("bbox=117,39,118,40&bbox=117,39,118,41", "bbox"),
    ],
)
def test_a_wrong_parameter_is_400_and_says_which(api: httpx.Client, query: str, parameter: str) -> None:
    answer = api.get(f"/layers/parks.geojson?{query}")
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == 400 and body["title"] and body["detail"]
    assert [error["parameter"] for error in body["errors"]] == [parameter]
    assert "psycopg" not in answer.text and "SELECT" not in answer.text


def test_every_wrong_parameter_is_named_at_once(api: httpx.Client) -> None:
    body = api.get("/layers/parks.geojson?bbox=1&limit=x&foo=1").json()
    assert [error["parameter"] for error in body["errors"]] == ["bbox", "limit", "foo"]
    assert {"bbox", "industry", "level", "limit", "name_zh"} <= set(body["errors"][2]["allowed"])


def test_a_layer_without_levels_says_so(api: httpx.Client) -> None:
    body = api.get("/layers/facilities.geojson?level=national").json()
    assert body["status"] == 400
    assert "bbox" in body["errors"][0]["allowed"] and "level" not in body["errors"][0]["allowed"]


def test_an_unknown_industry_gets_proposals(api: httpx.Client) -> None:
    error = api.get("/layers/parks.geojson", params={"industry": "生物药剂厂"}).json()["errors"][0]
    assert "生物药" in error["allowed"]


def test_an_unknown_layer_is_404_and_lists_the_layers(api: httpx.Client) -> None:
    answer = api.get("/layers/nope.geojson")
    assert answer.status_code == 404 and answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["allowed"] == LAYERS


def test_etag_304_gzip_cors_and_head(api: httpx.Client) -> None:
    first = api.get("/layers/parks.geojson", headers={"Accept-Encoding": "gzip", "Origin": "http://example.org"})
    assert first.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in first.headers["vary"].lower()
    assert first.headers["access-control-allow-origin"] == "*"
    tag = first.headers["etag"]
    again = api.get("/layers/parks.geojson", headers={"If-None-Match": tag})
    assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == tag
    other = api.get("/layers/parks.geojson?limit=2", headers={"If-None-Match": tag})
    assert other.status_code == 200 and other.headers["etag"] != tag
    head = api.head("/layers/parks.geojson")
    assert head.status_code == 200 and head.content == b"" and head.headers["etag"] == tag


def test_a_project_stands_only_where_a_document_puts_it(api: httpx.Client) -> None:
    projects = features(api, "projects")
    table = {i: f for i, f in projects.items() if f["properties"]["in_table"]}
    assert len(table) == 58 and all(i.startswith("dongli-p") for i in table)
    parks = features(api, "parks")
    airport = shape(parks["ftz-airport"]["geometry"])
    for feature in projects.values():
        told = feature["properties"]
        assert (feature["geometry"] is not None) == (told["located"] == "park"), feature["id"]
        assert told["located"] != "park" or (told["certainty"] == "named" and told["extent_basis"] == "host")
        assert told["certainty"] != "inferred" or (told["place_basis_zh"] and told["place_basis_en"])
    assert all(f["geometry"] is None or not airport.contains(shape(f["geometry"])) for f in table.values())
    unlocated = [f for f in table.values() if f["geometry"] is None]
    assert len(unlocated) > 50 and {f["properties"]["district_id"] for f in unlocated} == {"dongli"}


def test_what_is_on_the_map_comes_before_what_is_not(api: httpx.Client) -> None:
    """Clients that sample the first page find the kind of geometry."""
    for layer in ("projects", "carriers", "designations", "infrastructure", "theme-parks", "functional-areas"):
        drawn = [f["geometry"] is not None for f in api.get(f"/layers/{layer}.geojson").json()["features"]]
        assert drawn == sorted(drawn, reverse=True) and True in drawn, layer


@pytest.mark.parametrize(
    ("layer", "words"),
    [("projects", "工业机器人"), ("projects", "无人机"), ("projects", "石墨烯"), ("carriers", "氢能")],
)
def test_named_things_are_found_by_their_product(api: httpx.Client, layer: str, words: str) -> None:
    found = api.get(f"/layers/{layer}.geojson", params={"industry": words}).json()["features"]
    assert found and all(f["properties"]["industries_zh"] for f in found)


@pytest.mark.parametrize("layer", LAYERS)
def test_provenance_is_there_in_chinese_wherever_it_is_in_english(api: httpx.Client, layer: str) -> None:
    for feature in features(api, layer).values():
        told = feature["properties"]
        for base in ("geometry_method", "geometry_source", "source", "note", "zone_basis"):
            if f"{base}_zh" in told and f"{base}_en" in told:
                assert (told[f"{base}_zh"] is None) == (told[f"{base}_en"] is None), (feature["id"], base)
        if feature["geometry"] is not None and "geometry_method_zh" in told:
            assert any("\u4e00" <= letter <= "\u9fff" for letter in told["geometry_method_zh"]), feature["id"]


def test_the_parts_of_a_belt_do_not_overlap(api: httpx.Client) -> None:
    elements = features(api, "plan-tianjin")
    north, south = (shape(elements[f"plan-tianjin-coastal-{part}"]["geometry"]) for part in ("north", "south"))
    assert north.intersection(south).area < 1e-9


def test_classes_are_called_what_the_features_are_called(api: httpx.Client) -> None:
    layers = {layer["id"]: layer for layer in api.get("/layers").json()["layers"]}
    titles = {(c["title"]["zh"], c["title"]["en"]) for c in layers["future-clusters"]["style"]["classes"]}
    names = {
        (f["properties"]["track_zh"], f["properties"]["track_en"]) for f in features(api, "future-clusters").values()
    }
    assert titles == names


def test_eight_tracks(api: httpx.Client) -> None:
    tracks = features(api, "future-clusters")
    assert {f["properties"]["name_zh"] for f in tracks.values() if f["properties"]["role"] == "track"} == {
        "生物制造", "细胞和基因治疗", "脑科学与智能医学", "自主信创", "深海探采", "空天利用", "先进能源", "新型材料",
    }  # fmt: skip
