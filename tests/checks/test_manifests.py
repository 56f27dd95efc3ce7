"""Files of which nobody said that they hold manifests alone are read all the same."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from constructs_lib.checks.manifests import PIPED, find_manifests

OBJECT = "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}}"


def names(path: Path) -> list[str]:
    return [manifest.name for manifest in find_manifests(path).manifests]


def test_every_document_of_every_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("---\n" + "\n---\n".join(OBJECT % name for name in "ab") + "\n---\n")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "c.yml").write_text(OBJECT % "c")
    assert names(tmp_path) == ["a", "b", "c"]


def test_a_list_is_its_items_also_within_a_list(tmp_path: Path) -> None:
    inner = f"{{apiVersion: v1, kind: ConfigMapList, items: [{OBJECT % 'b'}, null, 1]}}"
    (tmp_path / "a.yaml").write_text(f"{{apiVersion: v1, kind: List, items: [{OBJECT % 'a'}, {inner}]}}")
    found = find_manifests(tmp_path).manifests
    assert [(manifest.name, manifest.within) for manifest in found] == [("a", "/items/0"), ("b", "/items/1/items/0")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("replicas: 3", "no Kubernetes object"),
        ("- a\n- b", "no Kubernetes object"),
        ("{{ if .Values.cache }}\nkind: Dragonfly\n{{ end }}", "no YAML: line 1"),
    ],
)
def test_what_is_no_manifest_is_passed_over_with_the_reason(content: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "values.yaml").write_text(content)
    (tmp_path / "z.yaml").write_text(OBJECT % "z")
    found = find_manifests(tmp_path)
    assert [manifest.name for manifest in found.manifests] == ["z"]
    assert found.passed_over[tmp_path / "values.yaml"].startswith(why)


def test_a_file_that_is_no_text_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00")
    assert find_manifests(tmp_path).passed_over == {tmp_path / "a.yaml": "no text in UTF-8"}


def test_hidden_folders_are_left_out_and_a_hidden_one_that_is_named_is_not(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.yaml").write_text(OBJECT % "a")
    assert names(tmp_path) == []
    assert names(tmp_path / ".git") == ["a"]


def test_what_is_piped_in_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO((OBJECT % "a").encode())))
    assert names(PIPED) == ["a"]
