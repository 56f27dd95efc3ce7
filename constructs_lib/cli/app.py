"""`cdk8s-dragonfly`: what the library offers at the command line, one subcommand a module.

A subcommand's module imports at its top what its own signature needs; what it works with is imported when it runs,
so that `--help` stays quick. Exit status: 0, 1 (something was found, or is the user's to mend), 2 (usage).
"""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from constructs_lib.cli.backup.command import backup
from constructs_lib.cli.check import check
from constructs_lib.cli.connect.command import connect
from constructs_lib.cli.doctor import doctor
from constructs_lib.cli.graph import graph
from constructs_lib.cli.import_ import import_
from constructs_lib.cli.init.command import init
from constructs_lib.cli.review.command import review
from constructs_lib.cli.schema import schema
from constructs_lib.cli.secrets.command import secrets
from constructs_lib.cli.synth.command import synth
from constructs_lib.cli.variables import variables


class _Program(TyperGroup):
    """Whose help ends with the address of the pages that its messages name, read when somebody asks for help."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from constructs_lib.cli.distribution import documentation

        address = documentation()
        self.epilog = f"The pages of docs/ that messages name are at {address}" if address else None
        super().format_help(ctx, formatter)


app = typer.Typer(
    name="cdk8s-dragonfly",
    cls=_Program,
    help="Dragonfly on Kubernetes, under Flux: from one `cluster.yaml` to manifests, and what they do.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(init)
app.command()(synth)
app.command()(check)
app.command()(review)
app.command()(doctor)
app.command()(graph)
app.command("import")(import_)
app.command()(connect)
app.command()(variables)
app.command()(schema)
app.add_typer(backup)
app.add_typer(secrets)


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=lambda asked: _tell_version(asked), is_eager=True, help="Its version.")
    ] = False,
) -> None:
    pass


def _tell_version(asked: bool) -> None:
    if asked:
        from constructs_lib.cli.distribution import installed_version

        typer.echo(installed_version())
        raise typer.Exit


def main() -> None:
    """The entry point."""
    app()
