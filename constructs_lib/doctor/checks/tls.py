"""Who gets in at all: TLS, certificates, passwords, and the way around them."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.doctor.instance import Instance
from constructs_lib.doctor.model import ERROR, WARNING, Check, Found, add, remove
from constructs_lib.doctor.objects import Objects
from constructs_lib.values.fields import mapping

TLS_SECRET_REF_NOT_A_REFERENCE = Check(
    "tls-secret-ref-not-a-reference",
    ERROR,
    ("Dragonfly",),
    "`tlsSecretRef` is an object with a `name`. A text is refused by the API server.",
    "docs/dragonfly.md#secrets",
)
TLS_WITHOUT_PASSWORD_OR_CA = Check(
    "tls-without-password-or-ca",
    ERROR,
    ("Dragonfly",),
    "With TLS and neither a password nor a CA for clients' certificates the server exits at start.",
    "docs/dragonfly.md#secrets",
)
TLS_SECRET_NAMESPACE = Check(
    "tls-secret-namespace-ignored",
    WARNING,
    ("Dragonfly",),
    "The operator mounts the Secret of that name in the instance's own namespace, whatever `namespace` says.",
    "docs/dragonfly.md#secrets",
)
NO_AUTHENTICATION = Check(
    "no-authentication",
    WARNING,
    ("Dragonfly",),
    "No password, no ACL file, no client certificates: whoever reaches port 6379 may read, change and delete "
    "everything.",
    "docs/dragonfly.md#users",
)
MEMCACHED_WITHOUT_PASSWORD = Check(
    "memcached-without-password",
    WARNING,
    ("Dragonfly",),
    "The memcached port asks for no password and heeds no ACL: it is a second door to the same keys.",
    "docs/dragonfly.md#port-9999",
)

CHECKS = (
    TLS_SECRET_REF_NOT_A_REFERENCE,
    TLS_WITHOUT_PASSWORD_OR_CA,
    TLS_SECRET_NAMESPACE,
    NO_AUTHENTICATION,
    MEMCACHED_WITHOUT_PASSWORD,
)


def find(tree: Objects) -> Iterator[Found]:
    """Each instance: TLS, then who gets in without it."""
    for instance in tree.instances:
        yield from _tls(instance)
        yield from _authentication(instance)


def _tls(instance: Instance) -> Iterator[Found]:
    reference = instance.spec.get("tlsSecretRef")
    if reference is None:
        return
    where = "/spec/tlsSecretRef"
    if not isinstance(reference, dict):
        patch = [add(where, {"name": reference})] if isinstance(reference, str) else []
        yield TLS_SECRET_REF_NOT_A_REFERENCE.found(
            instance.manifest, where, "tlsSecretRef is no object with a name", "write {name: …}", *patch
        )
    elif reference.get("namespace") not in (None, instance.namespace):
        what = "the namespace is ignored: the Secret must be in the instance's own"
        fix = "leave it out, and have the certificate in the instance's namespace"
        patch = [remove(f"{where}/namespace")]
        yield TLS_SECRET_NAMESPACE.found(instance.manifest, f"{where}/namespace", what, fix, *patch)
    if not instance.has_password and not mapping(instance.spec, "authentication", "clientCaCertSecret"):
        what = "TLS with neither a password nor a CA for clients: the server exits at start"
        fix = "give authentication.passwordFromSecret or authentication.clientCaCertSecret"
        yield TLS_WITHOUT_PASSWORD_OR_CA.found(instance.manifest, where, what, fix)


def _authentication(instance: Instance) -> Iterator[Found]:
    asks = (
        instance.has_password
        or mapping(instance.spec, "aclFromSecret")
        or mapping(instance.spec, "authentication", "clientCaCertSecret")
        or instance.spec.get("tlsSecretRef")
        or instance.flag("requirepass")
        or instance.flag("aclfile")
    )
    if not asks:
        what = "nothing is asked of whoever reaches port 6379"
        fix = "give authentication.passwordFromSecret: {name: …, key: …}"
        yield NO_AUTHENTICATION.found(instance.manifest, "/spec/authentication", what, fix)
    if instance.spec.get("memcachedPort"):
        what = "memcached clients need no password"
        fix = "leave it out, or let only their pods reach it by a network policy"
        yield MEMCACHED_WITHOUT_PASSWORD.found(instance.manifest, "/spec/memcachedPort", what, fix)
