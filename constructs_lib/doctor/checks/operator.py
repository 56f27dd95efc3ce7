"""What the chosen version of the operator does by itself."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.doctor.instance import Instance
from constructs_lib.doctor.model import ERROR, Check, Found
from constructs_lib.doctor.objects import Objects, may_be_same_namespace
from constructs_lib.dragonfly.operator_versions import REFUSED_VERSIONS, operator_release

OPERATOR_VERSION_BROKEN = Check(
    "operator-version-broken",
    ERROR,
    ("HelmRelease", "Dragonfly"),
    "The operator of this version does not work as its chart installs it: v1.6.0 lacks a right that it needs, and "
    "makes nothing.",
    "docs/dragonfly.md#versions",
)
OPERATOR_NETWORK_POLICY = Check(
    "operator-network-policy",
    ERROR,
    ("Dragonfly",),
    "From v1.5.0 to v1.6.1 the operator makes a NetworkPolicy of its own for every instance, unless told not to. It "
    "cuts off Prometheus and, from v1.6.0 on, every client in another namespace.",
    "docs/dragonfly.md#versions",
)

POLICY_NAMED_AS_INSTANCE = Check(
    "policy-named-as-instance",
    ERROR,
    ("NetworkPolicy",),
    "From v1.5.0 to v1.6.1 a NetworkPolicy with the name of an instance is the operator's: it writes over it, or with "
    "`networkPolicyEnabled: false` removes it.",
    "docs/dragonfly.md#versions",
)

CHECKS = (OPERATOR_VERSION_BROKEN, OPERATOR_NETWORK_POLICY, POLICY_NAMED_AS_INSTANCE)


def find(tree: Objects) -> Iterator[Found]:
    """The version first, then what it does to each instance."""
    reason = REFUSED_VERSIONS.get(tree.operator)
    if reason:
        where = "/spec/chart/spec/version"
        broken = [(release, where) for release in tree.operator_releases] or [
            (instance.manifest, "") for instance in tree.instances
        ]
        for manifest, field in broken:
            what = f"operator {tree.operator} does not work: {reason}"
            yield OPERATOR_VERSION_BROKEN.found(manifest, field, what, "use v1.6.1")
    if not operator_release(tree.operator).makes_network_policies:
        return
    for instance in tree.instances:
        if instance.has_network_policy_of_operator:
            yield _policy_of_operator(instance)
        for policy in tree.of_kind("NetworkPolicy"):
            if policy.name == instance.name and may_be_same_namespace(policy.namespace, instance.namespace):
                what = f"operator {tree.operator} takes a NetworkPolicy of that name for its own"
                fix = f"call it {instance.name}-access, or anything else"
                yield POLICY_NAMED_AS_INSTANCE.found(policy, "/metadata/name", what, fix)


def _policy_of_operator(instance: Instance) -> Found:
    """Without a patch: it is what keeps others from port 9999, until there is another policy."""
    others = " and other namespaces" if instance.operator_release.network_policies_close_namespaces else ""
    what = f"operator {instance.operator} makes a NetworkPolicy that shuts out Prometheus{others}"
    fix = "write a policy of your own that keeps others from port 9999, then switch this one off"
    return OPERATOR_NETWORK_POLICY.found(instance.manifest, "/spec/networkPolicyEnabled", what, fix)
