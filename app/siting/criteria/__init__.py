"""Criteria: each a small class in a file of its own. A file put here registers itself; nothing else has to change."""

import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from pkgutil import iter_modules

from app.siting.criteria.base import Criterion, Evidence, Explained, registered
from app.siting.gateways import folders
from app.siting.words import Words, group_title


def _import_file(path: Path) -> None:
    """Run a file of the operator's own criteria."""
    name = f"yuantu_criteria_{path.stem}"
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
for _folder in folders("criteria"):
    for _path in sorted(_folder.glob("*.py")):
        _import_file(_path)

CRITERIA: dict[str, Criterion] = {one.name: one for one in registered()}
"""Every criterion by its name, in the order of answers."""

GROUPS: tuple[str, ...] = tuple(dict.fromkeys(one.group for one in CRITERIA.values()))
"""What a person weighs."""

GROUP_TITLES: dict[str, Words] = {
    one.group: group_title(one.group, one.title) for one in reversed([*CRITERIA.values()])
}
"""What people see of each."""

PRESET_NAMES: tuple[str, ...] = tuple(dict.fromkeys(name for one in CRITERIA.values() for name in one.presets))

PRESETS: dict[str, dict[str, float]] = {
    preset: {one.group: one.presets.get(preset, 0.0) for one in reversed([*CRITERIA.values()])}
    for preset in PRESET_NAMES
}
"""Weight of each group, by preset. Our choice: what a person would vary, not what a document gives."""

__all__ = ["CRITERIA", "GROUPS", "GROUP_TITLES", "PRESETS", "Criterion", "Evidence", "Explained"]
