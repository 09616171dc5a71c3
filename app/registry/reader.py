"""Reading layer files: YAML to definitions, with file and line in every complaint."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from app.problems import NotFound
from app.registry.definition import Group, LayerDefinition, LayerSet

GROUPS_FILE = "groups.yaml"
SETS_FILE = "sets.yaml"
EXTENDS = "extends"
PREVIEW = "preview"
"""Group of the layers of a preview."""

Places = dict[tuple[str | int, ...], str]
"""Where each key of a file stands, as ``file:line``."""
Model = TypeVar("Model", bound=BaseModel)


class LayerFileError(ValueError):
    """Layer files that cannot be used; the message lists each fault as ``file:line: what``."""


@dataclass(frozen=True)
class Registry:
    """The published layers, in the order of their groups.

    Attributes
    ----------
    layers
        Definitions by layer id.
    groups
        Headings of the layer tree, in order.
    sets
        Layers that are looked at together, in the order they are offered.
    """

    layers: Mapping[str, LayerDefinition]
    groups: tuple[Group, ...]
    digests: Mapping[str, str] = field(repr=False)
    sets: tuple[LayerSet, ...] = ()

    def layer(self, layer_id: str) -> LayerDefinition:
        """Return the definition of a layer.

        Raises
        ------
        NotFound
            When no layer has that id; names the ones that exist.
        """
        try:
            return self.layers[layer_id]
        except KeyError:
            raise NotFound("layer", layer_id, tuple(self.layers)) from None

    def with_layers(self, group: Group, layers: Sequence[LayerDefinition]) -> "Registry":
        """Return the registry with further layers, under a group of their own at the end."""
        return Registry(
            {**self.layers, **{layer.id: layer for layer in layers}},
            (*self.groups, group),
            {**self.digests, **{layer.id: digest_of(layer) for layer in layers}},
            self.sets,
        )

    @cached_property
    def digest(self) -> str:
        """Hash of all layer files: changes when any of them does."""
        return hashlib.sha256("".join(self.digests.values()).encode()).hexdigest()[:16]


def digest_of(layer: LayerDefinition) -> str:
    """Return a hash of everything a layer file says."""
    return hashlib.sha256(layer.model_dump_json().encode()).hexdigest()[:16]


def read_preview(path: Path) -> tuple[Group, tuple[LayerDefinition, ...]]:
    """Read the layers of a preview, as `write_preview` left them."""
    layers = TypeAdapter(tuple[LayerDefinition, ...]).validate_json(path.read_bytes())
    return Group.model_validate({"id": PREVIEW, "title": {"zh": "预览", "en": "Preview"}}), layers


def write_preview(path: Path, layers: Sequence[LayerDefinition]) -> None:
    """Write the layers of a preview for the processes that serve them."""
    path.write_bytes(TypeAdapter(list[LayerDefinition]).dump_json(list(layers)))


def read_registry(folder: Path) -> Registry:
    """Read every layer file of a folder.

    Parameters
    ----------
    folder
        Holds ``groups.yaml``, one ``{id}.yaml`` a layer and, if there are any, the saved sets in ``sets.yaml``.

    Raises
    ------
    LayerFileError
        When a file is missing or says something it may not; every fault is listed with its file and line.
    """
    faults: list[str] = []
    if not (folder / GROUPS_FILE).is_file():
        raise LayerFileError(f"{folder / GROUPS_FILE}: missing; it lists the groups of the layer tree")
    listing = _read(folder / GROUPS_FILE, _Groups, faults)
    groups = listing.groups if listing else ()
    layers: list[LayerDefinition] = []
    digests: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name in (GROUPS_FILE, SETS_FILE):
            continue
        layer = _read(path, LayerDefinition, faults)
        if layer is None:
            continue
        if layer.id != path.stem:
            faults.append(f"{path}:1: the layer's id is {layer.id!r}; name the file {layer.id}.yaml")
        if groups and layer.group not in {g.id for g in groups}:
            faults.append(f"{path}:1: group {layer.group!r} is not one of {[g.id for g in groups]}")
        layers.append(layer)
        digests[layer.id] = digest_of(layer)
    if not layers and not faults:
        faults.append(f"{folder}: holds no layer file")
    sets = _read_sets(folder / SETS_FILE, {path.stem for path in folder.glob("*.yaml")}, faults)
    if faults:
        raise LayerFileError("\n".join(faults))
    rank = {group.id: place for place, group in enumerate(groups)}
    layers.sort(key=lambda layer: (rank[layer.group], layer.order, layer.id))
    return Registry({layer.id: layer for layer in layers}, groups, digests, sets)


class _Groups(BaseModel):
    groups: tuple[Group, ...]


class _Sets(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sets: tuple[LayerSet, ...]


def _read_sets(path: Path, stems: Collection[str], faults: list[str]) -> tuple[LayerSet, ...]:
    """Read the saved sets; a layer that no file is named after is a fault, said with its line."""
    if not path.is_file():
        return ()
    places: Places = {}
    listing = _read(path, _Sets, faults, places)
    if listing is None:
        return ()
    known = sorted(set(stems) - {GROUPS_FILE.removesuffix(".yaml"), SETS_FILE.removesuffix(".yaml")})
    seen: set[str] = set()
    for number, one in enumerate(listing.sets):
        if one.id in seen:
            faults.append(f"{places['sets', number, 'id']}: a second set has the id {one.id!r}")
        seen.add(one.id)
        faults += [
            f"{places['sets', number, 'layers', place]}: there is no layer {layer_id!r}; there are {known}"
            for place, layer_id in enumerate(one.layers)
            if layer_id not in known
        ]
    return listing.sets


def _read(path: Path, model: type[Model], faults: list[str], places: Places | None = None) -> Model | None:
    """Read a file; ``places``, where given, learns where each key of it stands."""
    node = _compose(path, faults)
    if node is None:
        return None
    places = {} if places is None else places
    _index(node, (), places, faults)
    try:
        return model.model_validate(_plain(node))
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(str(part) for part in fault["loc"]) or "layer"
            faults.append(f"{_locate(fault['loc'], places)}: {where}: {_explain(fault)}")
        return None


def _compose(path: Path, faults: list[str]) -> yaml.Node | None:
    """Parse a file to nodes that know their file and line; merge in the file that it extends."""
    loader: yaml.SafeLoader | None = None
    try:
        loader = yaml.SafeLoader(path.read_text(encoding="utf-8"))
        loader.name = str(path)
        node = loader.get_single_node()
    except FileNotFoundError:
        faults.append(f"{path}: missing")
        return None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        faults.append(f"{path}:{mark.line + 1 if mark else 1}: not YAML: {getattr(error, 'problem', None) or error}")
        return None
    finally:
        if loader is not None:
            loader.dispose()
    if not isinstance(node, yaml.MappingNode):
        faults.append(f"{path}:1: should hold keys and values")
        return None
    return _extended(node, path, faults)


def _extended(node: yaml.MappingNode, path: Path, faults: list[str]) -> yaml.Node | None:
    base_name = next((value.value for key, value in node.value if key.value == EXTENDS), None)
    if base_name is None:
        return node
    base_path = (path.parent / base_name).resolve()
    if not base_path.is_relative_to(path.parent.resolve()):
        faults.append(f"{path}:1: {EXTENDS}: {base_name!r} is outside {path.parent}")
        return None
    base = _compose(base_path, faults)
    if not isinstance(base, yaml.MappingNode):
        return None
    own = [(key, value) for key, value in node.value if key.value != EXTENDS]
    replaced = {key.value for key, _ in own}
    node.value = own + [(key, value) for key, value in base.value if key.value not in replaced]
    return node


def _plain(node: yaml.Node) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _index(node: yaml.Node, at: tuple[str | int, ...], places: Places, faults: list[str]) -> None:
    places.setdefault(at, _place(node))
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                faults.append(f"{_place(key)}: the key {key.value!r} stands here a second time")
            seen.add(key.value)
            places[(*at, key.value)] = _place(key)
            _index(value, (*at, key.value), places, faults)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            _index(value, (*at, number), places, faults)


def _place(node: yaml.Node) -> str:
    return f"{node.start_mark.name}:{node.start_mark.line + 1}"


def _locate(loc: tuple[str | int, ...], places: Places) -> str:
    at = loc
    while at and at not in places:
        at = at[:-1]
    return places[at]


def _explain(fault: Any) -> str:
    if fault["type"] == "extra_forbidden":
        return "unknown key"
    if fault["type"] == "missing":
        return "missing"
    return str(fault["msg"]).removeprefix("Value error, ")
