"""Rules of an office: a YAML file of rules that no plan has, such as what may not go to a place; with file and line in
every complaint.

A file is a list of rules. ``clause_zh`` is the office's own wording and decides the effect as in ``rules.yaml``: a
clause that prohibits and names both industries and places rules these places out for these industries.

.. code-block:: yaml

    - id: office-no-chemicals-huayuan
      verb: 禁止
      clause_zh: 禁止在华苑科技园新建化工项目
      summary_en: No new chemical projects in Huayuan Science Park
      strength: binding
      scope: [thip-huayuan]
      industries: [petrochemicals]
      document_zh: 华苑科技园项目准入规定
      document_en: Rules of Admission of Huayuan Science Park
      locator: 第三条
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from app.db.vocabulary import RULE_STRENGTHS, RULE_THEMES
from app.evidence.record import PlanningRecord
from app.evidence.rule import Rule
from app.evidence.source import Source

TEXTS = ("id", "verb", "clause_zh", "summary_en", "strength", "document_zh", "document_en", "locator")
LISTS = ("scope", "industries")
OPTIONAL = {"theme": "admission", "summary_zh": ""}
VOCABULARIES: Mapping[str, Collection[str]] = {"strength": RULE_STRENGTHS, "theme": RULE_THEMES}

Entry = dict[str, yaml.Node]


class RulesFileError(ValueError):
    """A file of rules that cannot be used; the message lists each fault as ``file:line: what``."""


def read_office_rules(path: Path, record: PlanningRecord | None = None) -> tuple[Rule, ...]:
    """Read the rules that an office adds.

    Parameters
    ----------
    path
        YAML file; see the module.
    record
        The record whose zones, plan elements and industries the ids have to be; None to leave them unchecked.

    Raises
    ------
    RulesFileError
        When the file cannot be read, a key is unknown, missing or double, a value is no such text or list, or an id is
        not in the record.
    """
    faults: list[str] = []

    def fault(node: yaml.Node | None, what: str) -> None:
        faults.append(f"{path}:{node.start_mark.line + 1 if node else 1}: {what}")

    entries = [_entry(node, fault) for node in _nodes(path, fault)]
    _check_ids(entries, fault)
    if record is not None:
        _check_known(entries, record, fault)
    if faults:
        raise RulesFileError("\n".join(faults))
    return tuple(_rule(entry) for entry in entries)


Fault = Callable[[yaml.Node | None, str], None]


def _nodes(path: Path, fault: Fault) -> Sequence[yaml.Node]:
    """Return the nodes of the list that the file is; none for an empty file."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise RulesFileError(f"{path}: cannot be read: {error}") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RulesFileError(f"{path}:{line}: {error.problem}") from error
    if root is None:
        return ()
    if not isinstance(root, yaml.SequenceNode):
        fault(root, "should be a list of rules, each beginning with “- id: …”")
        return ()
    return list(root.value)


def _entry(node: yaml.Node, fault: Fault) -> Entry:
    """Return the values of a rule by key, after checking its keys and values."""
    if not isinstance(node, yaml.MappingNode):
        fault(node, "should be a rule: keys and values")
        return {}
    entry: Entry = {}
    for key, value in node.value:
        _check_key(key, value, entry, fault)
        entry[key.value] = value
    for key in (*TEXTS, *LISTS):
        if key not in entry:
            fault(node, f"{key} is missing")
    return entry


def _check_key(key: yaml.Node, value: yaml.Node, before: Entry, fault: Fault) -> None:
    known = (*TEXTS, *LISTS, *OPTIONAL)
    if key.value not in known:
        fault(key, f"{key.value} is not a key of a rule; the keys are {', '.join(known)}")
    elif key.value in before:
        fault(key, f"{key.value} is given twice")
    elif key.value in LISTS:
        if not isinstance(value, yaml.SequenceNode) or any(not isinstance(one, yaml.ScalarNode) for one in value.value):
            fault(value, f"{key.value} should be a list of ids, [] for none")
    elif not isinstance(value, yaml.ScalarNode) or (not value.value.strip() and key.value not in OPTIONAL):
        fault(value, f"{key.value} should be a text")
    elif key.value in VOCABULARIES and value.value not in VOCABULARIES[key.value]:
        fault(value, f"{key.value}: {value.value} is not one of {', '.join(VOCABULARIES[key.value])}")


def _check_ids(entries: Iterable[Entry], fault: Fault) -> None:
    seen: set[str] = set()
    for node in (entry["id"] for entry in entries if "id" in entry):
        if str(node.value) in seen:
            fault(node, f"a rule with the id {node.value} stands above")
        seen.add(str(node.value))


def _check_known(entries: Iterable[Entry], record: PlanningRecord, fault: Fault) -> None:
    known: dict[str, tuple[Collection[str], str]] = {
        "scope": ({*record.zones, *record.elements}, "no zone and no plan element"),
        "industries": (record.industries, "no industry"),
    }
    for entry in entries:
        for key, (ids, what) in known.items():
            for node in _items(entry, key):
                if node.value not in ids:
                    fault(node, f"{key}: {node.value}: there is {what} of this id")


def _items(entry: Entry, key: str) -> Sequence[yaml.Node]:
    node = entry.get(key)
    return list(node.value) if isinstance(node, yaml.SequenceNode) else ()


def _rule(entry: Entry) -> Rule:
    text = OPTIONAL | {key: str(node.value) for key, node in entry.items() if isinstance(node, yaml.ScalarNode)}
    scope, industries = (tuple(str(node.value) for node in _items(entry, key)) for key in LISTS)
    return Rule(
        text["id"], text["theme"], text["strength"], text["verb"], text["clause_zh"], text["summary_zh"],
        text["summary_en"], scope, industries, Source(text["document_zh"], text["locator"], text["clause_zh"]),
        "office", {"zh": text["document_zh"], "en": text["document_en"]},
    )  # fmt: skip
