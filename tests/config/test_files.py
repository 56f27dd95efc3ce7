"""Several files of one configuration: merged in order, and every error with the file and line that set the value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from constructs_lib.config.files.merge import merged
from constructs_lib.config.load import load
from constructs_lib.errors import InvalidConfig


def files(folder: Path, **texts: str) -> list[Path]:
    """Files of those names, without `.yaml`."""
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text)
    return [folder / f"{name}.yaml" for name in texts]


def refused(paths: list[Path]) -> list[str]:
    with pytest.raises(InvalidConfig) as error:
        load(*paths)
    return str(error.value).splitlines()


@pytest.mark.parametrize(
    ("base", "over", "expected"),
    [
        ({"a": 1}, {"a": 2}, {"a": 2}),
        ({"a": {"b": 1, "c": 1}}, {"a": {"c": 2, "d": 2}}, {"a": {"b": 1, "c": 2, "d": 2}}),
        ({"a": [1, 2]}, {"a": [3]}, {"a": [3]}),
        ({"a": 1, "b": 1}, {"a": None}, {"b": 1}),
        ({"a": {"b": 1, "c": 1}}, {"a": {"b": None}}, {"a": {"c": 1}}),
        ({"a": 1}, {"a": {"b": 1, "c": None}}, {"a": {"b": 1}}),
        ({"a": {"b": 1}}, {"a": 2}, {"a": 2}),
    ],
    ids=["replaced", "deep", "lists replaced", "unset", "unset below", "a mapping over a value", "a value over it"],
)
def test_what_comes_later_is_laid_over_what_was_there(
    base: dict[str, Any], over: dict[str, Any], expected: dict[str, Any]
) -> None:
    before = yaml.safe_dump([base, over])
    assert merged(base, over) == expected
    assert yaml.safe_dump([base, over]) == before


def test_files_are_merged_in_order(tmp_path: Path) -> None:
    base = (
        "dragonfly_enabled: true\ndragonfly_replicas: 1\ndragonfly_labels: {team: a, tier: x}\ndragonfly_threads: 3\n"
    )
    over = "dragonfly_replicas: 3\ndragonfly_labels: {team: b}\ndragonfly_threads:\n"
    cache = load(*files(tmp_path, base=base, prod=over)).instance().cache
    assert (cache["replicas"], cache["labels"]) == (3, {"team": "b", "tier": "x"})
    assert "proactor_threads" not in cache


def test_an_error_names_the_file_and_line_that_set_the_value(tmp_path: Path) -> None:
    base = "dragonfly_enabled: true\ndragonfly_replicas: 0\ndragonfly_name: A\n\ndragonfly_labels:\n  app: x\n"
    over = "dragonfly_tolerations:\n- key: a\n  opertor: Exists\ndragonfly_name: b\ndragonfly_maxclients: 0\n"
    assert [line.split(": ")[:2] for line in refused(files(tmp_path, base=base, prod=over))] == [
        ["base.yaml:2", "dragonfly_replicas"],
        ["base.yaml:6", "dragonfly_labels.app"],
        ["prod.yaml:3", "dragonfly_tolerations[0].opertor"],
        ["prod.yaml:5", "dragonfly_maxclients"],
    ]


def test_what_a_list_replaced_is_not_named(tmp_path: Path) -> None:
    base = "dragonfly_enabled: true\ndragonfly_acl_enabled: true\ndragonfly_acl_users:\n- keys: ['a:*']\n  name: a\n"
    over = "dragonfly_acl_users:\n- keys: ['b:*']\n"
    (line,) = refused(files(tmp_path, base=base, prod=over))
    assert line.startswith("prod.yaml:2: dragonfly_acl_users[0].name: missing")


def test_an_error_of_a_value_that_stands_nowhere_names_the_files(tmp_path: Path) -> None:
    (line,) = refused(files(tmp_path, base="dragonfly_enabled: true\n", prod="dragonfly_threads: 4\n"))
    assert line.startswith("base.yaml, prod.yaml: dragonfly_maxmemory: 512mb is too little for 4 threads")


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("base", "prod"):
        (tmp_path / folder).mkdir()
    (tmp_path / "base" / "cluster.yaml").write_text("dragonfly_enabled: true\n")
    (tmp_path / "prod" / "cluster.yaml").write_text("dragonfly_replicas: 0\n")
    paths = [tmp_path / "base" / "cluster.yaml", tmp_path / "prod" / "cluster.yaml"]
    assert refused(paths)[0].startswith(f"{paths[1]}:1: dragonfly_replicas: ")


def test_a_file_that_cannot_be_read_is_told_by_its_name(tmp_path: Path) -> None:
    paths = files(tmp_path, base="dragonfly_enabled: true\n", prod="dragonfly_name: [a\n")
    assert [line.split(": ")[:2] for line in refused(paths)] == [["prod.yaml", "line 2"]]
    assert refused([paths[0], tmp_path / "none.yaml"])[0].startswith("none.yaml: no such file")


def test_an_encrypted_file_lies_beside_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "prod").mkdir()
    base = "dragonfly_enabled: true\ndragonfly_secrets: sops\ndragonfly_flux_decryption_secret: sops-age\n"
    (tmp_path / "base.yaml").write_text(base)
    (tmp_path / "prod" / "prod.yaml").write_text("dragonfly_secrets_file: of-prod.sops.yaml\n")
    (tmp_path / "prod" / "of-prod.sops.yaml").write_text("nothing: of sops\n")
    (line,) = refused([tmp_path / "base.yaml", tmp_path / "prod" / "prod.yaml"])
    assert line.startswith("prod.yaml:1: dragonfly_secrets_file: of-prod.sops.yaml: ")
    assert "no such file" not in line
