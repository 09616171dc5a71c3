"""Same land: a park and its functional areas; with areas=separate both are candidates, and each names the other."""

from collections.abc import Mapping
from typing import Any

from app.siting.words import joined, say


def kin(result: Mapping[str, Any], ranks: Mapping[str, int], language: str) -> str:
    """Return what a place is a part of and what its parts are, with their ranks; empty where it stands alone.

    Parameters
    ----------
    result
        A place of an answer.
    ranks
        Ranks of the listed places by id.
    language
        ``zh`` or ``en``.
    """
    said = []
    whole = result["part_of"]
    if whole is not None:
        key = "part_of_ranked" if whole["id"] in ranks else "part_of"
        said.append(say(key, whole=_name(whole), rank=ranks.get(whole["id"])))
    parts = [
        say("contains_one", part=_name(one), rank=ranks[one["id"]]) if one["id"] in ranks else _name(one)
        for one in result["contains"]
    ]
    if parts:
        said.append(say("contains", parts=joined(parts)))
    return ("；" if language == "zh" else "; ").join(one[language] for one in said)


def ranks_of(document: Mapping[str, Any]) -> dict[str, int]:
    """Return the ranks of the ranked places of an answer by id."""
    return {one["id"]: one["rank"] for one in document["results"] if one["rank"] is not None}


def _name(one: Mapping[str, Any]) -> dict[str, str]:
    return {"zh": one["name_zh"], "en": one["name_en"]}
