"""The IAM policy of the user that saves: what snapshots, retention and restore need of their bucket, and no more."""

from __future__ import annotations

from typing import Any


def snapshot_policy(bucket: str, restored_from: str | None = None) -> dict[str, Any]:
    """The policy document; nobody may delete a bucket by it, or change another.

    Args:
        bucket: the bucket that is saved to.
        restored_from: another bucket, which a restore reads.
    """
    statements = [
        _allow(["s3:ListBucket", "s3:GetBucketLocation"], f"arn:aws:s3:::{bucket}"),
        _allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], f"arn:aws:s3:::{bucket}/*"),
    ]
    if restored_from not in (None, bucket):
        statements += [
            _allow(["s3:ListBucket"], f"arn:aws:s3:::{restored_from}"),
            _allow(["s3:GetObject"], f"arn:aws:s3:::{restored_from}/*"),
        ]
    return {"Version": "2012-10-17", "Statement": statements}


def _allow(actions: list[str], resource: str) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": actions, "Resource": [resource]}
