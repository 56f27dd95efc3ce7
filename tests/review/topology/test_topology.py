"""The picture of written manifests: who reaches whom, what watches and saves what, and how that is written down."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from constructs_lib.checks.manifests import Manifest, read_manifests
from constructs_lib.review.topology.drawings import dot, mermaid
from constructs_lib.review.topology.of_manifests import topology_of
from constructs_lib.review.topology.topology import Edge, EdgeKind, Mark, Node, NodeKind, Topology, compared
from tests.conftest import ROOT

SNAPSHOTS = ROOT / "tests" / "__snapshots__" / "test_stacks"


@cache
def reviewed(stack: str) -> tuple[Manifest, ...]:
    folders = [each for each in sorted((SNAPSHOTS / stack).iterdir()) if each.is_dir()]
    return tuple(manifest for folder in folders for manifest in read_manifests(folder))


def written(stack: str) -> list[Manifest]:
    return list(reviewed(stack))


def drawn(stack: str) -> Topology:
    return topology_of(written(stack), SNAPSHOTS / stack)


def titles(topology: Topology) -> dict[tuple[str, str], str]:
    return {node.key: " ".join(node.lines) for node in topology.nodes}


def arrows(topology: Topology, kind: EdgeKind) -> set[tuple[str, str, str]]:
    """Both ends by their title, and what stands between them."""
    known = titles(topology)
    edges = (edge for edge in topology.edges if edge.kind is kind)
    return {(known[edge.source], known[edge.target], " ".join(edge.lines)) for edge in edges}


def tree_of(*objects: Mapping[str, Any]) -> Topology:
    return topology_of([Manifest(Path("tree/dragonfly/a.yaml"), each) for each in objects], Path("tree"))


def an_object(kind: str, spec: Any, name: str = "a", version: str = "v1") -> dict[str, Any]:
    return {"apiVersion": version, "kind": kind, "metadata": {"name": name, "namespace": "cache"}, "spec": spec}


INSTANCE = an_object("Dragonfly", {"replicas": 1})

PODS = "3 pods: master, 2 replicas CiliumNetworkPolicy dragonfly enforced"
SERVICE = "Service dragonfly LoadBalancer"
BUCKET = "s3://dragonfly-backups rustfs-svc.storage.svc.cluster.local:9000"


def test_an_enforced_policy_of_ciliums_shows_who_reaches_whom_and_no_one_else() -> None:
    assert arrows(drawn("everything-on"), EdgeKind.REACHES) == {
        ("Operator v1.3.1 in dragonfly-operator-system", PODS, "9999"),
        ("Prometheus pods in monitoring app.kubernetes.io/name=prometheus", PODS, "9999 GET /metrics"),
        ("Clients 203.0.113.0/24", SERVICE, "6379"),
        ("Clients pods in ai-system", SERVICE, "6379"),
        ("Clients pods in default", SERVICE, "6379"),
        ("Clients pods in identity", SERVICE, "6379"),
        ("Clients pods in jobs app=worker", SERVICE, "6379"),
        ("Clients pods in shop", SERVICE, "6379"),
        (SERVICE, PODS, "6379 to the master"),
        (PODS, PODS, "9999"),
        (PODS, BUCKET, "9000"),
        (PODS, "DNS pods in kube-system k8s-app=kube-dns", "53 TCP/UDP"),
    }


def test_a_policy_of_kubernetes_own_shows_the_same_ways() -> None:
    pods = "1 pod, the master NetworkPolicy dragonfly-access enforced"
    assert arrows(drawn("kubernetes-policy"), EdgeKind.REACHES) == {
        ("Operator v1.3.1 in dragonfly-operator-system", pods, "9999"),
        ("Prometheus pods in monitoring app.kubernetes.io/name=prometheus", pods, "9999"),
        ("Clients pods in default", "Service dragonfly ClusterIP", "6379"),
        ("Clients pods in shop app=web", "Service dragonfly ClusterIP", "6379"),
        ("Service dragonfly ClusterIP", pods, "6379 to the master"),
        (pods, pods, "9999"),
        (pods, "3.5.128.0/17", "443"),
        (pods, "52.219.0.0/16", "443"),
        (pods, "DNS pods in kube-system k8s-app=kube-dns", "53 TCP/UDP"),
    }


@pytest.mark.parametrize("stack", ["default", "operator-v1.3.1"], ids=["no policy", "a policy that audits"])
def test_where_nothing_is_dropped_anyone_reaches_the_port_that_asks_for_no_password(stack: str) -> None:
    topology = drawn(stack)
    from_anyone = {(target, port) for source, target, port in arrows(topology, EdgeKind.REACHES) if "Anyone" in source}
    assert sorted((target.split()[0], port) for target, port in from_anyone) == [("1", "9999"), ("Service", "6379")]


def operator_release(version: str) -> dict[str, Any]:
    chart = {"spec": {"chart": "dragonfly-operator", "version": version}}
    return an_object("HelmRelease", {"chart": chart}, "operator")


@pytest.mark.parametrize(
    ("version", "clients"),
    [("v1.5.0", "Anyone no policy keeps them out"), ("v1.6.1", "Clients pods in cache")],
)
def test_the_policy_that_the_operator_makes_keeps_others_out(version: str, clients: str) -> None:
    pods = "1 pod, the master NetworkPolicy a of the operator enforced"
    assert arrows(tree_of(INSTANCE, operator_release(version)), EdgeKind.REACHES) == {
        (clients, "Service a ClusterIP", "6379"),
        (f"Operator {version} in cache", pods, "9999"),
        ("Service a ClusterIP", pods, "6379 to the master"),
        (pods, pods, "9999"),
    }


@pytest.mark.parametrize(
    ("version", "spec"), [("v1.4.0", {}), ("v1.6.1", {"networkPolicyEnabled": False}), ("v1.7.0", {})]
)
def test_where_the_operator_makes_no_policy_anyone_reaches_port_9999(version: str, spec: dict[str, Any]) -> None:
    topology = tree_of({**INSTANCE, "spec": {"replicas": 1, **spec}}, operator_release(version))
    assert ("Anyone no policy keeps them out", "1 pod, the master", "9999") in arrows(topology, EdgeKind.REACHES)


def test_what_watches_an_instance_is_drawn_with_what_it_looks_at() -> None:
    assert arrows(drawn("everything-on"), EdgeKind.WATCHES) == {
        ("PodMonitor dragonfly", PODS, "scrapes 9999 /metrics every 30s"),
        ("PrometheusRule dragonfly-alerts", "Dragonfly dragonfly v1.36.0", "22 alerts"),
    }


def test_alerts_about_another_instance_do_not_watch_this_one() -> None:
    rule = {"alert": "Down", "expr": 'max(up{namespace="cache",app="other"}) == 0'}
    rules = an_object("PrometheusRule", {"groups": [{"name": "g", "rules": [rule]}]})
    other = {**INSTANCE, "metadata": {"name": "other", "namespace": "cache"}}
    assert arrows(tree_of(INSTANCE, rules), EdgeKind.WATCHES) == set()
    assert len(arrows(tree_of(other, rules), EdgeKind.WATCHES)) == 1


def test_snapshots_in_a_bucket_are_drawn_with_schedule_place_and_the_jobs_that_work_there() -> None:
    pods = "2 pods: master, 1 replica CiliumNetworkPolicy dragonfly enforced"
    below = "below cache/dragonfly/restored-cb30a1c8/$(POD_NAME)"
    assert arrows(drawn("restored"), EdgeKind.SAVES) == {
        (pods, BUCKET, f"saves at 0 */6 * * * {below}"),
        ("Job dragonfly-bucket-6f9513e0", BUCKET, "sets up the bucket"),
        ("Job dragonfly-restore-017a3f5f", BUCKET, "copies a snapshot to start from"),
        ("CronJob dragonfly-drill at 30 5 * * 1", BUCKET, "tries the newest snapshot"),
        ("CronJob dragonfly-retention at 45 3 * * *", BUCKET, "deletes old snapshots"),
    }


def test_a_drill_that_compares_with_the_living_cache_is_drawn_as_its_client() -> None:
    drill = "CronJob dragonfly-drill at 30 5 * * 1"
    assert (drill, "Service dragonfly ClusterIP", "6379") in arrows(drawn("restored"), EdgeKind.REACHES)


def test_snapshots_on_volumes_are_drawn_with_the_jobs_that_work_on_them() -> None:
    volume = "claims cache/df-dragonfly-N 5Gi each pod"
    assert arrows(drawn("volume-snapshots"), EdgeKind.SAVES) == {
        ("1 pod, the master", volume, "saves at 30 3 * * *"),
        ("CronJob dragonfly-drill at 30 5 * * 1", volume, "tries the newest snapshot"),
        ("CronJob dragonfly-retention-0 at 45 3 * * *", volume, "deletes old snapshots"),
    }


def test_snapshots_with_no_place_are_on_a_disk_that_goes_with_the_pod() -> None:
    topology = tree_of(an_object("Dragonfly", {"replicas": 1, "snapshot": {"cron": "0 3 * * *"}}))
    assert arrows(topology, EdgeKind.SAVES) == {
        ("1 pod, the master", "the pods' own disks of cache/a gone with the pod", "saves at 0 3 * * *")
    }


def test_flux_applies_the_operator_before_the_instance() -> None:
    topology = drawn("default")
    operator = "Kustomization dragonfly-operator ./dist/dragonfly-operator after kube-system/coredns, not drawn"
    cache = "Kustomization dragonfly ./dist/dragonfly"
    assert arrows(topology, EdgeKind.BEFORE) == {(operator, cache, "before")}
    assert arrows(topology, EdgeKind.APPLIES) == {
        (operator, "Operator v1.3.1 in dragonfly-operator-system", "applies"),
        (cache, "Dragonfly dragonfly v1.36.0", "applies"),
    }


def test_memcached_is_a_port_for_clients_too() -> None:
    topology = tree_of(an_object("Dragonfly", {"replicas": 1, "memcachedPort": 11211}))
    from_anyone = {port for source, _, port in arrows(topology, EdgeKind.REACHES) if "Anyone" in source}
    assert from_anyone == {"6379", "11211", "9999"}


def cilium(**spec: Any) -> dict[str, Any]:
    return an_object("CiliumNetworkPolicy", {"endpointSelector": {"matchLabels": {"k8s:app": "a"}}, **spec})


CLIENT_PORT = [{"ports": [{"port": "6379"}]}]


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        ({"fromEntities": ["world", "host"]}, "Clients host world"),
        ({"fromCIDRSet": [{"cidr": "10.0.0.0/8"}]}, "Clients 10.0.0.0/8"),
        ({"fromEndpoints": [{"matchLabels": {"any:tier": "web"}}]}, "Clients pods in cache tier=web"),
        (
            {"fromEndpoints": [{"matchExpressions": [{"key": "tier", "operator": "In", "values": ["b", "a"]}]}]},
            "Clients pods in cache tier in (a, b)",
        ),
        ({}, "Anyone no policy keeps them out"),
    ],
)
def test_whom_a_rule_of_ciliums_lets_in(rule: dict[str, Any], who: str) -> None:
    topology = tree_of(INSTANCE, cilium(ingress=[{**rule, "toPorts": CLIENT_PORT}]))
    assert {source for source, target, _ in arrows(topology, EdgeKind.REACHES) if "Service" in target} == {who}


def test_who_reaches_the_admin_port_is_not_called_a_client() -> None:
    rule = {"fromEndpoints": [{"matchLabels": {"tier": "web"}}], "toPorts": [{"ports": [{"port": "9999"}]}]}
    ways = arrows(tree_of(INSTANCE, cilium(ingress=[rule])), EdgeKind.REACHES)
    assert ("pods in cache tier=web", "1 pod, the master CiliumNetworkPolicy a enforced", "9999") in ways


@pytest.mark.parametrize("ingress", [[{}], [{"fromEndpoints": []}]], ids=["an empty rule", "a rule with no peer"])
def test_a_rule_of_ciliums_that_lets_nobody_in_shuts_all_out(ingress: list[Any]) -> None:
    topology = tree_of(INSTANCE, cilium(ingress=ingress))
    assert {source for source, _, _ in arrows(topology, EdgeKind.REACHES)} == {"Service a ClusterIP"}


WEB = {"fromEndpoints": [{"matchLabels": {"tier": "web"}}]}


def test_whom_a_rule_denies_is_drawn_as_denied_and_not_as_let_in() -> None:
    policy = cilium(ingress=[{**WEB, "toPorts": CLIENT_PORT}], ingressDeny=[WEB])
    topology = tree_of(INSTANCE, policy)
    assert {source for source, _, _ in arrows(topology, EdgeKind.REACHES)} == {"Service a ClusterIP"}
    assert {(source, lines) for source, _, lines in arrows(topology, EdgeKind.DENIED)} == {
        ("pods in cache tier=web", "every port denied")
    }
    assert "--x" in mermaid(topology)


@pytest.mark.parametrize(
    "deny",
    [
        {**WEB, "toPorts": [{"ports": [{"port": "9999"}]}]},
        {"fromEndpoints": [{"matchLabels": {"tier": "web", "team": "a"}}]},
    ],
    ids=["another port", "some of them"],
)
def test_who_is_denied_a_part_is_drawn_as_let_in_too(deny: dict[str, Any]) -> None:
    topology = tree_of(INSTANCE, cilium(ingress=[{**WEB, "toPorts": CLIENT_PORT}], ingressDeny=[deny]))
    assert ("Clients pods in cache tier=web", "Service a ClusterIP", "6379") in arrows(topology, EdgeKind.REACHES)
    assert len(arrows(topology, EdgeKind.DENIED)) == 1


def test_a_rule_that_denies_shuts_out_all_whom_nothing_lets_in() -> None:
    assert "client_anyone" not in mermaid(tree_of(INSTANCE, cilium(ingressDeny=[WEB])))


def test_a_policy_for_other_pods_keeps_nobody_out() -> None:
    policy = an_object("NetworkPolicy", {"podSelector": {"matchLabels": {"app": "other"}}, "policyTypes": ["Ingress"]})
    assert "client_anyone" in mermaid(tree_of(INSTANCE, policy))


def test_the_same_manifests_in_another_order_give_the_same_bytes() -> None:
    manifests = written("restored")
    # Two policies for the same pods, of which both are named.
    manifests += [each for each in written("kubernetes-policy") if each.kind == "NetworkPolicy"]
    one, other = (topology_of(each, SNAPSHOTS) for each in (manifests, manifests[::-1]))
    assert (mermaid(one), dot(one)) == (mermaid(other), dot(other))


def test_no_secret_and_no_environment_variable_is_drawn() -> None:
    spec = {"replicas": 1, "args": ["--requirepass=hunter2"], "env": [{"name": "DFLY_PASSWORD", "value": "hunter2"}]}
    topology = tree_of(
        an_object("Dragonfly", spec), an_object("Secret", None) | {"stringData": {"password": "hunter2"}}
    )
    assert "hunter2" not in mermaid(topology) + dot(topology)


def test_of_two_trees_what_is_added_removed_and_changed_is_marked() -> None:
    both = compared(drawn("default"), drawn("everything-on"))
    marks = {key[1]: node.mark for node in both.nodes for key in [node.key]}
    assert marks["anyone"] is Mark.REMOVED
    assert marks["pods in shop"] is Mark.ADDED
    assert marks["dragonfly-operator-system/dragonfly-operator"] is Mark.BOTH
    (pods,) = [node for node in both.nodes if node.kind is NodeKind.PODS]
    assert (pods.mark, pods.lines[-1]) == (Mark.CHANGED, "was: 1 pod, the master")


def test_a_tree_compared_with_itself_is_drawn_as_it_is_alone() -> None:
    topology = drawn("everything-on")
    assert compared(topology, topology) == topology


def test_an_arrow_with_another_port_is_one_removed_and_one_added() -> None:
    nodes = (Node(NodeKind.CLIENT, "a", ("a",)), Node(NodeKind.PODS, "b", ("b",)))
    old, new = (
        Topology.of(nodes, [Edge(nodes[0].key, nodes[1].key, EdgeKind.REACHES, (port,))]) for port in ("1", "2")
    )
    assert {(edge.lines, edge.mark) for edge in compared(old, new).edges} == {
        (("1",), Mark.REMOVED),
        (("2",), Mark.ADDED),
    }


NAME = '"]; end <b>&amp; `*_#\\N'


def labelled(name: str) -> Topology:
    return Topology.of([Node(NodeKind.CLIENT, name, (name,), name), Node(NodeKind.CLIENT, "b", ("b",))], [])


def test_what_means_something_to_mermaid_is_written_by_its_number() -> None:
    (label,) = re.findall(r'client_end_b_amp_n\["([^"]*)"\]', mermaid(labelled(NAME)))
    assert re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label) == NAME
    assert not set(re.sub(r"#\d+;", "", label)) & set('"];<>&`*_#\\')


@pytest.mark.skipif(which("dot") is None, reason="needs dot (Debian: graphviz)")
def test_dot_draws_a_name_as_it_is() -> None:
    done = subprocess.run(
        ["dot", "-Tsvg"], input=dot(labelled(NAME)), capture_output=True, encoding="utf-8", check=True
    )
    (text,) = re.findall(
        r"<text[^>]*>(.*?amp.*?)</text>", done.stdout.partition("namespace")[2].partition("</text>")[2]
    )
    for entity, character in (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&#45;", "-"), ("&amp;", "&")):
        text = text.replace(entity, character)
    assert text == NAME


def test_names_that_come_to_the_same_word_stay_two_boxes() -> None:
    nodes = [Node(NodeKind.CLIENT, id, (id,)) for id in ("a.b", "a-b", "a/b")]
    drawing = mermaid(Topology.of(nodes, []))
    assert len(set(re.findall(r"^  (\w+)\[", drawing, re.MULTILINE))) == 3


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from paths(inner, (*path, key))


def test_a_label_that_is_no_text_selects_nothing() -> None:
    manifests = written("restored")
    named = [(each.kind, each.name) for each in manifests]
    index = named.index(("CronJob", "dragonfly-drill"))
    broken = yaml.safe_load(yaml.safe_dump(manifests[index].object))
    broken["spec"]["jobTemplate"]["spec"]["template"]["metadata"]["labels"]["app.kubernetes.io/component"] = []
    manifests[index] = Manifest(manifests[index].file, broken)
    assert mermaid(topology_of(manifests, SNAPSHOTS))


@given(st.data())
def test_a_field_of_another_type_is_passed_over(data: st.DataObject) -> None:
    manifests = written(data.draw(st.sampled_from(["restored", "kubernetes-policy", "volume-snapshots"])))
    index = data.draw(st.integers(0, len(manifests) - 1))
    broken = yaml.safe_load(yaml.safe_dump(manifests[index].object))
    path = data.draw(st.sampled_from([each for each in paths(broken) if each[:1] in (("spec",), ("metadata",))]))
    inner = broken
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = data.draw(JSON)
    manifests[index] = Manifest(manifests[index].file, broken)
    topology = topology_of(manifests, SNAPSHOTS)
    assert mermaid(topology)
    assert dot(topology)


def test_the_picture_in_the_guide_is_what_is_drawn() -> None:
    claims = {"resources": {"requests": {"storage": "5Gi"}}}
    snapshot = {"cron": "30 3 * * *", "persistentVolumeClaimSpec": claims}
    instance = an_object(
        "Dragonfly", {"image": "x/dragonfly:v1.36.0", "replicas": 2, "snapshot": snapshot}, "dragonfly"
    )
    clients = [
        {"app": "web", "io.kubernetes.pod.namespace": "shop"},
        {"io.kubernetes.pod.namespace": "identity"},
    ]
    own = {"matchLabels": {"app": "dragonfly"}}
    ingress: list[Any] = [{"fromEndpoints": [{"matchLabels": labels}], "toPorts": CLIENT_PORT} for labels in clients]
    ingress.append({"fromEndpoints": [own], "toPorts": [{"ports": [{"port": "9999"}]}]})
    policy = an_object("CiliumNetworkPolicy", {"endpointSelector": own, "ingress": ingress}, "dragonfly")
    guide = (ROOT / "docs" / "graph.md").read_text()
    assert f"```mermaid\n{mermaid(tree_of(instance, policy))}```\n" in guide
