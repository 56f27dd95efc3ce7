"""Where a live object is not as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def differences(written: Any, live: Any, where: str = "") -> list[str]:
    """Where a live object lacks what is written, or has something else there; what the server adds is no difference."""
    if isinstance(written, Mapping) and isinstance(live, Mapping):
        return [each for key, part in written.items() for each in differences(part, live.get(key), f"{where}.{key}")]
    if isinstance(written, list) and isinstance(live, list) and len(written) == len(live):
        return [
            each
            for index, (one, other) in enumerate(zip(written, live, strict=True))
            for each in differences(one, other, f"{where}[{index}]")
        ]
    return [] if written == live else [where]
