"""Annex A of OGC API - Features, Parts 1 and 2, on every collection, asked the way the OGC's own suite asks."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from jsonschema import Draft4Validator
from pyproj import Transformer
from schemathesis.specs.openapi.definitions import OPENAPI_30

from tests.conftest import Server

OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
GEOJSON = "application/geo+json"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
UNKNOWN_CRS = "http://www.opengis.net/def/crs/0/unsupported"
PAGE = "10"

REST_ASSURED_JSON = "application/json, application/javascript, text/javascript, text/json"
JAVA_DEFAULT = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"


@pytest.fixture(scope="module")
def ogc(live_server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{live_server.url}/ogc/", timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def collections(ogc: httpx.Client) -> list[dict[str, Any]]:
    found = ogc.get("collections", headers={"Accept": REST_ASSURED_JSON}).json()["collections"]
    return [ogc.get(f"collections/{one['id']}", headers={"Accept": REST_ASSURED_JSON}).json() for one in found]


@pytest.fixture(scope="module")
def description(ogc: httpx.Client) -> dict[str, Any]:
    landing = ogc.get("", headers={"Accept": REST_ASSURED_JSON})
    [link] = [link for link in landing.json()["links"] if link["rel"] == "service-desc"]
    assert link["type"].replace(" ", "") == OPENAPI
    answer = httpx.get(link["href"], headers={"Accept": OPENAPI})
    assert answer.status_code == 200
    parts = {part.strip() for part in answer.headers["content-type"].split(";")}
    assert {"application/vnd.oai.openapi+json", "version=3.0"} <= parts
    document: dict[str, Any] = answer.json()
    return document


def items(ogc: httpx.Client, collection: dict[str, Any], **query: str) -> httpx.Response:
    """Ask for a page of ten, as the suite does, at the address that the collection itself names."""
    [href] = [one["href"] for one in collection["links"] if one["rel"] == "items" and one["type"] == GEOJSON]
    names = {name.replace("_", "-"): value for name, value in query.items()}
    return ogc.get(href, params=httpx.URL(href).params.merge({"limit": PAGE, **names}), headers={"Accept": GEOJSON})


def ids(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [feature["id"] for feature in answer.json()["features"]]


@pytest.mark.parametrize("accept", [REST_ASSURED_JSON, JAVA_DEFAULT, "*/*", "application/json", ""])
@pytest.mark.parametrize("path", ["", "/"])
def test_the_landing_page_answers_every_client(ogc: httpx.Client, path: str, accept: str) -> None:
    answer = httpx.get(str(ogc.base_url).rstrip("/") + path, headers={"Accept": accept})
    assert answer.status_code == 200 and answer.http_version == "HTTP/1.1"
    wanted = "text/html" if accept == JAVA_DEFAULT else "application/json"
    assert answer.headers["content-type"].startswith(wanted)


def test_the_description_is_valid(description: dict[str, Any], ogc: httpx.Client) -> None:
    """Abstract test 6, by the OpenAPI Initiative's own schema."""
    faults = [
        f"{list(one.absolute_path)}: {one.message[:200]}"
        for one in Draft4Validator(OPENAPI_30).iter_errors(description)
    ]
    assert not faults, "\n".join(faults)
    assert description["openapi"].startswith("3.0.")
    assert [server["url"] for server in description["servers"]] == [str(ogc.base_url).rstrip("/")]
    for path, item in description["paths"].items():
        assert set(item) & {"get", "post", "head"} == {"get"}, path
        assert "200" in item["get"]["responses"], path


def test_parameters_are_described_as_the_standard_says(description: dict[str, Any]) -> None:
    """Abstract tests 14, 16 and 18, and 4 and 8 of Part 2."""
    operations = [
        item["get"]
        for path, item in description["paths"].items()
        if path.startswith("/collections/") and path.endswith("/items")
    ]
    assert operations
    for operation in operations:
        parameters = {one["name"]: one for one in operation["parameters"]}
        for name in ("bbox", "limit", "datetime", "crs", "bbox-crs"):
            one = parameters[name]
            assert (one["in"], one.get("required", False), one["style"], one["explode"]) == (
                "query",
                False,
                "form",
                False,
            )
            assert not one["schema"].get("additionalProperties")
        box = parameters["bbox"]["schema"]
        assert box == {
            "type": "array",
            "minItems": 4,
            "maxItems": 6,
            "items": {"type": "number"},
        }
        assert parameters["datetime"]["schema"]["type"] == "string"
        limit = parameters["limit"]["schema"]
        assert limit["type"] == "integer"
        assert 1 <= limit["minimum"] <= limit["default"] <= limit["maximum"] and limit["maximum"] >= 2500


