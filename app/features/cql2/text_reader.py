"""Reading CQL2 text: recursive descent over the grammar of annex B of OGC 21-065r2.

The grammar tells conditions from values by what stands in them, not by how they begin: ``(`` may open either. So one
chain of rules reads both, from OR down to a literal, and each operator requires operands that it can take.
"""

from collections.abc import Callable
from typing import TypeAlias

from app.features.cql2 import literals, nodes
from app.features.cql2.check import check_tree, require
from app.features.cql2.errors import Cql2Error, shown
from app.features.cql2.lexer import Token
from app.features.cql2.nodes import Node
from app.features.cql2.stream import TokenStream

_FUNCTIONS = {one.lower(): one for one in nodes.CALLABLE}
_CONSTRUCTORS = ("date", "timestamp", "bbox", *literals.GEOMETRY_WORDS, literals.COLLECTION)
RESERVED = frozenset(
    {*_FUNCTIONS, *_CONSTRUCTORS, "and", "or", "not", "between", "in", "is", "like", "null", "div", "true", "false"}
)
"""The keywords of clause 8.2, lower case; a property of that name has to be quoted."""

_Read: TypeAlias = Callable[[], Node]


def parse_text(text: str) -> Node:
    """Return the tree of a filter in CQL2 text.

    Parameters
    ----------
    text
        At most 20 000 characters.

    Raises
    ------
    Cql2Error
        Saying where the text departs from the grammar and what would be right.
    """
    reader = TextReader(TokenStream(text))
    node = reader.expression()
    reader.finish()
    return check_tree(node)


def _condition(node: Node, operator: str) -> Node:
    return require(nodes.is_condition, node, f"{operator} joins conditions, such as name = 'x'; this is a value")


def _number(node: Node, operator: str) -> Node:
    return require(nodes.is_numeric, node, f"{operator!r} takes numbers; this is none")


def _scalar(node: Node, operator: str) -> Node:
    return require(
        nodes.is_scalar, node, f"{operator!r} compares strings, numbers, booleans, dates and times; this is none"
    )


