"""Arguments of a `DragonflyBucket`: the Job that sets a backup's bucket up."""

from collections.abc import Iterator
from typing import Annotated

from constructs_lib.arguments.model import Arguments, Meaning, rule
from constructs_lib.arguments.types import PositiveDays, SecretKeyName, SecretName
from constructs_lib.errors import Finding


class BucketArguments(Arguments):
    """A Job that makes the bucket, its lifecycle rules and, if asked, its versioning; run again it changes nothing."""

    admin_secret: Annotated[
        SecretName,
        Meaning("Secret with the S3 keys of an administrator, in the cache's namespace; the Secret must exist."),
    ]
    admin_access_key_id_key: Annotated[SecretKeyName, Meaning("Key of that Secret.")] = "AWS_ACCESS_KEY_ID"
    admin_secret_access_key_key: Annotated[SecretKeyName, Meaning("Key of that Secret.")] = "AWS_SECRET_ACCESS_KEY"
    versioning: Annotated[bool, Meaning("Keep for a while what is overwritten or deleted.")] = True
    noncurrent_days: Annotated[PositiveDays, Meaning("How long, with `versioning`.", unit="days")] = 30

    @rule("versioning", "noncurrent_days")
    def _days_have_versions(self) -> Iterator[Finding]:
        if not self.versioning and self.noncurrent_days != type(self).model_fields["noncurrent_days"].default:
            yield Finding.error(
                "noncurrent_days", "means nothing without `versioning`; switch that on, or leave it out"
            )
