"""Port 9999, which takes every command with no password: who is kept from it, and who must not be."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.doctor.instance import Instance
from constructs_lib.doctor.model import ERROR, INFO, Check, Found
from constructs_lib.doctor.objects import Objects
from constructs_lib.doctor.policies import LetThrough, Policy, policies_for
from constructs_lib.dragonfly.command_line import flag_value
from constructs_lib.dragonfly.ports import ADMIN_PORT
from constructs_lib.network.peers import NAMESPACE_NAME
from constructs_lib.network.policies import KINDS
from constructs_lib.network.rules import Direction
from constructs_lib.operator.arguments import OPERATOR_POD_LABELS

ADMIN_PORT_OPEN = Check(
    "admin-port-open",
    ERROR,
    ("Dragonfly", *KINDS),
    "Port 9999 takes every command with no password and heeds no ACL: whoever reaches it reads, changes and deletes "
    "everything, and makes another server master. Only a network policy keeps others from it. The operator's pods and "
    "the instance's own need it; Prometheus needs `GET /metrics`.",
    "docs/dragonfly.md#port-9999",
)
POLICY_WITHOUT_OPERATOR = Check(
    "policy-without-operator",
    ERROR,
    ("Dragonfly",),
    "Without a way for the operator's pods to port 9999 no master is ever chosen: the Service leads nowhere.",
    "docs/dragonfly.md#port-9999",
)
POLICY_WITHOUT_REPLICATION = Check(
    "policy-without-replication",
    ERROR,
    ("Dragonfly",),
    "Replicas connect to port 9999 of the master. Without that way, in and out, they never have its data.",
    "docs/dragonfly.md#port-9999",
)
POLICY_WITHOUT_DNS = Check(
    "policy-without-dns",
    ERROR,
    ("Dragonfly",),
    "Snapshots go to a host by name, and nothing lets the pods ask for its address: none is written, and none loaded "
    "at start.",
    "docs/dragonfly.md#port-9999",
)
VERSION_CHECK_BEHIND_POLICY = Check(
    "version-check-behind-policy",
    INFO,
    ("Dragonfly",),
    "The server asks a host on the internet once a day for a newer version. A policy drops that, and an audit shows it "
    "each time.",
    "docs/dragonfly.md#port-9999",
)

CHECKS = (
    ADMIN_PORT_OPEN,
    POLICY_WITHOUT_OPERATOR,
    POLICY_WITHOUT_REPLICATION,
    POLICY_WITHOUT_DNS,
    VERSION_CHECK_BEHIND_POLICY,
)


def find(tree: Objects) -> Iterator[Found]:
    """Each instance with the policies that are for it; a policy that is for several is told of once."""
    told: set[tuple[int, str]] = set()
    for instance in tree.instances:
        policies = policies_for(instance, tree)
        if not instance.has_network_policy_of_operator and not any(policy.closes("ingress") for policy in policies):
            yield _open(instance, policies)
        else:
            for found in _let_in(instance, policies, tree):
                if (id(found.manifest), found.field) not in told:
                    told.add((id(found.manifest), found.field))
                    yield found
            if not instance.has_network_policy_of_operator:
                yield from _needs(instance, policies, tree)
        yield from _out(instance, policies, tree)


def _open(instance: Instance, policies: list[Policy]) -> Found:
    what = "nobody is kept from port 9999, which takes every command with no password"
    if policies:
        what += f": {policies[0].manifest.kind} {policies[0].manifest.name} drops nothing"
    fix = (
        "add a network policy for its pods that lets the operator and the pods themselves to port 9999, Prometheus to "
        "GET /metrics, clients to 6379"
    )
    return ADMIN_PORT_OPEN.found(instance.manifest, "", what, fix)


def _let_in(instance: Instance, policies: list[Policy], tree: Objects) -> Iterator[Found]:
    for policy in policies:
        for peer in policy.lets_through("ingress", ADMIN_PORT):
            if peer.only_gets_metrics or _belongs(peer, instance, tree) or _is_prometheus(peer, policy):
                continue
            what = f"lets {_named(peer)} to port 9999, which takes every command with no password"
            fix = "let it to 6379 alone" + (
                ", or where it is Prometheus to GET /metrics alone (toPorts.rules.http)"
                if policy.is_ciliums
                else ", or where it is Prometheus select its pods by label"
            )
            yield ADMIN_PORT_OPEN.found(policy.manifest, peer.field, what, fix)


def _needs(instance: Instance, policies: list[Policy], tree: Objects) -> Iterator[Found]:
    if not _reaches(policies, "ingress", tree.operator_namespaces, OPERATOR_POD_LABELS):
        what = "no policy lets the operator's pods to port 9999: no master is ever chosen"
        labels = ", ".join(f"{key}: {value}" for key, value in OPERATOR_POD_LABELS.items())
        fix = f"let pods with {labels} of {min(tree.operator_namespaces)} in"
        yield POLICY_WITHOUT_OPERATOR.found(instance.manifest, "", what, fix)
    if instance.replicas > 1 and not _reaches(policies, "ingress", _own(instance, policies), instance.pod_labels):
        what = "no policy lets its own pods in to port 9999: replicas get no data"
        yield POLICY_WITHOUT_REPLICATION.found(instance.manifest, "", what, f"let pods with app: {instance.name} in")


def _out(instance: Instance, policies: list[Policy], tree: Objects) -> Iterator[Found]:
    if not any(policy.closes("egress") for policy in policies):
        return
    if instance.replicas > 1 and not _reaches(policies, "egress", _own(instance, policies), instance.pod_labels):
        what = "no policy lets its pods out to port 9999 of each other: replicas get no data"
        yield POLICY_WITHOUT_REPLICATION.found(instance.manifest, "", what, f"let them out to app: {instance.name}")
    asks_for_names = "://" in instance.snapshot_dir
    if asks_for_names and not any(True for policy in policies for _ in policy.lets_through("egress", 53)):
        what = "snapshots go to a host by name, and no policy lets its pods out to port 53"
        fix = "let them out to k8s-app: kube-dns in kube-system, port 53, UDP and TCP"
        yield POLICY_WITHOUT_DNS.found(instance.manifest, "", what, fix)
    flag = instance.flag("version_check")
    if flag is None or flag_value(flag.text, "bool") is not False:
        what = "the server asks the internet for newer versions, which a policy drops"
        fix = "add --version_check=false to args"
        yield VERSION_CHECK_BEHIND_POLICY.found(instance.manifest, "/spec/args", what, fix)


def _reaches(policies: list[Policy], direction: Direction, namespaces: frozenset[str], labels: dict[str, str]) -> bool:
    """Whether any rule lets pods through at port 9999. What is no pod but an address or entity may stand for them."""
    return any(
        not peer.only_gets_metrics and peer.may_be(namespaces, labels)
        for policy in policies
        for peer in policy.lets_through(direction, ADMIN_PORT)
    )


def _belongs(peer: LetThrough, instance: Instance, tree: Objects) -> bool:
    """Whether a peer is the operator, or the instance's own pods."""
    namespaces = peer.pods.namespaces.values_of(NAMESPACE_NAME) if peer.pods else None
    if peer.pods is None or namespaces is None:
        return False
    is_operator = all(name in tree.operator_namespaces or "dragonfly-operator" in name for name in namespaces)
    named = peer.pods.labels.values_of
    names_the_operator = any(named(label) == frozenset({value}) for label, value in OPERATOR_POD_LABELS.items())
    is_its_own = named("app") == frozenset({instance.name})
    any_dragonfly = named("app.kubernetes.io/name") == frozenset({"dragonfly"})
    return is_operator or names_the_operator or is_its_own or any_dragonfly


def _is_prometheus(peer: LetThrough, policy: Policy) -> bool:
    """Kubernetes' own policies know no requests: Prometheus' pods alone is as narrow as they get."""
    if policy.is_ciliums or peer.pods is None:
        return False
    named = (peer.pods.labels.values_of(each.key) for each in peer.pods.labels.requirements)
    return any(values and all(map(_names_a_scraper, values)) for values in named)


def _names_a_scraper(label: str) -> bool:
    return any(scraper in label.lower() for scraper in ("prometheus", "vmagent", "alloy"))


def _own(instance: Instance, policies: list[Policy]) -> frozenset[str]:
    return frozenset({instance.namespace, *(policy.manifest.namespace for policy in policies)})


def _named(peer: LetThrough) -> str:
    if peer.pods is None:
        return "addresses or everybody"
    namespaces = peer.pods.namespaces.values_of(NAMESPACE_NAME)
    if namespaces is None:
        return "pods of any namespace"
    listed = ", ".join(word.replace("=", ": ") for word in peer.pods.labels.words())
    which = f"pods with {listed}" if listed else "every pod"
    named = ", ".join(sorted(filter(None, namespaces)))
    return f"{which} of namespace {named}" if named else which
