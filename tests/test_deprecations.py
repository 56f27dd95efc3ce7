"""What is deprecated works as before, and whoever uses it is told until when, and what to use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cdk8s import Chart
from cdk8s import Testing as Cdk8sTesting
from pydantic import BaseModel

import constructs_lib
from constructs_lib import deprecations
from constructs_lib.arguments.model import Arguments
from constructs_lib.config.load import load
from constructs_lib.deprecations import Deprecation
from constructs_lib.errors import ArgumentWarning, DragonflyWarning
from tools.release.breaking import is_version


@pytest.fixture
def _deprecated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row in each of the tables."""
    monkeypatch.setitem(deprecations.ARGUMENTS, ("CacheArguments", "maxclients"), Deprecation("2.0.0", "use `flags`"))
    monkeypatch.setitem(deprecations.VARIABLES, "dragonfly_threads", Deprecation("2.0.0", "leave it out"))
    monkeypatch.setitem(deprecations.NAMES, "Client", Deprecation("2.0.0", "use `SecretKey`"))


@pytest.fixture
def chart() -> Chart:
    return Chart(Cdk8sTesting.app(), "chart", namespace="cache")


@pytest.mark.usefixtures("_deprecated")
def test_a_construct_takes_a_deprecated_argument_and_warns(chart: Chart) -> None:
    told = r"^DragonflyCache 'chart/cache': maxclients: deprecated, and gone in 2\.0\.0; use `flags`$"
    with pytest.warns(ArgumentWarning, match=told) as warned:
        cache = constructs_lib.DragonflyCache(chart, "cache", maxclients=7)
    assert [warning.filename for warning in warned] == [__file__]
    assert "--maxclients=7" in cache.arguments.command_line()


@pytest.mark.usefixtures("_deprecated")
def test_an_argument_that_is_left_out_is_not_warned_of(chart: Chart) -> None:
    constructs_lib.DragonflyCache(chart, "cache", maxclients=None)


@pytest.mark.usefixtures("_deprecated")
def test_of_a_file_the_line_is_named_and_the_variable_of_what_to_use(tmp_path: Path) -> None:
    (tmp_path / "cluster.yaml").write_text("dragonfly_threads: 2\ndragonfly_maxclients: 7\n")
    told = [line for line in load(tmp_path / "cluster.yaml").messages if "deprecated" in line]
    assert sorted(line.removeprefix(f"{tmp_path}/") for line in told) == [
        "cluster.yaml:1: warning: dragonfly_threads: deprecated, and gone in 2.0.0; leave it out",
        "cluster.yaml:2: warning: dragonfly_maxclients: deprecated, and gone in 2.0.0; use `dragonfly_flags`",
    ]


@pytest.mark.usefixtures("_deprecated")
def test_of_a_fleet_the_cache_is_named(tmp_path: Path) -> None:
    (tmp_path / "cluster.yaml").write_text("dragonfly_instances:\n  pages: {}\n  sessions:\n    dragonfly_threads: 2\n")
    (told,) = [line for line in load(tmp_path / "cluster.yaml").messages if "deprecated" in line]
    assert "sessions" in told
    assert "dragonfly_threads" in told


@pytest.mark.usefixtures("_deprecated")
def test_a_name_that_is_imported_warns_in_the_line_that_imports_it() -> None:
    with pytest.warns(DragonflyWarning, match=r"^constructs_lib\.Client: deprecated, and gone in 2\.0\.0;") as warned:
        from constructs_lib import Client
    assert {warning.filename for warning in warned} == {__file__}
    assert Client(namespace="identity").namespace == "identity"


@pytest.mark.parametrize(
    ("row", "make"),
    [
        (
            ("MonitoringArguments", "interval"),
            lambda chart, cache: constructs_lib.DragonflyMonitoring(chart, "part", cache=cache, interval="10s"),
        ),
        (
            ("BackupArguments", "prefix"),
            lambda chart, cache: constructs_lib.DragonflyBackup(
                chart, "part", cache=cache, bucket="snapshots", prefix="p"
            ),
        ),
        (
            ("NetworkPolicyArguments", "mode"),
            lambda chart, cache: constructs_lib.DragonflyNetworkPolicy(chart, "part", cache=cache, mode="audit"),
        ),
        (
            ("Client", "pod_labels"),
            lambda _, cache: cache.allow_from(constructs_lib.Client(namespace="shop", pod_labels={"app": "web"})),
        ),
    ],
    ids=lambda value: ".".join(value) if isinstance(value, tuple) else "",
)
def test_whatever_takes_the_argument_warns(
    row: tuple[str, str],
    make: Callable[[Chart, constructs_lib.DragonflyCache], object],
    chart: Chart,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = constructs_lib.DragonflyCache(chart, "cache")
    monkeypatch.setitem(deprecations.ARGUMENTS, row, Deprecation("2.0.0", "leave it out"))
    with pytest.warns(ArgumentWarning, match=rf"{row[1]}: deprecated, and gone in 2\.0\.0; leave it out$") as warned:
        make(chart, cache)
    assert {warning.filename for warning in warned} == {__file__}


def test_of_a_file_what_is_given_within_a_variable_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(deprecations.ARGUMENTS, ("Client", "pod_labels"), Deprecation("2.0.0", "leave it out"))
    (tmp_path / "cluster.yaml").write_text(
        "network_policies_enabled: true\ndragonfly_clients:\n  - {namespace: shop, pod_labels: {app: web}}\n"
    )
    (told,) = [line for line in load(tmp_path / "cluster.yaml").messages if "deprecated" in line]
    assert "dragonfly_clients[0].pod_labels: deprecated" in told


@pytest.mark.usefixtures("_deprecated")
def test_who_looks_a_variable_up_is_told() -> None:
    from constructs_lib.config.reference import variable_references
    from constructs_lib.config.schema import config_schema

    properties = config_schema()["properties"]
    meanings = {each.key: each.meaning for each in variable_references()}
    for key, told in {
        "dragonfly_threads": "Deprecated, and gone in 2.0.0: leave it out. ",
        "dragonfly_maxclients": "Deprecated, and gone in 2.0.0: use `dragonfly_flags`. ",
    }.items():
        assert properties[key]["deprecated"] is True
        assert properties[key]["description"].startswith(told)
        assert meanings[key].startswith(told)
    assert "deprecated" not in properties["dragonfly_replicas"]


def test_each_row_goes_in_a_version() -> None:
    assert [name for name, row in deprecations.rows() if not is_version(row.removed_in)] == []


def test_each_row_is_of_something_that_is_there() -> None:
    from constructs_lib.config.variables import MODELS, known_keys, model_named

    for name in MODELS:
        model_named(name)
    public = [getattr(constructs_lib, name) for name in constructs_lib.__all__]
    models = {model.__name__: model for model in public if isinstance(model, type) and issubclass(model, BaseModel)}
    models |= {model.__name__: model for model in standing_on(Arguments)}
    assert {"CacheArguments", "Client", "DashboardArguments"} <= models.keys()
    assert [
        row for row in deprecations.ARGUMENTS if row[1] not in getattr(models.get(row[0]), "model_fields", ())
    ] == []
    assert deprecations.VARIABLES.keys() <= known_keys()
    assert deprecations.NAMES.keys() <= set(constructs_lib.__all__)


def standing_on(model: type[Arguments]) -> Iterator[type[Arguments]]:
    for each in model.__subclasses__():
        yield each
        yield from standing_on(each)
