"""What a cluster runs of the objects that a side names, put as that side would put it.

Of a live object there remains what the manifest has too, and what Flux or kubectl have once set and the manifest no
longer has: Flux takes that away at its next turn. What the server adds by default, and what controllers write, is left
out. Nothing is sent but GETs.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from constructs_lib.checks.api_server import ApiServer, NoCluster
from constructs_lib.checks.findings import SOPS
from constructs_lib.flux.annotations import FLUX_GROUP
from constructs_lib.review.changes.model import Manifest, ObjectKey
from constructs_lib.review.sides.trees import Side, name_of

APPLIERS = ("kustomize-controller", "kubectl", "before-first-apply")
"""What field managers are called whose fields Flux owns, or takes over and removes where the manifest lacks them.

The controller gives them to its server-side apply as managers to clean up after:
https://github.com/fluxcd/kustomize-controller/blob/v1.9.6/internal/controller/kustomization_controller.go
"""

OF_FLUX = f"{FLUX_GROUP}/"
"""Labels by which Flux knows what it has applied; it adds them itself."""

LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"

Fields = Mapping[str, Any]
"""Fields as `managedFields` have them: https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management"""


def live_side(named: Side, server: ApiServer) -> Side:
    """The live versions of the objects that another side holds, with the places of that side.

    Raises:
        NoCluster: the cluster does not answer, or does not let an object be read.
    """
    found = ((key, _live(key, manifest, server)) for key, manifest in named.tree.items())
    return Side({key: live for key, live in found if live is not None}, named.sources, named.folders, named.others)


def as_written(live: Manifest, manifest: Manifest) -> Manifest:
    """A live object as the manifest would have it, had it been written to be what is there now."""
    live, manifest = dict(live), dict(manifest)
    owned = _owned(live)
    if SOPS in manifest:
        return _encrypted(live, manifest)
    if isinstance(manifest.get("stringData"), Mapping):
        live = _split(live, manifest["stringData"])
    written = _mapping(live, manifest, owned)
    return {**written, "metadata": _metadata(written.get("metadata"), manifest.get("metadata"))}


def _live(key: ObjectKey, manifest: Manifest, server: ApiServer) -> Manifest | None:
    if not name_of(manifest):
        return None  # the server gives it one, another each time
    answer = server.get(str(manifest["apiVersion"]), key.kind, key.namespace or "default", key.name)
    if answer.status == 404:
        return None
    if not answer.accepted:
        raise NoCluster(f"{key}: the cluster does not let it be read: {answer.message}")
    return as_written(answer.body, manifest)


def _owned(live: Manifest) -> Fields:
    """The fields of everybody after whom Flux cleans up, in one tree."""
    owned: dict[str, Any] = {}
    for entry in live.get("metadata", {}).get("managedFields", ()):
        if str(entry.get("manager", "")).startswith(APPLIERS) and not entry.get("subresource"):
            _merge(owned, entry.get("fieldsV1", {}))
    return owned


def _merge(into: dict[str, Any], fields: Fields) -> None:
    for step, below in fields.items():
        _merge(into.setdefault(step, {}), below)


def _written(live: Any, manifest: Any, owned: Fields) -> Any:
    if isinstance(live, Mapping) and isinstance(manifest, Mapping):
        return _mapping(live, manifest, owned)
    if isinstance(live, list) and isinstance(manifest, list):
        return _list(live, manifest, owned)
    return manifest if _comes_of(live, manifest) else live


def _mapping(live: Mapping[str, Any], manifest: Mapping[str, Any], owned: Fields) -> dict[str, Any]:
    written = {}
    for name, value in manifest.items():
        if name in live:
            written[name] = _written(live[name], value, owned.get(f"f:{name}", {}))
        elif value is None or value == []:
            written[name] = value  # the server keeps neither: to it they are the same as nothing
    for name, value in live.items():
        if name not in manifest and f"f:{name}" in owned:
            written[name] = _part(value, owned[f"f:{name}"])
    return written


def _part(live: Any, owned: Fields) -> Any:
    """What is owned of a value that the manifest does not have: a leaf of the fields is a whole value."""
    if isinstance(live, Mapping) and any(step.startswith("f:") for step in owned):
        return _mapping(live, {}, owned)
    return live


def _list(live: Sequence[Any], manifest: Sequence[Any], owned: Fields) -> list[Any]:
    items = {step: below for step, below in owned.items() if step.startswith("k:")}
    if items:
        return list(_by_key(live, manifest, {_key(step): below for step, below in items.items()}))
    if any(step.startswith("v:") for step in owned):
        values = [_value(step) for step in owned if step.startswith("v:")]
        return [*(item for item in manifest if item in live), *(v for v in values if v in live and v not in manifest)]
    written = [_written(one, other, {}) for one, other in zip(live, manifest, strict=False)]
    return [*written, *live[len(written) :]]


def _by_key(
    live: Sequence[Any], manifest: Sequence[Any], owned: Mapping[tuple[tuple[str, Any], ...], Fields]
) -> Iterator[Any]:
    """The items of a list whose items have keys: those of the manifest in its order, then what is owned besides."""
    left = list(live)
    names = [name for name, _ in next(iter(owned))]
    for item in manifest:
        found = next((each for each in left if _same_key(each, item, names)), None)
        if found is not None:
            left.remove(found)
            yield _written(found, item, owned.get(_key_of(found, names), {}))
    yield from (_part(each, owned[_key_of(each, names)]) for each in left if _key_of(each, names) in owned)


def _same_key(live: Any, item: Any, names: Iterable[str]) -> bool:
    """A part of the key that the manifest leaves to the server's default (a port's protocol) tells nothing."""
    if not isinstance(live, Mapping) or not isinstance(item, Mapping):
        return bool(live == item)
    return all(live.get(name) == item[name] for name in names if name in item)


def _key_of(item: Any, names: Iterable[str]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, item.get(name)) for name in names) if isinstance(item, Mapping) else ()


def _key(step: str) -> tuple[tuple[str, Any], ...]:
    """`k:{"containerPort":80,"protocol":"TCP"}`, its names in order."""
    return tuple(sorted(_value(step).items()))


def _value(step: str) -> Any:
    return json.loads(step[2:])


def _comes_of(live: Any, manifest: Any) -> bool:
    """Whether a single value is what the manifest asks for, once Flux has put values for its `${variables}`."""
    if live == manifest and isinstance(live, bool) == isinstance(manifest, bool):
        return True
    if not isinstance(manifest, str) or "$" not in manifest or isinstance(live, Mapping | list):
        return False
    return _fits(str(live), [text.replace("$$", "$") for text in _VARIABLE.split(manifest)])


_VARIABLE = re.compile(r"(?<!\$)\$\{[^}]*\}")
"""As Flux substitutes it; `$${` stands for `${`: https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution"""


def _fits(text: str, parts: Sequence[str]) -> bool:
    """Whether a text is these parts in that order, with anything between them."""
    first, *between = parts
    if not text.startswith(first):
        return False
    if not between:
        return text == first
    at = len(first)
    for part in between[:-1]:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return len(text) - at >= len(between[-1]) and text.endswith(between[-1])


def _encrypted(live: Manifest, manifest: Manifest) -> Manifest:
    """An encrypted Secret as the manifest has it, but with the keys that are there: values cannot be compared."""
    there = set(live.get("data") or {})
    written = dict(manifest)
    for part in ("data", "stringData"):
        if isinstance(manifest.get(part), Mapping):
            written[part] = {name: value for name, value in manifest[part].items() if name in there}
    return written


def _split(live: Manifest, texts: Mapping[str, Any]) -> dict[str, Any]:
    """A live Secret with its values in the clear where the manifest has them so."""
    values = dict(live.get("data") or {})
    clear = {name: _decoded(values.pop(name)) for name in texts if name in values}
    rest = {name: part for name, part in live.items() if name != "data"}
    return {**rest, "stringData": clear, **({"data": values} if values else {})}


def _decoded(value: Any) -> str:
    try:
        return base64.b64decode(str(value), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return str(value)


def _metadata(written: Any, manifest: Any) -> dict[str, Any]:
    """Without what Flux and kubectl note there for themselves."""
    given = manifest if isinstance(manifest, Mapping) else {}
    metadata = dict(written or {})
    for part in ("labels", "annotations"):
        named = given.get(part) or {}
        kept = {
            name: value
            for name, value in (metadata.get(part) or {}).items()
            if name in named or not (name.startswith(OF_FLUX) or name == LAST_APPLIED)
        }
        metadata.pop(part, None)
        if kept or part in given:
            metadata[part] = kept
    return metadata
