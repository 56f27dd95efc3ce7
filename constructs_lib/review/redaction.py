"""No secret in what a review shows: the last look at every change, whoever found it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from constructs_lib.review.model import Change

NOT_SHOWN = "(not shown)"

VALUES = ("data", "stringData")
"""Where a Secret has its values."""

SECRET_FLAG = re.compile(r"(--?(?:requirepass|masterauth|tls_key_password)[= ])\S.*", re.DOTALL)
"""Flags of the server that hold a password: https://www.dragonflydb.io/docs/managing-dragonfly/flags"""

SECRET_NAME = re.compile(
    r"pass(word|wd|phrase)?$|secret|token|credential|requirepass|masterauth|(access|api|private)_?key", re.I
)
"""What environment variables are called that hold a secret."""

DIGEST = re.compile(r"sha256:[0-9a-f]{7,64}")
"""By this a ciphertext is told from another."""


def redacted(change: Change) -> Change:
    """A change without the value of a secret in what was before and after."""
    hide = _of_secret if change.object.kind == "Secret" else _of_others
    before, after = hide(change.before, change.field), hide(change.after, change.field)
    if before is change.before and after is change.after:
        return change
    return replace(change, before=before, after=after)


def _of_secret(value: Any, field: str) -> Any:
    steps = field.split("/")[1:]
    if not steps:
        if not isinstance(value, Mapping):
            return value
        return {name: _of_secret(part, f"/{name}") for name, part in value.items()}
    if steps[0] in VALUES:
        return _masked(value)
    if steps[0] == "metadata" and isinstance(value, Mapping):
        return {name: _of_secret(part, f"{field}/{name}") for name, part in value.items()}
    # kubectl keeps the whole manifest there, with its values.
    return NOT_SHOWN if field.endswith("last-applied-configuration") and value is not None else value


def _masked(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _masked(part) for name, part in value.items()}
    if value is None or (isinstance(value, str) and DIGEST.fullmatch(value)):
        return value
    return NOT_SHOWN


def _of_others(value: Any, field: str = "") -> Any:
    if isinstance(value, str):
        return SECRET_FLAG.sub(rf"\1{NOT_SHOWN}", value) if "--" in value else value
    if isinstance(value, list):
        return [_of_others(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    hidden = {name: _of_others(part) for name, part in value.items()}
    if isinstance(value.get("value"), str) and SECRET_NAME.search(str(value.get("name", ""))):
        hidden["value"] = NOT_SHOWN
    return hidden
