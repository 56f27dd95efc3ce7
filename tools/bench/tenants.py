"""The fleet that `bench.py` measures: a `cluster.yaml` of as many caches as are asked for, a tenant each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

NAMESPACE = "tenants"

FLAT = f"""\
dragonfly_enabled: true
dragonfly_namespace: {NAMESPACE}
dragonfly_client_namespaces: [shop]
monitoring_enabled: true
dragonfly_monitoring_enabled: true
network_policies_enabled: true
dragonfly_instances:
"""


@dataclass(frozen=True)
class Tenant:
    """One cache of the fleet, and what was written of it."""

    name: str
    manifests: tuple[Path, ...]

    @property
    def texts(self) -> list[str]:
        """The manifests, in the order of their files."""
        return [path.read_text("utf-8") for path in self.manifests]


def cluster_yaml(count: int, name: str = "tenant") -> str:
    """A fleet of caches with monitoring and a network policy, none of which has anything of its own but its name."""
    return FLAT + "".join(f"  {name}-{number:03}: {{}}\n" for number in range(count))


def written_tenant(dist: Path, number: int) -> Tenant:
    """One of them in an output folder: what is in its own folder, and its Kustomization.

    The first is not like the others: it has the alert on the operator.
    """
    name = f"tenant-{number:03}"
    return Tenant(name, (*sorted((dist / name).glob("*.yaml")), dist / "flux" / f"Kustomization.{name}.yaml"))
