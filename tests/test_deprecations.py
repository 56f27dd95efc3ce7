"""What is deprecated works as before, and whoever uses it is told until when, and what to use."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdk8s import Chart
from cdk8s import Testing as Cdk8sTesting

import constructs_lib
from constructs_lib import deprecations
from constructs_lib.config.load import load
from constructs_lib.deprecations import Deprecation
from constructs_lib.errors import ArgumentWarning, DragonflyWarning


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


def test_each_row_is_of_something_that_is_there() -> None:
    from constructs_lib.config.variables import MODELS, known_keys, model_named

    models = {model_named(name).__name__: model_named(name).model_fields for name in MODELS}
    assert [key for key in deprecations.ARGUMENTS if key[1] not in models[key[0]]] == []
    assert deprecations.VARIABLES.keys() <= known_keys()
    assert deprecations.NAMES.keys() <= set(constructs_lib.__all__)
