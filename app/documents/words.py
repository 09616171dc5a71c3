"""Words: numerals, and the form in which printed words are compared."""

import re
import unicodedata

_SIGNS = "零一二三四五六七八九"
_QUOTES = str.maketrans(dict.fromkeys("“”„‟「」『』＂", '"') | dict.fromkeys("‘’‚‛", "'"))
NUMERAL = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
"""A Chinese numeral from one to ninety-nine, as a regular expression."""


def number_of(text: str) -> int:
    """Return the value of a numeral: ``十二``, ``二十``, ``12`` or ``１２``.

    Raises
    ------
    ValueError
        When it is none.

    Examples
    --------
    >>> number_of("二十三"), number_of("十"), number_of("７")
    (23, 10, 7)
    """
    if not re.fullmatch(NUMERAL, text):
        return int(text)
    tens, ten, ones = text.rpartition("十")
    value = _SIGNS.index(ones) if ones else 0
    return value + (10 * (_SIGNS.index(tens) if tens else 1) if ten else 0)


def numeral_of(value: int) -> str:
    """Return a number below one hundred as a Chinese numeral.

    >>> numeral_of(21)
    '二十一'
    """
    if value < 10:
        return _SIGNS[value]
    tens, ones = divmod(value, 10)
    return (_SIGNS[tens] if tens > 1 else "") + "十" + (_SIGNS[ones] if ones else "")


def folded(text: str) -> str:
    """Return the form in which words are compared: without white space, one width, one kind of quotation marks.

    >>> folded("“中国 信创谷”　ＣＡＲ－Ｔ")
    '"中国信创谷"CAR-T'
    """
    return "".join(sign for sign, _ in folded_signs(text))


def folded_signs(text: str) -> list[tuple[str, int]]:
    """Return the characters of the compared form, each with the index in the text that it comes from."""
    signs: list[tuple[str, int]] = []
    for index, sign in enumerate(text):
        if "\u4e00" <= sign <= "\u9fff" or unicodedata.category(sign) == "No":
            signs.append((sign, index))  # ② behind a number is the mark of a note, not a digit more
            continue
        plain = unicodedata.normalize("NFKC", sign.translate(_QUOTES))
        signs.extend((one, index) for one in plain if not one.isspace() and one not in _UNSEEN)
    return signs


_UNSEEN = frozenset("\u200b\u200c\u200d\ufeff\xad")
