"""`cdk8s-dragonfly schema`: the JSON Schema of `cluster.yaml`."""

from __future__ import annotations

import json

import typer


def schema() -> None:
    """Print the JSON Schema of `cluster.yaml`, by which an editor completes and checks it.

    A first line in the file tells the editor of it:

        # yaml-language-server: $schema=cluster.schema.json

    **Example**

        cdk8s-dragonfly schema > cluster.schema.json
    """
    from constructs_lib.config.schema import config_schema

    typer.echo(json.dumps(config_schema(), indent=2, ensure_ascii=False))
