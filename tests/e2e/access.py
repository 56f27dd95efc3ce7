"""What a ServiceAccount may do, by the API server's own word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from constructs_lib.checks.api_server import ApiServer
from constructs_lib.checks.manifests import Manifest


@dataclass(frozen=True)
class Request:
    """Something that a ServiceAccount may want to do."""

    verb: str
    group: str
    resource: str
    namespace: str = ""
    name: str = ""
    subresource: str = ""

    def attributes(self) -> dict[str, str]:
        named = {"verb": self.verb, "group": self.group, "resource": self.resource, "subresource": self.subresource}
        return {key: value for key, value in {**named, "namespace": self.namespace, "name": self.name}.items() if value}


BEYOND = (
    Request("*", "*", "*"),
    Request("create", "", "pods"),
    Request("create", "rbac.authorization.k8s.io", "rolebindings"),
    Request("delete", "dragonflydb.io", "dragonflies"),
    Request("delete", "", "persistentvolumeclaims"),
    Request("escalate", "rbac.authorization.k8s.io", "roles"),
    Request("impersonate", "", "serviceaccounts"),
    Request("list", "", "secrets"),
    Request("watch", "", "secrets"),
)
"""What no Job of ours has a use for, in its own namespace or elsewhere."""


def may(server: ApiServer, namespace: str, account: str, request: Request) -> bool:
    """Ask the server, by a SubjectAccessReview."""
    spec = {
        "user": f"system:serviceaccount:{namespace}:{account}",
        "groups": ["system:serviceaccounts", f"system:serviceaccounts:{namespace}", "system:authenticated"],
        "resourceAttributes": request.attributes(),
    }
    review = {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview", "spec": spec}
    answer = server.request("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", review)
    assert answer.accepted, answer.message
    return bool(answer.body["status"]["allowed"])


def accounts(manifests: Iterable[Manifest]) -> list[Manifest]:
    """The ServiceAccounts that are written."""
    return [manifest for manifest in manifests if (manifest.api_version, manifest.kind) == ("v1", "ServiceAccount")]


def granted(account: Manifest, manifests: Iterable[Manifest]) -> Iterator[Request]:
    """What the roles beside a ServiceAccount say that it may, by the bindings that name it."""
    every = list(manifests)
    for binding in every:
        if binding.kind in {"RoleBinding", "ClusterRoleBinding"} and _binds(binding, account):
            reference = binding.object["roleRef"]
            for role in every:
                if (role.kind, role.name) == (reference["kind"], reference["name"]):
                    for rule in role.object["rules"]:
                        yield from _requests(rule, binding.namespace)


def _binds(binding: Manifest, account: Manifest) -> bool:
    subject = {"kind": "ServiceAccount", "name": account.name, "namespace": account.namespace}
    return any(
        subject.items() <= {"namespace": binding.namespace, **each}.items() for each in binding.object["subjects"]
    )


def _requests(rule: Mapping[str, Any], namespace: str) -> Iterator[Request]:
    for verb in rule["verbs"]:
        for group in rule.get("apiGroups", []):
            for resource in rule.get("resources", []):
                plural, _, subresource = resource.partition("/")
                for name in rule.get("resourceNames", [""]):
                    yield Request(verb, group, plural, namespace, name, subresource)
