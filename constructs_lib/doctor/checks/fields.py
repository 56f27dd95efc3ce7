"""Fields of a Dragonfly's `spec` that the CRD does not have: the API server refuses the object, or drops them."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.doctor.instance import Instance
from constructs_lib.doctor.model import ERROR, Check, Found, remove
from constructs_lib.doctor.objects import Objects
from constructs_lib.dragonfly.operator_fields import every_field, name_in_catalogue, used_fields
from constructs_lib.dragonfly.operator_versions import field_findings
from constructs_lib.values.fields import pointer
from constructs_lib.values.suggest import suggest

FIELD_UNKNOWN = Check(
    "field-unknown",
    ERROR,
    ("Dragonfly",),
    "No version of the CRD has the field. Flux applies server-side and is refused; `kubectl apply` refuses it too, "
    "unless validation is off, and then the field is dropped without a word.",
    "docs/dragonfly.md#versions",
)
SNAPSHOT_ENABLED = Check(
    "snapshot-enabled-no-field",
    ERROR,
    ("Dragonfly",),
    "`snapshot` has no `enabled`: that there is a schedule or a place is what switches snapshots on.",
    "docs/dragonfly.md#versions",
)
FIELD_OF_ANOTHER_VERSION = Check(
    "field-of-another-version",
    ERROR,
    ("Dragonfly",),
    "The CRD that the chart of this version of the operator installs lacks the field, or its operator cannot serve it.",
    "docs/dragonfly.md#versions",
)

CHECKS = (FIELD_UNKNOWN, SNAPSHOT_ENABLED, FIELD_OF_ANOTHER_VERSION)

INSTEAD = {
    "volumes": "an ACL file is given by `aclFromSecret`, other volumes by `additionalVolumes` (operator v1.4.0)",
    "volumeMounts": "the operator mounts the ACL file of `aclFromSecret` itself; leave it out",
    "password": "give `authentication.passwordFromSecret`",
    "requirepass": "give `authentication.passwordFromSecret`",
    "auth": "give `authentication.passwordFromSecret`",
    "tls": "give `tlsSecretRef: {name: …}`",
    "acl": "give `aclFromSecret: {name: …, key: …}`",
    "memory": "give `resources.limits.memory`, and `--maxmemory` in `args`",
    "maxmemory": "give `--maxmemory` in `args`",
    "storage": "give `snapshot.persistentVolumeClaimSpec`",
    "persistence": "give `snapshot.persistentVolumeClaimSpec`",
    "service": "give `serviceSpec`",
    "version": "give `image` with a tag",
    "snapshot.schedule": "give `snapshot.cron`",
    "snapshot.s3": "give `snapshot.dir: s3://BUCKET/PREFIX`",
    "authentication.password": "give `authentication.passwordFromSecret`",
    "authentication.enabled": "give `authentication.passwordFromSecret`",
}
"""What is written in place of fields that are often made up."""


def find(tree: Objects) -> Iterator[Found]:
    """Every field that is not there."""
    for instance in tree.instances:
        for field in used_fields(instance.spec):
            yield from _field(instance, field)


def _field(instance: Instance, field: str) -> Iterator[Found]:
    where = pointer("spec", *field.split("."))
    if field == "snapshot.enabled":
        what = "snapshot.enabled is no field: it switches nothing on or off"
        yield SNAPSHOT_ENABLED.found(
            instance.manifest, where, what, "leave it out; `snapshot.cron` and a place make snapshots", remove(where)
        )
    elif field not in every_field():
        fix = INSTEAD.get(field) or suggest(field, every_field()) or "leave it out"
        yield FIELD_UNKNOWN.found(instance.manifest, where, f"no version of the CRD has {field}", fix)
    elif field == name_in_catalogue(field):
        for finding in field_findings(instance.operator, field, ""):
            what, _, fix = finding.text.partition("; ")
            fix = fix or f"leave {field} out"
            yield FIELD_OF_ANOTHER_VERSION.found(instance.manifest, where, what, fix)
