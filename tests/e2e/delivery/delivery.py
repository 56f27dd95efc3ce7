"""A `cluster.yaml` delivered by Flux' own controllers: written, pushed, and what becomes of it."""

from __future__ import annotations

import itertools
import shutil
import time
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from constructs_lib.checks.api_server import Answer, ApiServer
from constructs_lib.checks.manifests import Manifest, read_manifests
from tests.e2e.delivery import stand_ins
from tests.e2e.delivery.repository import NAMESPACE, Repository
from tests.e2e.flux import Identity, identity

KUSTOMIZATION = ("kustomize.toolkit.fluxcd.io/v1", "Kustomization")
LOOKS = 0.2
"""Seconds between two looks at what is waited for."""
SETTLES = 60.0
"""Seconds that a delivery may take. Flux looks at what it waits for every five seconds."""


@dataclass
class Delivery:
    """One stack in namespaces of its own, from a repository of its own."""

    server: ApiServer
    repository: Repository
    folder: Path
    """The repository's files: `cluster.yaml`, `dist/` and what the stack reads."""
    helm_present: bool = True
    """Whether helm-controller's stand-in installs every HelmRelease."""
    kubelet_present: bool = True
    """Whether the kubelet's stand-in runs the pods of Jobs."""
    operator_present: bool = True
    """Whether the operator's stand-in brings every Dragonfly to a phase."""
    phase: str = stand_ins.READY
    applied: set[Identity] = field(default_factory=set)
    """Everything that was ever written."""

    @property
    def name(self) -> str:
        return self.repository.name

    @property
    def namespace(self) -> str:
        return f"{self.name}-cache"

    @property
    def operator_namespace(self) -> str:
        return f"{self.name}-operator"

    @property
    def dist(self) -> Path:
        return self.folder / "dist"

    def secret(self, name: str, **values: str) -> None:
        """A Secret that somebody else has put into the cache's namespace."""
        namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": self.namespace}}
        made = self.server.request("POST", "/api/v1/namespaces", namespace, fieldManager="tests")
        assert made.accepted or made.status == 409, made.message
        metadata = {"name": name, "namespace": self.namespace}
        self._make({"apiVersion": "v1", "kind": "Secret", "metadata": metadata, "stringData": values})

    def write(self, **variables: object) -> None:
        """Synthesize a stack into the repository, not pushed yet."""
        self.configure(**variables)
        self.synthesize()

    def configure(self, **variables: object) -> Path:
        """The `cluster.yaml`."""
        config = self.folder / "cluster.yaml"
        asked = {"dragonfly_enabled": True, **variables, **self._places(variables)}
        config.write_text(yaml.safe_dump(asked), encoding="utf-8")
        return config

    def synthesize(self) -> None:
        """`dist/` from the `cluster.yaml`."""
        from main import synthesize

        shutil.rmtree(self.dist, ignore_errors=True)
        self.dist.mkdir()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            synthesize([self.folder / "cluster.yaml"], self.dist)
        self.applied |= {identity(manifest) for manifest in self.manifests}

    @property
    def manifests(self) -> list[Manifest]:
        return list(read_manifests(self.dist))

    def push(self) -> None:
        """Commit what is written, and point the cluster's own Flux at it."""
        self.repository.push(self.folder)
        spec = {
            "interval": "1h",
            "path": "./dist/flux",
            "prune": True,
            "sourceRef": {"kind": "GitRepository", "name": self.name},
        }
        api_version, kind = KUSTOMIZATION
        metadata = {"name": self.name, "namespace": NAMESPACE}
        self._make({"apiVersion": api_version, "kind": kind, "metadata": metadata, "spec": spec})

    def touch(self) -> None:
        """A commit that changes nothing of what Flux reads, so that it reads everything again."""
        (self.folder / "README.md").write_text(f"{next(_TOKENS)}\n", encoding="utf-8")
        self.push()

    def deliver(self, **variables: object) -> None:
        """Write, push, and wait until everything is ready."""
        self.write(**variables)
        self.push()
        self.settle()

    def settle(self) -> None:
        """Until every Kustomization that is written has applied the newest commit and is ready."""
        self.until(lambda: not self.unsettled(), lambda: f"Flux to deliver: {self.unsettled()}")

    def until(self, holds: Callable[[], bool], what: str | Callable[[], str], seconds: float = SETTLES) -> None:
        """Until something holds, while the stand-ins do their part."""

        deadline = time.monotonic() + seconds
        while not self.acted(lambda _: holds()):
            told = what if isinstance(what, str) else what()
            assert time.monotonic() < deadline, f"waited {seconds} seconds for {told}"
            time.sleep(LOOKS)

    def acted(self, holds: Callable[[Delivery], bool]) -> bool:
        """Whether something holds, once the stand-ins have done their part."""
        self.act()
        return holds(self)

    def pause(self) -> None:
        """As long as Flux takes to look once more at what it waits for: manager.WaitForSetWithContext, every 5 s."""
        until = time.monotonic() + 5.5
        self.until(lambda: time.monotonic() > until, "time to pass")

    def act(self) -> None:
        """Let the stand-ins do what their controllers would do by now."""
        for namespace in (self.operator_namespace, self.namespace):
            if self.helm_present:
                stand_ins.helm_controller(self.server, namespace)
        if self.kubelet_present:
            stand_ins.kubelet(self.server, self.namespace)
        if self.operator_present:
            stand_ins.operator(self.server, self.namespace, self.phase)

    def unsettled(self) -> dict[str, str]:
        """What each Kustomization that is not done says."""
        return {
            name: self.message(name, namespace)
            for namespace, name in self._kustomizations()
            if not self._is_done(name, namespace)
        }

    def kustomization(self, name: str, namespace: str | None = None) -> Mapping[str, Any]:
        """A Kustomization, or nothing where there is none (yet)."""
        answer = self.get(*KUSTOMIZATION, name, namespace)
        return answer.body if answer.accepted else {}

    def ready(self, name: str, namespace: str | None = None) -> Mapping[str, Any]:
        """The Ready condition of a Kustomization."""
        conditions = self.kustomization(name, namespace).get("status", {}).get("conditions", [])
        return next((each for each in conditions if each["type"] == "Ready"), {})

    def message(self, name: str, namespace: str | None = None) -> str:
        """What a Kustomization says of itself."""
        return str(self.ready(name, namespace).get("message", "nothing"))

    def fails(self, name: str, seconds: float = SETTLES) -> str:
        """Wait until a Kustomization of the cache has failed; what it says."""
        told = ""

        def has_failed() -> bool:
            nonlocal told
            ready = self.ready(name)
            told = str(ready.get("message", "nothing"))
            return ready.get("status") == "False" and ready.get("reason") != "DependencyNotReady"

        self.until(has_failed, lambda: f"Kustomization {name} to fail: {told}", seconds)
        return told

    def get(self, api_version: str, kind: str, name: str, namespace: str | None = None) -> Answer:
        """An object, of the cache's namespace if no other is named."""
        return self.server.get(api_version, kind, self.namespace if namespace is None else namespace, name)

    def there(self, api_version: str, kind: str, name: str) -> bool:
        """Whether an object of the cache's namespace is there, and to stay."""
        answer = self.get(api_version, kind, name)
        return answer.accepted and "deletionTimestamp" not in answer.body["metadata"]

    def remaining(self) -> set[Identity]:
        """What is there, and to stay, of all that was ever written."""
        live = {each: self.server.get(*each) for each in self.applied}
        return {
            each for each, answer in live.items() if answer.accepted and "deletionTimestamp" not in _metadata(answer)
        }

    def versions(self, of: Iterable[Identity] = ()) -> dict[Identity, str]:
        """The resourceVersion of objects: of all that is written but the Kustomizations, whose status Flux writes."""
        chosen = of or [each for each in map(identity, self.manifests) if each[:2] != KUSTOMIZATION]
        return {each: str(_metadata(self.server.get(*each)).get("resourceVersion", "gone")) for each in chosen}

    def root_is_done(self) -> bool:
        """Whether the newest commit's `dist/flux` is applied."""
        return self._is_done(self.name, NAMESPACE)

    def reconcile(self) -> None:
        """Have Flux apply the same commit again, and wait for it."""
        reconcile_all([self])

    def ask_to_reconcile(self, token: str) -> None:
        """What `flux reconcile kustomization` does, of each."""
        for namespace, name in self._kustomizations():
            asked = {"metadata": {"annotations": {"reconcile.fluxcd.io/requestedAt": token}}}
            self.patch(*KUSTOMIZATION, name, asked, namespace)

    def has_reconciled(self, token: str) -> bool:
        """Whether Flux has done what was asked for, everywhere."""
        return all(self._has_handled(name, namespace, token) for namespace, name in self._kustomizations())

    def patch(
        self, api_version: str, kind: str, name: str, change: Mapping[str, Any], namespace: str | None = None
    ) -> None:
        """Change an object by hand."""
        resource = self.server.resource(api_version, kind)
        assert resource
        answer = self.server.request(
            "PATCH",
            resource.at(namespace or self.namespace, name),
            change,
            content_type="application/merge-patch+json",
            fieldManager="somebody",
        )
        assert answer.accepted, answer.message

    def delete(self, api_version: str, kind: str, name: str, namespace: str | None = None) -> None:
        """Delete an object by hand."""
        resource = self.server.resource(api_version, kind)
        assert resource
        self.server.request("DELETE", resource.at(namespace or self.namespace, name), propagationPolicy="Background")

    def remove(self) -> None:
        """Take the whole delivery away, and everything with it but the namespaces."""
        for namespace, name in reversed(self._kustomizations()):
            self.delete(*KUSTOMIZATION, name, namespace)

    def _places(self, variables: Mapping[str, object]) -> dict[str, object]:
        return {
            "dragonfly_namespace": self.namespace,
            "dragonfly_operator_namespace": self.operator_namespace,
            "dragonfly_flux_source_ref": {"name": self.name},
            "dragonfly_flux_retry_interval": variables.get("dragonfly_flux_retry_interval", "2s"),
        }

    def _kustomizations(self) -> list[tuple[str, str]]:
        """Namespace and name of the root and of those that are written."""
        written = [each for each in self.manifests if (each.api_version, each.kind) == KUSTOMIZATION]
        return [(NAMESPACE, self.name), *((each.namespace, each.name) for each in written)]

    def _is_done(self, name: str, namespace: str) -> bool:
        body = self.kustomization(name, namespace)
        status = body.get("status", {})
        return (
            self.ready(name, namespace).get("status") == "True"
            and status.get("lastAppliedRevision") == self.repository.revision
            and status.get("observedGeneration") == body["metadata"]["generation"]
        )

    def _has_handled(self, name: str, namespace: str, token: str) -> bool:
        status = self.kustomization(name, namespace).get("status", {})
        return status.get("lastHandledReconcileAt") == token and self._is_done(name, namespace)

    def _make(self, manifest: Mapping[str, Any]) -> None:
        answer = self.server.apply(manifest, field_manager="tests")
        assert answer.accepted, answer.message


def settle_all(deliveries: Iterable[Delivery]) -> None:
    """Until several deliveries are done, side by side."""
    until_each(deliveries, lambda delivery: not delivery.unsettled(), "deliver")


def reconcile_all(deliveries: Iterable[Delivery]) -> None:
    """Have Flux apply the same commits again, and wait for it."""
    every, token = list(deliveries), str(next(_TOKENS))
    for each in every:
        each.ask_to_reconcile(token)
    until_each(every, lambda delivery: delivery.has_reconciled(token), "reconcile again")


def until_each(deliveries: Iterable[Delivery], done: Callable[[Delivery], bool], what: str) -> None:
    """Until something has been true of each of several deliveries, side by side."""
    waiting = list(deliveries)
    deadline = time.monotonic() + 3 * SETTLES
    while waiting := [each for each in waiting if not each.acted(done)]:
        told = {each.name: each.unsettled() for each in waiting}
        assert time.monotonic() < deadline, f"waited too long for Flux to {what}: {told}"
        time.sleep(LOOKS)


_TOKENS = itertools.count(1)


def _metadata(answer: Answer) -> Mapping[str, Any]:
    metadata: Mapping[str, Any] = answer.body.get("metadata", {})
    return metadata
