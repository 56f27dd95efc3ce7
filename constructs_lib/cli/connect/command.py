"""`cdk8s-dragonfly connect`: what a client of a cache is given."""

from __future__ import annotations

from typing import Annotated, Literal, Optional

import typer

from constructs_lib.cli.options import Configs, Instance, chosen


def connect(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The user to connect as; `default` is one.")],
    config: Configs = None,
    instance: Instance = None,
    namespace: Annotated[
        Optional[str],  # noqa: UP045 - typer reads it at run time
        typer.Option(metavar="NAME", help="Where the client runs. Without it as the file's switches say."),
    ] = None,
    secret: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="NAME", help="The Secret with the password in that namespace, if not called as here."),
    ] = None,
    database: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(metavar="N", help="The database. Without it the user's own, or 0."),
    ] = None,
    format: Annotated[
        Literal["text", "json", "env"],
        typer.Option(help="For people, for programs, or the `env` of a container alone."),
    ] = "text",
) -> None:
    """Print what a client is given: address, user, where its password is, environment, lines for redis-cli.

    It also says which keys the client may use, and whether the network policy lets it in. Nothing is asked of a
    cluster, and no password is printed: lines that need one read it from the Secret when they are run.

    **Examples**

        cdk8s-dragonfly connect keycloak --namespace identity

        cdk8s-dragonfly connect langfuse --format env > env.yaml
    """
    from constructs_lib.cli.connect.plan import NotAccepted, plan_of
    from constructs_lib.cli.connect.report import as_env, as_json, as_text
    from constructs_lib.cli.terminal import echo, fail
    from constructs_lib.errors import DragonflyError

    try:
        plan = plan_of(chosen(config), instance, client, database=database, secret=secret, namespace=namespace)
    except NotAccepted as error:
        raise typer.BadParameter(str(error), param_hint=error.argument) from None
    except (DragonflyError, OSError) as error:
        fail(str(error))
    if format == "env":
        typer.echo(as_env(plan), nl=False)
    elif format == "json":
        typer.echo(as_json(plan))
    else:
        for line in as_text(plan):
            echo(line)
