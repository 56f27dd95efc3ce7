"""Reading a configuration file: YAML 1.2, one mapping, no key twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from constructs_lib.errors import Fault


def read_mapping(path: Path) -> tuple[dict[Any, Any], list[Fault]]:
    """The file's mapping, and what is wrong with the file itself.

    Duplicate keys are all told, each with its lines; of a file that cannot be read the mapping is empty.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return {}, [Fault("", "no such file; accepted: a YAML file (CLUSTER_CONFIG names another)")]
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        return {}, [Fault("", f"cannot be read: {reason}; accepted: a YAML file in UTF-8")]
    try:
        node = _yaml().compose(text)
        values = _yaml().load(text)
    except YAMLError as error:
        return {}, [_syntax_fault(error)]
    if not isinstance(values, dict):
        return {}, [Fault("", f"holds {_named(values)}, not a mapping; accepted: lines of 'key: value'")]
    return values, list(_duplicates(node, ""))


def _yaml() -> YAML:
    yaml = YAML(typ="safe", pure=True)
    # Duplicates are found in the nodes, all at once; the loader would stop at the first.
    yaml.allow_duplicate_keys = True
    return yaml


def _syntax_fault(error: YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None) if isinstance(error, MarkedYAMLError) else None
    problem = getattr(error, "problem", None) or "not YAML"
    return Fault(f"line {mark.line + 1}" if mark else "", f"{problem}; accepted: YAML")


def _duplicates(node: Node, path: str) -> Iterator[Fault]:
    if isinstance(node, MappingNode):
        first: dict[str, int] = {}
        for key, value in node.value:
            name = f"{path}.{key.value}" if path else str(key.value)
            line = key.start_mark.line + 1
            if key.value in first:
                yield Fault(name, f"stands twice, in lines {first[key.value]} and {line}; accepted: once")
            first.setdefault(key.value, line)
            yield from _duplicates(value, name)
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            yield from _duplicates(item, f"{path}[{index}]")


def _named(value: Any) -> str:
    return {type(None): "nothing", list: "a list", str: "a text"}.get(type(value), "a single value")
