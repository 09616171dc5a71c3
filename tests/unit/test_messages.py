"""Messages: every sentence that answers a request has a Chinese one, with the same values in it."""

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest
import yaml

from app.language import preferred
from app.messages import CATALOGUE, Message, sentence, translated

APP = CATALOGUE.parent
OFFLINE = ("loading", "cli.py")
"""What speaks to who runs the service, not to its clients."""

SOURCES = [path for path in sorted(APP.rglob("*.py")) if path.relative_to(APP).parts[0] not in OFFLINE]
SENTENCE = {
    "Message": 0, "Cql2Error": 0, "BadCursor": 0, "fail": 0, "expect_string": 0, "NotFound": 0, "ParameterError": 1,
    "expect_sign": 1, "expect_word": 1, "signed_number": 1, "problem": 2, "require": 2, "_all": 2,
}  # fmt: skip
"""Which argument of what is called is a sentence for the client."""

PYTHON = [APP / "features" / name for name in ("readers.py", "query.py", "cql2/check.py")]
"""Here a ValueError speaks to the client too."""


def catalogue() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    return found


def sentences() -> Iterator[tuple[str, ast.expr]]:
    """Yield where each sentence stands, and the expression of it."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                place = 0 if name == "ValueError" and path in PYTHON else SENTENCE.get(name, 99)
                if len(node.args) > place:
                    argument = node.args[place]
                    either = (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,)
                    for one in either:
                        yield f"{path.relative_to(APP)}:{node.lineno}", one


def test_every_sentence_has_a_chinese_one() -> None:
    known = catalogue()
    constants = [(where, one.value) for where, one in sentences() if isinstance(one, ast.Constant)]
    said = [(where, words) for where, words in constants if isinstance(words, str) and words]
    assert len(said) > 120
    missing = [f"{where}: {words}" for where, words in said if words not in known]
    assert not missing, "\n".join(missing)


def test_values_are_never_pasted_into_a_sentence() -> None:
    pasted = [where for where, one in sentences() if isinstance(one, ast.JoinedStr | ast.BinOp)]
    assert not pasted, f"a Message keeps its values apart: {pasted}"


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_chinese_sentences_use_the_values_of_the_english_ones() -> None:
    for english, chinese in catalogue().items():
        assert re.search("[\u4e00-\u9fff]", chinese) or len(fields(english)) > 1, english
        assert fields(chinese) <= fields(english), english


def test_a_message_is_english_text_that_can_be_said_in_chinese() -> None:
    message = Message("should be a whole number from {least} to {most}", least=1, most=9)
    assert message == "should be a whole number from 1 to 9"
    assert translated(message, "en") == message
    assert translated(message, "zh") == "应为 1 到 9 之间的整数"
    assert translated(str(ValueError(message)), "zh") == "应为 1 到 9 之间的整数"


def test_a_message_in_a_message_is_translated_with_it_but_what_a_client_wrote_is_not() -> None:
    inner = Message("There is no {what} {name!r}.", what=sentence("layer"), name="layer")
    assert inner == "There is no layer 'layer'."
    assert translated(inner, "zh") == "没有图层 'layer'。"


def test_what_has_no_translation_stays_english_and_braces_do_no_harm() -> None:
    assert translated("nobody said {this}", "zh") == "nobody said {this}"
    message = Message("There is no {what} {name!r}.", what=sentence("layer"), name="{0.__class__}")
    assert translated(message, "zh") == "没有图层 '{0.__class__}'。"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "en"),
        ("", "en"),
        ("*", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("ZH", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("de, zh;q=0.2", "zh"),
        ("fr", "en"),
        ("zh;q=0, *", "en"),
        ("zh, en", "zh"),
        ("en, zh", "en"),
        ("zh;q=x", "en"),
        ("*;q=0.5, en;q=0.1", "zh"),
    ],
)
def test_the_preferred_language(header: str | None, expected: str) -> None:
    assert preferred(header, "en") == expected
