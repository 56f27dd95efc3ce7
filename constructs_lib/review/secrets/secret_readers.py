"""The instances that read a Secret, and when they see a change of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from constructs_lib.cache.secret import SECRET_VERSION
from constructs_lib.dragonfly.operator_versions import operator_release
from constructs_lib.review.changes.model import Context, Effect, Manifest, ObjectKey
from constructs_lib.review.changes.readers import Reader, readers
from constructs_lib.review.changes.rows import Reading
from constructs_lib.values.version import Version

_VERSIONS = (SECRET_VERSION, "cdk8s-dragonfly/acl-digest")


@dataclass(frozen=True, slots=True)
class SecretUse:
    """Who reads a Secret after a change."""

    instances: tuple[Reader, ...]
    jobs: tuple[Reader, ...]
    restarted: frozenset[ObjectKey]
    """The instances whose pods the operator restarts for it: their annotation changes too."""
    acl_keys: frozenset[str]
    """The keys that an instance reads as its ACL file."""
    server: Version
    """The server that reads it, or the operator's own where nobody says which."""

    @classmethod
    def of(cls, secret: ObjectKey, context: Context) -> SecretUse:
        """Look for its readers among all the objects."""
        found = readers(secret, context)
        instances = tuple(reader for reader in found if reader.object.kind == "Dragonfly")
        specs = [_spec(context.new[reader.object]) for reader in instances]
        acl = [spec.get("aclFromSecret") or {} for spec in specs]
        return cls(
            instances,
            tuple(reader for reader in found if reader not in instances),
            frozenset(reader.object for reader in instances if _is_restarted(reader.object, context)),
            frozenset(str(each.get("key")) for each in acl if each.get("name") == secret.name),
            next(filter(None, map(_server, specs)), Version.of(operator_release(context.new_operator).default_server)),
        )

    def is_acl(self, key: str) -> bool:
        """Whether an instance reads the key as its ACL file, or it is called like ours."""
        return key in self.acl_keys or (not self.acl_keys and key == "acl.conf")

    def asking(self, key: str) -> list[str]:
        """The instances that do not start without that key."""
        return [reader.object.name for reader in self.instances if key in reader.keys]

    def names(self) -> str:
        """The instances, in one phrase."""
        return ", ".join(reader.object.name for reader in self.instances)

    def when(self) -> Reading:
        """When a change of a value is seen."""
        if self.instances and self.restarted == {reader.object for reader in self.instances}:
            return (Effect.LIVE,), f"{self.names()} restarts for it: its annotation {SECRET_VERSION} changes as well."
        if self.instances:
            return (Effect.AT_NEXT_RESTART,), (
                f"{self.names()} reads it at its next start, and not before: no annotation of its pods changes."
            )
        if self.jobs:
            return (Effect.LIVE,), f"{', '.join(str(reader.object) for reader in self.jobs)} reads it at its next run."
        return (Effect.UNKNOWN,), "Who reads it is not among these files."


def _is_restarted(instance: ObjectKey, context: Context) -> bool:
    old, new = (_annotations(tree.get(instance)) for tree in (context.old, context.new))
    return any(old.get(name) != new.get(name) for name in _VERSIONS)


def _annotations(instance: Manifest | None) -> Mapping[str, Any]:
    return _spec(instance or {}).get("annotations") or {}


def _server(spec: Mapping[str, Any]) -> Version | None:
    try:
        return Version.of(str(spec.get("image", "")).rpartition(":")[2])
    except ValueError:
        return None


def _spec(instance: Manifest) -> Mapping[str, Any]:
    return instance.get("spec") or {}
