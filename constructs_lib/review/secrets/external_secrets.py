"""What an ExternalSecret says of the Secret that it makes: https://external-secrets.io/latest/api/externalsecret/"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.review.changes.model import Effect, Manifest
from constructs_lib.review.changes.rows import Reading, Row, row

_DOCS = "https://external-secrets.io/latest/api/externalsecret/"

EXTERNAL_SECRET_ROWS: tuple[Row, ...] = (
    row("/spec/refreshInterval", Effect.LIVE, "The store is asked more often, or less.", _DOCS),
    row(
        "/spec/secretStoreRef/**",
        (Effect.UNKNOWN, Effect.AT_NEXT_RESTART),
        "The values come from another store, which is not among these files.",
        _DOCS,
    ),
    row(
        "/spec/target/name",
        Effect.UNKNOWN,
        "It makes a Secret of another name, and no longer keeps the old one.",
        _DOCS,
    ),
)


def remote_changes(old: Manifest, new: Manifest) -> Iterator[tuple[str, Reading]]:
    """What each entry of `data` takes from the store: the field, and what its change does."""
    before, after = _entries(old), _entries(new)
    if old != new and max(*_times(old).values(), *_times(new).values(), 0, 0) > 1:
        yield "/spec/data", ((Effect.UNKNOWN,), "A key is listed more than once: which of them counts is not known.")
        return
    for key in sorted({*before, *after}):
        was, is_now = before.get(key), after.get(key)
        if was and is_now and was[2] != is_now[2]:
            yield is_now[0], ((Effect.UNKNOWN,), f"How {key} is taken from the store is not known.")
        elif was and is_now and was[1] != is_now[1]:
            yield is_now[0], ((), f"{key} comes from {_place(is_now[1])} instead of {_place(was[1])}.")
        elif was and not is_now:
            yield was[0], ((Effect.ACCESS_CLOSED,), f"{key} is no longer taken from the store.")
        elif is_now and not was:
            yield is_now[0], ((), f"{key} is taken from the store.")


def only_reordered(old: Manifest, new: Manifest) -> bool:
    """Whether both take the same keys from the same places, and list them in another order."""
    before, after = _entries(old), _entries(new)
    return list(before) != list(after) and {key: entry[1:] for key, entry in before.items()} == {
        key: entry[1:] for key, entry in after.items()
    }


def _times(external_secret: Manifest) -> Mapping[str, int]:
    """How often each key is listed."""
    entries = (external_secret.get("spec") or {}).get("data") or ()
    return Counter(str(entry.get("secretKey")) for entry in entries)


def template_of(external_secret: Manifest) -> Mapping[str, str]:
    """The keys that the template makes, with the text that they are made of."""
    target = (external_secret.get("spec") or {}).get("target") or {}
    return {key: str(text) for key, text in ((target.get("template") or {}).get("data") or {}).items()}


def _entries(external_secret: Manifest) -> dict[str, tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """By key of the Secret: the field, where the value is in the store, and what else the entry says."""
    entries: dict[str, tuple[str, Mapping[str, Any], Mapping[str, Any]]] = {}
    for number, entry in enumerate((external_secret.get("spec") or {}).get("data") or ()):
        reference = entry.get("remoteRef") or {}
        place = {name: value for name, value in reference.items() if name in _PLACE}
        others = {name: value for name, value in {**entry, **reference}.items() if name not in (*_PLACE, "remoteRef")}
        entries[str(entry.get("secretKey"))] = (f"/spec/data/{number}", place, others)
    return entries


_PLACE = ("key", "property", "version")


def _place(reference: Mapping[str, Any]) -> str:
    return "/".join(str(reference[name]) for name in _PLACE if name in reference)
