"""The operator's version in the subcommands that read written manifests: as it is given, and what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from constructs_lib.values.version import Version

OPTION = "--operator"


def given_version(text: str | None) -> Version | None:
    """The version that `--operator` gives, or None.

    Raises:
        typer.BadParameter: it is no version.
    """
    from constructs_lib.values.version import Version

    try:
        return None if text is None else Version.of(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=OPTION) from error


def tell_of_version(version: Version) -> None:
    """Say on stderr that a version was not seen running, and as which it is taken: as `synth` does."""
    from constructs_lib.cli.terminal import note
    from constructs_lib.dragonfly.operator_versions import operator_version_findings

    for finding in operator_version_findings(version, "operator"):
        note(str(finding))
