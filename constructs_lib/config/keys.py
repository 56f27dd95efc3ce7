"""The keys of a file against the table of variables: unknown, nearly a switch, encrypted, or out of bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from constructs_lib.config.variables import SECRET_VARIABLES, VARIABLES, known_keys
from constructs_lib.deprecations import deprecated_variables
from constructs_lib.errors import Finding
from constructs_lib.secrets.sops.file import is_encrypted
from constructs_lib.values.suggest import suggest

PREFIX = "dragonfly_"

ENCRYPT_SECRETS_ALONE = "encrypted_regex: ^dragonfly_.*(password|access_key|secret_key)$"


@dataclass(frozen=True, slots=True)
class CheckedKeys:
    """The keys of one file."""

    variables: Mapping[Any, Any]
    """What is given and can be read."""
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    out_of_bounds: frozenset[str]
    """Keys whose error here takes the place of the argument's own."""


def check_keys(given: Mapping[Any, Any]) -> CheckedKeys:
    """Check what a file gives, key by key."""
    encrypted, out_of_bounds = _encrypted(given), _out_of_bounds(given)
    return CheckedKeys(
        variables={key: value for key, value in given.items() if key not in encrypted},
        errors=(*encrypted.values(), *_unknown(given), *out_of_bounds.values()),
        warnings=(*_misspelt_switches(given), *deprecated_variables(given)),
        out_of_bounds=frozenset(out_of_bounds),
    )


def key_of(finding: Finding) -> str:
    """The key that a finding is about: `dragonfly_labels` of `dragonfly_labels.team`."""
    return re.split(r"[.\[]", finding.where)[0]


def nearest_key(key: str, known: Iterable[str]) -> str:
    """Advice that names the known key nearest to an unknown one, or nothing where none is near.

    Compared without the prefix, which would make every key near to every other.
    """
    ours_last = sorted(known, key=lambda name: name.startswith(PREFIX))
    by_rest = {name.removeprefix(PREFIX): name for name in ours_last}
    return re.sub(r"'(.+)'", lambda match: f"'{by_rest[match[1]]}'", suggest(key.removeprefix(PREFIX), by_rest))


def _encrypted(given: Mapping[Any, Any]) -> dict[str, Finding]:
    """Variables that SOPS has encrypted and whose values are needed, each with what is wrong."""
    found = {}
    secrets = {variable.key for variable in SECRET_VARIABLES}
    for key in sorted(key for key in given if key in known_keys() and key not in secrets):
        place = next(_encrypted_places(given[key], key), None)
        if place:
            found[key] = Finding.error(
                place,
                "encrypted, and its value is needed here; accepted: in the clear (a rule with "
                f"`{ENCRYPT_SECRETS_ALONE}` in .sops.yaml encrypts secrets alone)",
            )
    return found


def _encrypted_places(value: Any, place: str) -> Iterator[str]:
    if is_encrypted(value):
        yield place
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _encrypted_places(item, f"{place}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _encrypted_places(item, f"{place}[{index}]")


def _unknown(given: Mapping[Any, Any]) -> Iterator[Finding]:
    """Keys with our prefix that no variable has."""
    known = known_keys()
    for key in given:
        if isinstance(key, str) and key.startswith(PREFIX) and key not in known:
            advice = nearest_key(key, known) or "docs/cluster-yaml.md lists them all"
            yield Finding.error(key, f"no variable of that name; {advice}")


def _misspelt_switches(given: Mapping[Any, Any]) -> Iterator[Finding]:
    """Keys that are nearly a switch of another component: left alone, they would silently switch nothing."""
    from difflib import get_close_matches

    switches = [key for key in known_keys() if not key.startswith(PREFIX)]
    for key in given:
        if isinstance(key, str) and key not in switches and not key.startswith(PREFIX):
            for near in get_close_matches(key, sorted(switches), n=1, cutoff=0.93):
                yield Finding.warning(key, f"no key that is looked at; did you mean '{near}'?")


def _out_of_bounds(given: Mapping[Any, Any]) -> dict[str, Finding]:
    """Numbers outside the file's own bounds, each with what is wrong: closer than what the argument itself accepts."""
    found = {}
    for variable in (variable for variable in VARIABLES if variable.bounds and variable.key in given):
        value = given[variable.key]
        if variable.bounds and isinstance(value, int) and not isinstance(value, bool):
            lowest, highest = variable.bounds
            if not lowest <= value <= highest:
                accepted = f"a whole number from {lowest} to {highest}"
                found[variable.key] = Finding.error(variable.key, f"{value} is not accepted; accepted: {accepted}")
    return found
