"""Where the cache's Secret comes from."""

from __future__ import annotations

import re

from constructs_lib.adoption.model import Carried, Origin, Setting
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.cache.secret import SECRET_VERSION
from constructs_lib.checks.manifests import Manifest
from constructs_lib.values.fields import items, mapping, pointer, text


def read_secrets(around: Surroundings) -> Carried:
    """The way to get the Secret, as far as the tree shows it."""
    instance = around.instance
    version = text(instance.spec, "annotations", SECRET_VERSION)
    manifest = around.secret(_name(around))
    if version:
        origin = Origin.of(instance.manifest, pointer("spec", "annotations", SECRET_VERSION))
        yield Setting("secrets", "version", version, origin)
    if manifest is not None and _is_external(manifest):
        yield from _external(around, manifest)
    elif manifest is not None and _is_substituted(manifest):
        yield Setting("secrets", "source", "substitute", Origin.of(manifest))


def _external(around: Surroundings, manifest: Manifest) -> Carried:
    spec = mapping(manifest.object, "spec")
    yield Setting("secrets", "source", "external-secrets", Origin.of(manifest))
    store = mapping(spec, "secretStoreRef")
    reference = {"name": text(store, "name")}
    if text(store, "kind") == "SecretStore" or "kind" not in store:
        reference["kind"] = "SecretStore"
    yield Setting("secrets", "secret_store", reference, Origin.of(manifest, "/spec/secretStoreRef"))
    keys = {text(each, "remoteRef", "key") for each in items(spec, "data")} - {""}
    if len(keys) == 1 and keys != {f"{around.instance.namespace}/{around.instance.name}"}:
        yield Setting("secrets", "remote_key", keys.pop(), Origin.of(manifest, "/spec/data"))
    if interval := text(spec, "refreshInterval"):
        yield Setting("secrets", "refresh_interval", interval, Origin.of(manifest, "/spec/refreshInterval"))


def _name(around: Surroundings) -> str:
    spec = around.instance.spec
    return text(spec, "authentication", "passwordFromSecret", "name") or text(spec, "aclFromSecret", "name")


def _is_external(manifest: Manifest) -> bool:
    return manifest.kind == "ExternalSecret"


def _is_substituted(manifest: Manifest) -> bool:
    """Whether its values are variables of Flux', every one."""
    values = [each for name, each in mapping(manifest.object, "stringData").items() if not name.endswith(".conf")]
    return bool(values) and all(re.fullmatch(r"\$\{\w+\}", str(each)) for each in values)
