"""Reading CQL2 text: recursive descent with precedence climbing, after the grammar of annex B of OGC 21-065r2.

The grammar tells conditions from values by what stands in them, not by how they begin: ``(`` may open either. So one
rule reads both, and each operator requires operands that it can take.
"""

from collections.abc import Callable

from app.features.cql2 import literals, nodes
from app.features.cql2.check import check_tree, require
from app.features.cql2.errors import Cql2Error, shown
from app.features.cql2.lexer import Token
from app.features.cql2.nodes import Node
from app.features.cql2.stream import TokenStream
from app.messages import Message, sentence

_FUNCTIONS = {one.lower(): one for one in nodes.CALLABLE}
_CONSTRUCTORS = ("date", "timestamp", "bbox", *literals.GEOMETRY_WORDS, literals.COLLECTION)
RESERVED = frozenset(
    {
        *_FUNCTIONS,
        *_CONSTRUCTORS,
        "and",
        "or",
        "not",
        "between",
        "in",
        "is",
        "like",
        "ilike",
        "null",
        "div",
        "true",
        "false",
    }
)
"""The keywords of clause 8.2, lower case; a property of that name has to be quoted."""

_POWERS = {
    "or": 1, "and": 2, **dict.fromkeys((*nodes.COMPARISONS, "is", "not", "like", "ilike", "between", "in"), 4),
    **dict.fromkeys(("+", "-"), 5), **dict.fromkeys(("*", "/", "%", "div"), 6), "^": 7,
}  # fmt: skip
"""How strongly operators bind, the strongest last. NOT before a condition binds as 3, a sign before a number as 8."""
_OPERAND = 5
"""What binds an operand of a predicate."""


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
    return require(
        nodes.is_condition,
        node,
        Message("{operator} joins conditions, such as name = 'x'; this is a value", operator=operator),
    )


def _number(node: Node, operator: str) -> Node:
    return require(nodes.is_numeric, node, Message("{operator!r} takes numbers; this is none", operator=operator))


