"""Normal form: what a name and a query are reduced to before they are compared."""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC

_UMLAUTS = str.maketrans("üǖǘǚǜ", "vvvvv")
"""Keyboards write ü as v: 绿 is lv."""

PREFIXES = ("天津市", "天津")
ENDINGS = {
    "development": ("开发区", "经开区", "经济开发区", "经济技术开发区"),
    "hitech": ("高新区", "高新技术产业开发区", "高新技术产业区"),
    "park": (
        "产业园", "产业园区", "工业园", "工业园区", "工业区", "科技园", "科技园区", "科学工业园", "主题园", "主题园区",
        "园区", "片区", "产业区", "聚集区", "集聚区", "示范区", "经济区", "组团", "产业组团",
    ),
    "company": (
        "有限公司", "有限责任公司", "股份有限公司", "集团有限公司", "集团股份有限公司", "集团", "公司",
    ),
    "other": ("产业", "行业", "项目", "建设项目", "生产项目"),
}  # fmt: skip
"""What names end in, by kind; people leave it out, or write one of a kind for another."""

GENERIC = ("park", "company", "other")
"""Kinds of endings by which nothing is told apart: 华明产业园 is 华明高新区. 滨海高新区 is not 滨海经开区."""

_ENDINGS = sorted(((text, kind) for kind, texts in ENDINGS.items() for text in texts), key=lambda one: -len(one[0]))
_SHORTEST_CORE = 2


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in its normal form.

    Attributes
    ----------
    text
        Compatibility characters, case, traditional characters and tone marks folded; only letters and digits left.
    offsets
        For each character of the original, and for its end, the place in ``text``: one more than it has characters.
    starts
        Places in ``text`` at which a word begins; every Chinese character is one.
    """

    text: str
    offsets: tuple[int, ...]
    starts: tuple[int, ...]


def normalise(text: str) -> Normal:
    """Return the normal form of a name."""
    folded, offsets, starts = "", [0], []
    in_word = False
    for char in text:
        piece = _folded(char)
        if piece and (is_han(piece[0]) or not in_word):
            starts.append(len(folded))
        in_word = bool(piece) and not is_han(piece[-1])
        folded += piece
        offsets.append(len(folded))
    return Normal(folded, tuple(offsets), tuple(starts))


def normal_query(text: str) -> str:
    """Return the normal form of what a person typed; a letter and its accent may be two characters."""
    return normalise(unicodedata.normalize("NFKC", text)).text


@dataclass(frozen=True, slots=True)
class Core:
    """A normal form without what it generically begins and ends with.

    Attributes
    ----------
    text
        What is left.
    ending
        Kind of the ending that was left out; empty when only a beginning was.
    """

    text: str
    ending: str


def core(normal: str) -> Core | None:
    """Return a normal form without what it generically begins and ends with; None where that changes nothing.

    >>> core("天津中塘工业园")
    Core(text='中塘', ending='park')
    """
    prefix = next((one for one in PREFIXES if _leaves_enough(normal, one) and normal.startswith(one)), "")
    rest = normal.removeprefix(prefix)
    suffix, kind = next(
        ((text, kind) for text, kind in _ENDINGS if _leaves_enough(rest, text) and rest.endswith(text)), ("", "")
    )
    return Core(rest.removesuffix(suffix), kind) if prefix or suffix else None


def _leaves_enough(text: str, affix: str) -> bool:
    return len(text) - len(affix) >= _SHORTEST_CORE


def is_han(char: str) -> bool:
    """Tell whether a character is a Chinese one."""
    return "\u3400" <= char <= "\u9fff" or char >= "\U00020000"


def simplified(text: str) -> str:
    """Return a text in simplified characters, one for one.

    >>> simplified("離機場30公里")
    '离机场30公里'
    """
    return "".join(_simplified(char) if is_han(char) else char for char in text)


@lru_cache(maxsize=20000)
def _simplified(char: str) -> str:
    return str(_converter().convert(char))


@lru_cache(maxsize=20000)
def _folded(char: str) -> str:
    text = unicodedata.normalize("NFKC", char).casefold().translate(_UMLAUTS)
    if any(map(is_han, text)):
        text = _converter().convert(text)
    bare = (one for one in unicodedata.normalize("NFKD", text) if unicodedata.category(one) != "Mn")
    return "".join(one for one in bare if one.isalnum())


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
