"""The user guide: its pictures are there and light, its links lead somewhere, and it names what the page has."""

import re

import pytest
import yaml

from scripts.guide_pictures import FOLDER, LARGEST, PICTURES
from tests.conftest import ROOT

GUIDE = ROOT / "docs" / "user-guide.zh-CN.md"
TEXT = GUIDE.read_text(encoding="utf-8")
SHOWN = re.findall(r"!\[[^\]]+\]\(images/guide/([\w-]+)\.png\)", TEXT)


def test_every_picture_is_shown_once_and_can_be_made_again() -> None:
    assert sorted(SHOWN) == sorted((*PICTURES, "phone"))
    assert {path.stem for path in FOLDER.iterdir()} == set(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_pictures_are_light(name: str) -> None:
    picture = (FOLDER / f"{name}.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) <= LARGEST


def test_the_contents_lead_to_the_sections() -> None:
    sections = {re.sub(r"[^\w-]", "", title.replace(" ", "-")) for title in re.findall(r"^## (.+)$", TEXT, re.M)}
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) == sections


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readmes_link_it(readme: str) -> None:
    assert "(docs/user-guide.zh-CN.md)" in (ROOT / readme).read_text(encoding="utf-8")


def test_what_it_quotes_stands_on_the_page() -> None:
    texts = ROOT / "app" / "webmap" / "texts"
    shown = "\n".join(
        str(one["zh"]) for path in texts.glob("*.yaml") for one in yaml.safe_load(path.read_text("utf-8")).values()
    )
    shown += "".join(path.read_text("utf-8") for path in (ROOT / "layers").rglob("*.yaml"))
    own = {"芯片", "集成电路", "＋", "－", "包含什么"}
    quoted = {words for words in re.findall(r"“([^“”]+)”", TEXT)} - own
    missing = sorted(words for words in quoted if words not in shown)
    assert missing == []
