"""What a review shows of a manifest, with everything left out that may be a secret.

Passwords do not belong into a manifest, and they are found there all the same: in a flag, in a variable, in an address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "(hidden)"

_SECRET = r"(?:pass(?:word|wd)?|secret|token|auth|credential|private|api_?key|access_?key)"
_NAME = re.compile(_SECRET, re.I)
_FLAG = re.compile(rf"(-{{1,2}}[\w.-]*{_SECRET}[\w.-]*[= ]).+", re.I | re.S)
_ADDRESS = re.compile(r"(\w+://[^\s:/@]*:)[^\s/@]+(?=@)")


def without_secrets(value: Any) -> Any:
    """A value of a manifest as it may be shown: the values of flags and variables that are called like a secret, and
    passwords in addresses, are hidden."""
    if isinstance(value, Mapping):
        if isinstance(value.get("value"), str) and _NAME.search(str(value.get("name"))):
            value = {**value, "value": HIDDEN}
        return {name: without_secrets(item) for name, item in value.items()}
    if isinstance(value, list):
        return _words(value)
    if isinstance(value, str):
        return _ADDRESS.sub(rf"\g<1>{HIDDEN}", _FLAG.sub(rf"\g<1>{HIDDEN}", value))
    return value


def _words(words: list[Any]) -> list[Any]:
    """The items of a list, of which one may be a flag and the next its value."""
    shown: list[Any] = []
    for index, word in enumerate(words):
        before = str(words[index - 1]) if index else ""
        is_value = before.startswith("-") and "=" not in before and not str(word).startswith("-")
        shown.append(HIDDEN if is_value and _NAME.search(before) else without_secrets(word))
    return shown
