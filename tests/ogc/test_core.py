"""OGC API - Features, Part 1 and 2: what the standard asks and what clients depend on."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from jsonschema import Draft4Validator
from pyproj import CRS, Transformer
from schemathesis.specs.openapi.definitions import OPENAPI_30
from shapely import get_coordinates
from shapely.geometry import shape

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
CONF = "http://www.opengis.net/spec/ogcapi-features-"


def get(api: httpx.Client, path: str, **query: Any) -> Any:
    answer = api.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def links(document: Any, rel: str) -> list[dict[str, str]]:
    return [one for one in document["links"] if one["rel"] == rel]


def test_the_landing_page_leads_everywhere(api: httpx.Client) -> None:
    page = get(api, "/ogc")
    for rel in ("self", "alternate", "service-desc", "service-doc", "conformance", "data"):
        found = links(page, rel)
        assert found and all(one["type"] and one["href"].startswith(str(api.base_url)) for one in found), rel
    assert links(page, "service-desc")[0]["type"] == "application/vnd.oai.openapi+json;version=3.0"
    for one in page["links"]:
        answer = api.get(one["href"], headers={"Accept": one["type"]}, follow_redirects=True)
        assert answer.status_code == 200, one
        assert answer.headers["content-type"].split(";")[0] == one["type"].split(";")[0], one
    assert api.get("/ogc/").status_code == 200


def test_the_declared_conformance(api: httpx.Client) -> None:
    classes = set(get(api, "/ogc/conformance")["conformsTo"])
    for name in ("1/1.0/conf/core", "1/1.0/conf/geojson", "1/1.0/conf/html", "1/1.0/conf/oas30", "2/1.0/conf/crs"):
        assert CONF + name in classes


def test_collections_and_collection_agree(api: httpx.Client) -> None:
    document = get(api, "/ogc/collections")
    assert document["crs"][0] == CRS84
    assert {EPSG + code for code in ("4326", "4490", "3857", "4548", "4527")} <= set(document["crs"])
    layers = get(api, "/layers")["layers"]
    assert [one["id"] for one in document["collections"]] == [layer["id"] for layer in layers]
    for listed in document["collections"]:
        one = get(api, f"/ogc/collections/{listed['id']}")
        for member in ("id", "title", "description", "extent", "itemType", "storageCrs"):
            assert one[member] == listed[member]
        assert one["crs"][0] == CRS84 and one["storageCrs"] in one["crs"]
        items = links(one, "items")
        assert items[0]["type"] == "application/geo+json"
        assert len(one["extent"]["spatial"]["bbox"][0]) == 4


def test_the_extent_in_time_holds_every_feature(api: httpx.Client) -> None:
    years = [
        (one["properties"]["year_start"], one["properties"]["year_end"])
        for one in get(api, "/ogc/collections/projects/items", limit=1000)["features"]
        if one["properties"]["year_start"] or one["properties"]["year_end"]
    ]
    temporal = get(api, "/ogc/collections/projects")["extent"]["temporal"]
    first = f"{min(start for start, _ in years)}-01-01T00:00:00Z"
    # Some have not ended: a filter by time takes them as open too.
    assert any(end is None for _, end in years)
    assert temporal == {"interval": [[first, None]], "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"}
    assert first[:10] in api.get("/ogc/collections/projects?f=html").text
    # What has no time says nothing of it.
    assert "temporal" not in get(api, "/ogc/collections/parks")["extent"]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    assert len(set(names)) == len(names), f"an object says a member twice: {names}"
    return dict(pairs)


@pytest.mark.parametrize(
    "path",
    [
        "/ogc", "/ogc/conformance", "/ogc/api", "/ogc/collections", "/ogc/collections/parks", "/layers", "/api/zones",
        "/ogc/collections/parks/queryables", "/ogc/collections/parks/items?limit=2", "/layers/parks.geojson?limit=2",
        "/ogc/collections/parks/items/teda-east", "/layers/parks.geojson", "/layers/parks.geojson?skipCount=true",
        "/layers/parks.fg.json", "/ogc/collections/parks/items?f=jsonfg&limit=2", "/tiles/parks.json",
        "/tiles/parks/style.json", "/ogc/collections/parks/tiles", "/api/industries", "/api/statistics",
    ],
)  # fmt: skip
def test_no_object_says_a_member_twice(api: httpx.Client, path: str) -> None:
    """Parsers take the first or the last of two (RFC 8259, 4); strict ones refuse them."""
    answer = api.get(path)
    assert answer.status_code == 200, path
    json.loads(answer.text, object_pairs_hook=_once)


def test_items_have_complete_links_and_counts(api: httpx.Client) -> None:
    answer = api.get("/ogc/collections/parks/items", params={"limit": 5})
    page = answer.json()
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.headers["content-crs"] == f"<{CRS84}>"
    assert page["numberReturned"] == len(page["features"]) == 5
    assert page["numberMatched"] == len(get(api, "/layers/parks.geojson")["features"])
    assert links(page, "self")[0]["type"] == "application/geo+json"
    assert any(one["type"] == "text/html" for one in links(page, "alternate"))
    assert links(page, "collection") and links(page, "next")
    assert "next" not in {one["rel"] for one in get(api, "/ogc/collections/parks/items", limit=1000)["links"]}


def test_an_item(api: httpx.Client) -> None:
    answer = api.get("/ogc/collections/parks/items/teda-east")
    feature = answer.json()
    assert feature["id"] == "teda-east" and feature["type"] == "Feature"
    assert {"self", "collection", "alternate"} <= {one["rel"] for one in feature["links"]}
    assert answer.headers["content-crs"] == f"<{CRS84}>"
    missing = api.get("/ogc/collections/parks/items/atlantis")
    assert missing.status_code == 404 and missing.headers["content-type"] == "application/problem+json"
    assert api.get("/ogc/collections/parks/items/a%00b").status_code == 404
    assert api.get("/ogc/collections/atlantis/items").status_code == 404


@pytest.mark.parametrize("code", ["4326", "4490", "3857", "4548", "4527"])
def test_coordinates_agree_with_pyproj_in_the_order_of_the_crs(api: httpx.Client, code: str) -> None:
    uri = EPSG + code
    answer = api.get("/ogc/collections/parks/items", params={"crs": uri, "limit": 100})
    assert answer.headers["content-crs"] == f"<{uri}>"
    plain = {f["id"]: shape(f["geometry"]) for f in get(api, "/ogc/collections/parks/items", limit=100)["features"]}
    # WGS 84 and CGCS2000 are taken as one; the projected ones are on CGCS2000.
    source = 4326 if code in ("4326", "3857") else 4490
    transformer = Transformer.from_crs(source, int(code), always_xy=False)
    tolerance = 1e-7 if CRS(int(code)).is_geographic else 0.01
    for feature in answer.json()["features"]:
        got = get_coordinates(shape(feature["geometry"]))
        lonlat = get_coordinates(plain[feature["id"]])
        want = transformer.transform(lonlat[:, 1], lonlat[:, 0])
        assert abs(got[:, 0] - want[0]).max() <= tolerance
        assert abs(got[:, 1] - want[1]).max() <= tolerance


def test_crs_by_safe_curie_and_unknown_crs(api: httpx.Client) -> None:
    answer = api.get("/ogc/collections/parks/items", params={"crs": "[EPSG:4548]", "limit": 1})
    assert answer.headers["content-crs"] == f"<{EPSG}4548>"
    for parameter in ("crs", "bbox-crs", "filter-crs"):
        query = {parameter: EPSG + "2000", "bbox": "117,39,118,40"}
        wrong = api.get("/ogc/collections/parks/items", params=query)
        assert wrong.status_code == 400 and wrong.json()["errors"][0]["parameter"] == parameter
    assert api.get("/ogc/collections/parks/items/teda-east", params={"crs": "nonsense"}).status_code == 400


@pytest.mark.parametrize("code", ["4326", "4490", "3857", "4548", "4527"])
def test_a_bbox_in_another_crs_finds_the_same(api: httpx.Client, code: str) -> None:
    box = (117.66, 39.0, 117.74, 39.08)
    expected = {f["id"] for f in get(api, "/ogc/collections/parks/items", bbox="117.66,39.0,117.74,39.08")["features"]}
    transformer = Transformer.from_crs(4490 if code not in ("4326", "3857") else 4326, int(code), always_xy=True)
    corners = transformer.transform_bounds(*box)
    swaps = CRS(int(code)).axis_info[0].direction == "north"
    west, south, east, north = corners
    text = f"{south},{west},{north},{east}" if swaps else f"{west},{south},{east},{north}"
    page = get(api, "/ogc/collections/parks/items", bbox=text, **{"bbox-crs": EPSG + code})
    assert {f["id"] for f in page["features"]} == expected and "teda-east" in expected


@pytest.mark.parametrize(
    "bbox",
    [
        "177,65,-177,70",
        "-180,85,180,90",
        "-180,-90,180,-85",
        ".5000000,-.5000000,1,1",
        "117.66,39,-100,117.74,39.08,100",
    ],
)
def test_boxes_at_the_edges_of_the_world(api: httpx.Client, bbox: str) -> None:
    get(api, "/ogc/collections/parks/items", bbox=bbox)


@pytest.mark.parametrize("code", ["4326", "4490", "4548", "4527", "3857"])
def test_a_box_outside_the_reach_of_its_crs_holds_nothing_and_does_no_harm(api: httpx.Client, code: str) -> None:
    for bbox in ("1e300,1e300,1.1e300,1.1e300", "-1e9,-1e9,-9e8,-9e8", "39500000,4300000,39600000,4400000"):
        answer = api.get("/ogc/collections/parks/items", params={"bbox": bbox, "bbox-crs": EPSG + code})
        assert answer.status_code == 200, (bbox, answer.text)


@pytest.mark.parametrize(
    "query",
    [
        "limit=unlimited", "limit=0", "limit=-5", "unknownQueryParameter12345=1", "bbox=1,2,3", "bbox=a,b,c,d",
        "datetime=yesterday", "datetime=2025-01-01/2024-01-01", "datetime=../..", "datetime=2025-13-01", "crs=x",
        "sortby=", "sortby=nonsense", "sortby=name_zh,-name_zh", "sortby=industries_zh", "properties=nonsense",
        "skipGeometry=yes", "skipCount=1", "precision=-1", "precision=99", "simplify=0", "simplify=nan", "offset=-1",
        "cursor=abc", "cursor=%00", "filter-lang=sql", "q=", "offset=5&cursor=abc",
        "official_area_year=abc", "f=docx",
    ],
)  # fmt: skip
def test_what_is_wrong_is_400(api: httpx.Client, query: str) -> None:
    answer = api.get(f"/ogc/collections/parks/items?{query}")
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json" and answer.json()["errors"]


@pytest.mark.parametrize("limit", ["1000000000", "0040", "9" * 30, "0" * 30 + "40", "1" * 6000])
def test_a_limit_above_the_maximum_is_clamped(api: httpx.Client, limit: str) -> None:
    assert get(api, "/ogc/collections/parks/items", limit=limit)["numberReturned"] == 38


def test_the_description_is_openapi_3_0(api: httpx.Client) -> None:
    answer = api.get("/ogc/api", headers={"Accept": "application/vnd.oai.openapi+json;version=3.0"})
    assert answer.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    document = answer.json()
    assert document["openapi"] == "3.0.3"
    assert document["servers"] == [{"url": f"{str(api.base_url).rstrip('/')}/ogc"}]
    parameters = {p["name"]: p for p in document["paths"]["/collections/{collectionId}/items"]["get"]["parameters"]}
    limit = parameters["limit"]
    assert (limit["style"], limit["explode"], limit["required"]) == ("form", False, False)
    assert limit["schema"]["type"] == "integer" and limit["schema"]["minimum"] == 1
    assert limit["schema"]["maximum"] >= 2500 and limit["schema"]["default"] <= 2500
    assert not list(Draft4Validator(OPENAPI_30).iter_errors(document)), "by the OpenAPI Initiative's own schema"
    assert "null" not in json.dumps(document).replace('"nullable"', "")


def walk(api: httpx.Client, collection: str, **query: Any) -> list[dict[str, Any]]:
    """Follow next to the end."""
    url = f"/ogc/collections/{collection}/items"
    page = get(api, url, **query)
    found = page["features"]
    while following := links(page, "next"):
        assert all(value for _, value in parse_qsl(urlsplit(following[0]["href"]).query, keep_blank_values=True))
        page = api.get(following[0]["href"]).json()
        found += page["features"]
    return found


@pytest.mark.parametrize(
    "sortby",
    [
        "",
        "level",
        "-level",
        "name_zh",
        "-name_zh",
        "official_area_year",
        "-area_ha,name_en",
        "id",
        "-id",
        "parent_zh,-level",
    ],
)
@pytest.mark.parametrize("limit", [1, 7])
def test_following_next_returns_everything_exactly_once_and_in_order(
    api: httpx.Client, sortby: str, limit: int
) -> None:
    query = {"sortby": sortby} if sortby else {}
    whole = get(api, "/ogc/collections/parks/items", limit=1000, **query)["features"]
    paged = walk(api, "parks", limit=limit, **query)
    assert [f["id"] for f in paged] == [f["id"] for f in whole]
    assert len({f["id"] for f in paged}) == 38
    if sortby in ("name_zh", "official_area_year"):
        values = [f["properties"][sortby] for f in whole]
        known = [v for v in values if v is not None]
        assert known == sorted(known), "by code point"
        assert values[len(known) :] == [None] * (len(values) - len(known)), "nulls last"


def test_a_cursor_of_another_question_is_refused(api: httpx.Client) -> None:
    page = get(api, "/ogc/collections/parks/items", limit=3, sortby="name_zh")
    cursor = dict(parse_qsl(urlsplit(links(page, "next")[0]["href"]).query))["cursor"]
    for query in ({"sortby": "-name_zh"}, {"sortby": "name_zh", "level": "town"}, {}):
        answer = api.get("/ogc/collections/parks/items", params={"cursor": cursor, **query})
        assert answer.status_code == 400 and answer.json()["errors"][0]["parameter"] == "cursor"
    again = api.get("/ogc/collections/parks/items", params={"cursor": cursor, "sortby": "name_zh", "limit": 20})
    assert again.status_code == 200, "the page size is not part of the question"


def test_offset_pages_as_arcgis_does(api: httpx.Client) -> None:
    whole = [f["id"] for f in get(api, "/ogc/collections/parks/items", limit=1000)["features"]]
    paged = [
        f["id"]
        for offset in range(0, 50, 10)
        for f in get(api, "/ogc/collections/parks/items", limit=10, offset=offset)["features"]
    ]
    assert paged == whole


def test_properties_geometry_precision_and_simplification(api: httpx.Client) -> None:
    feature = get(api, "/ogc/collections/parks/items", limit=1, properties="name_zh,area_ha")["features"][0]
    assert list(feature["properties"]) == ["name_zh", "area_ha"]
    assert get(api, "/ogc/collections/parks/items", limit=1, properties="")["features"][0]["properties"] == {}
    assert get(api, "/ogc/collections/parks/items", limit=1, skipGeometry="true")["features"][0]["geometry"] is None
    coarse = get(api, "/ogc/collections/parks/items/teda-east", precision=2)["geometry"]
    assert all(round(c, 2) == c for c in get_coordinates(shape(coarse)).ravel())
    fine = shape(get(api, "/ogc/collections/parks/items/teda-nangang")["geometry"])
    simple = shape(get(api, "/ogc/collections/parks/items/teda-nangang", simplify=500)["geometry"])
    assert len(get_coordinates(simple)) < len(get_coordinates(fine))
    assert simple.symmetric_difference(fine).area < 0.1 * fine.area


def test_text_search_and_single_properties(api: httpx.Client) -> None:
    found = get(api, "/ogc/collections/parks/items", q="华苑,BOLONGHU")["features"]
    assert {f["id"] for f in found} == {"thip-huayuan", "thip-bolonghu"}
    assert get(api, "/ogc/collections/parks/items", q="100%")["features"] == []
    town = get(api, "/ogc/collections/parks/items", level="town", limit=100)["features"]
    assert len(town) == 9
    one = get(api, "/ogc/collections/parks/items", name_zh="经开区东区")["features"]
    assert [f["id"] for f in one] == ["teda-east"]


def test_skip_count_leaves_the_number_out(api: httpx.Client) -> None:
    page = get(api, "/ogc/collections/parks/items", limit=5, skipCount="true")
    assert "numberMatched" not in page and page["numberReturned"] == 5
    assert get(api, "/ogc/collections/parks/items", limit=100, skipCount="true")["numberMatched"] == 38


def test_time_narrows_what_has_time_and_nothing_else(api: httpx.Client) -> None:
    everything = get(api, "/ogc/collections/projects/items", limit=1000)["features"]
    meets = get(api, "/ogc/collections/projects/items", limit=1000, datetime="2024-01-01/..")["features"]
    years = {f["id"]: (f["properties"]["year_start"], f["properties"]["year_end"]) for f in everything}
    timed = {one: end for one, (start, end) in years.items() if start or end}
    expected = {one for one, end in timed.items() if end is None or end >= 2024}
    assert {f["id"] for f in meets} == expected and 0 < len(expected) < len(timed) < len(everything)
    before = get(api, "/ogc/collections/projects/items", limit=100, datetime="2020-06-30")["features"]
    assert all(f["properties"]["year_start"] <= 2020 for f in before) and before
    assert get(api, "/ogc/collections/parks/items", datetime="2020-06-30")["numberMatched"] == 38


def test_head_and_not_modified(api: httpx.Client) -> None:
    first = api.get("/ogc/collections/parks/items", params={"limit": 3})
    head = api.head("/ogc/collections/parks/items", params={"limit": 3})
    assert head.status_code == 200 and head.content == b"" and head.headers["etag"] == first.headers["etag"]
    again = api.get(
        "/ogc/collections/parks/items", params={"limit": 3}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304


def test_html_by_format_and_by_accept(api: httpx.Client) -> None:
    parks = "/ogc/collections/parks"
    pages = ("/ogc", "/ogc/conformance", "/ogc/collections", parks)
    for path in (*pages, *(parks + more for more in ("/queryables", "/items", "/items/teda-east"))):
        for answer in (api.get(path, params={"f": "html"}), api.get(path, headers={"Accept": "text/html"})):
            assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"), path
        assert "json" in api.get(path, headers={"Accept": "application/json, text/javascript"}).headers["content-type"]
