"""`cdk8s-dragonfly backup`: which snapshots there are, one more now, and what must be done by hand in S3's console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

from constructs_lib.cli.options import Configs, Instance, chosen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from constructs_lib.cli.backup.plan import BackupPlan

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
) -> None:
    """List the snapshots of the cache, the oldest first: when, how large, whole or what is missing.

    The keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. A server inside the cluster is reached through
    `kubectl port-forward` and `--endpoint`.

    **Example**

        kubectl -n storage port-forward service/rustfs-svc 9000 &

        cdk8s-dragonfly backup list --endpoint http://127.0.0.1:9000
    """
    import os
    from datetime import UTC, datetime

    from constructs_lib.backup.jobs.credentials import NoCredentials
    from constructs_lib.backup.jobs.restore import originals
    from constructs_lib.backup.jobs.s3 import Bucket, S3Error
    from constructs_lib.backup.jobs.snapshots import fault_of
    from constructs_lib.cli.terminal import echo, fail

    plan = _plan(config, instance)
    try:
        bucket = Bucket.of_environment({"S3_ATTEMPTS": "2", **os.environ, **plan.environment(endpoint)})
        found = originals(bucket, plan.root.prefix)
        flaws = [fault_of(snapshot, bucket.get) for snapshot in found]
    except (S3Error, NoCredentials) as error:
        fail(f"{error}\nThe keys stand in the Secret {plan.credentials_secret}, namespace {plan.namespace}")
    now = datetime.now(UTC)
    for snapshot, flaw in zip(found, flaws, strict=True):
        age, size = _age((now - snapshot.taken).total_seconds()), _size(snapshot.size)
        place = snapshot.place.removeprefix(f"{plan.root.prefix}/")
        echo(f"{snapshot.taken:%Y-%m-%dT%H:%M:%SZ}  {age:>5}  {size:>9}  {flaw or 'whole':<7}  {place}")
    whole = flaws.count("")
    echo(f"{len(found)} snapshots below {plan.root}, {whole} of them whole")
    raise typer.Exit(0 if whole else 1)


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
    import shlex
    import subprocess
    from datetime import UTC, datetime

    from constructs_lib.cli.terminal import echo, fail

    plan = _plan(config, instance)
    name = name or f"manual-{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}"
    if not _is_name(name):
        raise typer.BadParameter(f"{name!r}: letters, digits, '-', '_' and ':', no '.'", param_hint="NAME")
    kubectl = ["kubectl", *(["--context", context] if context else []), "-n", plan.namespace]

    def run(*arguments: str) -> str:
        echo(f"+ {shlex.join((*kubectl, *arguments))}")
        try:
            done = subprocess.run([*kubectl, *arguments], capture_output=True, text=True, check=False)
        except FileNotFoundError:
            fail("no kubectl on the PATH: install it first")
        if done.returncode:
            fail(done.stderr.strip() or f"kubectl ended with status {done.returncode}")
        return done.stdout.strip()

    masters = run("get", "pods", "-l", f"app={plan.name},role=master", "-o", "jsonpath={.items[*].metadata.name}")
    if len(masters.split()) != 1:
        fail(
            f"'{plan.name}' has {len(masters.split())} masters, where one is needed: "
            "docs/monitoring/runbooks/DragonflyNoMaster.md"
        )
    said = run("exec", masters, "-c", "dragonfly", "--", "redis-cli", "-p", "9999", "SAVE", "DF", name)
    if said != "OK":
        fail(f"the server refused: {said}")
    echo(f"saved as {plan.place_of(masters)}/{name}")


@backup.command()
def guide(
    config: Configs = None,
    instance: Instance = None,
    policy: Annotated[bool, typer.Option("--policy", help="The IAM policy alone, as JSON.")] = False,
    lifecycle: Annotated[
        bool, typer.Option("--lifecycle", help="The bucket's lifecycle rules alone, as JSON.")
    ] = False,
) -> None:
    """Say what must be done by hand, in the S3 server's console: policy, group, user and access key.

    **Examples**

        cdk8s-dragonfly backup guide

        cdk8s-dragonfly backup guide --lifecycle > lifecycle.json
    """
    import json

    from constructs_lib.cli.terminal import echo

    plan = _plan(config, instance)
    if policy:
        echo(json.dumps(plan.policy, indent=2))
    elif lifecycle:
        echo(json.dumps(plan.lifecycle, indent=2))
    else:
        echo(plan.guide())


def _plan(configs: Sequence[Path] | None, instance: str | None) -> BackupPlan:
    from constructs_lib.cli.backup.plan import NoBucket, plan_of
    from constructs_lib.cli.terminal import fail
    from constructs_lib.errors import DragonflyError

    try:
        return plan_of(chosen(configs), instance)
    except (DragonflyError, NoBucket, OSError) as error:
        fail(str(error))


def _is_name(text: str) -> bool:
    import re

    # The server takes what follows a dot for an extension.
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_:-]{0,99}", text, re.ASCII) is not None


def _age(seconds: float) -> str:
    for unit, length in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f}{unit}"
    return f"{max(seconds, 0):.0f}s"


def _size(number: float) -> str:
    for unit in ("B", "KiB", "MiB", "GiB"):
        if number < 1024:
            return f"{number:.0f} {unit}"
        number /= 1024
    return f"{number:.1f} TiB"
