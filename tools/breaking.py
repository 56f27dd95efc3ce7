"""What breaks since a version: the interface, `cluster.yaml`, and what is written for the test stacks.

All is read from git, as the version's tag has it; nothing is checked out.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.changelog import CLUSTER_YAML, MANIFESTS, PYTHON
from tools.interface import FILE, Break, breaks

STACKS = "tests/stacks"
SNAPSHOTS = "tests/__snapshots__/test_stacks"
SCHEMA = "cluster.schema.json"

BREAKING_EFFECTS = {"access-closed", "address-changed"}
"""Effects of a review that break beside all that are danger: a client cannot connect any more."""

RESTARTS = {"restart", "rolling-restart", "at-next-restart"}
"""Effects that no patch brings: who takes one expects no failover."""


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a version."""

    breaks: Mapping[str, list[Break]]
    """By section of the changelog."""
    restarts: list[str]
    """Test stacks whose pods restart."""


def last_tag(root: Path) -> str | None:
    """The tag of the last version that HEAD stands on; None before the first."""
    done = _run(root, "git", "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*")
    return done.stdout.strip() or None


def since(tag: str, root: Path) -> Since:
    """What breaks, and what restarts, since a tag."""
    found: dict[str, list[Break]] = {
        PYTHON: breaks(file_at(tag, str(FILE), root), (root / FILE).read_text()),
        CLUSTER_YAML: list(_variables(file_at(tag, SCHEMA, root), (root / SCHEMA).read_text())),
    }
    by_names: dict[tuple[str, ...], list[str]] = defaultdict(list)
    restarts = []
    for stack in _stacks_at(tag, root):
        changes, refused = _review(tag, stack, root)
        found[CLUSTER_YAML] += [Break(_keys(refused), f"{stack} is refused: {refused}")] if refused else []
        for change in changes:
            effects = set(change["effects"])
            if change["severity"] == "danger" or effects & BREAKING_EFFECTS:
                by_names[change["object"]["kind"], change["effects"][0]].append(f"{stack}{change['field']}")
            if effects & RESTARTS and stack not in restarts:
                restarts.append(stack)
    found[MANIFESTS] = [Break(names, ", ".join(places)) for names, places in sorted(by_names.items())]
    return Since(found, restarts)


def file_at(tag: str, path: str, root: Path) -> str:
    """A file as a tag has it; empty where it has none."""
    return _run(root, "git", "show", f"{tag}:{path}").stdout


def _variables(old: str, new: str) -> Iterator[Break]:
    """Variables that are gone, or have another default."""
    before, after = (json.loads(text or "{}").get("properties", {}) for text in (old, new))
    for key, was in before.items():
        if key not in after:
            yield Break((key,), "variable was removed")
        elif was.get("default") != after[key].get("default"):
            yield Break((key,), f"default was changed, {was.get('default')} to {after[key].get('default')}")


def _stacks_at(tag: str, root: Path) -> list[str]:
    listed = _run(root, "git", "ls-tree", "--name-only", f"{tag}:{STACKS}").stdout.split()
    return [name.removesuffix(".yaml") for name in listed if name.endswith(".yaml")]


def _review(tag: str, stack: str, root: Path) -> tuple[list[dict[str, Any]], str]:
    """What an upgrade does to a stack: what the tag wrote, against what is written now from the tag's own file.

    Beside the changes the reason why there are none: the file is refused now.
    """
    config = f"{STACKS}/{stack}.yaml"
    now = Path(root, config)
    is_as_it_was = now.exists() and now.read_text() == file_at(tag, config, root)
    new = f"{SNAPSHOTS}/{stack}" if is_as_it_was else f"{tag}:{config}"
    command = "import sys; from constructs_lib.cli.app import main; sys.exit(main())"
    old = f"{tag}:{SNAPSHOTS}/{stack}"
    done = _run(root, sys.executable, "-c", command, "review", old, new, "--format", "json")
    return (json.loads(done.stdout)["changes"], "") if done.returncode == 0 else ([], done.stderr.strip())


def _keys(refusal: str) -> tuple[str, ...]:
    """The variables that an error is about."""
    return tuple(dict.fromkeys(re.findall(r"(?m): (\w+)[\w.\[\]]*: ", refusal)))


def _run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
