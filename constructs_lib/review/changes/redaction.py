"""No secret in what a review shows: the last look at every change, whoever found it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from constructs_lib.review.changes.model import Change

NOT_SHOWN = "(not shown)"

VALUES = ("data", "stringData")
"""Where a Secret has its values."""

_SECRET = r"(?:pass(?:word|wd|phrase)?|secret|token|auth|credential|private|api_?key|access_?key)"
_NAME = re.compile(_SECRET, re.I)
"""What environment variables are called that hold a secret."""

_FLAG = re.compile(rf"^(-{{1,2}}[\w.-]*{_SECRET}[\w.-]*[= ]).+", re.I | re.S)
_SERVER_FLAG = re.compile(r"(--?(?:requirepass|masterauth|tls_key_password)[= ])\S.*", re.S)
"""Flags of the server that hold a password: https://www.dragonflydb.io/docs/managing-dragonfly/flags"""

_ADDRESS = re.compile(r"(\w+://[^\s:/@]*:)[^\s/@]+(?=@)")

DIGEST = re.compile(r"sha256:[0-9a-f]{7,64}")
"""By this a ciphertext is told from another."""


def redacted(change: Change) -> Change:
    """A change without the value of a secret in what was before and after."""
    if change.object.kind == "Secret":
        before, after = _of_secret(change.before, change.field), _of_secret(change.after, change.field)
    else:
        before, after = without_secrets(change.before), without_secrets(change.after)
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


def without_secrets(value: Any) -> Any:
    """A value of a manifest as it may be shown: the values of flags and variables that are called like a secret, and
    passwords in addresses, are hidden."""
    if isinstance(value, Mapping):
        if isinstance(value.get("value"), str) and _NAME.search(str(value.get("name"))):
            value = {**value, "value": NOT_SHOWN}
        return {name: without_secrets(item) for name, item in value.items()}
    if isinstance(value, list):
        return _words(value)
    if isinstance(value, str):
        for pattern in (_FLAG, _SERVER_FLAG, _ADDRESS):
            value = pattern.sub(rf"\g<1>{NOT_SHOWN}", value)
    return value


def _words(words: list[Any]) -> list[Any]:
    """The items of a list, of which one may be a flag and the next its value."""
    shown: list[Any] = []
    for index, word in enumerate(words):
        before = str(words[index - 1]) if index else ""
        is_value = before.startswith("-") and "=" not in before and not str(word).startswith("-")
        shown.append(NOT_SHOWN if is_value and _NAME.search(before) else without_secrets(word))
    return shown
