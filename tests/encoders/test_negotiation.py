"""Which format answers: f, Accept with qualities, and what answers when nothing fits."""

import pytest

from app.features.encoders import BY_EXTENSION, ENCODERS, EncoderOptions, Representation, negotiate
from app.geodesy.crs import CRS84, find_crs
from app.problems import BadRequest

HTML = Representation(key="html", media_type="text/html", title_zh="网页", title_en="HTML")
ALL = (*ENCODERS.values(), HTML)


def test_the_formats_are_the_promised_ones_geojson_first() -> None:
    promised = "geojson geojsonseq jsonfg csv fgb gpkg shp kml xlsx parquet dxf"
    assert list(ENCODERS) == promised.split()
    assert len(BY_EXTENSION) == len(ENCODERS)
    assert BY_EXTENSION["shp.zip"] is ENCODERS["shp"]


@pytest.mark.parametrize("key", list(ENCODERS))
def test_f_and_the_media_type_both_name_each_format(key: str) -> None:
    assert negotiate(None, key, ALL).key == key
    assert negotiate(None, key.upper(), ALL).key == key
    assert negotiate(ENCODERS[key].media_type, None, ALL).key == key


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "geojson"),
        ("", "geojson"),
        ("*/*", "geojson"),
        ("nonsense", "geojson"),
        ("application/json", "geojson"),
        ("text/*", "csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("text/csv;q=0.5, application/geopackage+sqlite3;q=0.8", "gpkg"),
        ("text/csv; charset=utf-8", "csv"),
        ("text/*;q=0.9, text/csv;q=0.1", "html"),
        ("application/geo+json;q=0, */*;q=0.1", "geojsonseq"),
        ('application/geo+json; profile="http://www.opengis.net/def/profile/OGC/0/jsonfg"', "jsonfg"),
        ("*/*, text/html", "html"),
        ("TEXT/CSV;Q=1", "csv"),
        ("text/csv;q=abc, text/html;q=0.1", "html"),
    ],
)
def test_accept_is_read_by_rfc_9110(accept: str | None, expected: str) -> None:
    assert negotiate(accept, None, ALL).key == expected


def test_f_wins_over_accept() -> None:
    assert negotiate("text/html", "csv", ALL).key == "csv"


def test_an_unknown_f_is_a_bad_request_that_lists_the_formats() -> None:
    with pytest.raises(BadRequest) as caught:
        negotiate("text/csv", "mp3", ALL)
    (error,) = caught.value.errors
    assert (error.parameter, error.value) == ("f", "mp3")
    assert list(error.allowed) == [*ENCODERS, "html"]


@pytest.mark.parametrize(
    "accept", ["image/png", "text/csv;q=0, application/geo+json;q=0", "application/vnd.oai.openapi+json;version=3.1"]
)
def test_an_accept_that_allows_nothing_is_passed_over(accept: str) -> None:
    assert negotiate(accept, None, (ENCODERS["csv"], ENCODERS["geojson"])).key == "csv"


def test_kml_refuses_any_crs_but_its_own_and_others_take_the_one_asked_for() -> None:
    mercator = find_crs("EPSG:3857")
    assert ENCODERS["kml"].crs_for(None) == ENCODERS["kml"].crs_for(CRS84) == CRS84
    with pytest.raises(BadRequest, match="crs"):
        ENCODERS["kml"].crs_for(mercator)
    assert ENCODERS["gpkg"].crs_for(mercator) == mercator
    assert ENCODERS["gpkg"].crs_for(None).name == "EPSG:4490"
    assert ENCODERS["gpkg"].crs_for(None, CRS84) == CRS84
    assert ENCODERS["dxf"].crs_for(None).name == "EPSG:4548"


def test_csv_says_its_encoding() -> None:
    assert ENCODERS["csv"].content_type(EncoderOptions(encoding="gbk")) == "text/csv; charset=gbk; header=present"
    assert ENCODERS["geojson"].content_type(EncoderOptions()) == "application/geo+json"
