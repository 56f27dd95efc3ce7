"""The manifests as a `cluster.yaml` that is synthesized without an error."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from constructs_lib.adoption.acceptance import accepted
from constructs_lib.adoption.draft import Draft, part_of, refused
from constructs_lib.adoption.model import Settings
from constructs_lib.adoption.writers.cluster_yaml import cluster_yaml
from constructs_lib.adoption.writers.variables import default, variables_of
from constructs_lib.config.load import load
from constructs_lib.config.variables import under_variables
from constructs_lib.errors import DragonflyError, Finding, InvalidArguments, InvalidConfig
from constructs_lib.review.changes.model import Tree

ENABLED = "dragonfly_enabled"

PINNED = ("dragonfly_version", "dragonfly_operator_version")
"""Versions, which are written although they are the default: a later release of the library may have another."""

Synthesize = Callable[[str], Tree]
"""What a `cluster.yaml` gives, in memory; it raises a `DragonflyError` where that cannot work."""


def cluster_yaml_of(settings: Settings, synthesize: Synthesize) -> Draft:
    """The `cluster.yaml` that gives what the manifests say, as far as one can.

    Args:
        settings: what the manifests, or a redis.conf, say.
        synthesize: what carries a file out.
    """
    variables, without = variables_of(settings)
    by_itself = {ENABLED: True, **{key: default(key) for key in PINNED if key not in variables}}
    given = {**by_itself, **{key: each.value for key, each in variables.items()}}
    left, dropped = accepted(given, _by_the_file, frozenset(by_itself))
    left, dropped_later = accepted(left, partial(_by_the_constructs, synthesize), frozenset(by_itself))
    refusals = [refused(each, variables[each.key].setting) for each in (*dropped, *dropped_later)]
    text = cluster_yaml(left)
    return Draft(text, synthesize(text), (*settings.not_carried, *without, *refusals))


def _by_the_file(given: Mapping[str, Any]) -> Sequence[Finding]:
    """What the file's own checks say: all of it at once, and without Node."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "cluster.yaml")
        path.write_text(cluster_yaml(given), encoding="utf-8")
        try:
            load(path)
        except InvalidConfig as error:
            return error.errors
    return ()


def _by_the_constructs(synthesize: Synthesize, given: Mapping[str, Any]) -> Sequence[Finding]:
    """What the constructs say that the file's checks do not."""
    try:
        synthesize(cluster_yaml(given))
    except InvalidConfig as error:
        return error.errors
    except InvalidArguments as error:
        return [under_variables(part_of(error), finding) for finding in error.errors]
    except DragonflyError as error:
        return [Finding.error("", str(error))]
    return ()
