"""Files become a side: its objects, and where each stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib.checks.manifests import UnreadableManifest
from constructs_lib.review.changes.model import ObjectKey
from constructs_lib.review.sides.trees import File, Reader, files_of, not_reviewed

TWO = """\
# A comment.
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
data:
  x/y: text
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: b
  namespace: cache
data:
  list:
    - 1
    - 2
"""

LISTED = """\
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: {name: a}
  - apiVersion: v1
    kind: ConfigMap
    metadata:
      name: b
"""

ONE = "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}"


def file(text: str, name: str = "a.yaml") -> File:
    return File(name, f"dist/{name}", text.encode())


def test_each_document_is_an_object_of_its_own() -> None:
    side = Reader().read([file(TWO)])
    assert set(side.tree) == {ObjectKey("ConfigMap", "", "a"), ObjectKey("ConfigMap", "cache", "b")}


@pytest.mark.parametrize(
    ("name", "namespace", "field", "line"),
    [
        ("a", "", "", 2),
        ("a", "", "/data/x~1y", 7),
        ("b", "cache", "/metadata/namespace", 13),
        ("b", "cache", "/data/list/1", 17),
        ("b", "cache", "/data/gone/deep", 14),
    ],
)
def test_a_field_is_found_on_its_line_or_on_that_of_what_is_around_it(
    name: str, namespace: str, field: str, line: int
) -> None:
    source = Reader().read([file(TWO)]).sources[ObjectKey("ConfigMap", namespace, name)]
    assert (source.file, source.line(field)) == ("dist/a.yaml", line)


def test_the_folder_that_flux_applies_an_object_from_is_known() -> None:
    side = Reader().read([file(TWO, "dragonfly/a.yaml")])
    assert {*side.folders.values()} == {"dist/dragonfly"}


def test_what_a_list_holds_are_objects_and_have_their_lines() -> None:
    side = Reader().read([file(LISTED)])
    assert side.sources[ObjectKey("ConfigMap", "", "b")].line("/metadata/name") == 10


def test_a_list_of_one_kind_and_a_list_in_a_list_hold_objects_too() -> None:
    of_one_kind = file(LISTED.replace("kind: List", "kind: ConfigMapList"))
    within = file("{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: List, items: [" + ONE + "]}]}", "b.yaml")
    tree = Reader().read([of_one_kind, within]).tree
    assert [key.name for key in sorted(tree)] == ["a", "b", "c"]


def test_a_document_that_is_no_object_is_passed_over_and_told_where_it_changed() -> None:
    reader = Reader()
    old = reader.read([file("- a\n", "files.yaml"), file("x: 1\n", "same.yaml")])
    new = reader.read([file("- b\n", "files.yaml"), file("x: 1 # said anew\n", "same.yaml")])
    assert (old.tree, new.tree) == ({}, {})
    assert not_reviewed(old, new) == ["files.yaml"]


def test_the_same_bytes_are_parsed_once() -> None:
    reader = Reader()
    old, new = reader.read([file(TWO)]), reader.read([file(TWO, "renamed.yaml")])
    assert all(old.tree[key] is new.tree[key] for key in old.tree)


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "\tx",
        "a: 2024-13-45",
        "a: !!int x",
        "a: &a [*a]",
        "a: !python/object:os.system {}",
        "[" * 5000,
        "? {a: 1}\n: 2",
    ],
)
def test_what_cannot_be_read_is_told_by_its_file(text: str) -> None:
    with pytest.raises(UnreadableManifest, match=r"^dist/a\.yaml: "):
        Reader().read([file(text)])


def test_a_file_that_is_no_text_is_told_by_its_name() -> None:
    with pytest.raises(UnreadableManifest, match=r"no text in UTF-8"):
        Reader().read([File("a", "a", b"\xff")])


def test_a_folder_is_read_with_its_folders_and_shown_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("dist", "flux").mkdir(parents=True)
    Path("dist", "flux", "a.yml").write_text(TWO)
    Path("dist", "notes.txt").write_text("no manifest")
    assert [(each.name, each.shown) for each in files_of(tmp_path / "dist")] == [("flux/a.yml", "dist/flux/a.yml")]
