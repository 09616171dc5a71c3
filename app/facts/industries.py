"""Industries: what a person's word for an industry stands for, and the tree."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.db.reader import Reader
from app.facts import industry_sql
from app.facts.names import nearest, normalise
from app.messages import Message
from app.problems import BadRequest, ParameterError

MEANT = 1.0
"""Weight of an industry that the words themselves mean."""

FOUND = 0.8
"""Least weight of an industry under which a map looks for what the words mean."""


@dataclass(frozen=True, slots=True)
class IndustryMatch:
    """An industry that words lead to.

    Attributes
    ----------
    id
        The industry.
    weight
        1: the words mean it; 0.8: what they mean is found under it; less: it is related to what they mean.
    kind
        What the words are: id, name, alias, term, code, title (of a code); parent where the industry is the nearest one
        above what they mean that a park is named with.
    """

    id: str
    weight: float
    kind: str

    @property
    def meant(self) -> bool:
        """Whether the words mean this industry."""
        return self.weight >= MEANT


async def match_industry(reader: Reader, words: str, parameter: str = "industry") -> list[IndustryMatch]:
    """Return the industries that words lead to, the nearest first.

    Parameters
    ----------
    reader
        The database.
    words
        An id, a Chinese or English name, an alias, a term such as 芯片, a code of GB/T 4754-2017 (C27, 27, 3841, C3841)
        or the title of one. Case, width, white space, hyphens and quotes do not count, except in ids.
    parameter
        The name of the request's parameter, for the complaint.

    Raises
    ------
    BadRequest
        When nothing is called so; proposes the names that are nearest.
    """
    rows = await reader.rows(industry_sql.RESOLVE, {"normal": normalise(words), "words": words.replace("\x00", "")})
    if rows and rows[0].kind == "id":
        rows = rows[:1]
    if rows:
        return [IndustryMatch(row.id, row.weight, row.kind) for row in rows]
    raise BadRequest([await _unknown(reader, words, parameter)])


async def resolve_industry(reader: Reader, words: str, parameter: str = "industry") -> list[str]:
    """Return the ids of the industries under which a map looks for what words mean.

    Raises
    ------
    BadRequest
        When nothing is called so; proposes the names that are nearest.
    """
    return [match.id for match in await match_industry(reader, words, parameter) if match.weight >= FOUND]


async def _unknown(reader: Reader, words: str, parameter: str) -> ParameterError:
    near = nearest(words, [(row.normal, row.label) for row in await reader.rows(industry_sql.LABELS)])
    if not near:
        return ParameterError(parameter, Message("no industry is called so; /api/industries lists them all"), words)
    message = Message("no industry is called so; did you mean {names}?", names="、".join(near))
    return ParameterError(parameter, message, words, near)


def industry_tree(flat: str) -> str:
    """Return the tree of the taxonomy as JSON text.

    Parameters
    ----------
    flat
        JSON array of all nodes, each with its ``parent``, parents in any order.
    """
    nodes: Sequence[dict[str, Any]] = json.loads(flat)
    by_id = {node["id"]: {**node, "children": []} for node in nodes}
    roots: list[dict[str, Any]] = []
    for node in by_id.values():
        parent = node.pop("parent")
        (by_id[parent]["children"] if parent is not None else roots).append(node)
    return json.dumps({"industries": roots}, ensure_ascii=False, separators=(",", ":"))
