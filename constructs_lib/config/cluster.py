"""From `cluster.yaml` to the arguments of the constructs, with every error of the file at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from constructs_lib.config.reading import Cluster, Reading
from constructs_lib.config.secrets import FileSecrets, unreadable
from constructs_lib.config.variables import VARIABLES, known_keys
from constructs_lib.config.yaml_file import read_mapping
from constructs_lib.errors import Finding, InvalidConfig
from constructs_lib.values.suggest import suggest

PREFIX = "dragonfly_"


def load(path: Path) -> Cluster:
    """Read a `cluster.yaml`.

    Raises:
        InvalidConfig: with every error of the file.
    """
    reading = _read(path)
    secret_findings = list(reading.secret_findings())
    if secret_findings or reading.errors:
        raise _invalid(path, reading, secret_findings)
    told = dict.fromkeys([*reading.warnings, *misspelt_switches(reading.file)])
    warnings = [f"{path.name}: warning: {warning}" for warning in told]
    return reading.cluster((*warnings, *(f"{path.name}: note: {note}" for note in reading.notes())))


def load_secrets(path: Path) -> FileSecrets:
    """Read what `cdk8s-dragonfly secrets` works with: what is its own to mend is no error here.

    Raises:
        InvalidConfig: with every other error of the file.
    """
    reading = _read(path)
    if reading.secrets is None:
        off = Finding.error("dragonfly_enabled", "false, so that there is no Secret; accepted here: true")
        raise _invalid(path, reading, [] if reading.errors else [off])
    if reading.errors:
        raise _invalid(path, reading, [])
    return reading.secrets


def _read(path: Path) -> Reading:
    file, errors = read_mapping(path)
    if errors and not file:
        raise InvalidConfig(path.name, errors)
    given = {key: value for key, value in file.items() if value is not None}
    encrypted = unreadable(given)
    reading = Reading({key: value for key, value in given.items() if key not in encrypted}, path.parent)
    reading.errors = [*errors, *encrypted.values(), *_unknown_keys(given), *_within_bounds(reading.errors, given)]
    reading.places = _places(file)
    return reading


def _invalid(path: Path, reading: Reading, secret_findings: list[Finding]) -> InvalidConfig:
    errors = dict.fromkeys([*reading.errors, *secret_findings])
    return InvalidConfig(path.name, sorted(errors, key=reading.places))


def _unknown_keys(file: Mapping[Any, Any]) -> Iterator[Finding]:
    known = known_keys()
    for key in file:
        if isinstance(key, str) and key.startswith(PREFIX) and key not in known:
            advice = _nearest_key(key, known) or "docs/cluster-yaml.md lists them all"
            yield Finding.error(key, f"no variable of that name; {advice}")


def misspelt_switches(file: Mapping[Any, Any]) -> Iterator[Finding]:
    """Keys that are nearly a switch of another component: left alone, they would switch nothing, and nobody told."""
    from difflib import get_close_matches

    switches = [key for key in known_keys() if not key.startswith(PREFIX)]
    for key in file:
        if isinstance(key, str) and key not in switches and not key.startswith(PREFIX):
            for near in get_close_matches(key, sorted(switches), n=1, cutoff=0.93):
                yield Finding.warning(key, f"no key that is looked at; did you mean '{near}'?")


def _nearest_key(key: str, known: Iterable[str]) -> str:
    """The known key that is nearest without the prefix, which would make every key near to every other."""
    ours_last = sorted(known, key=lambda name: name.startswith(PREFIX))
    by_rest = {name.removeprefix(PREFIX): name for name in ours_last}
    return re.sub(r"'(.+)'", lambda match: f"'{by_rest[match[1]]}'", suggest(key.removeprefix(PREFIX), by_rest))


def _within_bounds(errors: Iterable[Finding], file: Mapping[Any, Any]) -> Iterator[Finding]:
    """The errors, with the file's own bounds on a number in the place of the argument's."""
    out = {}
    for variable in VARIABLES:
        value = file.get(variable.key)
        if variable.bounds and isinstance(value, int) and not isinstance(value, bool):
            lowest, highest = variable.bounds
            if not lowest <= value <= highest:
                accepted = f"a whole number from {lowest} to {highest}"
                out[variable.key] = Finding.error(variable.key, f"{value} is not accepted; accepted: {accepted}")
    yield from out.values()
    yield from (error for error in errors if error.where not in out)


def _places(file: Mapping[Any, Any]) -> Callable[[Finding], int]:
    """Where in the file an error's key stands; one that stands nowhere comes last."""
    places = {key: place for place, key in enumerate(file)}
    return lambda error: places.get(re.split(r"[.\[]", error.where)[0], len(places))
