"""Arguments of a `DragonflyBackup`: scheduled snapshots to S3 or to a volume."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from constructs_lib.errors import Fault
from constructs_lib.values.arguments import Arguments, Meaning, rule
from constructs_lib.values.core_v1 import CoreV1
from constructs_lib.values.kinds import (
    BucketName,
    Endpoint,
    KeyPrefix,
    MemoryAmount,
    ObjectName,
    Schedule,
    SecretKeyName,
    Text,
)
from constructs_lib.values.memory import Memory
from constructs_lib.values.operator_versions import field_faults
from constructs_lib.values.s3 import S3Endpoint
from constructs_lib.values.server_flags import FlagValue

if TYPE_CHECKING:
    from constructs_lib.values.cache_arguments import CacheArguments

POD_NAME = "$(POD_NAME)"
"""Kubernetes puts the pod's name here. Every pod saves under its own prefix, always: with more than one replica they
would write the same names to one place, and an instance that grows from one pod must find its snapshots again."""

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
)
"""Arguments of the bucket."""


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
        ObjectName | None,
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

    @rule("bucket", "size", "persistent_volume_claim_spec", "existing_persistent_volume_claim_name")
    def _there_is_one_place(self) -> Iterator[Fault]:
        places = ("bucket", "size", "persistent_volume_claim_spec", "existing_persistent_volume_claim_name")
        chosen = [name for name in places if getattr(self, name) is not None]
        if not chosen:
            yield Fault(
                "schedule",
                "no place for the snapshots, and the operator then makes no pod at all; accepted: one of "
                f"{', '.join(f'`{place}`' for place in places)}",
            )
        elif len(chosen) > 1:
            yield Fault(
                chosen[1],
                f"given beside `{chosen[0]}`: the snapshots go to one place, and the operator makes no pod "
                "for two; leave one out",
            )

    @rule("bucket", *S3_SETTINGS)
    def _s3_settings_have_a_bucket(self) -> Iterator[Fault]:
        if self.bucket is None:
            for name in S3_SETTINGS:
                if getattr(self, name) != type(self).model_fields[name].default:
                    yield Fault(name, "means nothing without `bucket`; give that as well, or leave it out")

    @rule("storage_class", "size")
    def _storage_class_has_a_size(self) -> Iterator[Fault]:
        if self.storage_class is not None and self.size is None:
            yield Fault("storage_class", "means nothing without `size`; give that as well, or leave it out")

    @rule("size")
    def _volume_has_room(self) -> Iterator[Fault]:
        if self.size is not None and not Memory.of(self.size).bytes:
            yield Fault("size", f"{self.size} is no size of a volume; accepted: more than nothing, such as 10Gi")

    @rule("credentials_secret", "use_service_account")
    def _credentials_come_from_one_place(self) -> Iterator[Fault]:
        if self.use_service_account and self.credentials_secret is not None:
            yield Fault("credentials_secret", "given beside `use_service_account`; leave one of the two out")

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


def faults_beside(cache: "CacheArguments", backup: BackupArguments) -> Iterator[Fault]:
    """What is wrong with saving that instance in that way; where it is the instance's own, under `cache.…`."""
    claim = "existing_persistent_volume_claim_name"
    if backup.existing_persistent_volume_claim_name is not None:
        yield from field_faults(cache.operator, "snapshot.existingPersistentVolumeClaimName", claim)
        if cache.replicas > 1:
            yield Fault(
                claim,
                f"the {cache.replicas} pods of '{cache.name}' would write the same names to one volume; accepted: "
                "`size` for a volume each, `bucket`, or one replica",
            )
    for name in backup.flags():
        if name in cache.flags:
            yield Fault(f"cache.flags.{name}", "the backup sets the flag as well; give it there alone")
    ours = {variable["name"] for variable in backup.env("")}
    for index, name in enumerate(cache.environment_names):
        if name in ours:
            yield Fault(f"cache.env[{index}].name", f"{name!r} is set by the backup as well; leave it out")
