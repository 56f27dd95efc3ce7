"""What the API server refuses in the metadata of any object.

https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from constructs_lib.review.changes.metadata import has_variables
from constructs_lib.review.changes.refusals import Refusal
from constructs_lib.values.fields import pointer
from constructs_lib.values.names import LONGEST_CRON_JOB_NAME, label_key, label_value, namespace_name, object_name
from constructs_lib.values.redact import type_name

_LARGEST_ANNOTATIONS = 256 * 1024
"""Bytes of all annotations of an object."""


def metadata_refusals(kind: str, manifest: Mapping[str, Any]) -> Iterator[Refusal]:
    """Why the API server refuses an object's metadata; what Flux puts in place of a variable is not looked at."""
    metadata = manifest.get("metadata")
    if not isinstance(metadata, Mapping):
        yield Refusal("/metadata", f"metadata: {type_name(metadata)} is not accepted; accepted: a mapping")
        return
    for field, check in _NAMES.items():
        value = metadata.get(field)
        if isinstance(value, str) and value and not has_variables(value):
            yield from _told(f"/metadata/{field}", check, value)
    name = metadata.get("name")
    longest = _LONGEST_NAMES.get(kind)
    if isinstance(name, str) and longest and len(name) > longest:
        yield Refusal("/metadata/name", f"metadata.name: a {kind}'s name has at most {longest} characters")
    yield from label_refusals("/metadata/labels", metadata.get("labels"))
    yield from _annotations(metadata.get("annotations"))


def label_refusals(field: str, labels: Any) -> Iterator[Refusal]:
    """Why the API server refuses labels, wherever they stand."""
    for key, value in _texts(labels):
        place = f"{field}{pointer(key)}"
        yield from _told(place, label_key, key)
        if not isinstance(value, str):
            yield Refusal(place, f"label {key}: {type_name(value)} is not accepted; accepted: a text")
        elif not has_variables(value):
            yield from _told(place, label_value, value)


def _annotations(annotations: Any) -> Iterator[Refusal]:
    size = 0
    for key, value in _texts(annotations):
        size += len(key.encode()) + len(str(value).encode())
        # The prefix may be in capitals here.
        yield from _told(f"/metadata/annotations{pointer(key)}", label_key, key.lower())
    if size > _LARGEST_ANNOTATIONS:
        yield Refusal("/metadata/annotations", f"annotations of {size} bytes; accepted: {_LARGEST_ANNOTATIONS}")


def _texts(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield from ((str(key), each) for key, each in value.items() if not has_variables(str(key)))


def _told(field: str, check: Callable[[str], object], value: str) -> Iterator[Refusal]:
    try:
        check(value)
    except ValueError as error:
        yield Refusal(field, str(error))


_NAMES: Mapping[str, Callable[[str], object]] = {"name": object_name, "namespace": namespace_name}

_LONGEST_NAMES = {"CronJob": LONGEST_CRON_JOB_NAME, "Job": 63, "Namespace": 63}
