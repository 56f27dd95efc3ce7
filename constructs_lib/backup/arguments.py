"""Arguments of a `DragonflyBackup`: scheduled snapshots to S3 or to a volume."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import PlainValidator

from constructs_lib.arguments.claims import claim_findings
from constructs_lib.arguments.core_v1 import CoreV1
from constructs_lib.arguments.model import Arguments, Meaning, rule
from constructs_lib.arguments.types import (
    BucketName,
    Endpoint,
    KeyPrefix,
    MemoryAmount,
    ObjectName,
    Schedule,
    SecretKeyName,
    SecretName,
    Text,
)
from constructs_lib.backup.retention import Retention
from constructs_lib.cache.snapshots import S3Server
from constructs_lib.dragonfly.flags import FlagValue
from constructs_lib.errors import Finding
from constructs_lib.values.cdk8s_objects import DurationLike
from constructs_lib.values.memory import Memory
from constructs_lib.values.s3 import S3Address, S3Endpoint

if TYPE_CHECKING:
    pass

POD_NAME = "$(POD_NAME)"
"""Kubernetes puts the pod's name here. Every pod saves under its own prefix, always: with more than one replica they
would write the same names to one place, and an instance that grows from one pod must find its snapshots again."""

JOB_IMAGE = "docker.io/library/python:3.13.7-slim-bookworm"
"""What the Jobs run in: any Python from 3.11 on its own. No publisher keeps a small image with Python and an S3 client;
those of command-line clients bring a shell, in which nobody tests what is whole and what may be deleted."""

SNAPSHOT_BYTES_PER_SECOND = 50 * 1024**2
"""What an instance surely saves in a second to a store in its cluster: a careful guess, for a warning alone."""

S3_SETTINGS = (
    "prefix",
    "endpoint",
    "https",
    "region",
    "sign_payload",
    "credentials_secret",
    "access_key_id_key",
    "secret_access_key_key",
    "use_service_account",
    "restore_from",
)
"""Arguments of the bucket."""


SnapshotsKept = Annotated[
    Retention | int | str | DurationLike, PlainValidator(Retention.of, json_schema_input_type=str | int)
]


class BackupArguments(Arguments):
    """Where and when an instance is saved: a bucket, or a volume; one of the two."""

    schedule: Annotated[
        Schedule,
        Meaning("When each pod saves itself, in the server's five-field form; UTC.", source="CRD `snapshot.cron`"),
    ] = "0 */6 * * *"
    bucket: Annotated[BucketName | None, Meaning("Bucket for the snapshots. It must exist.")] = None
    prefix: Annotated[
        KeyPrefix | None,
        Meaning("Beginning of the objects' keys; the pod's name follows it.", default="`NAMESPACE/NAME` of the cache"),
    ] = None
    endpoint: Annotated[
        Endpoint | None,
        Meaning("S3 server, as host:port without scheme.", default="AWS", source="`--s3_endpoint`"),
    ] = None
    https: Annotated[bool, Meaning("Speak TLS to the S3 server.", source="`--s3_use_https`")] = True
    region: Annotated[Text | None, Meaning("Region of the bucket.", source="`AWS_REGION`")] = None
    sign_payload: Annotated[
        bool | None,
        Meaning("Sign what is uploaded; some S3 servers want it off.", default="on", source="`--s3_sign_payload`"),
    ] = None
    credentials_secret: Annotated[
        SecretName | None,
        Meaning("Secret with the S3 keys; the Secret must exist.", default="the Secret with the cache's password"),
    ] = None
    access_key_id_key: Annotated[SecretKeyName, Meaning("Key of that Secret.")] = "AWS_ACCESS_KEY_ID"
    secret_access_key_key: Annotated[SecretKeyName, Meaning("Key of that Secret.")] = "AWS_SECRET_ACCESS_KEY"
    use_service_account: Annotated[
        bool, Meaning("Take the credentials from the pods' ServiceAccount or node instead of a Secret.")
    ] = False
    size: Annotated[
        MemoryAmount | None, Meaning("Size of a volume of its own for each pod, instead of a bucket.", unit="bytes")
    ] = None
    storage_class: Annotated[ObjectName | None, Meaning("StorageClass of those volumes.", default="the cluster's")] = (
        None
    )
    persistent_volume_claim_spec: Annotated[
        Any,
        CoreV1("PersistentVolumeClaimSpec"),
        Meaning("The volumes' claim in full, instead of `size` and `storage_class`."),
    ] = None
    existing_persistent_volume_claim_name: Annotated[
        ObjectName | None,
        Meaning("A claim that exists, shared by all pods, instead of a bucket. From operator v1.4.0."),
    ] = None

    retention: Annotated[
        SnapshotsKept | None,
        Meaning(
            "What is kept: a number of whole snapshots for each pod, or an age such as 14d. A CronJob deletes the "
            "others, never the newest whole one, nor one that was named by hand.",
            default="everything: the server deletes nothing",
        ),
    ] = None
    retention_schedule: Annotated[Schedule, Meaning("When old snapshots are deleted.")] = "45 3 * * *"
    restore_from: Annotated[
        Text | None,
        Meaning(
            "Start from a copy of a snapshot: `latest`, a time such as 2026-05-01T12:00:00Z (the latest until then), "
            "a name, or POD/NAME. Leave it in place: without it the pods go back to where they saved before.",
        ),
    ] = None
    restore_of: Annotated[
        Annotated[S3Address | str, PlainValidator(S3Address.of, json_schema_input_type=str)] | None,
        Meaning(
            "Where that snapshot is looked for, as s3://BUCKET/PREFIX, on the same S3 server.",
            default="below the cache's own `prefix`",
        ),
    ] = None
    restore_replaces_data: Annotated[
        bool,
        Meaning("Say so to restore a cache's own snapshot: if it lives, what it holds now is replaced."),
    ] = False
    job_image: Annotated[Text, Meaning("Image of the Jobs: Python from 3.11, a mirror's, say.")] = JOB_IMAGE

    @rule("persistent_volume_claim_spec")
    def _claim_is_whole(self) -> Iterator[Finding]:
        if self.persistent_volume_claim_spec is not None:
            yield from claim_findings("persistent_volume_claim_spec", self.persistent_volume_claim_spec)

    @rule("bucket", "size", "persistent_volume_claim_spec", "existing_persistent_volume_claim_name")
    def _there_is_one_place(self) -> Iterator[Finding]:
        places = ("bucket", "size", "persistent_volume_claim_spec", "existing_persistent_volume_claim_name")
        chosen = [name for name in places if getattr(self, name) is not None]
        if not chosen:
            yield Finding.error(
                "schedule",
                "no place for the snapshots, and the operator then makes no pod at all; accepted: one of "
                f"{', '.join(f'`{place}`' for place in places)}",
            )
        elif len(chosen) > 1:
            yield Finding.error(
                chosen[1],
                f"given beside `{chosen[0]}`: the snapshots go to one place, and the operator makes no pod "
                "for two; leave one out",
            )

    @rule("bucket", *S3_SETTINGS)
    def _s3_settings_have_a_bucket(self) -> Iterator[Finding]:
        if self.bucket is None:
            for name in S3_SETTINGS:
                if getattr(self, name) != type(self).model_fields[name].default:
                    yield Finding.error(name, "means nothing without `bucket`; give that as well, or leave it out")

    @rule("bucket", "endpoint", "https")
    def _snapshots_leave_the_cluster_encrypted(self) -> Iterator[Finding]:
        if self.bucket is None or self.https or (self.s3_endpoint and self.s3_endpoint.names_a_service):
            return
        yield Finding.warning(
            "https",
            f"false, and {self.s3_endpoint or 'Amazon S3'} is not named as a Service of the cluster: requests are "
            "signed, but the snapshots go over the network in the clear; set it to true where the store speaks TLS",
        )

    @rule("storage_class", "size")
    def _storage_class_has_a_size(self) -> Iterator[Finding]:
        if self.storage_class is not None and self.size is None:
            yield Finding.error("storage_class", "means nothing without `size`; give that as well, or leave it out")

    @rule("size")
    def _volume_has_room(self) -> Iterator[Finding]:
        if self.size is not None and not Memory.of(self.size).bytes:
            yield Finding.error(
                "size", f"{self.size} is no size of a volume; accepted: more than nothing, such as 10Gi"
            )

    @rule("credentials_secret", "use_service_account")
    def _credentials_come_from_one_place(self) -> Iterator[Finding]:
        if self.use_service_account and self.credentials_secret is not None:
            yield Finding.error("credentials_secret", "given beside `use_service_account`; leave one of the two out")

    @rule("restore_from", "restore_of", "restore_replaces_data")
    def _restore_settings_have_a_restore(self) -> Iterator[Finding]:
        for name in ("restore_of", "restore_replaces_data"):
            if self.restore_from is None and getattr(self, name):
                yield Finding.error(name, "means nothing without `restore_from`; give that as well, or leave it out")

    @rule("retention", "retention_schedule")
    def _retention_schedule_has_a_retention(self) -> Iterator[Finding]:
        if (
            self.retention is None
            and str(self.retention_schedule) != type(self).model_fields["retention_schedule"].default
        ):
            yield Finding.error(
                "retention_schedule", "means nothing without `retention`; give that as well, or leave it out"
            )

    @rule("job_image")
    def _job_image_is_pinned(self) -> Iterator[Finding]:
        if not _PINNED.search(self.job_image):
            yield Finding.error(
                "job_image", f"{self.job_image!r} names no version; accepted: IMAGE:VERSION or IMAGE@DIGEST"
            )

    def root(self, namespace: str, name: str) -> S3Address | None:
        """What all snapshots of that cache are below, whichever pod saved them; None with a volume."""
        if self.bucket is None:
            return None
        return S3Address(self.bucket, f"{namespace}/{name}" if self.prefix is None else self.prefix)

    def restored_root(self, root: S3Address) -> S3Address:
        """The prefix of the restore: another one for each thing that can be restored, the same one for the same."""
        what = [str(root), str(self.restore_source(root)), self.restore_from]
        return root / f"restored-{sha256(json.dumps(what).encode()).hexdigest()[:8]}"

    def restore_source(self, root: S3Address) -> S3Address:
        """Where the snapshot to restore is looked for."""
        return root if self.restore_of is None else S3Address.of(self.restore_of)

    def directory(self, root: S3Address) -> S3Address:
        """What the pods' own prefixes are below, now."""
        return root if self.restore_from is None else self.restored_root(root)

    @property
    def s3_server(self) -> S3Server | None:
        """The server that holds the bucket; None with a volume."""
        return S3Server(self.s3_endpoint, self.https, self.region) if self.bucket is not None else None

    @property
    def s3_endpoint(self) -> S3Endpoint | None:
        """The S3 server, parsed; None for AWS."""
        return None if self.endpoint is None else S3Endpoint.of(self.endpoint)

    def flags(self) -> dict[str, FlagValue]:
        """The server's flags that belong to the bucket."""
        if self.bucket is None:
            return {}
        flags = {
            "s3_endpoint": str(self.s3_endpoint) if self.s3_endpoint else None,
            "s3_use_https": None if self.https else False,
            "s3_sign_payload": self.sign_payload,
            "s3_ec2_metadata": True if self.use_service_account else None,
        }
        return {name: value for name, value in flags.items() if value is not None}

    def env(self, secret: str) -> list[dict[str, Any]]:
        """The server's environment that belongs to the bucket, with its credentials from that Secret."""
        if self.bucket is None:
            return []
        env: list[dict[str, Any]] = [{"name": "POD_NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}]
        if not self.use_service_account:
            keys = {"AWS_ACCESS_KEY_ID": self.access_key_id_key, "AWS_SECRET_ACCESS_KEY": self.secret_access_key_key}
            env += [
                {"name": name, "valueFrom": {"secretKeyRef": {"name": secret, "key": key}}}
                for name, key in keys.items()
            ]
        if self.region:
            env.append({"name": "AWS_REGION", "value": self.region})
        return env


_PINNED = re.compile(r"(:(?!latest$)[\w][\w.-]*|@sha256:[0-9a-f]{64})$", re.ASCII)
