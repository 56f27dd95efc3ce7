"""What the control plane is built from, as far as it can be told without building it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cluster.binaries import binaries, kubernetes_version
from tests.cluster.go_module import CannotRun

GO_MOD = Path(__file__).with_name("kubernetes") / "go.mod"


def test_all_of_kubernetes_is_of_one_version() -> None:
    """k8s.io/kubernetes v1.36.3 is made of k8s.io/api v0.36.3 and its like."""
    replaced = re.findall(r"^\s+(k8s\.io/\S+) => \1 (v\S+)$", GO_MOD.read_text(encoding="utf-8"), re.MULTILINE)
    assert replaced
    assert {version for _, version in replaced} == {re.sub(r"^v1\.", "v0.", kubernetes_version())}


@pytest.mark.parametrize("program", ["go", "etcd"])
def test_what_is_missing_is_named_with_where_to_get_it(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None if name == program else f"/usr/bin/{name}")
    with pytest.raises(CannotRun, match=rf"no {program} on the PATH: .*(go\.dev|apt-get install etcd-server)"):
        binaries()
