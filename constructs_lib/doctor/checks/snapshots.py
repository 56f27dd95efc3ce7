"""Snapshots: whether they are made, where they go, and whether they are there when they are needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from constructs_lib.doctor.instance import Instance
from constructs_lib.doctor.model import ERROR, Check, Found, add
from constructs_lib.doctor.objects import Objects
from constructs_lib.values.cron import Cron
from constructs_lib.values.fields import mapping, pointer, text
from constructs_lib.values.version import Version

SNAPSHOT_CRON_WITHOUT_PLACE = Check(
    "snapshot-cron-without-place",
    ERROR,
    ("Dragonfly",),
    "A schedule with neither `snapshot.dir` nor a claim: the operator refuses the whole resource. No pod is made, no "
    "event and no status say why.",
    "docs/dragonfly.md#snapshots",
)
SNAPSHOT_CRON_REFUSED = Check(
    "snapshot-cron-refused",
    ERROR,
    ("Dragonfly",),
    "The server's own schedules have exactly five fields; Sunday is 0. It exits at start on 7, `@daily`, six fields, "
    "and takes `15W`, `*/61` or `1.5` for something else than they say.",
    "docs/dragonfly.md#snapshots",
)
SNAPSHOT_DIR_BESIDE_VOLUME = Check(
    "snapshot-s3-beside-volume",
    ERROR,
    ("Dragonfly",),
    "An `s3://` directory and a claim together make a StatefulSet that the API server refuses.",
    "docs/dragonfly.md#snapshots",
)
SNAPSHOT_TWO_CLAIMS = Check(
    "snapshot-two-claims",
    ERROR,
    ("Dragonfly",),
    "`existingPersistentVolumeClaimName` and `persistentVolumeClaimSpec` are two answers to one question.",
    "docs/dragonfly.md#snapshots",
)
SNAPSHOT_PREFIX_SHARED = Check(
    "snapshot-prefix-shared",
    ERROR,
    ("Dragonfly",),
    "Every pod saves, on schedule and once more when it ends, under the same names: with several pods in one place "
    "they write over each other's snapshots, and one starts from another's.",
    "docs/dragonfly.md#snapshots",
)
SNAPSHOT_VARIABLE_UNKNOWN = Check(
    "snapshot-variable-unknown",
    ERROR,
    ("Dragonfly",),
    "Kubernetes puts a variable of the container's `env` for `$(NAME)`. One that is not there stays as it is written, "
    "and all pods save to that one place.",
    "https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/",
)
MASTER_ONLY_STOPS = Check(
    "master-only-snapshot-stops",
    ERROR,
    ("Dragonfly",),
    "Before operator v1.6.0 the new master has no schedule after a rolling update: with `enableOnMasterOnly` backups "
    "stop, and nothing says so.",
    "docs/dragonfly.md#snapshots",
)
SNAPSHOT_DIR_IN_CONTAINER = Check(
    "snapshot-dir-in-container",
    ERROR,
    ("Dragonfly",),
    "A directory without a claim lies in the container itself: a snapshot is gone with the pod that it was made for.",
    "docs/dragonfly.md#snapshots",
)
S3_ENDPOINT_WITH_SCHEME = Check(
    "s3-endpoint-with-scheme",
    ERROR,
    ("Dragonfly",),
    "`--s3_endpoint` is HOST:PORT; whether it is https is `--s3_use_https`. With a scheme no snapshot is ever written.",
    "docs/dragonfly.md#snapshots",
)
VOLUME_WITHOUT_FSGROUP = Check(
    "volume-without-fsgroup",
    ERROR,
    ("Dragonfly",),
    "A `podSecurityContext` takes the place of the operator's own, and with it of `fsGroup: 999`: the server may not "
    "write to its volume.",
    "docs/dragonfly.md#secrets",
)

CHECKS = (
    SNAPSHOT_CRON_WITHOUT_PLACE,
    SNAPSHOT_CRON_REFUSED,
    SNAPSHOT_DIR_BESIDE_VOLUME,
    SNAPSHOT_TWO_CLAIMS,
    SNAPSHOT_PREFIX_SHARED,
    SNAPSHOT_VARIABLE_UNKNOWN,
    MASTER_ONLY_STOPS,
    SNAPSHOT_DIR_IN_CONTAINER,
    S3_ENDPOINT_WITH_SCHEME,
    VOLUME_WITHOUT_FSGROUP,
)

MASTER_ONLY_WORKS_SINCE = Version.of("v1.6.0")

_VARIABLE = re.compile(r"(?<!\$)\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)")


def find(tree: Objects) -> Iterator[Found]:
    """Each instance: its schedule, its place, then the rest."""
    for instance in tree.instances:
        for look in (_schedule, _place, _prefix, _master_only, _endpoint, _fs_group):
            yield from look(instance)


def _schedule(instance: Instance) -> Iterator[Found]:
    cron = instance.snapshot.get("cron")
    if not cron:
        return
    if not instance.snapshot_dir and not instance.has_snapshot_volume:
        what = "a schedule, and neither a directory nor a claim: the operator makes no pod"
        fix = "give snapshot.dir (s3://BUCKET/PREFIX/$(POD_NAME)) or snapshot.persistentVolumeClaimSpec"
        yield SNAPSHOT_CRON_WITHOUT_PLACE.found(instance.manifest, "/spec/snapshot/cron", what, fix)
    try:
        is_as_read = str(Cron.of(cron)) == cron
    except ValueError as error:
        what, _, accepted = str(error).partition("; accepted: ")
        fix = f"accepted: {accepted}"
        yield SNAPSHOT_CRON_REFUSED.found(instance.manifest, "/spec/snapshot/cron", what, fix)
    else:
        if not is_as_read:
            what = f"{cron!r} has more than single spaces between its fields"
            fix = f"write {str(Cron.of(cron))!r}"
            patch = add("/spec/snapshot/cron", str(Cron.of(cron)))
            yield SNAPSHOT_CRON_REFUSED.found(instance.manifest, "/spec/snapshot/cron", what, fix, patch)


def _place(instance: Instance) -> Iterator[Found]:
    where = "/spec/snapshot/dir"
    if instance.has_snapshot_volume and instance.snapshot_dir.startswith("s3://"):
        what = "snapshots go to a bucket, and there is a claim beside it"
        fix = "keep one of them; a claim's files are under /dragonfly/snapshots"
        yield SNAPSHOT_DIR_BESIDE_VOLUME.found(instance.manifest, where, what, fix)
    if instance.snapshot_dir.startswith("/") and not instance.has_snapshot_volume and not _has_volume(instance):
        what = "the directory is the container's own, and gone with it"
        fix = "give snapshot.persistentVolumeClaimSpec, or a bucket"
        yield SNAPSHOT_DIR_IN_CONTAINER.found(instance.manifest, where, what, fix)
    if {"existingPersistentVolumeClaimName", "persistentVolumeClaimSpec"} <= instance.snapshot.keys():
        what = "an existing claim, and the spec of a new one"
        where = "/spec/snapshot/persistentVolumeClaimSpec"
        yield SNAPSHOT_TWO_CLAIMS.found(instance.manifest, where, what, "leave one of them out")


def _prefix(instance: Instance) -> Iterator[Found]:
    flag = instance.flag("dir")
    directory = instance.snapshot_dir or (flag.text if flag else "")
    where = "/spec/snapshot/dir" if instance.snapshot_dir or flag is None else pointer("spec", "args", flag.index)
    names = {str(variable.get("name")) for variable in instance.environment}
    unknown = [name for name in _VARIABLE.findall(directory) if name not in names]
    if unknown:
        what = f"$({unknown[0]}) is no variable of the container: it stays as it is written"
        fix = f"add it to env: {{name: {unknown[0]}, valueFrom: {{fieldRef: {{fieldPath: metadata.name}}}}}}"
        yield SNAPSHOT_VARIABLE_UNKNOWN.found(instance.manifest, where, what, fix)
    if instance.replicas < 2:
        return
    if directory and "://" in directory and not _names_the_pod(instance, directory):
        what = f"{instance.replicas} pods save to one place"
        fix = "end it in $(POD_NAME), and have env give POD_NAME from metadata.name"
        yield SNAPSHOT_PREFIX_SHARED.found(instance.manifest, where, what, fix)
    elif text(instance.snapshot, "existingPersistentVolumeClaimName"):
        what = f"{instance.replicas} pods save to one claim"
        where = "/spec/snapshot/existingPersistentVolumeClaimName"
        fix = "give persistentVolumeClaimSpec, which makes a claim for each pod"
        yield SNAPSHOT_PREFIX_SHARED.found(instance.manifest, where, what, fix)


def _names_the_pod(instance: Instance, directory: str) -> bool:
    """Whether a variable in the directory is another one in each pod; one that is not there is told already."""
    fixed = {
        str(variable.get("name"))
        for variable in instance.environment
        if text(variable, "valueFrom", "fieldRef", "fieldPath") not in ("metadata.name", "metadata.uid", "status.podIP")
    }
    return bool(set(_VARIABLE.findall(directory)) - fixed)


def _master_only(instance: Instance) -> Iterator[Found]:
    if instance.snapshot.get("enableOnMasterOnly") is True and instance.operator < MASTER_ONLY_WORKS_SINCE:
        what = f"at operator {instance.operator} the new master has no schedule after a rolling update"
        fix = "leave it out and give each pod a place of its own, or use operator v1.6.1"
        yield MASTER_ONLY_STOPS.found(instance.manifest, "/spec/snapshot/enableOnMasterOnly", what, fix)


def _endpoint(instance: Instance) -> Iterator[Found]:
    flag = instance.flag("s3_endpoint")
    if flag and "://" in flag.text:
        where = pointer("spec", "args", flag.index)
        what = "the S3 endpoint has a scheme, which is no part of a host"
        fix = "give HOST:PORT, and --s3_use_https=true or false"
        yield S3_ENDPOINT_WITH_SCHEME.found(instance.manifest, where, what, fix)


def _fs_group(instance: Instance) -> Iterator[Found]:
    context = instance.spec.get("podSecurityContext")
    if context is None or "fsGroup" in mapping(context) or instance.spec.get("skipFSGroup") is True:
        return
    if instance.has_snapshot_volume:
        what = "podSecurityContext has no fsGroup, so the server may not write its snapshots"
        patch = add("/spec/podSecurityContext/fsGroup", 999)
        yield VOLUME_WITHOUT_FSGROUP.found(
            instance.manifest, "/spec/podSecurityContext", what, "add fsGroup: 999", *([patch] if context else [])
        )


def _has_volume(instance: Instance) -> bool:
    return bool(instance.spec.get("additionalVolumes"))
