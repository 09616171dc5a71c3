"""Space: the spatial comparison functions (clauses 7.5 to 7.7 of OGC 21-065r2), by PostGIS."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from app.db.models import SRID
from app.features.cql2.context import Context, no_function
from app.features.cql2.errors import Cql2Error
from app.features.cql2.nodes import Function, Node, PropertyName, Spatial
from app.features.cql2.properties import KIND_WORDS
from app.features.cql2.shapes import shape, simplest
from app.messages import Message, sentence

_FUNCTIONS: Mapping[str, str] = {
    "s_contains": "ST_Contains",
    "s_crosses": "ST_Crosses",
    "s_equals": "ST_Equals",
    "s_overlaps": "ST_Overlaps",
    "s_touches": "ST_Touches",
    "s_within": "ST_Within",
}


@dataclass(frozen=True, slots=True)
class Operand:
    """An operand: a column, or a literal."""

    column: str = ""
    drawn: BaseGeometry | None = None


def spatial(context: Context, node: Spatial) -> str:
    """Return a spatial comparison as SQL.

    Raises
    ------
    Cql2Error
        When an operand is no geometry, or not one that the function takes.
    """
    operands = [_operand(context, one) for one in (node.left, node.right)]
    if node.op in ("s_intersects", "s_disjoint"):
        a, b = (_sql(context, one) for one in operands)
        # These two take collections; ST_Disjoint does not.
        return f"{'NOT ' if node.op == 's_disjoint' else ''}ST_Intersects({a}, {b})"
    a, b = (_sql(context, _single(node, one)) for one in operands)
    # All of these imply that the boxes meet, which an index answers. DE-9IM is defined for valid geometries, and in
    # GEOS before 3.13 not for collections: for features that are neither, the answer is unknown, not an error.
    sound = "".join(
        f"ST_IsValid({one.column}) AND GeometryType({one.column}) <> 'GEOMETRYCOLLECTION' AND "
        for one in dict.fromkeys(operands)
        if one.column
    )
    test = f"{_FUNCTIONS[node.op]}({a}, {b})"
    sound = sound.removesuffix(" AND ")
    return f"({a} && {b} AND {f'CASE WHEN {sound} THEN {test} END' if sound else test})"


def geometry(context: Context, node: Node) -> str:
    """Return a geometry as SQL."""
    return _sql(context, _operand(context, node))


def _operand(context: Context, node: Node) -> Operand:
    if isinstance(node, Function):
        raise no_function(node)
    if not isinstance(node, PropertyName):
        return Operand(drawn=shape(node, context.filter_crs))
    one = context.lookup(node)
    if one.kind != "geometry":
        raise Cql2Error(
            Message("Expected a geometry; {name!r} is {kind}", name=one.name, kind=sentence(KIND_WORDS[one.kind])),
            node.position,
        )
    return Operand(column=context.column(one))


def _single(node: Spatial, operand: Operand) -> Operand:
    if operand.drawn is None:
        return operand
    drawn = simplest(operand.drawn)
    if drawn is None:
        raise Cql2Error(
            Message(
                "{op} takes no collection that mixes points, lines and areas; S_INTERSECTS and S_DISJOINT do,"
                " for the others give one kind of geometry",
                op=node.op.upper(),
            ),
            node.position,
        )
    return Operand(drawn=drawn)


def _sql(context: Context, operand: Operand) -> str:
    if operand.drawn is None:
        return operand.column
    return f"ST_GeomFromWKB({context.bind(shapely.to_wkb(operand.drawn), 'bytea')}, {SRID})"
