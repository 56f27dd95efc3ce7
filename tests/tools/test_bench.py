"""What `make bench` says is worked out by these functions; what it measures is asserted nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

from constructs_lib.config.load import load
from tools.bench.memory import peak_memory
from tools.bench.others import FEW, MANY, Cost, beside, helm_or_why_not
from tools.bench.templates import GO, HELM, JINJA, Language, documents, same
from tools.bench.tenants import NAMESPACE, Tenant, cluster_yaml, written_tenant

MANIFEST = f"""\
metadata:
  name: tenant-001-alerts
  namespace: {NAMESPACE}
spec:
  summary: "{{{{ $labels.pod }}}} of tenant-001 {{% not a block %}} {{# nor a comment #}}"
"""


def test_each_cache_of_the_measured_file_has_monitoring_and_a_network_policy(tmp_path: Path) -> None:
    config = tmp_path / "cluster.yaml"
    config.write_text(cluster_yaml(3))
    instances = load(config).instances
    assert [each.name for each in instances] == ["tenant-000", "tenant-001", "tenant-002"]
    assert all(each.monitoring is not None and each.network_policy is not None for each in instances)


def test_a_tenant_is_its_folder_and_its_kustomization_alone(tmp_path: Path) -> None:
    for name in ("tenant-001/Dragonfly.tenant-001", "tenant-002/Dragonfly.tenant-002", "flux/Kustomization.tenant-001"):
        path = tmp_path / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    assert written_tenant(tmp_path, 1).texts == ["tenant-001/Dragonfly.tenant-001", "flux/Kustomization.tenant-001"]


def test_a_jinja_template_gives_the_manifest_again_and_that_of_another_instance() -> None:
    template = Environment(keep_trailing_newline=True).from_string(JINJA.template(MANIFEST, "tenant-001"))
    assert template.render(name="tenant-001", namespace=NAMESPACE) == MANIFEST
    assert template.render(name="b", namespace="c") == MANIFEST.replace("tenant-001", "b").replace(NAMESPACE, "c")


def test_a_charts_template_quotes_what_helm_would_evaluate() -> None:
    assert GO.template("{{ $labels.pod }} of tenant-001", "tenant-001") == (
        '{{ "{{" }} $labels.pod }} of {{ .Release.Name }}'
    )


@pytest.mark.parametrize("language", [GO, JINJA], ids=["helm", "jinja"])
def test_a_template_holds_neither_name_nor_namespace(language: Language) -> None:
    template = language.template(MANIFEST, "tenant-001")
    assert "tenant-001" not in template
    assert NAMESPACE not in template


def test_of_what_helm_prints_the_manifests_are_left() -> None:
    printed = "---\n# Source: tenant/templates/a.yaml\na: |\n  ---\n---\n# Source: tenant/templates/b.yaml\nb: 1\n"
    assert documents(printed) == ["a: |\n  ---\n", "b: 1\n"]


def test_manifests_are_the_same_in_any_order_and_not_with_another_byte(tmp_path: Path) -> None:
    paths = (tmp_path / "a.yaml", tmp_path / "b.yaml")
    for path in paths:
        path.write_text(f"{path.stem}: 1\n")
    tenant = Tenant("tenant-001", paths)
    assert same(["b: 1\n", "a: 1"], tenant)
    assert not same(["b: 1\n", "a:  1\n"], tenant)
    assert not same(["b: 1\n"], tenant)


def test_a_start_and_a_further_cache_are_told_apart() -> None:
    cost = Cost.between(2 + FEW * 0.5, 2 + MANY * 0.5)
    assert (cost.start, cost.each) == pytest.approx((2, 0.5))


def test_from_how_many_caches_on_one_is_ahead() -> None:
    one, another = Cost(start=2, each=1), Cost(start=0, each=2)
    assert one.ahead_from(another) == 3  # at two they are level
    assert another.ahead_from(one) is None
    assert Cost(start=0, each=1).ahead_from(another) == 1


def test_each_way_is_told_with_from_when_on_ours_costs_less() -> None:
    lines = list(beside(Cost(2, 1), {"helm template": Cost(0, 2), "Jinja": Cost(0, 0.5)}))
    assert [line.split("  ")[0] for line in lines[1::2]] == ["helm template", "Jinja"]
    assert lines[2].endswith("is ahead from 3 on")
    assert lines[4].endswith("is ahead at no number of them")


def test_without_go_helm_is_left_out_and_the_reason_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert "no go on the PATH" in str(helm_or_why_not())


def test_helm_is_of_a_published_version_with_nothing_replaced() -> None:
    assert HELM.version.startswith("v3.")
    assert "=>" not in (HELM.folder / "go.mod").read_text()


def test_peak_memory_is_that_of_a_process_and_of_all_that_it_started(tmp_path: Path) -> None:
    for process, parent, peak in ((10, 1, 1024), (11, 10, 2048), (12, 11, 4096), (13, 1, 8192)):
        (tmp_path / str(process)).mkdir()
        (tmp_path / str(process) / "status").write_text(f"Name:\tx\nPPid:\t{parent}\nVmHWM:\t {peak} kB\n")
    assert peak_memory(10, tmp_path) == 7


def test_a_system_that_does_not_tell_gives_no_peak(tmp_path: Path) -> None:
    assert peak_memory(10, tmp_path) is None
