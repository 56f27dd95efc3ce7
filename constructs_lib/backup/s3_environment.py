"""What the Jobs are told of the bucket: the same as the server, in their own words."""

from __future__ import annotations

from typing import Any

from constructs_lib.backup.arguments import BackupArguments
from constructs_lib.cache.cache import DragonflyCache


def s3_env(backup: BackupArguments, secret: str, access_key_id: str = "", secret_access_key: str = "") -> list[Any]:
    """The environment of a Job's container.

    Args:
        backup: the backup's arguments.
        secret: the Secret with the S3 keys.
        access_key_id: its key with the one, if it is not the backup's.
        secret_access_key: its key with the other.
    """
    env: list[Any] = [{"name": "S3_BUCKET", "value": str(backup.bucket)}]
    if backup.s3_endpoint:
        scheme = "https" if backup.https else "http"
        env.append({"name": "S3_ENDPOINT", "value": f"{scheme}://{backup.s3_endpoint}"})
    if backup.region:
        env.append({"name": "AWS_REGION", "value": backup.region})
    if backup.use_service_account and not access_key_id:
        return [*env, {"name": "S3_EC2_METADATA", "value": "true"}]
    keys = {
        "AWS_ACCESS_KEY_ID": access_key_id or backup.access_key_id_key,
        "AWS_SECRET_ACCESS_KEY": secret_access_key or backup.secret_access_key_key,
    }
    return env + [
        {"name": name, "valueFrom": {"secretKeyRef": {"name": secret, "key": key}}} for name, key in keys.items()
    ]


def service_account(cache: DragonflyCache, backup: BackupArguments) -> dict[str, Any]:
    """The pod's ServiceAccount, where that is what S3 knows it by."""
    name = cache.arguments.service_account_name
    return {"serviceAccountName": name} if backup.use_service_account and name else {}