def test_metadata_of_every_collection(collections: list[dict[str, Any]], ogc: httpx.Client) -> None:
    """Abstract tests 10 to 12, and 1 to 3 of Part 2."""
    listed = {one["id"]: one for one in ogc.get("collections").json()["collections"]}
    for one in collections:
        for key in ("id", "title", "description", "extent"):
            assert listed[one["id"]][key] == one[key], one["id"]
        [box] = one["extent"]["spatial"]["bbox"]
        assert len(box) == 4 and one["extent"]["spatial"]["crs"] == CRS84
        assert one["crs"][0] == CRS84 and one["storageCrs"] in one["crs"] and "#/crs" not in one["crs"]
        assert all({"href", "rel", "type"} <= link.keys() for link in one["links"])


BOXES = [
    "-1.5000000,50.0000000,1.5000000,53.0000000", "-80.0000000,-5.0000000,-70.0000000,5.0000000",
    "177.0000000,65.0000000,-177.0000000,70.0000000", "-180.0000000,85.0000000,180.0000000,90.0000000",
    "-180.0000000,-90.0000000,180.0000000,-85.0000000", "-.5000000,-.5000000,.5000000,.5000000",
]  # fmt: skip


@pytest.mark.parametrize("box", BOXES)
def test_boxes_around_the_world(collections: list[dict[str, Any]], ogc: httpx.Client, box: str) -> None:
    """Abstract tests 13 and 15: no feature with a geometry is there."""
    for one in collections:
        features = items(ogc, one, bbox=box).json()["features"]
        assert not [feature["id"] for feature in features if feature["geometry"] is not None], one["id"]


@cache
def to_crs(uri: str, *, longitude_first: bool) -> Transformer:
    return Transformer.from_crs("OGC:CRS84", uri, always_xy=longitude_first)


def box_in(crs: str, box: list[float], *, longitude_first: bool = False) -> str:
    west, south, east, north = box
    first, second = to_crs(crs, longitude_first=longitude_first).transform([west, east], [south, north])
    return ",".join(f"{axis[corner]:.7f}" for corner in (0, 1) for axis in (first, second))


def test_the_extent_in_every_crs_holds_the_same_features(collections: list[dict[str, Any]], ogc: httpx.Client) -> None:
    """Abstract test 8 of Part 2: axes as the CRS has them; then longitude first, as the suite has some of them."""
    for one in collections:
        box = one["extent"]["spatial"]["bbox"][0]
        whole = ids(items(ogc, one, bbox=",".join(f"{number:.7f}" for number in box)))
        placed = [feature["id"] for feature in items(ogc, one).json()["features"] if feature["geometry"] is not None]
        assert whole[: len(placed)] == placed, f"{one['id']}: its extent does not hold it"
        for crs in one["crs"]:
            assert ids(items(ogc, one, bbox=box_in(crs, box), bbox_crs=crs)) == whole, f"{one['id']} {crs}"
            swapped = items(ogc, one, bbox=box_in(crs, box, longitude_first=True), bbox_crs=crs)
            assert set(ids(swapped)) <= set(whole), f"{one['id']} {crs}"


def test_next_serves_another_limit(
    collections: list[dict[str, Any]], ogc: httpx.Client, description: dict[str, Any]
) -> None:
    """Abstract test 25: the suite goes on from page 1 with the largest limit there is."""
    path = description["paths"]["/collections/{collectionId}/items"]["get"]["parameters"]
    [largest] = [one["schema"]["maximum"] for one in path if one["name"] == "limit"]
    for one in collections:
        page = items(ogc, one, limit="1").json()
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        assert bool(following) == (page["numberMatched"] > 1)
        found = [feature["id"] for feature in page["features"]]
        for href in following:
            query = dict(parse_qsl(urlsplit(href).query, strict_parsing=True))
            answer = ogc.get(href, params={**query, "limit": str(largest)}, headers={"Accept": GEOJSON})
            found += ids(answer)
            assert not [link for link in answer.json()["links"] if link["rel"] == "next"]
        assert len(set(found)) == len(found) == page["numberMatched"], one["id"]


def test_the_answer_names_its_crs(collections: list[dict[str, Any]], ogc: httpx.Client) -> None:
    """Abstract tests 4 to 7 of Part 2, of pages and of single features."""
    for one in collections:
        page = items(ogc, one)
        [first, *_] = ids(page)
        address = f"collections/{one['id']}/items/{first}"
        assert page.headers["content-crs"] == f"<{CRS84}>" == ogc.get(address).headers["content-crs"]
        for crs in one["crs"]:
            for answer in (items(ogc, one, crs=crs), ogc.get(address, params={"crs": crs})):
                assert answer.status_code == 200 and answer.headers["content-crs"] == f"<{crs}>"
        assert items(ogc, one, crs=UNKNOWN_CRS).status_code == 400
        assert ogc.get(address, params={"crs": UNKNOWN_CRS}).status_code == 400
        assert items(ogc, one, bbox="5,49,6,50", bbox_crs=UNKNOWN_CRS).status_code == 400


def test_what_the_service_does_not_know_is_400(collections: list[dict[str, Any]], ogc: httpx.Client) -> None:
    """Abstract tests 20 and 21."""
    for one in collections:
        assert items(ogc, one, limit="unlimited").status_code == 400
        assert items(ogc, one, unknownQueryParameter12345="1").status_code == 400
