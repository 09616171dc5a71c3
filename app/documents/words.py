"""Words: numerals, and the form in which printed words are compared."""

import re
import unicodedata

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_QUOTES = str.maketrans(dict.fromkeys("“”„‟「」『』＂", '"') | dict.fromkeys("‘’‚‛", "'"))
NUMERAL = "[〇零一二三四五六七八九十]{1,4}"
"""A Chinese numeral below one hundred, as a regular expression."""


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
    if not ten:
        return int("".join(str(_DIGITS[sign]) for sign in text))
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def numeral_of(value: int) -> str:
    """Return a number below one hundred as a Chinese numeral.

    >>> numeral_of(21)
    '二十一'
    """
    signs = "零一二三四五六七八九"
    if value < 10:
        return signs[value]
    tens, ones = divmod(value, 10)
    return (signs[tens] if tens > 1 else "") + "十" + (signs[ones] if ones else "")


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
        if "\u4e00" <= sign <= "\u9fff":
            signs.append((sign, index))
            continue
        plain = unicodedata.normalize("NFKC", sign.translate(_QUOTES))
        signs.extend((one, index) for one in plain if not one.isspace() and one not in _UNSEEN)
    return signs


_UNSEEN = frozenset("\u200b\u200c\u200d\ufeff\xad")
