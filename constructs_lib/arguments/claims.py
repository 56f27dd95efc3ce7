"""Claims for volumes: what the API server asks of each, and no schema of the operator's does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from constructs_lib.arguments.core_v1 import plain
from constructs_lib.errors import Finding


def claim_findings(argument: str, spec: Any) -> Iterator[Finding]:
    """What a claim lacks: the API server refuses it then, and no pod appears."""
    claim = plain(spec)
    if not isinstance(claim, dict):
        return
    if not claim.get("accessModes"):
        yield Finding.error(
            f"{argument}.accessModes", "missing, and the API server refuses the claim; accepted: [ReadWriteOnce]"
        )
    resources = claim.get("resources")
    requests = resources.get("requests") if isinstance(resources, dict) else None
    if not (isinstance(requests, dict) and requests.get("storage")):
        yield Finding.error(
            f"{argument}.resources.requests.storage",
            "missing, and the API server refuses the claim; accepted: the volume's size, such as 10Gi",
        )
