"""Lay out the reference of `cluster.yaml`: a page a capability, and docs/cluster-yaml.md, which leads to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from inspect import get_annotations

from constructs_lib.config.reference import VariableReference, secret_references, variable_references
from constructs_lib.config.variables import VARIABLES, model_named
from tools.docs.markdown import MARK, table


@dataclass(frozen=True, slots=True)
class Capability:
    """A page of variables: those that give arguments which these models define, and these keys."""

    id: str
    title: str
    about: str
    models: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    """Keys, or with an underscore at the end beginnings of keys; they win over `models`."""

    @property
    def path(self) -> str:
        """The page's, in docs/."""
        return f"reference/variables/{self.id}.md"


CAPABILITIES = (
    Capability(
        "instance",
        "The instance",
        "Whether there is a cache, what it is called, how many pods it has, and the Service that leads to it.",
        ("InstanceArguments", "CacheArguments"),
        ("dragonfly_enabled", "dragonfly_instances"),
    ),
    Capability(
        "server",
        "The server",
        "Its version, memory, threads and flags; the reasons are in [What Dragonfly really does](../../dragonfly.md).",
        ("Server",),
    ),
    Capability("pods", "The pods", "Where they run, and as whom.", ("PodArguments",)),
    Capability("operator", "The operator", "[Upgrading it](../../how-to/upgrading.md).", ("OperatorArguments",)),
    Capability(
        "users",
        "Users",
        "[Users: who may do what](../../acl.md) is the guide.",
        keys=("dragonfly_acl_", "dragonfly_authentication"),
    ),
    Capability(
        "secrets",
        "Secrets",
        "[Secrets](../../secrets.md) is the guide.",
        ("SecretsArguments",),
        ("dragonfly_auth_secret",),
    ),
    Capability(
        "tls", "TLS", "[TLS](../../certificate.md) is the guide.", ("CertificateArguments",), ("dragonfly_tls_",)
    ),
    Capability(
        "network-policy",
        "Network policy",
        "[Network policy](../../network.md) is the guide.",
        ("NetworkPolicyArguments",),
        (
            "dragonfly_client_namespaces",
            "network_policies_",
            "keycloak_enabled",
            "litellm_enabled",
            "langfuse_enabled",
        ),
    ),
    Capability(
        "monitoring",
        "Monitoring",
        "[Monitoring](../../monitoring/README.md) is the guide.",
        ("MonitoringArguments",),
        ("dragonfly_monitoring_", "monitoring_enabled"),
    ),
    Capability(
        "backup",
        "Backup and restore",
        "[Backup](../../backup/README.md) and [Restore](../../backup/restore/README.md) are the guides.",
        ("BackupArguments", "BucketArguments", "RestoreDrillArguments"),
        ("dragonfly_backup_", "rustfs_enabled"),
    ),
    Capability(
        "flux",
        "Flux",
        "[On a cluster](../../flux.md) is the guide.",
        ("KustomizationArguments",),
        ("dragonfly_flux_",),
    ),
)


def variable_pages() -> dict[str, str]:
    """Every page by its path in docs/."""
    by_capability: dict[str, list[VariableReference]] = {capability.id: [] for capability in CAPABILITIES}
    for variable in variable_references():
        by_capability[capability_of(variable).id].append(variable)
    pages = {capability.path: _page(capability, by_capability[capability.id]) for capability in CAPABILITIES}
    return {"cluster-yaml.md": _index(by_capability), **pages}


def capability_of(variable: VariableReference) -> Capability:
    """The page that a variable stands on.

    Raises:
        LookupError: none has it, so that a new one is not forgotten.
    """
    for capability in CAPABILITIES:
        if any(variable.key == key or (key.endswith("_") and variable.key.startswith(key)) for key in capability.keys):
            return capability
    for capability in CAPABILITIES:
        if _DEFINED_BY.get(variable.key) in capability.models:
            return capability
    raise LookupError(f"{variable.key} stands on no page: put it into CAPABILITIES")


def _definer(feed: str) -> str:
    """The model that defines an argument: of several that inherit it the first."""
    model, argument = feed.split(".")
    owners = [each for each in model_named(model).__mro__ if argument in get_annotations(each)]
    return owners[-1].__name__


_DEFINED_BY = {variable.key: _definer(variable.feeds[0]) for variable in VARIABLES}


def _index(by_capability: dict[str, list[VariableReference]]) -> str:
    lines = [
        "# Variables of `cluster.yaml`",
        "",
        MARK,
        "",
        "A variable left out, or empty, has its default. An unknown `dragonfly_…` key is an error; keys of other",
        "components are left alone. At the command line: `cdk8s-dragonfly variables NAME`.",
        "",
    ]
    for capability in CAPABILITIES:
        links = [f"[`{each.key}`]({capability.path}#{each.key})" for each in by_capability[capability.id]]
        lines += [f"## [{capability.title}]({capability.path})", "", " ·\n".join(links), ""]
    return "\n".join(lines)


def _page(capability: Capability, variables: list[VariableReference]) -> str:
    lines = [f"# Variables: {capability.title}", "", MARK, "", capability.about, ""]
    for each in variables:
        lines += [
            f"## `{each.key}`",
            "",
            f"{each.kind[0].upper()}{each.kind[1:]}. {_default(each)}",
            "",
            each.meaning,
            "",
        ]
    if capability.id == "secrets":
        lines += _secret_variables()
    return "\n".join(lines)


def _default(variable: VariableReference) -> str:
    return _DEFAULTS.get(variable.default, f"Default: {variable.default}.")


_DEFAULTS = {"–": "No default.", "required": "Required where its part is on."}


def _secret_variables() -> Iterator[str]:
    yield from (
        "## Secrets in the clear",
        "",
        "In the clear each of these is an error, which says where to put it: [Secrets](../../secrets.md). What SOPS",
        "has encrypted is left alone: the Secret's key must hold it, and `cdk8s-dragonfly secrets init` takes it over.",
        "",
    )
    rows = [(f"`{each.key}`", f"`{each.secret_key}`", each.meaning) for each in secret_references()]
    yield from (*table(("name", "Secret's key", "meaning"), rows), "")
