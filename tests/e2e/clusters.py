"""The cluster that the tests run on: a control plane of their own, or the one of `KUBECONFIG`."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from constructs_lib.checks.api_server import ApiServer, current_cluster
from constructs_lib.checks.definitions import Definitions, NoDefinitions, definitions_in, published_definitions
from constructs_lib.values.version import Version
from tests.cluster.binaries import binaries
from tests.cluster.control_plane import control_plane
from tests.operators import OPERATORS

TESTER = "cdk8s-dragonfly-tests"
MADE_BY = {"app.kubernetes.io/managed-by": TESTER}
"""Labels of the CRDs and namespaces that the tests make; on a cluster that others use, nothing else is touched."""
DRAGONFLY = ("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "dragonflies.dragonflydb.io")


@dataclass
class Cluster:
    """A cluster with the CRDs of one operator version at a time."""

    server: ApiServer
    kubeconfig: Path
    run: str
    """Prefix of this run's namespaces."""
    own: bool
    """Whether the cluster is the tests' alone."""
    operators: tuple[str, ...] = OPERATORS
    """Operator versions whose CRD the cluster can have."""
    _current: str = ""
    _neighbours: set[str] = field(default_factory=set)
    _definitions: dict[str, Definitions] = field(default_factory=dict)

    def definitions(self, operator: str) -> Definitions:
        """The CRDs of an operator version, from the folder that `CRDS` names or from their publishers.

        Raises:
            NoDefinitions: they cannot be had.
        """
        if operator not in self._definitions:
            folder = os.environ.get("CRDS")
            version = Version.of(operator)
            found = definitions_in(Path(folder), version) if folder else published_definitions(version)
            if found.missing:
                raise NoDefinitions(found.missing[0])
            self._definitions[operator] = found
        return self._definitions[operator]

    def use(self, operator: str) -> None:
        """Have the CRDs of an operator version, as its chart installs or upgrades them."""
        if operator == self._current:
            return
        for crd in self.definitions(operator).crds:
            name = crd["metadata"]["name"]
            live = self.server.get("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", name)
            # Others are the same for every operator version; and what the tests did not make is not theirs to change.
            if not live.accepted or (name == DRAGONFLY[3] and _made_here(live.body)):
                answer = self.server.apply(_labelled(crd), field_manager=TESTER)
                assert answer.accepted, f"CRD {name}: {answer.message}"
        if not self._current:
            for name in [crd["metadata"]["name"] for crd in self.definitions(operator).crds]:
                wait_for(partial(self._is_established, name), f"CRD {name}")
        wait_for(lambda: self._serves(operator), f"the server to take on the CRD of operator {operator}")
        self._current = operator

    def namespace(self, name: str, labels: Mapping[str, str] | None = None) -> str:
        """A namespace of this run, ready for pods."""
        full = f"{self.run}-{name}"
        metadata = {"name": full, "labels": {**MADE_BY, **(labels or {})}}
        made = {"apiVersion": "v1", "kind": "Namespace", "metadata": metadata}
        answer = self.server.apply(made, field_manager=TESTER)
        assert answer.accepted, answer.message
        self.wait_for_service_account(full)
        return full

    def neighbour(self, name: str) -> None:
        """Another component's namespace, made where it is not there."""
        if name in self._neighbours:
            return
        self._neighbours.add(name)
        if not self.server.get("v1", "Namespace", "", name).accepted:
            made = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": MADE_BY}}
            assert self.server.apply(made, field_manager=TESTER).accepted

    def wait_for_service_account(self, namespace: str) -> None:
        """Until the namespace has its ServiceAccount `default`, which a pod needs to be admitted."""
        wait_for(
            lambda: self.server.get("v1", "ServiceAccount", namespace, "default").accepted,
            f"the ServiceAccount of {namespace}",
        )

    def clean_up(self) -> None:
        """Take away this run's namespaces, and the CRDs that the tests made."""
        for namespace in self.server.request("GET", "/api/v1/namespaces").body["items"]:
            if namespace["metadata"]["name"].startswith(f"{self.run}-") or _made_here(namespace):
                self.server.request("DELETE", f"/api/v1/namespaces/{namespace['metadata']['name']}")
        crds = self.server.request("GET", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions").body["items"]
        for crd in crds:
            if _made_here(crd):
                path = f"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{crd['metadata']['name']}"
                self.server.request("DELETE", path)

    def find_operators(self) -> None:
        """On a cluster with a CRD of Dragonfly's that others installed, only the version that it is of counts."""
        live = self.server.get(*DRAGONFLY)
        if live.accepted and not _made_here(live.body):
            there = _spec_fields(live.body)
            self.operators = tuple(each for each in OPERATORS if self._fields(each) == there)

    def _fields(self, operator: str) -> set[str]:
        crds = self.definitions(operator).crds
        return _spec_fields(next(crd for crd in crds if crd["metadata"]["name"] == DRAGONFLY[3]))

    def _is_established(self, name: str) -> bool:
        live = self.server.get("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", name)
        conditions = live.body.get("status", {}).get("conditions") or []  # null at first
        return any(each["type"] == "Established" and each["status"] == "True" for each in conditions)

    def _serves(self, operator: str) -> bool:
        """Whether the server finds unknown just those fields that this version lacks."""
        every = set().union(*(self._fields(each) for each in self.operators))
        probe = {"apiVersion": "dragonflydb.io/v1alpha1", "kind": "Dragonfly", "metadata": {"name": "probe"}}
        resource = self.server.resource("dragonflydb.io/v1alpha1", "Dragonfly")
        if resource is None:
            return False
        # Created, not applied: an apply tells of one unknown field only.
        answer = self.server.request(
            "POST",
            resource.at("default"),
            {**probe, "spec": dict.fromkeys(every)},
            dryRun="All",
            fieldValidation="Strict",
        )
        unknown = set(re.findall(r'unknown field "spec\.(\w+)"', answer.message))
        return answer.status != 404 and unknown == every - self._fields(operator)


@contextmanager
def cluster_for_tests(folder: Path, run: str) -> Iterator[Cluster]:
    """Connect to the cluster of `KUBECONFIG`, or start a control plane.

    Raises:
        CannotRun: it cannot be built here.
        NoCluster: `KUBECONFIG` leads to none.
    """
    given = os.environ.get("KUBECONFIG")
    if given:
        with current_cluster() as server:
            cluster = Cluster(server, Path(given), run, own=False)
            cluster.find_operators()
            try:
                yield cluster
            finally:
                cluster.clean_up()
    else:
        with control_plane(binaries(), folder) as kubeconfig, current_cluster(kubeconfig) as server:
            yield Cluster(server, kubeconfig, run, own=True)


def wait_for(holds: Callable[[], bool], what: str, seconds: float = 20) -> None:
    """Until something holds; controllers take their time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"waited {seconds} seconds for {what}"
        time.sleep(0.02)


def _labelled(crd: Mapping[str, Any]) -> dict[str, Any]:
    metadata = crd["metadata"]
    return {**crd, "metadata": {**metadata, "labels": {**(metadata.get("labels") or {}), **MADE_BY}}}


def _made_here(body: Mapping[str, Any]) -> bool:
    return MADE_BY.items() <= (body["metadata"].get("labels") or {}).items()


def _spec_fields(crd: Mapping[str, Any]) -> set[str]:
    return set(crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"]["properties"])
