"""The first half: from manifests to a `cluster.yaml` that loads, and what was left out on the way.

around = surroundings_of(manifests, name=None, operator=None)
draft = cluster_yaml_of(around, synthesize)
draft.text, draft.not_carried
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from constructs_lib.adoption.acceptance import Dropped, accepted
from constructs_lib.adoption.implied import without_implied, without_implied_in_python
from constructs_lib.adoption.kinds.certificate import read_certificate
from constructs_lib.adoption.kinds.flux import read_flux
from constructs_lib.adoption.kinds.instance import read_instance
from constructs_lib.adoption.kinds.monitoring import read_monitoring
from constructs_lib.adoption.kinds.network import read_network_policy
from constructs_lib.adoption.kinds.operator import read_operator
from constructs_lib.adoption.kinds.secrets import read_secrets
from constructs_lib.adoption.kinds.server import read_server
from constructs_lib.adoption.kinds.snapshots import read_snapshots
from constructs_lib.adoption.model import NotCarried, Setting, Settings
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.adoption.writers.cluster_yaml import cluster_yaml
from constructs_lib.adoption.writers.python_app import Program, python_app
from constructs_lib.adoption.writers.variables import CONSTRUCTS, variables_of
from constructs_lib.arguments.model import validate
from constructs_lib.config.load import load
from constructs_lib.config.variables import MODELS, model_named, under_variables
from constructs_lib.errors import DragonflyError, Finding, InvalidArguments, InvalidConfig
from constructs_lib.review.changes.model import Tree

ENABLED = "dragonfly_enabled"

KINDS = (
    read_instance,
    read_server,
    read_snapshots,
    read_secrets,
    read_operator,
    read_monitoring,
    read_network_policy,
    read_certificate,
    read_flux,
)
"""Each reads what it knows of an instance's surroundings; where two give an argument, the later one counts."""


Synthesize = Callable[[str], Tree]
Run = Callable[[Program], Tree]
"""What a `cluster.yaml`, and what an app, gives in memory.

Raises:
    DragonflyError: it says what cannot work.
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is written, what it gives, and what is known by now not to be in it."""

    text: str
    written: Tree
    not_carried: tuple[NotCarried, ...]


def settings_of(around: Surroundings) -> Settings:
    """Everything that the manifests say, as arguments."""
    return without_implied(Settings.of(carried for read in KINDS for carried in read(around)))


def cluster_yaml_of(around: Surroundings, synthesize: Synthesize) -> Draft:
    """The `cluster.yaml` that gives what the manifests say, as far as one can; it is synthesized without an error."""
    settings = settings_of(around)
    variables, without = variables_of(settings)
    given = {ENABLED: True, **{key: each.value for key, each in variables.items()}}
    left, dropped = accepted(given, _refused_by_the_file, frozenset({ENABLED}))
    left, dropped_later = accepted(left, partial(_refused_by_synth, synthesize), frozenset({ENABLED}))
    refused = [_refused(each, variables[each.key].setting) for each in (*dropped, *dropped_later)]
    text = cluster_yaml(left)
    return Draft(text, synthesize(text), (*settings.not_carried, *without, *refused))


def python_app_of(around: Surroundings, run: Run) -> Draft:
    """The app that gives what the manifests say, as far as one can; it runs without an error."""
    settings = without_implied_in_python(settings_of(around))
    given = {f"{each.part}:{each.argument}": each for each in settings.settings}
    left, dropped = accepted(_values(given), _refused_by_models)
    left, dropped_later = accepted(left, partial(_refused_by_running, run, given))
    refused = [_refused(_in_python(each), given[each.key]) for each in (*dropped, *dropped_later)]
    program = python_app(_with_values(given, left))
    return Draft(program.text, run(program), (*settings.not_carried, *refused))


def _in_python(dropped: Dropped) -> Dropped:
    """The same in the words of an app: `DragonflyCache: replicas` for `cache:replicas`."""
    part, _, argument = dropped.key.partition(":")
    construct = CONSTRUCTS.get(part, part)
    return replace(dropped, key=argument, why=dropped.why.replace(f"{part}:", f"{construct}: ", 1))


def _values(given: Mapping[str, Setting]) -> dict[str, Any]:
    return {key: setting.value for key, setting in given.items()}


def _with_values(given: Mapping[str, Setting], values: Mapping[str, Any]) -> Settings:
    return Settings(tuple(replace(given[key], value=value) for key, value in values.items()), ())


def _refused_by_models(values: Mapping[str, Any]) -> Sequence[Finding]:
    """What the arguments of each part say by themselves: all of it at once, and without Node."""
    parts: dict[str, dict[str, Any]] = {}
    for key, value in values.items():
        part, _, argument = key.partition(":")
        parts.setdefault(part, {})[argument] = value
    found = []
    for part in MODELS.keys() & parts.keys():
        for finding in validate(model_named(part), parts[part]).errors:
            found.append(replace(finding, where=f"{part}:{finding.where}"))
    return found


def _refused_by_running(run: Run, given: Mapping[str, Setting], values: Mapping[str, Any]) -> Sequence[Finding]:
    """What the constructs say of each other."""
    try:
        run(python_app(_with_values(given, values)))
    except InvalidArguments as error:
        part = next((part for part, construct in CONSTRUCTS.items() if error.construct.startswith(construct)), "cache")
        return [replace(finding, where=f"{part}:{finding.where}") for finding in error.errors]
    except DragonflyError as error:
        return [Finding.error("", str(error))]
    return ()


def _refused_by_the_file(given: Mapping[str, Any]) -> Sequence[Finding]:
    """What the file's own checks say: all of it at once, and without Node."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "cluster.yaml")
        path.write_text(cluster_yaml(given), encoding="utf-8")
        try:
            load(path)
        except InvalidConfig as error:
            return error.errors
    return ()


def _refused_by_synth(synthesize: Synthesize, given: Mapping[str, Any]) -> Sequence[Finding]:
    """What the constructs say that the file's checks do not."""
    try:
        synthesize(cluster_yaml(given))
    except InvalidConfig as error:
        return error.errors
    except InvalidArguments as error:
        part = next((part for part, construct in CONSTRUCTS.items() if error.construct.startswith(construct)), "cache")
        return [under_variables(part, finding) for finding in error.errors]
    except DragonflyError as error:
        return [Finding.error("", str(error))]
    return ()


def _refused(dropped: Dropped, setting: Setting) -> NotCarried:
    what = f"`{dropped.key}` was left out" if dropped.item is None else f"that part of `{dropped.key}` was left out"
    return NotCarried(setting.origin_of(dropped.item), f"refused: {dropped.why}", f"mend it there; {what}")
