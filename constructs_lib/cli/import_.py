"""`cdk8s-dragonfly import`: from manifests that others wrote, or a redis.conf, to the `cluster.yaml` or the app."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constructs_lib.adoption.draft import Draft
    from constructs_lib.adoption.given import Given
    from constructs_lib.adoption.model import NotCarried, Settings
    from constructs_lib.adoption.redis.sources import Source
    from constructs_lib.adoption.writers.python_app import Program
    from constructs_lib.checks.manifests import Manifest
    from constructs_lib.review.changes.model import Tree
    from constructs_lib.values.version import Version


def import_(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="Folders or files of manifests or of a Redis (redis.conf, users.acl); - is what is piped in.",
        ),
    ],
    python: Annotated[bool, typer.Option("--python", help="Write an app in Python instead of a cluster.yaml.")] = False,
    name: Annotated[
        Optional[str],  # noqa: UP045 - typer reads it at run time
        typer.Option(
            metavar="NAME",
            help="Which Dragonfly, if there are several: NAME or NAMESPACE/NAME. Of a redis.conf the cache's name.",
        ),
    ] = None,
    namespace: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            metavar="NAMESPACE", help="The namespace of objects of which no file says it. Without it `cache`."
        ),
    ] = None,
    operator: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            metavar="VERSION",
            help="The operator that serves it. Without it the one that the manifests install, or v1.3.1.",
        ),
    ] = None,
) -> None:
    """Take over a Dragonfly that others wrote, or a redis.conf: the cluster.yaml for it, or with `--python` the app.

    What it comes to goes to stdout, and works as it stands. What could not be carried over goes to stderr: object and
    field, or line, why, and what to do. A review of the manifests against what is then written says nothing else. Of
    Secrets the names and the users are taken over, and no value; of a redis.conf no password.

    A redis.conf and a users.acl may be files, keys of a ConfigMap, or piped in; in a folder with a Dragonfly too, it
    counts.

    Exit status: 0; 1 where there is no Dragonfly, or several and no `--name`; 2 for usage.

    **Examples**

        cdk8s-dragonfly import clusters/production > cluster.yaml

        cdk8s-dragonfly import cache.yaml secret.yaml --python > main.py

        helm template cache ./charts/cache | cdk8s-dragonfly import - --operator v1.6.1

        cdk8s-dragonfly import /etc/redis/redis.conf --name sessions > cluster.yaml

        kubectl get configmap redis -o yaml | cdk8s-dragonfly import - > cluster.yaml
    """
    version = _version(operator)
    given = _read(paths)
    if given.redis:
        draft, not_carried = _of_redis(given.redis, name, namespace, version, python)
    else:
        draft, not_carried = _of_manifests(given.manifests, name, namespace, version, python)
    typer.echo(draft.text, nl=False)
    for each in not_carried:
        typer.echo(str(each), err=True)


def _of_manifests(
    given: Sequence[Manifest], name: str | None, namespace: str | None, operator: Version | None, python: bool
) -> tuple[Draft, Sequence[NotCarried]]:
    from constructs_lib.adoption.draft import on_any_cluster, settings_of
    from constructs_lib.adoption.namespaces import with_namespaces
    from constructs_lib.adoption.remainder import remainder
    from constructs_lib.adoption.surroundings import NoInstance, surroundings_of
    from constructs_lib.cli.terminal import fail

    manifests, unnamed = with_namespaces(given, namespace)
    try:
        around = surroundings_of(manifests, name, operator)
    except NoInstance as reason:
        fail(str(reason))
    settings = settings_of(around)
    draft = _drafted(settings if python else on_any_cluster(settings), python)
    return draft, remainder(around, draft.written, draft.not_carried, unnamed)


def _of_redis(
    sources: Sequence[Source], name: str | None, namespace: str | None, operator: Version | None, python: bool
) -> tuple[Draft, Sequence[NotCarried]]:
    from constructs_lib.adoption.draft import on_any_cluster
    from constructs_lib.adoption.redis.configuration import read_configuration
    from constructs_lib.adoption.redis.settings import Wanted, in_order_of_the_file, settings_of_redis

    _assert_valid(name=name, namespace=namespace)
    settings = settings_of_redis(read_configuration(sources), Wanted(name, namespace, operator))
    draft = _drafted(settings if python else on_any_cluster(settings), python)
    return draft, in_order_of_the_file(draft.not_carried)


def _assert_valid(**options: str | None) -> None:
    """Whether a cache may be called so, of which no manifest says that it is."""
    from constructs_lib.arguments.model import validate
    from constructs_lib.cache.arguments import CacheArguments

    for option, text in options.items():
        given = {} if text is None else {option: text}
        for error in validate(CacheArguments, given).errors:
            raise typer.BadParameter(error.text, param_hint=f"--{option}")


def _drafted(settings: Settings, python: bool) -> Draft:
    from constructs_lib.adoption.as_cluster_yaml import cluster_yaml_of
    from constructs_lib.adoption.as_python import python_app_of
    from constructs_lib.cli.synth.node import choose_node
    from constructs_lib.cli.terminal import fail
    from constructs_lib.errors import NoNode

    try:
        choose_node()
    except NoNode as reason:
        fail(str(reason))
    return python_app_of(settings, _run) if python else cluster_yaml_of(settings, _synthesized)


def _version(text: str | None) -> Version | None:
    from constructs_lib.values.version import Version

    try:
        return None if text is None else Version.of(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--operator") from error


def _read(paths: Sequence[Path]) -> Given:
    """What all paths hold. What was passed over is told on stderr."""
    import sys

    from constructs_lib.adoption.given import NeitherOrBoth, read_given
    from constructs_lib.adoption.redis.configuration import SeveralConfigurations
    from constructs_lib.checks.manifests import PIPED
    from constructs_lib.cli.terminal import fail, note

    if missing := [str(path) for path in paths if path != PIPED and not path.exists()]:
        raise typer.BadParameter(f"there is no {', '.join(missing)}", param_hint="PATH")
    try:
        given = read_given(paths, sys.stdin.buffer.read() if PIPED in paths else b"")
    except NeitherOrBoth as reason:
        raise typer.BadParameter(str(reason), param_hint="PATH") from reason
    except SeveralConfigurations as reason:
        fail(str(reason))
    for file, why in given.passed_over.items():
        note(f"passed over: {file}: {why}")
    return given


def _synthesized(config: str) -> Tree:
    """What a cluster.yaml gives; its own messages are for whoever synthesizes it later."""
    import contextlib
    import io
    import tempfile

    from constructs_lib.cli.synth.in_memory import synthesized

    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
        file = Path(folder, "cluster.yaml")
        file.write_text(config, encoding="utf-8")
        return synthesized([file]).tree


def _run(program: Program) -> Tree:
    """What an app gives: what it does is done here, with an output folder that goes again."""
    import tempfile
    import warnings
    from functools import partial

    import cdk8s

    import constructs_lib
    from constructs_lib.cli.synth.synthesis import validations_as_errors
    from constructs_lib.review.sides.trees import Reader, files_of

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(), validations_as_errors():
        warnings.simplefilter("ignore", constructs_lib.DragonflyWarning)
        names = {"Chart": cdk8s.Chart, "YamlOutputType": cdk8s.YamlOutputType}
        names |= {name: getattr(constructs_lib, name) for name in program.names}
        exec(program.body, {**names, "App": partial(cdk8s.App, outdir=folder)})
        return Reader().read(list(files_of(Path(folder)))).tree