def _scalar(node: Node, operator: str) -> Node:
    return require(
        nodes.is_scalar,
        node,
        Message("{operator!r} compares strings, numbers, booleans, dates and times; this is none", operator=operator),
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

    def expression(self, power: int = 0) -> Node:
        """Read an expression whose operators all bind more strongly than a power (precedence climbing)."""
        left = self._prefix()
        while True:
            operator = self._operator()
            if not operator or _POWERS[operator] <= power:
                return left
            left = self._operation(left, operator)

    def _operator(self) -> str:
        """Return the operator that comes next, lower case, or nothing."""
        token = self._stream.token
        name = token.text if token.kind == "sign" else token.word
        return name if name in _POWERS else ""

    def _operation(self, left: Node, operator: str) -> Node:
        if operator in ("and", "or"):
            return self._joined(left, operator)
        if operator in nodes.ARITHMETIC:
            return self._arithmetic(left, operator)
        token = self._stream.next()
        if operator in nodes.COMPARISONS:
            _scalar(left, operator)
            right = _scalar(self.expression(_OPERAND - 1), operator)
            return nodes.Comparison(operator, left, right, position=token.position)
        if operator == "is":
            return self._is_null(left, token.position)
        if operator != "not":
            return self._advanced(left, operator, token.position)
        negated = self._stream.take_word("like", "ilike", "between", "in")
        if not negated:
            self._stream.fail("Expected LIKE, BETWEEN or IN after NOT")
        return nodes.Not(self._advanced(left, negated, token.position), position=token.position)

    def _joined(self, first: Node, word: str) -> Node:
        position = self._stream.token.position
        args = [_condition(first, word.upper())]
        while self._stream.take_word(word):
            args.append(_condition(self.expression(_POWERS[word]), word.upper()))
        return (nodes.And if word == "and" else nodes.Or)(tuple(args), position=position)

    def _arithmetic(self, left: Node, operator: str) -> Node:
        token = self._stream.next()
        _number(left, operator)
        right = _number(self.expression(_POWERS[operator]), operator)
        if operator == "^" and self._stream.at_sign("^"):
            self._stream.fail("'^' does not chain in CQL2; use parentheses: (a ^ b) ^ c")
        return nodes.Arithmetic(operator, left, right, position=token.position)

    def _is_null(self, value: Node, position: int) -> Node:
        negated = bool(self._stream.take_word("not"))
        self._stream.expect_word("null", "after IS")
        node = nodes.IsNull(value, position=position)
        return nodes.Not(node, position=position) if negated else node

    def _advanced(self, value: Node, operator: str, position: int) -> Node:
        if operator == "ilike":
            # Not of the standard; GDAL writes it, and means LIKE between CASEI of both sides.
            require(nodes.is_character, value, "ILIKE takes a string; this is none")
            pattern = self.expression(_OPERAND - 1)
            require(nodes.is_pattern, pattern, "The pattern of ILIKE is a literal such as 'tian%'")
            folded = [nodes.Fold("casei", one, position=position) for one in (value, pattern)]
            return nodes.Like(*folded, position=position)
        if operator == "like":
            require(nodes.is_character, value, "LIKE takes a string; this is none")
            pattern = self.expression(_OPERAND - 1)
            require(nodes.is_pattern, pattern, "The pattern of LIKE is a literal such as 'Tian%', or CASEI('tian%')")
            return nodes.Like(value, pattern, position=position)
        if operator == "between":
            low = self.expression(_OPERAND - 1)
            self._stream.expect_word("and", "between the two ends of BETWEEN")
            numbers = [_number(one, "BETWEEN") for one in (value, low, self.expression(_OPERAND - 1))]
            return nodes.Between(*numbers, position=position)
        self._stream.expect_sign("(", "after IN")
        items = self._until_closed(self.expression, "in the list of IN")
        return nodes.In(_scalar(value, "IN"), tuple(_scalar(one, "IN") for one in items), position=position)

    def _until_closed(self, read: Callable[[], Node], where: str) -> tuple[Node, ...]:
        """Read items, joined by commas, and the closing parenthesis."""
        items: list[Node] = []
        while not self._stream.at_sign(")") or items:
            items.append(read())
            if not self._stream.take_sign(","):
                break
        self._stream.expect_sign(")", where)
        return tuple(items)

    def _prefix(self) -> Node:
        """Read what an expression begins with: NOT, a sign, a parenthesis, a literal, a property or a function."""
        token = self._stream.token
        if token.word == "not":
            return self._not()
        if token.kind == "sign":
            return self._parenthesis() if token.text == "(" else self._signed()
        if token.kind == "name":
            return self._named(token)
        if token.kind == "end":
            self._stream.fail("Expected a property, a literal or a function")
        self._stream.next()
        if token.kind == "number":
            return nodes.Number(literals.read_number(token.text, token.position), position=token.position)
        make = nodes.Text if token.kind == "string" else nodes.PropertyName
        return make(token.text, position=token.position)

    def _not(self) -> Node:
        position = self._stream.next().position
        with self._stream.deeper():
            return nodes.Not(_condition(self.expression(3), "NOT"), position=position)

    def _parenthesis(self) -> Node:
        self._stream.next()
        with self._stream.deeper():
            node = self.expression()
        self._stream.expect_sign(")", "to close the parenthesis")
        return node

    def _signed(self) -> Node:
        """Read a value with a sign, which binds before ``^``, as the grammar has it."""
        if not self._stream.at_sign("+", "-"):
            self._stream.fail("Expected a property, a literal or a function")
        sign = self._stream.next()
        if self._stream.token.kind == "number":
            token = self._stream.next()
            value = literals.read_number(token.text, token.position)
            return nodes.Number(-value if sign.text == "-" else value, position=sign.position)
        if sign.text == "+":
            self._stream.fail("Expected a number after the sign '+'")
        with self._stream.deeper():
            factor = _number(self._prefix(), "-")
            return nodes.Arithmetic("*", nodes.Number(-1, position=sign.position), factor, position=sign.position)

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
                Message(
                    '{text} is a keyword and stands in the wrong place; a property of that name is quoted: "{quoted}"',
                    text=shown(token.text),
                    quoted=token.text,
                ),
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
        self._stream.expect_sign("(", Message("after {text}", text=token.text))
        read = self._array_operand if name in nodes.ARRAY else self.expression
        with self._stream.deeper():
            args = self._until_closed(read, Message("to close {text}(", text=token.text))
        return make_call(name, args, token.position)

    def _function(self) -> Node:
        token = self._stream.next()
        self._stream.expect_sign("(", Message("after {text}", text=token.text))
        with self._stream.deeper():
            args = self._until_closed(self._argument, Message("to close {text}(", text=token.text))
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
        raise Cql2Error(
            Message(
                "{name} takes 1 argument, not {given}" if count == 1 else "{name} takes 2 arguments, not {given}",
                name=shown_name,
                given=len(args),
            ),
            position,
        )
    if name in nodes.FOLDS:
        require(
            nodes.is_character,
            args[0],
            Message("{name} takes a string: a property or a literal in quotes", name=shown_name),
        )
        return nodes.Fold("casei" if name == "casei" else "accenti", args[0], position=position)
    kinds = (
        (nodes.SPATIAL, nodes.is_spatial, nodes.Spatial, "geometries: a property, WKT such as POINT(…), or BBOX(…)"),
        (nodes.TEMPORAL, nodes.is_temporal, nodes.Temporal, "times: a property, DATE(…), TIMESTAMP(…) or INTERVAL(…)"),
        (nodes.ARRAY, nodes.is_array, nodes.ArrayComparison, "arrays: a property, or literals such as ('a', 'b')"),
    )
    _, fits, make, words = next(one for one in kinds if name in one[0])
    for arg in args:
        require(fits, arg, Message("{name} takes {words}", name=shown_name, words=sentence(words)))
    return make(name, *args, position=position)
