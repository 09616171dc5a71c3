"""Numbers: 50, 1,200, 1.5万, 五十, 三百五十, 两万五, 半 and ranges of them."""

import re

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

_ARABIC = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
# Longer numbers are none, and would be read again from each of their characters.
_CHINESE = r"[零〇一二两俩三四五六七八九十百千万亿]{1,20}(?:点[零〇一二三四五六七八九]{1,9})?"

NUMBER = rf"(?:(?:{_ARABIC})[百千万亿]{{0,2}}|{_CHINESE}|半)"
"""A number as a regular expression, without groups."""

_ARABIC_PARTS = re.compile(rf"({_ARABIC})([百千万亿]*)")

LARGEST = 1e12
"""Numbers above it are taken for none: they are no area and no distance."""


def value_of(text: str) -> float | None:
    """Return the value of a number that ``NUMBER`` matches; None for what is no number after all, as 五六十.

    >>> value_of("三百五十"), value_of("1.5万"), value_of("半"), value_of("两万五")
    (350.0, 15000.0, 0.5, 25000.0)
    """
    if text == "半":
        return 0.5
    arabic = _ARABIC_PARTS.fullmatch(text)
    value = _of_arabic(arabic) if arabic else _of_chinese(text)
    return value if value is not None and value <= LARGEST else None


def _of_arabic(parts: re.Match[str]) -> float:
    value = float(parts[1].replace(",", "")[:30])
    for unit in parts[2]:
        value *= (_UNITS | _MYRIADS)[unit]
    return value


def _of_chinese(text: str) -> float | None:
    whole, _, fraction = text.partition("点")
    value = _whole(whole)
    if value is None:
        return None
    return value + sum(_DIGITS[char] / 10.0**place for place, char in enumerate(fraction[:9], 1))


def _whole(text: str) -> float | None:
    if len(text) > 1 and all(char in _DIGITS for char in text):
        return None
    total, section, digit, last = 0, 0, None, 1
    for char in text[:40]:
        if char in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = _DIGITS[char]
            last = 1 if digit == 0 else last
        elif char in _UNITS:
            section += (1 if digit is None else digit) * _UNITS[char]
            digit, last = None, _UNITS[char]
        else:
            total = (total + section + (digit or (0 if section or total else 1))) * _MYRIADS[char]
            section, digit, last = 0, None, _MYRIADS[char]
    # 三百五 is 350, 两万五 is 25,000: a digit at the end counts tens of what stood before it.
    return total + section + (digit or 0) * max(last // 10, 1)
