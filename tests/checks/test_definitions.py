"""Where CRDs come from: a folder, or their publishers, once."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from constructs_lib.checks import definitions
from constructs_lib.checks.definitions import (
    PUBLICATIONS,
    NoDefinitions,
    Publication,
    definitions_in,
    published_definitions,
)
from constructs_lib.dragonfly.operator_versions import NEWEST_SEEN_RUNNING
from constructs_lib.values.version import Version

ROOT = Path(__file__).resolve().parents[2]
V131, V161 = Version.of("v1.3.1"), Version.of("v1.6.1")


def crd(group: str, kind: str, field: str = "replicas", *, served: bool = True) -> dict[str, Any]:
    spec = {"type": "object", "properties": {field: {"type": "integer"}}}
    schema = {"openAPIV3Schema": {"type": "object", "properties": {"spec": spec}}}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{kind.lower()}s.{group}"},
        "spec": {
            "group": group,
            "names": {"kind": kind, "plural": f"{kind.lower()}s"},
            "scope": "Namespaced",
            "versions": [{"name": "v1", "served": served, "storage": True, "schema": schema}],
        },
    }


def fields_of(found: definitions.Definitions, group: str, kind: str) -> list[str]:
    definition = found.get(f"{group}/v1", kind)
    assert definition
    version = definition.crd["spec"]["versions"][0]
    return list(version["schema"]["openAPIV3Schema"]["properties"]["spec"]["properties"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for version in ("v1.3.1", "v1.6.1"):
        made = yaml.safe_dump(crd("dragonflydb.io", "Dragonfly", f"since-{version}"))
        Path(tmp_path, f"dragonfly-operator-{version}.yaml").write_text(made, encoding="utf-8")
    Path(tmp_path, "widgets.yaml").write_text(yaml.safe_dump(crd("example.org", "Widget")), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("version", [V131, V161])
def test_of_several_operator_files_the_one_for_the_version_counts(folder: Path, version: Version) -> None:
    assert fields_of(definitions_in(folder, version), "dragonflydb.io", "Dragonfly") == [f"since-{version}"]


def test_a_version_that_no_file_is_for_is_told(folder: Path) -> None:
    with pytest.raises(NoDefinitions, match=r"none of .*v1\.3\.1\.yaml.* is for operator v1\.4\.0"):
        definitions_in(folder, Version.of("v1.4.0"))


def test_a_single_operator_file_serves_any_version(folder: Path) -> None:
    Path(folder, "dragonfly-operator-v1.3.1.yaml").unlink()
    assert definitions_in(folder, Version.of("v1.4.0")).get("dragonflydb.io/v1", "Dragonfly")


def test_a_version_that_is_not_served_is_not_known(tmp_path: Path) -> None:
    made = yaml.safe_dump(crd("example.org", "Widget", served=False))
    Path(tmp_path, "widgets.yaml").write_text(made, encoding="utf-8")
    assert definitions_in(tmp_path, V131).get("example.org/v1", "Widget") is None


def test_a_folder_without_definitions_is_told(tmp_path: Path) -> None:
    Path(tmp_path, "values.yaml").write_text("a: 1\n", encoding="utf-8")
    with pytest.raises(NoDefinitions, match="no CustomResourceDefinition"):
        definitions_in(tmp_path, V131)


def test_the_addresses_that_the_bindings_are_made_from_are_those_of_the_checks() -> None:
    bound = yaml.safe_load(Path(ROOT, "cdk8s.yaml").read_text(encoding="utf-8"))["imports"]
    checked = {row.address.format(operator_version=NEWEST_SEEN_RUNNING) for row in PUBLICATIONS}
    assert {entry.partition(":=")[2] for entry in bound} <= checked, (
        "an address in cdk8s.yaml is to be a row of PUBLICATIONS too, and the operator's to name NEWEST_SEEN_RUNNING"
    )


def test_every_address_names_a_version_so_that_what_was_fetched_once_stays_right() -> None:
    assert [
        row.address for row in PUBLICATIONS if not re.search(r"/(v\d+\.\d+\.\d+|\{operator_version\})/", row.address)
    ] == []


class Publisher(http.server.ThreadingHTTPServer):
    """A publisher of CRDs on the loopback interface, which counts how often it is asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), PublisherAnswers)
        self.asked: list[str] = []
        self.pages: dict[str, str] = {}

    def publish(self, path: str, content: str) -> str:
        self.pages[path] = content
        return f"http://127.0.0.1:{self.server_port}{path}"


class PublisherAnswers(http.server.BaseHTTPRequestHandler):
    server: Publisher

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        content = self.server.pages.get(self.path)
        self.send_response(404 if content is None else 200)
        self.end_headers()
        self.wfile.write((content or "").encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the tests' output clean."""


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Publisher]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with Publisher() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        operator = server.publish("/v1.6.1/crd.yaml", yaml.safe_dump(crd("dragonflydb.io", "Dragonfly")))
        widgets = server.publish("/widgets.yaml", yaml.safe_dump(crd("example.org", "Widget")))
        rows = (
            Publication("dragonflydb.io", operator.replace("v1.6.1", "{operator_version}")),
            Publication("example.org", widgets),
        )
        monkeypatch.setattr(definitions, "PUBLICATIONS", rows)
        yield server
        server.shutdown()


def test_published_definitions_are_fetched_once(publisher: Publisher) -> None:
    for _ in range(2):
        found = published_definitions(V161)
        assert found.get("dragonflydb.io/v1", "Dragonfly")
        assert found.get("example.org/v1", "Widget")
    assert sorted(publisher.asked) == ["/v1.6.1/crd.yaml", "/widgets.yaml"]


def test_only_the_groups_that_are_wanted_are_fetched(publisher: Publisher) -> None:
    found = published_definitions(V161, {"example.org", "example.com"})
    assert publisher.asked == ["/widgets.yaml"]
    assert found.get("example.org/v1", "Widget")


def test_an_address_that_does_not_answer_is_told_with_another_way_and_the_others_count(publisher: Publisher) -> None:
    found = published_definitions(V131)
    assert found.get("example.org/v1", "Widget")
    (missing,) = found.missing
    assert re.search(r"/v1\.3\.1/crd\.yaml: .*404.*--crds FOLDER", missing)


def test_a_page_that_is_no_definition_is_not_kept(publisher: Publisher) -> None:
    publisher.publish("/widgets.yaml", "a: login page\n")
    (missing,) = published_definitions(V161).missing
    assert "/widgets.yaml: no CustomResourceDefinition there" in missing
    publisher.publish("/widgets.yaml", yaml.safe_dump(crd("example.org", "Widget")))
    assert published_definitions(V161).get("example.org/v1", "Widget")
