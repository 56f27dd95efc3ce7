"""The manifests as an app in Python that runs without an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from constructs_lib.adoption.acceptance import Dropped, accepted
from constructs_lib.adoption.draft import Draft, part_of, refused
from constructs_lib.adoption.implied import without_implied_in_python
from constructs_lib.adoption.model import Setting, Settings
from constructs_lib.adoption.writers.python_app import Program, python_app
from constructs_lib.arguments.model import validate
from constructs_lib.config.variables import CONSTRUCTS, MODELS, model_named
from constructs_lib.errors import DragonflyError, Finding, InvalidArguments
from constructs_lib.review.changes.model import Tree

Run = Callable[[Program], Tree]
"""What an app gives, in memory; it raises a `DragonflyError` where that cannot work."""


def python_app_of(settings: Settings, run: Run) -> Draft:
    """The app that gives what the manifests say, as far as one can.

    Args:
        settings: what the manifests, or a redis.conf, say.
        run: what carries an app out.
    """
    settings = without_implied_in_python(settings)
    given = {f"{each.part}:{each.argument}": each for each in settings.settings}
    left, dropped = accepted(_values(given), _by_the_models)
    left, dropped_later = accepted(left, partial(_by_the_constructs, run, given))
    refusals = [refused(_in_its_words(each), given[each.key]) for each in (*dropped, *dropped_later)]
    program = python_app(_with_values(given, left))
    return Draft(program.text, run(program), (*settings.not_carried, *refusals))


def _in_its_words(dropped: Dropped) -> Dropped:
    """The same in the words of an app: `DragonflyCache: replicas` for `cache:replicas`."""
    part, _, argument = dropped.key.partition(":")
    construct = CONSTRUCTS.get(part, part)
    return replace(dropped, key=argument, why=dropped.why.replace(f"{part}:", f"{construct}: ", 1))


def _values(given: Mapping[str, Setting]) -> dict[str, Any]:
    return {key: setting.value for key, setting in given.items()}


def _with_values(given: Mapping[str, Setting], values: Mapping[str, Any]) -> Settings:
    return Settings(tuple(replace(given[key], value=value) for key, value in values.items()), ())


def _by_the_models(values: Mapping[str, Any]) -> Sequence[Finding]:
    """What the arguments of each part say by themselves: all of it at once, and without Node."""
    parts: dict[str, dict[str, Any]] = {}
    for key, value in values.items():
        part, _, argument = key.partition(":")
        parts.setdefault(part, {})[argument] = value
    return [
        _of_part(part, finding)
        for part in MODELS
        if part in parts
        for finding in validate(model_named(part), parts[part]).errors
    ]


def _by_the_constructs(run: Run, given: Mapping[str, Setting], values: Mapping[str, Any]) -> Sequence[Finding]:
    """What the constructs say of each other."""
    try:
        run(python_app(_with_values(given, values)))
    except InvalidArguments as error:
        return [_of_part(part_of(error), finding) for finding in error.errors]
    except DragonflyError as error:
        return [Finding.error("", str(error))]
    return ()


def _of_part(part: str, finding: Finding) -> Finding:
    return replace(finding, where=f"{part}:{finding.where}")