class TextReader:
    """Reads expressions from a stream of tokens."""

    def __init__(self, stream: TokenStream) -> None:
        """Keep the stream."""
        self._stream = stream

    def finish(self) -> None:
        """Require the end of the filter."""
        if self._stream.token.kind != "end":
            self._stream.fail("Expected AND, OR or the end of the filter")

    def expression(self) -> Node:
        """Read rule ``booleanExpression``, or a value."""
        return self._joined("or", nodes.Or, lambda: self._joined("and", nodes.And, self._factor))

    def _joined(self, word: str, make: type[nodes.Or] | type[nodes.And], read: _Read) -> Node:
        first = read()
        if self._stream.token.word != word:
            return first
        args = [_condition(first, word.upper())]
        position = self._stream.token.position
        while self._stream.take_word(word):
            args.append(_condition(read(), word.upper()))
        return make(tuple(args), position=position)

    def _factor(self) -> Node:
        position = self._stream.token.position
        if not self._stream.take_word("not"):
            return self._predicate()
        with self._stream.deeper():
            return nodes.Not(_condition(self._factor(), "NOT"), position=position)

    def _predicate(self) -> Node:
        node = self._sum()
        if self._stream.at_sign(*nodes.COMPARISONS):
            sign = self._stream.next()
            left = _scalar(node, sign.text)
            node = nodes.Comparison(sign.text, left, _scalar(self._sum(), sign.text), position=sign.position)
        elif self._stream.token.word in ("like", "between", "in"):
            node = self._advanced(node)
        elif self._stream.token.word == "not":
            position = self._stream.next().position
            if self._stream.token.word not in ("like", "between", "in"):
                self._stream.fail("Expected LIKE, BETWEEN or IN after NOT")
            node = nodes.Not(self._advanced(node), position=position)
        return self._is_null(node)

    def _is_null(self, node: Node) -> Node:
        while self._stream.token.word == "is":
            position = self._stream.next().position
            negated = bool(self._stream.take_word("not"))
            self._stream.expect_word("null", "after IS")
            require(lambda one: not isinstance(one, nodes.Array), node, "IS NULL takes no array literal")
            node = nodes.IsNull(node, position=position)
            node = nodes.Not(node, position=position) if negated else node
        return node

    def _advanced(self, value: Node) -> Node:
        token = self._stream.next()
        if token.word == "like":
            require(nodes.is_character, value, "LIKE takes a string; this is none")
            pattern = self._sum()
            require(nodes.is_pattern, pattern, "The pattern of LIKE is a literal such as 'Tian%', or CASEI('tian%')")
            return nodes.Like(value, pattern, position=token.position)
        if token.word == "between":
            low = self._sum()
            self._stream.expect_word("and", "between the two ends of BETWEEN")
            numbers = [_number(one, "BETWEEN") for one in (value, low, self._sum())]
            return nodes.Between(*numbers, position=token.position)
        self._stream.expect_sign("(", "after IN")
        items = self._until_closed(lambda: _scalar(self._sum(), "IN"), "in the list of IN")
        return nodes.In(_scalar(value, "IN"), items, position=token.position)

    def _until_closed(self, read: _Read, where: str) -> tuple[Node, ...]:
        """Read items, joined by commas, and the closing parenthesis."""
        items: list[Node] = []
        while not self._stream.at_sign(")") or items:
            items.append(read())
            if not self._stream.take_sign(","):
                break
        self._stream.expect_sign(")", where)
        return tuple(items)

    def _sum(self) -> Node:
        return self._left_to_right(("+", "-"), self._product)

    def _product(self) -> Node:
        return self._left_to_right(("*", "/", "%", "div"), self._power)

    def _left_to_right(self, operators: tuple[str, ...], read: _Read) -> Node:
        node = read()
        while self._stream.at_sign(*operators) or self._stream.token.word in operators:
            token = self._stream.next()
            sign = token.text.lower()
            left = _number(node, sign)
            node = nodes.Arithmetic(sign, left, _number(read(), sign), position=token.position)
        return node

    def _power(self) -> Node:
        base = self._signed()
        if not self._stream.at_sign("^"):
            return base
        token = self._stream.next()
        node = nodes.Arithmetic("^", _number(base, "^"), _number(self._signed(), "^"), position=token.position)
        if self._stream.at_sign("^"):
            self._stream.fail("'^' does not chain in CQL2; use parentheses: (a ^ b) ^ c")
        return node

    def _signed(self) -> Node:
        """Read a value with or without a sign. The sign binds before ``^``, as the grammar has it."""
        if not self._stream.at_sign("+", "-"):
            return self._primary()
        sign = self._stream.next()
        if self._stream.token.kind == "number":
            token = self._stream.next()
            value = literals.read_number(token.text, token.position)
            return nodes.Number(-value if sign.text == "-" else value, position=sign.position)
        if sign.text == "+":
            self._stream.fail("Expected a number after the sign '+'")
        with self._stream.deeper():
            factor = _number(self._signed(), "-")
            return nodes.Arithmetic("*", nodes.Number(-1, position=sign.position), factor, position=sign.position)

    def _primary(self) -> Node:
        token = self._stream.token
        if token.kind == "sign" and token.text == "(":
            self._stream.next()
            with self._stream.deeper():
                node = self.expression()
                self._stream.expect_sign(")", "to close the parenthesis")
            return node
        if token.kind == "number":
            self._stream.next()
            return nodes.Number(literals.read_number(token.text, token.position), position=token.position)
        if token.kind == "string":
            self._stream.next()
            return nodes.Text(token.text, position=token.position)
        if token.kind == "quoted":
            self._stream.next()
            return nodes.PropertyName(token.text, position=token.position)
        if token.kind == "name":
            return self._named(token)
        self._stream.fail("Expected a property, a literal or a function")

    def _named(self, token: Token) -> Node:
        opens = self._stream.following.kind == "sign" and self._stream.following.text == "("
        if token.word in ("true", "false"):
            self._stream.next()
            return nodes.Boolean(token.word == "true", position=token.position)
        if token.word == "interval" and opens:
            return literals.interval(self._stream, self._function)
        if token.word in _FUNCTIONS and opens:
            return self._language_function()
        if token.word in _CONSTRUCTORS and (opens or self._stream.following.word in ("z", "m", "zm")):
            return self._constructed(token)
        if token.word in RESERVED:
            raise Cql2Error(
                f"{shown(token.text)} is a keyword and stands in the wrong place; a property of that name is quoted:"
                f' "{token.text}"',
                token.position,
            )
        if opens:
            return self._function()
        self._stream.next()
        return nodes.PropertyName(token.text, position=token.position)

    def _constructed(self, token: Token) -> Node:
        if token.word in ("date", "timestamp"):
            return literals.instant(self._stream)
        if token.word == "bbox":
            return literals.bbox(self._stream)
        return literals.geometry(self._stream)

    def _language_function(self) -> Node:
        token = self._stream.next()
        name = _FUNCTIONS[token.word]
        self._stream.expect_sign("(", f"after {token.text}")
        read = self._array_operand if name in nodes.ARRAY else self.expression
        with self._stream.deeper():
            args = self._until_closed(read, f"to close {token.text}(")
        return make_call(name, args, token.position)

    def _function(self) -> Node:
        token = self._stream.next()
        self._stream.expect_sign("(", f"after {token.text}")
        with self._stream.deeper():
            args = self._until_closed(self._argument, f"to close {token.text}(")
        return nodes.Function(token.text, args, position=token.position)

    def _array_operand(self) -> Node:
        """Read an operand of an array function: there, a parenthesis opens an array."""
        token = self._stream.token
        if not self._stream.take_sign("("):
            return self.expression()
        with self._stream.deeper():
            return nodes.Array(self._until_closed(self._argument, "to close the array"), position=token.position)

    def _argument(self) -> Node:
        """Read an argument or an array element: there, a parenthesis around one expression groups it.

        An array of no or of several elements is told from that; the grammar leaves an array of one open.
        """
        token = self._stream.token
        if not self._stream.at_sign("(") or not self._stream.opens_list():
            return self.expression()
        self._stream.next()
        with self._stream.deeper():
            return nodes.Array(self._until_closed(self._argument, "to close the array"), position=token.position)


