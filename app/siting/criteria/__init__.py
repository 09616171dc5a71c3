"""Criteria: each a small class in a file of its own. A file put here registers itself; nothing else has to change."""

from importlib import import_module
from pkgutil import iter_modules

from app.siting.criteria.base import Criterion, Evidence, Explained, registered
from app.siting.words import Words, group_title

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

CRITERIA: dict[str, Criterion] = {one.name: one for one in registered()}
"""Every criterion by its name, in the order of answers."""

GROUPS: tuple[str, ...] = tuple(dict.fromkeys(one.group for one in CRITERIA.values()))
"""What a person weighs."""

GROUP_TITLES: dict[str, Words] = {
    one.group: group_title(one.group, one.title) for one in reversed([*CRITERIA.values()])
}
"""What people see of each."""

__all__ = ["CRITERIA", "GROUPS", "GROUP_TITLES", "Criterion", "Evidence", "Explained"]
