"""The IAM policy of the user that saves: what snapshots, retention and restore need of one bucket, and no more."""

from __future__ import annotations

from typing import Any


def snapshot_policy(*buckets: str) -> dict[str, Any]:
    """The policy document for the buckets; nobody may delete a bucket, or reach another, by it."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["s3:ListBucket", "s3:GetBucketLocation"],
                "Resource": [f"arn:aws:s3:::{bucket}" for bucket in buckets],
            },
            {
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                "Resource": [f"arn:aws:s3:::{bucket}/*" for bucket in buckets],
            },
        ],
    }