def make_call(name: str, args: tuple[Node, ...], position: nodes.Position) -> Node:
    """Return the node of a function of the language.

    Parameters
    ----------
    name
        One of ``CALLABLE``.
    args
        Its arguments.
    position
        Where it stands.

    Raises
    ------
    Cql2Error
        When there are too many arguments, too few, or the wrong ones.
    """
    count = 1 if name in nodes.FOLDS else 2
    shown_name = name.upper()
    if len(args) != count:
        raise Cql2Error(f"{shown_name} takes {count} argument{'s'[: count - 1]}, not {len(args)}", position)
    if name in nodes.FOLDS:
        require(nodes.is_character, args[0], f"{shown_name} takes a string: a property or a literal in quotes")
        return nodes.Fold("casei" if name == "casei" else "accenti", args[0], position=position)
    kinds = (
        (nodes.SPATIAL, nodes.is_spatial, nodes.Spatial, "geometries: a property, WKT such as POINT(…), or BBOX(…)"),
        (nodes.TEMPORAL, nodes.is_temporal, nodes.Temporal, "times: a property, DATE(…), TIMESTAMP(…) or INTERVAL(…)"),
        (nodes.ARRAY, nodes.is_array, nodes.ArrayComparison, "arrays: a property, or literals such as ('a', 'b')"),
    )
    _, fits, make, words = next(one for one in kinds if name in one[0])
    for arg in args:
        require(fits, arg, f"{shown_name} takes {words}")
    return make(name, *args, position=position)
