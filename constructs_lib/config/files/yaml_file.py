"""Reading a configuration file: YAML 1.2, one mapping, no key twice.

An error names the line and never what stands there: that may be a password without its quotes.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from constructs_lib.errors import Finding
from constructs_lib.values.redact import type_name

_YAML = "accepted: YAML, with quotes around a text that holds special characters"
_MAPPING = "accepted: lines of 'key: value'"


@dataclass(frozen=True, slots=True)
class Document:
    """What one file holds."""

    values: dict[Any, Any] = field(default_factory=dict)
    """The mapping; empty where the file cannot be read."""
    errors: tuple[Finding, ...] = ()
    """What is wrong with the file itself; every duplicate key is an error, with its lines."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each key and item, by the way to it, such as `dragonfly_labels.team`."""


def read_document(path: Path) -> Document:
    """Read a file, whatever is wrong with it."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return _unread("", "no such file; accepted: a YAML file (CLUSTER_CONFIG names another)")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        return _unread("", f"cannot be read: {reason}; accepted: a YAML file in UTF-8")
    try:
        with warnings.catch_warnings():
            # ruamel's warnings (of an anchor that is used again) quote the file.
            warnings.simplefilter("ignore")
            return _parsed(text)
    except YAMLError as error:
        return Document(errors=(_syntax_finding(error, text),))
    except RecursionError:
        return _unread("", f"is nested too deep to be read; {_MAPPING}")


def _unread(where: str, text: str) -> Document:
    return Document(errors=(Finding.error(where, text),))


def _parsed(text: str) -> Document:
    yaml = YAML(typ="safe", pure=True)
    # Duplicates are found in the nodes, all at once; the constructor would stop at the first.
    yaml.allow_duplicate_keys = True
    document = yaml.compose(text)
    if unreadable := tuple(_unreadable(document, yaml.constructor)):
        return Document(errors=unreadable)
    values = yaml.constructor.construct_document(document) if document else None
    if not isinstance(values, dict):
        return _unread("", f"holds {type_name(values)}, not a mapping; {_MAPPING}")
    return Document(values, tuple(_duplicates(document)), _lines(document))


def _syntax_finding(error: YAMLError, text: str) -> Finding:
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return Finding.error(f"line {line}", f"a character that no text may hold; {_YAML}")
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "not YAML"
    if problem.startswith("but "):
        problem = f"{getattr(error, 'context', '')}, {problem}"
    return Finding.error(f"line {mark.line + 1}" if mark else "", f"{_without_quotes(problem)}; {_YAML}")


def _without_quotes(problem: str) -> str:
    """The parser's words up to where they quote more of the file than a character: `'` and `<stream end>` may stay."""
    for quoted in re.finditer(r"(['\"])(.*?)\1", problem):
        if not re.fullmatch(r"\\?.|<[a-z ]+>", quoted[2]):
            return problem[: quoted.start()].rstrip()
    return problem


def _unreadable(document: Node | None, constructor: Any) -> Iterator[Finding]:
    """What parses and has no value all the same: a 13th month, a number that is none, an alias in its own anchor."""
    for node, _, holds_itself in _walk(document, "", set(), set()):
        where = f"line {node.start_mark.line + 1}"
        if holds_itself:
            yield Finding.error(where, f"an alias inside of what it stands for; {_MAPPING}")
        elif node.tag in _READ_AS:
            try:
                constructor.construct_object(node)
            except (ValueError, KeyError):
                yield Finding.error(where, f"reads as {_READ_AS[node.tag]} and is none; {_YAML}")


_READ_AS = {
    "tag:yaml.org,2002:bool": "a boolean",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:timestamp": "a date",
}
"""The tags whose values have a form: https://yaml.org/type/"""


def _duplicates(document: Node | None) -> Iterator[Finding]:
    for node, path, _ in _walk(document, "", set(), set()):
        lines: dict[tuple[Any, Any], list[int]] = {}
        for key in _keys(node):
            found = lines.setdefault((key.tag, key.value), [])
            found.append(key.start_mark.line + 1)
            if len(found) == 2:
                yield Finding.error(
                    _below(path, key), f"stands twice, in lines {found[0]} and {found[1]}; accepted: once"
                )


def _lines(document: Node | None) -> dict[str, int]:
    """A key's own line, not that of its value; of an item of a list the line on which it begins."""
    lines: dict[str, int] = {}
    for node, path, _ in _walk(document, "", set(), set()):
        lines.setdefault(path, node.start_mark.line + 1)
        lines |= {_below(path, key): key.start_mark.line + 1 for key in _keys(node)}
    lines.pop("", None)
    return lines


def _keys(node: Node) -> list[ScalarNode]:
    return [key for key, _ in node.value if isinstance(key, ScalarNode)] if isinstance(node, MappingNode) else []


def _walk(node: Node | None, path: str, open_: set[int], seen: set[int]) -> Iterator[tuple[Node, str, bool]]:
    """Every node once, with the way to it and whether it is inside of itself."""
    if node is None or (id(node) in seen and id(node) not in open_):
        return
    yield node, path, id(node) in open_
    if id(node) in open_:
        return
    seen.add(id(node))
    open_.add(id(node))
    for part, way in _parts(node, path):
        yield from _walk(part, way, open_, seen)
    open_.remove(id(node))


def _parts(node: Node, path: str) -> Iterator[tuple[Node, str]]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield key, path
            yield value, _below(path, key)
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            yield item, f"{path}[{index}]"


def _below(path: str, key: Node) -> str:
    name = str(key.value) if isinstance(key, ScalarNode) else "?"
    return f"{path}.{name}" if path else name
