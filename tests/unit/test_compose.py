"""The container files, which no engine runs here: their structure, and that they stay in step with the scripts."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.db import cluster_config
from app.db.binaries import MINIMUM_MAJOR
from scripts.bootstrap import node, python_env

ROOT = Path(__file__).resolve().parents[2]
MINIMUM_POSTGIS = (3, 3)


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")


def test_the_database_is_one_the_service_supports(compose: dict[str, Any]) -> None:
    tag = re.fullmatch(r"postgis/postgis:(\d+)-(\d+)\.(\d+)", compose["services"]["db"]["image"])
    assert tag, "a pinned PostgreSQL and PostGIS"
    assert int(tag[1]) >= MINIMUM_MAJOR
    assert (int(tag[2]), int(tag[3])) >= MINIMUM_POSTGIS


def test_the_service_waits_until_the_database_answers(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["app"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    check = services["db"]["healthcheck"]["test"]
    assert check[:2] == ["CMD", "pg_isready"]
    assert "--host=127.0.0.1" in check  # the server of the first filling answers on the socket too early


def test_no_password_is_written_down_and_none_is_assumed(compose: dict[str, Any]) -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert re.findall(r"\$\{YUANTU_DB_PASSWORD(?!:\?)", text) == []
    services = compose["services"]
    url = services["app"]["environment"]["YUANTU_DATABASE_URL"]
    assert url == "postgresql://yuantu:${YUANTU_DB_PASSWORD:?}@db:5432/yuantu"
    assert services["db"]["environment"]["POSTGRES_PASSWORD"].startswith("${YUANTU_DB_PASSWORD:?choose")


def test_only_the_service_is_published_and_only_here(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert "ports" not in services["db"]
    assert services["app"]["ports"] == ["127.0.0.1:${YUANTU_PORT:-8000}:8000"]
    assert services["db"]["networks"] == ["inside"]
    assert compose["networks"]["inside"] == {"internal": True}


def test_the_containers_cannot_change_themselves(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert service["read_only"] is True
        assert "no-new-privileges:true" in service["security_opt"]
    assert compose["services"]["app"]["cap_drop"] == ["ALL"]


def test_what_it_mounts_exists(compose: dict[str, Any]) -> None:
    named = set(compose["volumes"])
    for service in compose["services"].values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in named or (ROOT / source).is_file(), source


def test_the_image_is_built_from_the_lock_files_as_a_user(dockerfile: str) -> None:
    assert f"uv=={python_env.UV_VERSION}" in dockerfile
    assert "COPY pyproject.toml uv.lock" in dockerfile
    assert dockerfile.count("uv sync --frozen --no-dev") == 2
    assert "COPY package.json package-lock.json" in dockerfile
    assert "npm ci --omit=dev --ignore-scripts" in dockerfile
    assert re.findall(r"^USER (\S+)", dockerfile, re.MULTILINE) == ["yuantu"]
    assert 'CMD ["yuantu", "serve", "--host", "0.0.0.0", "--port", "8000"]' in dockerfile


def test_the_base_images_are_pinned_and_new_enough(dockerfile: str) -> None:
    bases = re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    assert len(bases) == 3
    for base in bases:
        name, _, tag = base.partition(":")
        number = re.match(r"(\d+)(?:\.(\d+))?-", tag)
        assert number, f"{base} is pinned"
        if name == "node":
            assert int(number[1]) >= node.OLDEST_NODE
        else:
            assert (name, int(number[1]), int(number[2])) >= ("python", 3, 11)


def test_what_the_image_copies_is_let_through(dockerfile: str) -> None:
    copied = {
        name.rstrip("/")
        for line in re.findall(r"^COPY (?!--from)(.*)$", dockerfile, re.MULTILINE)
        for name in line.split()[:-1]
    }
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_through = {line[1:].rstrip("/") for line in ignored if line.startswith("!")}
    assert ignored[1] == "*"
    assert copied == let_through


def test_the_container_gets_the_same_roles_and_extensions_as_the_private_cluster() -> None:
    script = (ROOT / "scripts/docker-db-init.sh").read_text(encoding="utf-8")
    assert set(re.findall(r"CREATE ROLE (\w+)", script)) == {cluster_config.OWNER, cluster_config.READER}
    assert tuple(re.findall(r"CREATE EXTENSION (\w+)", script)) == cluster_config.EXTENSIONS
    assert "LOCALE 'C.UTF-8'" in script
    assert "grants.sql" in script
