"""Context: what compiling needs to know, and the values it binds; Value: a compiled operand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from app.features.cql2.errors import Cql2Error, shown
from app.features.cql2.nodes import CALLABLE, Function, Node, PropertyName
from app.features.cql2.properties import KIND_WORDS, Kind, Property
from app.geodesy.crs import Crs
from app.messages import Message, sentence

CastType = Literal[
    "text", "bigint", "numeric", "date", "timestamptz", "bytea", "text[]", "numeric[]", "boolean[]", "date[]",
    "timestamptz[]", "bigint[]",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """An operand, compiled.

    Attributes
    ----------
    kind
        Its type in the language.
    sql
        The expression. For a literal it may not be there yet, since how to bind it depends on the other operand.
    node
        What it was compiled from.
    literal
        The value of a literal, None for anything else.
    integral
        Whether it is a number that the database holds as a whole number.
    computed
        Whether it is a number that the database computes, as ``numeric``.
    digits, scale
        How many digits a number can have before and after its point.
    """

    kind: Kind
    sql: str
    node: Node
    literal: Any = None
    integral: bool = False
    computed: bool = False
    digits: int = 0
    scale: int = 0

    @property
    def words(self) -> Message:
        """What it is, for an error message."""
        if isinstance(self.node, PropertyName):
            return Message("{name} is {kind}", name=shown(self.node.name), kind=sentence(KIND_WORDS[self.kind]))
        return Message("this is {kind}", kind=sentence(KIND_WORDS[self.kind]))


@dataclass
class Context:
    """A filter being compiled.

    Attributes
    ----------
    properties
        Queryables by name.
    filter_crs
        CRS of the geometries of the filter.
    alias
        Name of the relation.
    geometry
        Column of the geometries.
    values
        Values bound so far, by their name in the SQL.
    """

    properties: Mapping[str, Property]
    filter_crs: Crs
    alias: str
    geometry: str
    values: dict[str, Any] = field(default_factory=dict)

    def bind(self, value: Any, cast: CastType) -> str:
        """Bind a value and return the SQL that stands for it."""
        name = f"cql_{len(self.values)}"
        self.values[name] = value
        return f"CAST(:{name} AS {cast})"

    def lookup(self, node: PropertyName) -> Property:
        """Return the queryable of a name.

        Raises
        ------
        Cql2Error
            When there is none; lists those there are.
        """
        if node.name not in self.properties:
            raise Cql2Error(
                Message(
                    "There is no queryable {name}; there are: {names}",
                    name=shown(node.name),
                    names=", ".join(self.properties),
                ),
                node.position,
            )
        return self.properties[node.name]

    def column(self, one: Property) -> str:
        """Return a property as it stands in SQL, JSON as its text. Its name comes from the layer's definition."""
        name = self.geometry if one.type == "geometry" else one.name
        # A colon would be the sign of a bound value.
        quoted = name.replace('"', '""').replace(":", "\\:")
        column = f'{self.alias}."{quoted}"'
        return f"({column})::text" if one.type == "json" else column


def no_function(node: Function) -> Cql2Error:
    """Return the error for a function that is not part of the language."""
    return Cql2Error(
        Message(
            "There is no function {name}; there are: {names}",
            name=shown(node.name),
            names=", ".join(one.upper() for one in CALLABLE),
        ),
        node.position,
    )
