"""Strong passwords that need no quoting: not in YAML, not in a URL, not in a shell, not in an ACL file."""

from __future__ import annotations

import secrets
import string

from pydantic import SecretStr

ALPHABET = string.ascii_letters + string.digits
LENGTH = 40
"""Of 62 characters: 238 bits."""


def draw() -> SecretStr:
    """A new password, from the operating system's own source."""
    # A letter first, so that nothing that reads YAML takes it for a number.
    return SecretStr(
        secrets.choice(string.ascii_letters) + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    )
