"""What must be done by hand before a cache can be saved to a bucket, in the words of the store that has it."""

from __future__ import annotations

import json

from constructs_lib.cli.backup.plan import BucketPlan
from constructs_lib.values.s3 import S3Endpoint


def guide_of(plan: BucketPlan) -> str:
    """The steps, with the values of this stack."""
    return (_steps(plan.backup.s3_endpoint) + _SECRET).format(
        bucket=plan.root.bucket,
        policy=f"{plan.cache.name}-storage",
        document="\n".join(f"   {line}" for line in json.dumps(plan.policy, indent=2).splitlines()),
        group=plan.namespace,
        user=f"{plan.cache.name}-backup",
        region=_region(plan.backup.region),
        secret=plan.credentials_secret,
        namespace=plan.namespace,
        id_key=plan.backup.access_key_id_key,
        secret_key=plan.backup.secret_access_key_key,
        hand_over=plan.secrets.how_to_add(plan.credentials_secret, plan.namespace),
    )


def _steps(endpoint: S3Endpoint | None) -> str:
    if endpoint is None:
        return _AWS
    return _RUSTFS if str(endpoint).startswith("rustfs") else _ANOTHER


def _region(name: str | None) -> str:
    """What says where a bucket is made. The region that S3 has by default is the one that it takes no name of.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
    """
    if name in (None, "us-east-1"):
        return ""
    return f" --region {name} --create-bucket-configuration LocationConstraint={name}"


_RUSTFS = """\
The bucket, and who may write to it. RustFS has no API for steps 2 to 4: they are done in its console.

1. Bucket `{bucket}`. `dragonfly_s3_admin_secret` has a Job make it, with its lifecycle rules and versioning.
   By hand: Buckets, Create Bucket; the rules are what `cdk8s-dragonfly backup guide --lifecycle` writes.

2. Policy `{policy}`: Identity, Policies, Create Policy.

{document}

3. Group `{group}`: Identity, Groups, Create Group (or choose it, if it is there), and assign the policy `{policy}`.

4. User `{user}`: Identity, Users, Create User, into the group `{group}`. Then Service Accounts, Create Access Key.
   The secret key is shown this once.
"""

_AWS = """\
The bucket, and who may write to it, with an administrator's keys.

1. Bucket `{bucket}`. `dragonfly_s3_admin_secret` has a Job make it, with its lifecycle rules and versioning. By hand:

   aws s3api create-bucket --bucket {bucket}{region}
   cdk8s-dragonfly backup guide --lifecycle > lifecycle.json
   aws s3api put-bucket-lifecycle-configuration --bucket {bucket} --lifecycle-configuration file://lifecycle.json

2. User `{user}`, whom nothing is allowed yet:

   aws iam create-user --user-name {user}

3. Its policy `{policy}`:

   cdk8s-dragonfly backup guide --policy > policy.json
   aws iam put-user-policy --user-name {user} --policy-name {policy} --policy-document file://policy.json

4. Its access key. The secret key is shown this once:

   aws iam create-access-key --user-name {user}
"""

_ANOTHER = """\
The bucket, and who may write to it. Each store has its own way to make users: its console, or a command of its own.

1. Bucket `{bucket}`. `dragonfly_s3_admin_secret` has a Job make it, with its lifecycle rules and versioning.
   By hand, the rules are what `cdk8s-dragonfly backup guide --lifecycle` writes.

2. Policy `{policy}`; `cdk8s-dragonfly backup guide --policy` writes it alone.

{document}

3. User `{user}`, who has the policy `{policy}` and no other.

4. An access key of that user. Most stores show the secret key once.
"""

_SECRET = """
5. Both keys into the Secret `{secret}` of namespace `{namespace}`, as `{id_key}` and `{secret_key}`:
   {hand_over}
   They belong into no cluster.yaml.

6. `cdk8s-dragonfly backup list` shows whether they are good, and the snapshots as they come."""
