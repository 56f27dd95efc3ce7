"""A Dragonfly's `env`: passwords in it, and variables on which the server exits."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.doctor.instance import Instance
from constructs_lib.doctor.model import ERROR, Check, Found
from constructs_lib.doctor.objects import Objects
from constructs_lib.dragonfly.flags import SECRET_FLAGS, flag_type
from constructs_lib.values.fields import items, mapping, pointer, text

PASSWORD_IN_ENVIRONMENT = Check(
    "password-in-environment",
    ERROR,
    ("Dragonfly",),
    "A password or key written into `env` stands in git, in the object and in the pod, for all to read who may read "
    "one of these.",
    "docs/dragonfly.md#secrets",
)
VARIABLE_UNKNOWN = Check(
    "dfly-variable-unknown",
    ERROR,
    ("Dragonfly",),
    "Variables that begin with `DFLY_` are flags. On one that names no flag of its version the server exits at start.",
    "docs/dragonfly.md#memory",
)

CHECKS = (PASSWORD_IN_ENVIRONMENT, VARIABLE_UNKNOWN)

PREFIX = "DFLY_"

SECRET_VARIABLES = frozenset(
    {"DFLY_PASSWORD", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", *(f"{PREFIX}{flag}" for flag in SECRET_FLAGS)}
)
"""Variables whose values are secrets."""


def find(tree: Objects) -> Iterator[Found]:
    """Every variable of every instance."""
    for instance in tree.instances:
        for number, variable in enumerate(items(instance.spec, "env")):
            yield from _variable(instance, number, text(variable, "name"), mapping(variable))


def _variable(instance: Instance, number: int, name: str, variable: object) -> Iterator[Found]:
    written = text(variable, "value")
    if name in SECRET_VARIABLES and written and not written.startswith("$("):
        where = pointer("spec", "env", number, "value")
        fix = (
            "take it from a Secret: valueFrom.secretKeyRef"
            if name.startswith("AWS_")
            else "give authentication.passwordFromSecret, and change the password: it was readable"
        )
        yield PASSWORD_IN_ENVIRONMENT.found(instance.manifest, where, f"{name} has its secret for a value", fix)
    elif name.startswith(PREFIX) and name not in SECRET_VARIABLES:
        flag = name.removeprefix(PREFIX)
        if flag_type(flag, instance.server) is None:
            what = f"{name} names no flag of server {instance.server}, which exits at start"
            where = pointer("spec", "env", number, "name")
            yield VARIABLE_UNKNOWN.found(instance.manifest, where, what, "give the flag in args, by its name")
