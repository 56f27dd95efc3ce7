"""The bindings in imports/ and the script that writes them."""

from __future__ import annotations

import importlib
import tarfile
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App, Chart, JsonPatch
from ruamel.yaml import YAML

from tools.imports import make_imports
from tools.imports.make_imports import BINDINGS, FREE, Binding, ImportFailed, find_crds, generate, read_folder, simplify

IMPORTS = Path(make_imports.ROOT, "imports")
CLASS_NAMES = {"OCIRepository": "OciRepository"}  # json2jsii spells initials as words

WIDGET = Binding("example.org/v1", "Widget", frozenset({"affinity", "containers"}))


def widget(**spec: Any) -> dict[str, Any]:
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "widgets.example.org", "annotations": {"generator": "v1"}},
        "spec": {
            "group": "example.org",
            "names": {"kind": "Widget", "plural": "widgets", "singular": "widget"},
            "scope": "Namespaced",
            "versions": [
                {
                    "name": "v1",
                    "served": True,
                    "storage": True,
                    "schema": {"openAPIV3Schema": {"properties": {"spec": {"type": "object", **spec}, "status": {}}}},
                }
            ],
        },
    }


def simplified_spec(**spec: Any) -> dict[str, Any]:
    version = simplify(widget(**spec), WIDGET)["spec"]["versions"][0]
    result: dict[str, Any] = version["schema"]["openAPIV3Schema"]["properties"]["spec"]
    return result


def module_of(binding: Binding) -> Any:
    group = binding.crd[0].replace("-", "_").split(".")
    return importlib.import_module(".".join(["imports", make_imports.PREFIX, *reversed(group)]))


@pytest.mark.parametrize("binding", BINDINGS, ids=lambda binding: binding.kind)
def test_every_kind_is_bound_at_the_version_we_write(binding: Binding) -> None:
    bound = getattr(module_of(binding), CLASS_NAMES.get(binding.kind, binding.kind))
    assert (bound.GVK.api_version, bound.GVK.kind) == (binding.api_version, binding.kind)


def test_a_host_app_keeps_its_own_bindings_beside_ours() -> None:
    assert not (IMPORTS / "__init__.py").exists(), "imports/ is a namespace package, shared with the host app's"
    assemblies = [archive.name for archive in IMPORTS.rglob("*.tgz")]
    assert assemblies
    assert all(name.startswith(f"{make_imports.PREFIX}_") for name in assemblies)


def test_an_archive_holds_only_what_jsii_loads() -> None:
    for archive in IMPORTS.rglob("*.tgz"):
        with tarfile.open(archive) as packed:
            names = packed.getnames()
        assert [name for name in names if not name.endswith(".js")] == ["package/.jsii", "package/package.json"]
        assert len(names) == 3


def test_a_patch_of_an_opened_part_is_honoured() -> None:
    from imports.dragonfly.io.cilium import CiliumNetworkPolicy

    policy = CiliumNetworkPolicy(Chart(App(), "chart"), "policy", spec={"endpoint_selector": {"matchLabels": {}}})
    policy.add_json_patch(JsonPatch.add("/spec/egressDeny", [{"toEntities": ["world"]}]))
    assert policy.to_json()["spec"]["egressDeny"] == [{"toEntities": ["world"]}]


def test_core_parts_are_opened_and_stay_lists_where_they_are() -> None:
    pod = {"type": "object", "properties": {"name": {"type": "string"}}}
    spec = simplified_spec(properties={"affinity": pod, "containers": {"type": "array", "items": pod}})
    assert spec["properties"] == {"affinity": FREE, "containers": {"type": "array", "items": FREE}}


def test_selectors_and_numbers_or_strings_take_any_value() -> None:
    selector = {"type": "object", "properties": {"matchLabels": {}, "matchExpressions": {}}}
    spec = simplified_spec(properties={"selector": selector, "port": {"x-kubernetes-int-or-string": True}})
    assert spec["properties"] == {"selector": FREE, "port": FREE}


def test_descriptions_defaults_and_status_are_left_out() -> None:
    name = {"type": "string", "description": "long", "default": "x", "enum": ["x", "y"]}
    crd = simplify(widget(properties={"description": name}, required=["description"]), WIDGET)
    schema = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    assert set(schema["properties"]) == {"metadata", "spec"}
    assert schema["properties"]["spec"]["properties"] == {"description": {"type": "string", "enum": ["x", "y"]}}
    assert schema["properties"]["spec"]["required"] == ["description"]


def test_of_several_files_with_one_crd_the_newest_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_imports, "BINDINGS", [WIDGET])
    for version in ("v1.9.0", "v1.10.0", "v1.2.0"):
        YAML(typ="safe").dump(widget(title=version), tmp_path / f"widget-{version}.yaml")
    found = find_crds(read_folder(tmp_path))["example.org", "Widget"]
    assert found["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"]["title"] == "v1.10.0"


def test_missing_kinds_are_named_all_at_once(tmp_path: Path) -> None:
    YAML(typ="safe").dump(widget(), tmp_path / "widget.yaml")
    with pytest.raises(ImportFailed, match=r"no CustomResourceDefinition for .*Certificate, .*v1alpha1 Dragonfly"):
        find_crds(read_folder(tmp_path))


def test_a_version_that_is_not_served_is_an_error() -> None:
    with pytest.raises(ImportFailed, match=r"Widget does not serve example.org/v2"):
        simplify(widget(), Binding("example.org/v2", "Widget"))


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match=r"no \*\.yaml file"):
        read_folder(tmp_path)


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    crds = [simplify(widget(properties={"affinity": {"type": "object"}}), WIDGET)]
    runs = []
    for run in ("first", "second"):
        generate(crds, tmp_path / run)
        files = sorted(file for file in (tmp_path / run).rglob("*") if file.is_file())
        runs.append({file.relative_to(tmp_path / run): file.read_bytes() for file in files})
    assert runs[0] == runs[1]
    assert Path("dragonfly/org/example/__init__.py") in runs[0]
