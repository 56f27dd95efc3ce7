"""`DragonflyBucket`: a Job that sets a backup's bucket up."""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s import ApiObject
from constructs import Construct

from constructs_lib.arguments.model import rule
from constructs_lib.arguments.types import secret_name
from constructs_lib.backup.backup import DragonflyBackup
from constructs_lib.backup.bucket_arguments import BucketArguments
from constructs_lib.backup.s3_environment import s3_env
from constructs_lib.backup.script_job import ScriptJob, add_job
from constructs_lib.construct.keyword_arguments import keyword_arguments
from constructs_lib.errors import Finding


class _Arguments(BucketArguments):
    backup: DragonflyBackup

    @rule("backup")
    def _there_is_a_bucket(self) -> Iterator[Finding]:
        if self.backup.root is None:
            yield Finding.error("backup", "it saves to volumes; accepted: one with `bucket`")


class DragonflyBucket(Construct):
    """A Job that makes a backup's bucket, its lifecycle rules and its versioning, with an administrator's keys.

    Run again it changes nothing, and lifecycle rules of others stay. Another setting makes another Job.

        DragonflyBucket(chart, "bucket", backup=backup, admin_secret="rustfs-admin")
    """

    @keyword_arguments(_Arguments)
    def __init__(self, scope: Construct, id: str, arguments: _Arguments) -> None:
        super().__init__(scope, id)
        self._arguments = arguments
        backup = arguments.backup
        assert backup.root is not None
        args = ["--prefix", backup.root.prefix]
        if arguments.versioning:
            args += ["--versioning", f"--noncurrent-days={arguments.noncurrent_days}"]
        env = s3_env(
            backup.arguments,
            secret_name(arguments.admin_secret),
            arguments.admin_access_key_id_key,
            arguments.admin_secret_access_key_key,
        )
        self._job = add_job(
            self,
            ScriptJob(
                name=f"{backup.cache.name}-bucket",
                namespace=backup.cache.namespace,
                instance=backup.cache.name,
                component="bucket",
                script="bucket",
                args=args,
                image=backup.arguments.job_image,
                env=env,
                deadline=900,
            ),
        )

    @property
    def arguments(self) -> BucketArguments:
        """What the Job was made of, validated."""
        return self._arguments

    @property
    def api_object(self) -> ApiObject:
        """The Job, for what the arguments do not foresee."""
        return self._job
