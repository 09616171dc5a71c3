"""Industries: what a person's word for an industry stands for, and the tree."""

import json
from typing import Any

from app.db.reader import Reader
from app.facts import sql
from app.problems import BadRequest, ParameterError


async def resolve_industry(reader: Reader, words: str) -> list[str]:
    """Return the ids that an id, a Chinese or English name or an alias stands for.

    Parameters
    ----------
    reader
        The database.
    words
        What the client wrote.

    Raises
    ------
    BadRequest
        When nothing is called so; proposes names that are near.
    """
    found = [row.id for row in await reader.rows(sql.RESOLVE_INDUSTRY, {"words": words})]
    if found:
        return found
    near = tuple(row.name_zh for row in await reader.rows(sql.SIMILAR_INDUSTRIES, {"words": words}))
    hint = f"; did you mean {'、'.join(near)}?" if near else "; /api/industries lists them all"
    raise BadRequest([ParameterError("industry", f"no industry is called so{hint}", words, near)])


def industry_tree(flat: str) -> str:
    """Return the tree of the taxonomy as JSON text.

    Parameters
    ----------
    flat
        JSON array of all nodes, each with its ``parent``, parents in any order.
    """
    nodes: list[dict[str, Any]] = json.loads(flat)
    by_id = {node["id"]: {**node, "children": []} for node in nodes}
    roots: list[dict[str, Any]] = []
    for node in by_id.values():
        parent = node.pop("parent")
        (by_id[parent]["children"] if parent is not None else roots).append(node)
    return json.dumps({"industries": roots}, ensure_ascii=False, separators=(",", ":"))
