"""Names of Kubernetes objects, labels and annotations, as the API server admits them.

https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
"""

from __future__ import annotations

import re

DEFAULT_USER = "default"
"""The user that every connection starts as."""

PASSWORD_KEY = "password"
ACL_KEY = "acl.conf"
CA_KEY = "ca.crt"
"""Keys of a cache's Secrets: of `default`'s password, of the ACL file, and of a CA as cert-manager names it."""

_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?", re.ASCII)
_SERVICE = re.compile(r"[a-z]([-a-z0-9]*[a-z0-9])?", re.ASCII)
_QUALIFIED = re.compile(r"[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?", re.ASCII)
_SECRET_KEY = re.compile(r"(?!\.\.|\.$)[-._a-zA-Z0-9]+", re.ASCII)

LONGEST_INSTANCE_NAME = 52
"""A StatefulSet's name becomes the pods' label `controller-revision-hash: NAME-HASH` of 63 characters at most,
with a hash of up to 10: a longer name and no pod is ever made."""

LONGEST_CRON_JOB_NAME = 52
"""A CronJob's Jobs bear its name and 11 characters more.
https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/"""

OPERATOR_LABELS = frozenset(
    {"app"}
    | {f"app.kubernetes.io/{name}" for name in ("name", "instance", "component", "version", "part-of", "managed-by")}
)
"""Labels that the operator sets itself. Set by hand they do nothing up to operator v1.4.0; from v1.5.0 on every
later change to the instance is stuck (docs/dragonfly.md, "The operator"; seen running)."""


def default_secret(cache: str) -> str:
    """The Secret of a cache of that name, where no other is given."""
    return f"{cache}-auth"


def default_tls_secret(cache: str) -> str:
    """The Secret with the certificate of a cache of that name, where no other is given."""
    return f"{cache}-tls"


def namespace_name(text: str) -> str:
    """A DNS-1123 label: the name of a namespace."""
    return _checked(text, _LABEL, 63, "a DNS-1123 label: lower-case letters, digits and '-', at most 63 characters")


def object_name(text: str) -> str:
    """A DNS-1123 subdomain: the name of most objects (Secret, HelmRelease, Kustomization, …)."""
    if len(text) <= 253 and all(_LABEL.fullmatch(part) for part in text.split(".")):
        return text
    raise ValueError(
        f"{text!r} is no name of an object; accepted: a DNS-1123 subdomain: lower-case letters, digits, '-' and '.'"
    )


def instance_name(text: str) -> str:
    """The name of a Dragonfly instance: of its StatefulSet, pods and Service.

    A Service whose name begins with `dfly` puts `DFLY_…` variables into every pod of the namespace, and a
    server exits on those that it does not know (docs/dragonfly.md, "The operator").
    """
    _checked(
        text,
        _SERVICE,
        LONGEST_INSTANCE_NAME,
        "lower-case letters, digits and '-', beginning with a letter, at most "
        f"{LONGEST_INSTANCE_NAME} characters (the StatefulSet's pods carry it in a label)",
    )
    if text.startswith("dfly"):
        raise ValueError(
            f"{text!r} begins with 'dfly', whose Service variables (DFLY_…) make every server of the namespace exit "
            "at start; accepted: any other beginning"
        )
    return text


def secret_key(text: str) -> str:
    """A key of a Secret's or ConfigMap's data."""
    return _checked(text, _SECRET_KEY, 253, "letters, digits, '-', '_' and '.', not beginning with '..'")


def label_key(text: str) -> str:
    """A key of a label or annotation: `name` or `example.com/name`."""
    prefix, slash, name = text.rpartition("/")
    well_formed = len(name) <= 63 and _QUALIFIED.fullmatch(name) is not None
    if slash:
        well_formed = well_formed and len(prefix) <= 253 and all(_LABEL.fullmatch(part) for part in prefix.split("."))
    if well_formed:
        return text
    raise ValueError(f"{text!r} is no key of a label; accepted: NAME or example.com/NAME")


def label_value(text: str) -> str:
    """The value of a label: may be empty."""
    return text and _checked(text, _QUALIFIED, 63, "letters, digits, '-', '_' and '.', at most 63 characters")


def own_label_key(text: str) -> str:
    """A label key that the operator does not claim for itself."""
    if text in OPERATOR_LABELS:
        raise ValueError(
            f"label {text!r} is the operator's own, and setting it blocks every later change to the instance; "
            "accepted: any other key"
        )
    return label_key(text)


def _checked(text: str, form: re.Pattern[str], longest: int, accepted: str) -> str:
    if len(text) <= longest and form.fullmatch(text):
        return text
    raise ValueError(f"{text!r} is not a valid name; accepted: {accepted}")
