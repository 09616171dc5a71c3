"""Request: the fields of a question as they were sent, read but not yet resolved."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from app.problems import BadRequest, ParameterError
from app.siting.parameter_readers import Wrong
from app.siting.parameters import PARAMETERS, as_text
from app.siting.vocabulary import word
from app.siting.weights import NOTHING_WEIGHS, WEIGHED


@dataclass(frozen=True)
class SitingRequest:
    """A request's fields, read but not yet resolved.

    Attributes
    ----------
    values
        By name; only those that were given.
    """

    values: Mapping[str, Any]

    @property
    def canonical(self) -> str:
        """The fields as text that is the same for the same question."""
        return as_text(self.values)

    @property
    def layers(self) -> tuple[str, ...]:
        """Ids of the layers that the fields name."""
        return (*((self.values["layer"],) if "layer" in self.values else ()), *self.values.get("exclude_layers", ()))

    @property
    def query(self) -> str:
        """The fields as the query of an address."""
        pairs = [(name, one.write(self.values[name])) for name, one in PARAMETERS.items() if name in self.values]
        return urlencode(pairs, safe=",:")


def read_fields(given: Mapping[str, Any], prefix: str = "") -> SitingRequest:
    """Read the fields of a request.

    Raises
    ------
    BadRequest
        Naming every field that is wrong, and what would be right.
    """
    errors, values = [], {}
    for name, value in given.items():
        if name not in PARAMETERS:
            errors.append(ParameterError(name[:100], "there is no such field", allowed=tuple(PARAMETERS)))
        elif value not in (None, [], {}):
            try:
                values[name] = PARAMETERS[name].read(value)
            except Wrong as error:
                errors.append(ParameterError(prefix + name, error.message, _short(value), error.allowed))
    if not values.keys() & {"preset", "q"} and "weights" in values and not any(values["weights"].values()):
        errors.append(ParameterError("weights", NOTHING_WEIGHS, _short(given["weights"]), WEIGHED))
    if not errors and not values.keys() & {"industries", "q"} and not values.keys() >= {"ask", "place"}:
        errors.append(
            ParameterError(
                "industries",
                "should name at least one industry, such as 集成电路; or ask with q in a sentence",
            )
        )
    if errors:
        raise BadRequest(titled(errors))
    return SitingRequest({name: values[name] for name in PARAMETERS if name in values})


def titled(errors: Iterable[ParameterError]) -> list[ParameterError]:
    """Return errors with what Chinese readers call their parameters; in English these go by their names."""
    return [replace(error, titles={"zh": word("field", error.parameter)["zh"]}) for error in errors]


def _short(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)[:200]
