"""Documents to read: the one made up for the tests, and the real ones where they are at hand."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from app.documents.outline import Outline
from app.documents.shelf import Shelf
from app.main import create_app
from tests.asgi import client_of
from tests.documents import sample
from tests.unit.pages import settings

FILES = {
    "binhai-industry": "binhai-industry-plan.txt",
    "tianjin-manufacturing": "tianjin-manufacturing-plan.txt",
    "binhai-future": "binhai-future-industries-plan.txt",
    "dongli-industry": "dongli-industry-plan.txt",
    "hitech-zone": "hitech-zone-plan.txt",
}

MADE_UP: dict[str, Callable[[], bytes]] = {
    "txt": lambda: sample.as_text().encode(),
    "docx": sample.as_word,
    "pdf": sample.as_pdf,
}


@pytest.fixture(scope="session", params=MADE_UP)
def kind(request: pytest.FixtureRequest) -> str:
    """Return one kind of file after the other."""
    return str(request.param)


@pytest.fixture(scope="session")
def outline(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Outline:
    """Return the made-up document as it is read from each kind of file."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / f"made-up.{kind}").write_bytes(MADE_UP[kind]())
    return Shelf(folder).text("made-up").outline


@pytest.fixture(scope="session")
def text(tmp_path_factory: pytest.TempPathFactory) -> Outline:
    """Return the made-up document as it is read from text."""
    folder = tmp_path_factory.mktemp("text")
    (folder / "made-up.txt").write_bytes(MADE_UP["txt"]())
    return Shelf(folder).text("made-up").outline


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the made-up document under the ids of three real ones, each as another kind of file."""
    for name, kind in (("binhai-industry", "txt"), ("dongli-industry", "docx"), ("hitech-zone", "pdf")):
        (tmp_path / f"{name}.{kind}").write_bytes(MADE_UP[kind]())
    return tmp_path


@pytest.fixture
def client(database_url: str, folder: Path) -> Iterator[httpx.Client]:
    """Return a client of a service that keeps the documents of that folder."""
    with client_of(create_app(settings(database_url=database_url, documents=folder))) as client:
        yield client


@pytest.fixture(scope="session")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Return the real documents, named by their ids."""
    folder = tmp_path_factory.mktemp("real")
    for document, name in FILES.items():
        (folder / f"{document}.txt").symlink_to(shared / "sources" / name)
    return Shelf(folder)
