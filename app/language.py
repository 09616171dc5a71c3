"""Language: Chinese or English, as a client prefers (RFC 9110, 12.5.4)."""

from typing import Literal

Language = Literal["zh", "en"]

_MAX_RANGES = 32


def preferred(accept_language: str | None, default: Language) -> Language:
    """Return the language that an Accept-Language header prefers of the two.

    Parameters
    ----------
    accept_language
        The header, if there is one.
    default
        The language where the header names neither; of two that it names alike the first is preferred.
    """
    best: dict[str, float] = {}
    for part in (accept_language or "").split(",")[:_MAX_RANGES]:
        language, _, parameters = part.strip().lower().partition(";")
        name = language.strip().partition("-")[0]
        best[name] = max(best.get(name, 0.0), _quality(parameters))
    rest = best.get("*", 0.0)
    chinese, english = best.get("zh", rest), best.get("en", rest)
    if chinese == english:
        named = [name for name in best if name in ("zh", "en")] if chinese else []
        return "en" if named[:1] == ["en"] else "zh" if named else default
    return "zh" if chinese > english else "en"


def _quality(parameters: str) -> float:
    name, _, value = parameters.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
