"""`cdk8s-dragonfly backup`: which snapshots there are, one more now, and what must be done by hand in S3's console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

from constructs_lib.cli.options import Configs, Instance, chosen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import NoReturn

    from constructs_lib.cli.backup.listing import Listed
    from constructs_lib.cli.backup.plan import BackupPlan, BucketPlan, VolumePlan

backup = typer.Typer(
    name="backup",
    help="Snapshots of a cache: list them, make one now, set up who may write them.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


@backup.command("list")
def list_(
    config: Configs = None,
    instance: Instance = None,
    endpoint: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="URL", help="Another way to the S3 server, such as http://127.0.0.1:9000."),
    ] = None,
    kubectl: Annotated[
        bool, typer.Option("--kubectl", help="With volumes: list them now, by kubectl and its current context.")
    ] = False,
    context: Annotated[
        str, typer.Option(metavar="NAME", help="The same, with another context of the kubeconfig.")
    ] = "",
    format: Annotated[Literal["text", "json"], typer.Option(help="For people, or for programs.")] = "text",
) -> None:
    """List the snapshots of the cache, the oldest first: when, how large, whole or what is missing.

    Of a bucket the keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. A server inside the cluster is reached
    through `kubectl port-forward` and `--endpoint`.

    Volumes are read in their pods alone: the commands for that are printed, and with `--kubectl` run.

    Exit status 0 if a whole snapshot was seen, else 1.

    **Examples**

        kubectl -n storage port-forward service/rustfs-svc 9000 &

        cdk8s-dragonfly backup list --endpoint http://127.0.0.1:9000

        cdk8s-dragonfly backup list --kubectl
    """
    from constructs_lib.cli.backup.plan import BucketPlan

    plan = _plan(config, instance)
    if isinstance(plan, BucketPlan):
        if kubectl or context:
            raise typer.BadParameter("the snapshots are in a bucket, which needs no kubectl", param_hint="--kubectl")
        _tell(plan, _list_bucket(plan, endpoint), format)
    elif endpoint:
        raise typer.BadParameter("the snapshots are on volumes, in no bucket", param_hint="--endpoint")
    elif kubectl or context:
        _tell(plan, _list_volumes(plan, context), format)
    else:
        _say_how(plan, format)


@backup.command()
def now(
    name: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(
            help="Name of the snapshot; `manual-` and the time when left out. Without a time in it, it stays."
        ),
    ] = None,
    config: Configs = None,
    instance: Instance = None,
    context: Annotated[str, typer.Option(metavar="NAME", help="Another context of the kubeconfig.")] = "",
) -> None:
    """Have the master save a snapshot under a name of its own, now. Nothing is overwritten, nothing restarts.

    **Example**

        cdk8s-dragonfly backup now before-upgrade
    """
    from datetime import UTC, datetime

    from constructs_lib.cli.backup.kubectl import Kubectl, KubectlFailed
    from constructs_lib.cli.terminal import echo, fail

    plan = _plan(config, instance)
    name = name or f"manual-{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}"
    if not _is_name(name):
        raise typer.BadParameter(f"{name!r}: letters, digits, '-', '_' and ':', no '.'", param_hint="NAME")
    kubectl = Kubectl(plan.namespace, context, echo)
    selector = f"app={plan.cache.name},role=master"
    try:
        masters = (
            kubectl.run("get", "pods", "-l", selector, "-o", "jsonpath={.items[*].metadata.name}").decode().split()
        )
        if len(masters) != 1:
            fail(
                f"'{plan.cache.name}' has {len(masters)} masters, where one is needed: "
                "docs/monitoring/runbooks/DragonflyNoMaster.md"
            )
        save = ("redis-cli", "-p", "9999", "SAVE", "DF", name)
        said = kubectl.run("exec", masters[0], "-c", "dragonfly", "--", *save).decode().strip()
    except KubectlFailed as error:
        fail(str(error))
    if said != "OK":
        fail(f"the server refused: {said}")
    echo(f"saved as {plan.place_of(masters[0])}/{name}")


@backup.command()
def guide(
    config: Configs = None,
    instance: Instance = None,
    policy: Annotated[bool, typer.Option("--policy", help="The IAM policy alone, as JSON.")] = False,
    lifecycle: Annotated[
        bool, typer.Option("--lifecycle", help="The bucket's lifecycle rules alone, as JSON.")
    ] = False,
) -> None:
    """Say what must be done by hand at the S3 server: bucket, policy, user and access key.

    **Examples**

        cdk8s-dragonfly backup guide

        cdk8s-dragonfly backup guide --lifecycle > lifecycle.json
    """
    import json

    from constructs_lib.cli.backup.guide import guide_of
    from constructs_lib.cli.backup.plan import BucketPlan
    from constructs_lib.cli.terminal import echo, fail

    plan = _plan(config, instance)
    if not isinstance(plan, BucketPlan):
        fail(f"{plan.config}: its cache is saved to volumes, and there is no bucket to set up")
    if policy:
        echo(json.dumps(plan.policy, indent=2))
    elif lifecycle:
        echo(json.dumps(plan.lifecycle, indent=2))
    else:
        echo(guide_of(plan))


def _plan(configs: Sequence[Path] | None, instance: str | None) -> BucketPlan | VolumePlan:
    from constructs_lib.cli.backup.plan import NoBackup, plan_of
    from constructs_lib.cli.terminal import fail
    from constructs_lib.errors import DragonflyError

    try:
        return plan_of(chosen(configs), instance)
    except (DragonflyError, NoBackup, OSError) as error:
        fail(str(error))


def _list_bucket(plan: BucketPlan, endpoint: str | None) -> list[Listed]:
    import os

    from constructs_lib.backup.jobs.credentials import NoCredentials
    from constructs_lib.backup.jobs.s3 import S3Error
    from constructs_lib.cli.backup.listing import in_bucket
    from constructs_lib.cli.terminal import fail

    try:
        return in_bucket(plan, {"S3_ATTEMPTS": "2", **os.environ, **plan.environment(endpoint)})
    except (S3Error, NoCredentials) as error:
        fail(f"{error}\nThe keys stand in the Secret {plan.credentials_secret}, namespace {plan.namespace}")


def _list_volumes(plan: VolumePlan, context: str) -> list[Listed]:
    from constructs_lib.cli.backup.kubectl import Kubectl, KubectlFailed
    from constructs_lib.cli.backup.listing import on_volumes
    from constructs_lib.cli.terminal import fail, note

    try:
        return on_volumes(plan, Kubectl(plan.namespace, context, note))
    except KubectlFailed as error:
        fail(str(error))


def _tell(plan: BackupPlan, found: list[Listed], format: str) -> NoReturn:
    from datetime import UTC, datetime

    from constructs_lib.cli.backup.listing import as_json
    from constructs_lib.cli.terminal import echo

    whole = sum(not each.fault for each in found)
    if format == "json":
        typer.echo(as_json(plan.place, snapshots=[each.entry() for each in found]))
    else:
        now = datetime.now(UTC)
        for each in found:
            echo(each.line(now))
        echo(f"{len(found)} snapshots {plan.place}, {whole} of them whole")
    raise typer.Exit(0 if whole else 1)


def _say_how(plan: VolumePlan, format: str) -> NoReturn:
    import shlex

    from constructs_lib.cli.backup.kubectl import Kubectl
    from constructs_lib.cli.backup.listing import as_json, list_files
    from constructs_lib.cli.terminal import echo, fail, note

    kubectl = Kubectl(plan.namespace, "", note)
    commands = [kubectl.words(*list_files(pod)) for pod in plan.pods]
    if format == "json":
        typer.echo(as_json(plan.place, commands=commands))
    else:
        for words in commands:
            echo(shlex.join(words))
    fail(
        f"the snapshots are {plan.place}, and a volume is read in its pod alone: the commands above tell of each file "
        "when it was written, its bytes and its name; with --kubectl they are run, and what they say is read"
    )


def _is_name(text: str) -> bool:
    import re

    # The server takes what follows a dot for an extension.
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_:-]{0,99}", text, re.ASCII) is not None
