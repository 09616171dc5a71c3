"""The files of the page: from where they are served, how long browsers keep them, how they are sent."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.registry.reader import Registry, read_registry
from app.webmap.assets import PACKAGES
from app.webmap.files import Files
from app.webmap.routes import AssetsMissing, mount_static
from app.webmap.version import FilesVersion
from tests.asgi import client_of
from tests.conftest import ROOT
from tests.unit.pages import Elements, client, config_of, settings


@pytest.fixture(scope="module")
def registry() -> Registry:
    return read_registry(ROOT / "layers")


def test_packages_are_served_from_their_folder_and_no_further(registry: Registry) -> None:
    with client(registry) as browser:
        for package in PACKAGES:
            answer = browser.get(f"/assets/{package.name}/{package.proof}")
            assert answer.status_code == 200
            assert "max-age=3600" in answer.headers["cache-control"]
            assert answer.headers["x-content-type-options"] == "nosniff"
        for outside in (
            "leaflet/../package.json",
            "leaflet/%2e%2e/package.json",
            "swagger-ui-dist/swagger-ui.js",
            "typescript/lib/tsc.js",
        ):
            assert browser.get(f"/assets/{outside}").status_code == 404, outside
        assert browser.get("/static/js/main.js").headers["cache-control"] == "no-cache"


def test_a_browser_keeps_files_for_good_until_their_address_changes(registry: Registry, tmp_path: Path) -> None:
    with client(registry) as browser:
        html = browser.get("/").text
        found = [a.get("src") or a.get("href") or "" for tag, a in Elements(html).found if tag in ("script", "link")]
        files = [link for link in found if "/static/" in link or "/assets/" in link]
        assert len(files) > 30
        for address in (*files, f"{config_of(html)['files']}/static/js/tools/measure.js"):
            answer = browser.get(address)
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable", address
            # Whoever has opened the page before an upgrade gets what there is now, and does not keep it.
            older = browser.get(re.sub("^/v-[^/]+", "/v-0123456789ab", address))
            assert older.content == answer.content
            assert older.headers["cache-control"] == "no-cache"
        missing = browser.get(f"{config_of(html)['files']}/static/js/nothing.js")
        assert (missing.status_code, missing.headers.get("cache-control")) == (404, "no-store")


def test_the_version_follows_from_the_content_alone(tmp_path: Path) -> None:
    def version(packages: dict[str, str] = {"leaflet": "1.9.4"}) -> str:  # noqa: B006 - read only
        return str(FilesVersion(tmp_path, packages))

    (tmp_path / "js").mkdir()
    script = tmp_path / "js" / "a.js"
    script.write_text("one", encoding="utf-8")
    first = version()
    assert re.fullmatch("[0-9a-f]{12}", first)
    script.touch()
    assert version() == first
    assert version({"leaflet": "1.9.5"}) != first
    script.write_text("two", encoding="utf-8")
    second = version()
    script.rename(tmp_path / "js" / "b.js")
    assert len({first, second, version()}) == 3


def test_a_file_is_sent_compressed_until_it_changes(tmp_path: Path) -> None:
    script = tmp_path / "a.js"
    script.write_text("let one;\n" * 500, encoding="utf-8")
    (tmp_path / "dot.png").write_bytes(bytes(2000))
    app = FastAPI()
    app.mount("/files", Files(tmp_path))
    with client_of(app) as browser:
        for coding in ("br", "gzip", "zstd", "identity"):
            answer = browser.get("/files/a.js", headers={"Accept-Encoding": coding})
            assert answer.text == script.read_text(encoding="utf-8")
            assert answer.headers.get("content-encoding", "identity") == coding
            assert answer.headers["content-type"].partition(";")[0] in ("text/javascript", "application/javascript")
            assert answer.headers["vary"] == "Accept-Encoding"
            if coding != "identity":
                assert int(answer.headers["content-length"]) < 200
        tag = {"If-None-Match": answer.headers["etag"]}
        assert browser.get("/files/a.js", headers=tag).status_code == 304
        script.write_text("let another;\n" * 500, encoding="utf-8")
        assert browser.get("/files/a.js", headers=tag).text == script.read_text(encoding="utf-8")
        assert browser.get("/files/a.js", headers={"Range": "bytes=0-2"}).text == "let"
        assert "content-encoding" not in browser.get("/files/dot.png").headers
        for missing in ("b.js", "", "..%2Fa.js", "a.js/b"):
            assert browser.get(f"/files/{missing}").status_code == 404, missing


def test_missing_packages_are_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissing, match="npm ci"):
        mount_static(FastAPI(), settings(assets_dir=tmp_path))
