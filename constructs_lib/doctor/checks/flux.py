"""Flux' Kustomizations: what they wait for, where they put things, what they can read."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.model import ERROR, WARNING, Check, Found, remove
from constructs_lib.doctor.objects import Objects, lies_under
from constructs_lib.flux.annotations import FLUX_GROUP
from constructs_lib.values.fields import items, mapping, text, value

HEALTH_CHECKS_IGNORED = Check(
    "health-checks-ignored",
    WARNING,
    ("Kustomization",),
    "Beside `wait: true` Flux looks at everything that it applied, and ignores `healthChecks`.",
    "docs/dragonfly.md#flux",
)
DRAGONFLY_READY_AT_ONCE = Check(
    "dragonfly-ready-at-once",
    WARNING,
    ("Kustomization",),
    "A Dragonfly has a `phase` and no conditions, so Flux takes it for ready at once: what depends on it starts before "
    "there is a master. `healthCheckExprs` (Flux 2.5) can look at the phase.",
    "docs/dragonfly.md#flux",
)
TARGET_NAMESPACE_MISSING = Check(
    "target-namespace-missing",
    ERROR,
    ("Kustomization", "HelmRelease"),
    "Flux makes no namespace for what it applies: the first object is refused, and with it the whole folder.",
    "docs/dragonfly.md#the-operators-helm-chart",
)
SECRET_NOT_DECRYPTED = Check(
    "secret-not-decrypted",
    WARNING,
    ("Secret",),
    "Only a Kustomization with `decryption` decrypts what SOPS has encrypted, unless a parent patches that in. Else "
    "the ciphertext itself becomes the password.",
    "docs/secrets.md",
)

CHECKS = (HEALTH_CHECKS_IGNORED, DRAGONFLY_READY_AT_ONCE, TARGET_NAMESPACE_MISSING, SECRET_NOT_DECRYPTED)

ALWAYS_THERE = frozenset({"default", "kube-system", "kube-public", "kube-node-lease", "flux-system"})

PHASE = (
    'healthCheckExprs: [{apiVersion: dragonflydb.io/v1alpha1, kind: Dragonfly, current: "has(status.phase) && '
    "status.phase in ['Ready', 'ready']\", inProgress: \"!(has(status.phase) && status.phase in ['Ready', 'ready'])\"}]"
)


def find(tree: Objects) -> Iterator[Found]:
    """The Kustomizations that have to do with Dragonfly, then encrypted Secrets."""
    for kustomization in tree.flux_kustomizations:
        yield from _health(kustomization, tree)
        yield from _namespace(kustomization, tree)
    for release in tree.operator_releases:
        if not value(release.object, "spec", "install", "createNamespace"):
            yield from _namespace(release, tree)
    yield from _encrypted(tree)


def _health(kustomization: Manifest, tree: Objects) -> Iterator[Found]:
    spec = mapping(kustomization.object, "spec")
    where = "/spec/healthChecks"
    looks_at_phase = any(text(check, "kind") == "Dragonfly" for check in items(spec, "healthCheckExprs"))
    of_dragonfly = [check for check in items(spec, "healthChecks") if text(check, "kind") == "Dragonfly"]
    applies_one = any(lies_under(instance.manifest, kustomization) for instance in tree.instances)
    if spec.get("wait") is True and items(spec, "healthChecks"):
        what = "healthChecks beside wait: true are ignored"
        yield HEALTH_CHECKS_IGNORED.found(kustomization, where, what, "leave them out", remove(where))
    if (of_dragonfly or (applies_one and spec.get("wait") is True)) and not looks_at_phase:
        what = "Flux takes a Dragonfly for ready at once, before it has a master"
        yield DRAGONFLY_READY_AT_ONCE.found(
            kustomization, where if of_dragonfly else "/spec/wait", what, f"give {PHASE}"
        )


def _namespace(manifest: Manifest, tree: Objects) -> Iterator[Found]:
    wanted = text(manifest.object, "spec", "targetNamespace")
    made = {namespace.name for namespace in tree.of_kind("Namespace")} | ALWAYS_THERE
    if wanted and wanted not in made:
        what = f"nothing makes the namespace {wanted}"
        fix = f"add a Namespace {wanted}, applied before or with it"
        yield TARGET_NAMESPACE_MISSING.found(manifest, "/spec/targetNamespace", what, fix)


def _encrypted(tree: Objects) -> Iterator[Found]:
    names = {
        text(instance.spec, *path, "name")
        for instance in tree.instances
        for path in (("authentication", "passwordFromSecret"), ("aclFromSecret",))
    }
    for secret in tree.of_kind("Secret"):
        if "sops" not in secret.object or secret.name not in names:
            continue
        appliers = [each for each in tree.appliers(secret) if each.group == FLUX_GROUP]
        blind = [each for each in appliers if not mapping(each.object, "spec", "decryption")]
        if appliers and len(blind) == len(appliers):
            what = f"encrypted, and Kustomization {blind[0].name} has no decryption"
            fix = "give the Kustomization decryption: {provider: sops, secretRef: {name: …}}"
            yield SECRET_NOT_DECRYPTED.found(secret, "/sops", what, fix)
