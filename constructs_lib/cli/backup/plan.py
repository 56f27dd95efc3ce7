"""What a `cluster.yaml` says of its backup, and the guide to what only the S3 server's console can do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from constructs_lib.backup.arguments import BackupArguments
from constructs_lib.backup.iam_policy import snapshot_policy
from constructs_lib.backup.jobs.bucket import rules
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.config.load import load
from constructs_lib.secrets.provider import SecretProvider, provider_named
from constructs_lib.values.s3 import S3Address


class NoBucket(Exception):
    """The file saves to no bucket."""


@dataclass(frozen=True)
class BackupPlan:
    """A cache and the bucket that it is saved to."""

    name: str
    namespace: str
    root: S3Address
    backup: BackupArguments
    credentials_secret: str
    noncurrent_days: int
    secrets: type[SecretProvider]
    """The way by which the Secret comes to be: `dragonfly_secrets`."""

    def environment(self, endpoint: str | None) -> dict[str, str]:
        """What a script is told of the bucket, reached by another way if one is given."""
        environment = {"S3_BUCKET": self.root.bucket}
        if endpoint or self.backup.s3_endpoint:
            scheme = "https" if self.backup.https else "http"
            environment["S3_ENDPOINT"] = endpoint or f"{scheme}://{self.backup.s3_endpoint}"
        return environment | ({"AWS_REGION": self.backup.region} if self.backup.region else {})

    def place_of(self, pod: str) -> S3Address:
        """Where a pod saves."""
        return self.backup.directory(self.root) / pod

    @property
    def policy(self) -> dict[str, Any]:
        """The IAM policy of the user that saves."""
        source = self.backup.restore_of
        return snapshot_policy(self.root.bucket, S3Address.of(source).bucket if source else None)

    @property
    def lifecycle(self) -> dict[str, Any]:
        """The bucket's lifecycle rules, as `aws s3api put-bucket-lifecycle-configuration` takes them."""
        return {"Rules": rules(self.root.prefix, incomplete_days=1, noncurrent_days=self.noncurrent_days)}

    def guide(self) -> str:
        """The steps, with the values of this stack."""
        policy, group, user = f"{self.name}-storage", self.namespace, f"{self.name}-backup"
        return _GUIDE.format(
            bucket=self.root.bucket,
            policy=policy,
            document="\n".join(f"   {line}" for line in json.dumps(self.policy, indent=2).splitlines()),
            group=group,
            user=user,
            secret=self.credentials_secret,
            namespace=self.namespace,
            id_key=self.backup.access_key_id_key,
            secret_key=self.backup.secret_access_key_key,
            hand_over=self.secrets.how_to_add(self.credentials_secret, self.namespace),
        )


def plan_of(configs: Sequence[Path], instance: str | None = None) -> BackupPlan:
    """Read an instance's backup.

    Raises:
        NoBucket: it has none in a bucket.
        InvalidConfig: the configuration says what cannot work.
        NoInstance: there is none of that name, or there are several and no name.
    """
    chosen = load(*configs).instance(instance)
    backup = BackupArguments(**chosen.backup) if chosen.backup is not None else None
    cache = CacheArguments(**chosen.cache)
    namespace = str(cache.namespace)
    root = backup.root(namespace, cache.name) if backup is not None else None
    if backup is None or root is None:
        raise NoBucket(f"{configs[-1].name}: its cache is saved to no bucket; set dragonfly_backup_enabled")
    return BackupPlan(
        name=cache.name,
        namespace=namespace,
        root=root,
        backup=backup,
        credentials_secret=backup.credentials_secret or cache.secret,
        noncurrent_days=(chosen.bucket or {}).get("noncurrent_days", 30),
        secrets=provider_named(chosen.secrets.get("source", "existing")),
    )


_GUIDE = """\
The bucket, and who may write to it. RustFS has no API for steps 2 to 4: they are done in its console.

1. Bucket `{bucket}`. `dragonfly_s3_admin_secret` has a Job make it, with its lifecycle rules and versioning.
   By hand: Buckets, Create Bucket; the rules are what `cdk8s-dragonfly backup guide --lifecycle` writes.

2. Policy `{policy}`: Identity, Policies, Create Policy.

{document}

3. Group `{group}`: Identity, Groups, Create Group (or choose it, if it is there), and assign the policy `{policy}`.

4. User `{user}`: Identity, Users, Create User, into the group `{group}`. Then Service Accounts, Create Access Key.
   The secret key is shown this once.

5. Both keys into the Secret `{secret}` of namespace `{namespace}`, as `{id_key}` and `{secret_key}`:
   {hand_over}
   They belong into no cluster.yaml.

6. `cdk8s-dragonfly backup list` shows whether they are good, and the snapshots as they come."""
