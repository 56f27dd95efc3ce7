"""`cdk8s-dragonfly secrets`: the encrypted Secret of a cache, made, brought up to date, rotated and checked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from constructs_lib.cli.options import Configs, Instance, chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import NoReturn

    from pydantic import SecretStr

    from constructs_lib.cli.secrets.plan import SecretPlan

secrets = typer.Typer(
    name="secrets",
    help="The Secret of a cache, encrypted by SOPS: passwords, ACL file, S3 keys.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

App = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--app",
        metavar="MODULE:NAME",
        help="Instead of a cluster.yaml: the DragonflySecrets of that name in a Python module.",
    ),
]
S3Keys = Annotated[
    bool,
    typer.Option("--s3-keys", help="Ask for the S3 keys, also where there are some: hidden, or as KEY=VALUE on stdin."),
]


@secrets.command()
def init(config: Configs = None, instance: Instance = None, app: App = None, s3_keys: S3Keys = False) -> None:
    """Write the encrypted file for the first time. Needs no private key.

    Passwords are drawn, or taken over from the cluster.yaml, where they are an error; the S3 keys are asked for. The
    rule in `.sops.yaml` says for whom the file is encrypted.

    **Examples**

        cdk8s-dragonfly secrets init

        printf 'AWS_ACCESS_KEY_ID=%s\\nAWS_SECRET_ACCESS_KEY=%s\\n' "$ID" "$KEY" | cdk8s-dragonfly secrets init
    """
    plan = _plan(config, instance, app)
    _run(plan, lambda: plan.file.init(*_values(plan, s3_keys, (), plan.contents.keys)))


@secrets.command()
def sync(config: Configs = None, instance: Instance = None, app: App = None, s3_keys: S3Keys = False) -> None:
    """Bring the file up to date with the users and rules that there are now. What is right is left alone.

    It needs a private key, which SOPS looks for as always (SOPS_AGE_KEY_FILE). The values stay in memory.

    **Example**

        cdk8s-dragonfly secrets sync
    """
    plan = _plan(config, instance, app)
    _run(plan, lambda: plan.file.sync(*_values(plan, s3_keys, _there(plan), plan.contents.keys)))


@secrets.command()
def rotate(
    users: Annotated[list[str], typer.Argument(metavar="USER...", help="The users; `default` is one.")],
    keep_old: Annotated[
        bool, typer.Option("--keep-old", help="Let the old password in as well, until --drop-old.")
    ] = False,
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="Draw nothing; only the last password lets in from now on.")
    ] = False,
    config: Configs = None,
    instance: Instance = None,
    app: App = None,
) -> None:
    """Draw new passwords for users. Flux then restarts the pods one by one, replicas first.

    With `--keep-old` no client is refused meanwhile: rotate, let Flux apply it, restart the clients, then `--drop-old`.

    **Examples**

        cdk8s-dragonfly secrets rotate keycloak

        cdk8s-dragonfly secrets rotate keycloak --keep-old

        cdk8s-dragonfly secrets rotate keycloak --drop-old
    """
    if keep_old and drop_old:
        raise typer.BadParameter("--keep-old and --drop-old: one of the two")
    plan = _plan(config, instance, app)
    _run(plan, lambda: plan.file.drop_old(users) if drop_old else plan.file.rotate(users, keep_old=keep_old))


@secrets.command()
def check(config: Configs = None, instance: Instance = None, app: App = None) -> None:
    """Check the file: every error at once, one a line. Exit status 1 if there is one.

    Without a private key: that every value is encrypted, which keys there are, and whether the rules have changed
    since. With one also that the passwords are those of the ACL file, one for each user.

    **Example**

        cdk8s-dragonfly secrets check
    """
    from constructs_lib.cli.terminal import echo, echo_error
    from constructs_lib.errors import DragonflyError
    from constructs_lib.secrets.sops.program import NoPrivateKey

    plan = _plan(config, instance, app)
    findings = list(plan.file.findings())
    try:
        findings += plan.file.findings_inside() if plan.file.path.exists() else []
        how = "with its values"
    except NoPrivateKey as error:
        how = f"without its values: {error}"
    except DragonflyError as error:
        _fail(error)
    for finding in findings:
        echo_error(f"{plan.redact}: {finding}")
    errors = [finding for finding in findings if finding.is_error]
    if not errors:
        echo(f"{plan.redact}: checked, {how}")
    raise typer.Exit(1 if errors else 0)


@secrets.command()
def acl(config: Configs = None, instance: Instance = None, app: App = None) -> None:
    """Print the ACL file, for whoever keeps the Secret by hand: passwords in, their hashes out.

    Each password is asked for, unseen, or comes on stdin under its key of the Secret. It goes nowhere else. The keys
    that the Secret must hold beside the file are told on stderr.

    **Examples**

        cdk8s-dragonfly secrets acl

        printf 'password=%s\\nkeycloak-password=%s\\n' "$DEFAULT" "$KEYCLOAK" | cdk8s-dragonfly secrets acl >acl.conf
    """
    from constructs_lib.acl.rules import PasswordHash
    from constructs_lib.cli.secrets.plan import acl_of_app, acl_of_config
    from constructs_lib.cli.terminal import note
    from constructs_lib.errors import DragonflyError

    try:
        file, contents = acl_of_app(app) if app else acl_of_config(chosen(config), instance)
        keys = {user: contents.password_keys[user] for user in file.password_names}
        asked = _asked_for(keys.values())
        text = file.render({user: PasswordHash.of(asked[key]) for user, key in keys.items()})
    except DragonflyError as error:
        _fail(error)
    typer.echo(text, nl=False)
    note(f"this is {contents.acl_key} of the Secret {contents.place}, which must hold {', '.join(contents.keys)}")


def _plan(configs: Sequence[Path] | None, instance: str | None, app: str | None) -> SecretPlan:
    from constructs_lib.cli.secrets.plan import plan_of_app, plan_of_config
    from constructs_lib.errors import DragonflyError

    try:
        return plan_of_app(app) if app else plan_of_config(chosen(configs), instance)
    except DragonflyError as error:
        _fail(error)


def _run(plan: SecretPlan, change: Callable[[], Iterable[str]]) -> None:
    from constructs_lib.cli.terminal import echo
    from constructs_lib.errors import DragonflyError

    try:
        changes = list(change())
    except DragonflyError as error:
        _fail(error)
    except OSError as error:
        _fail(f"{plan.redact}: {error.strerror}")
    for text in changes:
        echo(f"{plan.redact}: {text}")
    echo(plan.next_step if changes else f"{plan.redact}: is up to date")


def _there(plan: SecretPlan) -> tuple[str, ...]:
    """The keys that the file has already."""
    from constructs_lib.secrets.sops.file import SopsFile, UnusableSopsFile

    try:
        return tuple(SopsFile.read(plan.file.path).ciphertext)
    except UnusableSopsFile as error:
        _fail(f"{plan.redact}: {error}")


def _values(
    plan: SecretPlan, s3_keys: bool, there: Iterable[str], wanted: Iterable[str]
) -> tuple[Mapping[str, SecretStr], Mapping[str, SecretStr]]:
    """The values that were asked for, and those that are found in the configuration for keys that are not there."""
    found = plan.found([key for key in wanted if key not in set(there)])
    missing = [key for key in plan.contents.s3_keys if key not in {*there, *found}]
    return _asked_for(plan.contents.s3_keys if s3_keys else missing), found


def _asked_for(keys: Iterable[str]) -> dict[str, SecretStr]:
    """Values from the terminal, unseen, or from stdin, a line each."""
    from pydantic import SecretStr

    asked = list(keys)
    if not asked:
        return {}
    if sys.stdin.isatty():
        return {key: SecretStr(typer.prompt(key, hide_input=True, err=True)) for key in asked}
    lines = (line.partition("=") for line in sys.stdin.read().splitlines())
    given = {key.strip(): SecretStr(value) for key, equals, value in lines if equals}
    if missing := [key for key in asked if key not in given]:
        _fail(f"no value for {', '.join(missing)}; give each on stdin as KEY=VALUE, a line each, or use a terminal")
    return {key: given[key] for key in asked}


def _fail(reason: object) -> NoReturn:
    from constructs_lib.cli.terminal import fail

    fail(str(reason))
