"""A review as JSON, for programs: docs/review.schema.json is its schema."""

from __future__ import annotations

from typing import Any

from constructs_lib.review.changes.model import Change, Review
from constructs_lib.review.outputs.values import plain
from constructs_lib.review.review import counts

VERSION = 1
"""Of the document's form: another one takes a field away or gives it another meaning."""


def document(review: Review) -> dict[str, Any]:
    """The review, ready for `json.dumps`."""
    return {
        "version": VERSION,
        "operator": str(review.operator),
        "changes": [_change(change) for change in review.changes],
        "summary": {severity.value: number for severity, number in counts(review).items()},
    }


def _change(change: Change) -> dict[str, Any]:
    key = change.object
    return {
        "object": {"kind": key.kind, "namespace": key.namespace, "name": key.name},
        "field": change.field,
        "before": plain(change.before),
        "after": plain(change.after),
        "effects": [effect.id for effect in change.effects],
        "severity": change.severity.value,
        "what": change.what,
    }
