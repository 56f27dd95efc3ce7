"""What no part of a `cluster.yaml` can see by itself: switches against each other, parts beside parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from constructs_lib.cache.queue_clients import QUEUE_CLIENTS, queue_client_findings
from constructs_lib.config.folders import FLUX_FOLDER, OPERATOR_FOLDER
from constructs_lib.config.parts import Parts
from constructs_lib.config.variables import keys_by_argument, under_variables
from constructs_lib.dragonfly.ports import ADMIN_PORT
from constructs_lib.errors import Finding
from constructs_lib.operator.arguments import OPERATOR_NAMESPACE

if TYPE_CHECKING:
    from constructs_lib.config.users import Users

SHARED_NAMESPACES = ("default", "kube-system", "kube-public", "kube-node-lease", "flux-system")
"""Namespaces that others live in: the stack labels its own for Pod Security, which would turn away pods of theirs."""

_OF_USERS = ("dragonfly_acl_clients", "dragonfly_acl_users", "dragonfly_acl_default")
"""Variables that mean something with users alone."""

_CLOSING = (
    "dragonfly_acl_enabled",
    "dragonfly_tls_enabled",
    "dragonfly_tls_secret",
    "dragonfly_clients",
    "dragonfly_client_namespaces",
)
"""Variables by which somebody says who gets in."""

_OF_BACKUPS = {
    "backup": "dragonfly_backup_enabled",
    "bucket": "dragonfly_s3_admin_secret",
    "restore_drill": "dragonfly_restore_drill_schedule",
}
"""What switches on the parts around a backup: without it their other variables would do nothing."""

_OF_PLACES = frozenset(
    (
        "dragonfly_snapshot_cron",
        "dragonfly_snapshot_storage_class",
        "dragonfly_s3_bucket",
        "dragonfly_s3_prefix",
        "dragonfly_s3_endpoint",
        "dragonfly_s3_use_https",
        "dragonfly_s3_region",
    )
)
"""Variables that are looked at elsewhere, or that a file may keep while its backup is off, as the brief's does."""


def findings_across(parts: Parts, users: Users | None) -> Iterator[Finding]:
    """What is wrong or worth a warning, under the file's own keys."""
    yield from _off(parts)
    yield from _switches(parts)
    yield from _snapshots(parts)
    yield from _backups(parts)
    yield from _tls(parts)
    yield from _without_users(parts)
    yield from _names(parts)
    yield from _cache_beside_backup(parts)
    yield from _restore_drill(parts)
    yield from _network_policy(parts)
    yield from _queue_clients(parts, users)


def _off(parts: Parts) -> Iterator[Finding]:
    if parts.switches.dragonfly_enabled:
        return
    if parts.variables.get("dragonfly_flux_prune") is False:
        yield Finding.warning(
            "dragonfly_enabled",
            "false: where Flux has applied `dragonfly_flux_prune: false` before, it leaves the cache and the operator "
            "as they are and looks after them no longer; where it has not, they go, and the data with them",
        )
    else:
        yield Finding.warning(
            "dragonfly_enabled",
            "false: Flux then removes the cache and the operator, and the data goes with them; to keep it, save it "
            "first (a backup: `dragonfly_backup_enabled`), or set `dragonfly_flux_prune: false` and apply that before",
        )


def _switches(parts: Parts) -> Iterator[Finding]:
    switches = parts.switches
    if switches.dragonfly_monitoring_enabled and not switches.monitoring_enabled:
        yield Finding.error(
            "dragonfly_monitoring_enabled",
            "true while `monitoring_enabled` is false: nothing would scrape the cache; set both, or neither",
        )
    if switches.dragonfly_backup_enabled and parts.saves_to_rustfs and not switches.rustfs_enabled:
        yield Finding.error(
            "dragonfly_backup_enabled",
            "true while `rustfs_enabled` is false: the backup would have no store; set both, or give another "
            "`dragonfly_s3_endpoint`",
        )


def _snapshots(parts: Parts) -> Iterator[Finding]:
    if parts.switches.dragonfly_backup_enabled and parts.volume_keys:
        yield Finding.error(
            parts.volume_keys[0],
            "given beside `dragonfly_backup_enabled`: snapshots go to S3 or to a volume, and the operator makes no pod "
            "for both; leave one out",
        )
    if "dragonfly_snapshot_cron" in parts.variables and "backup" not in parts.given:
        yield Finding.error(
            "dragonfly_snapshot_cron",
            "a schedule without a place, for which the operator makes no pod; set `dragonfly_backup_enabled`, or give "
            "`dragonfly_snapshot_volume_size`, or leave it out",
        )
    if (
        "dragonfly_snapshot_storage_class" in parts.variables
        and "dragonfly_snapshot_volume_size" not in parts.variables
    ):
        yield Finding.error(
            "dragonfly_snapshot_storage_class",
            "means nothing without `dragonfly_snapshot_volume_size`; give that as well, or leave it out",
        )


def _backups(parts: Parts) -> Iterator[Finding]:
    for part, wanted in _OF_BACKUPS.items():
        for key in keys_by_argument(part).values():
            if key in parts.variables and key != wanted and part not in parts.given and key not in _OF_PLACES:
                yield Finding.error(key, f"means nothing without `{wanted}`; give that as well, or leave it out")
    if "bucket" in parts.given and not parts.switches.dragonfly_backup_enabled:
        yield Finding.error(
            _OF_BACKUPS["bucket"],
            "given without `dragonfly_backup_enabled`: it needs a bucket; set that as well, or leave it out",
        )
    if "restore_drill" in parts.given and "backup" not in parts.given:
        yield Finding.error(
            _OF_BACKUPS["restore_drill"],
            "given without snapshots to try; set `dragonfly_backup_enabled` as well, or give "
            "`dragonfly_snapshot_volume_size`, or leave it out",
        )


def _tls(parts: Parts) -> Iterator[Finding]:
    enabled = parts.switches.dragonfly_tls_enabled
    if enabled and not {"dragonfly_tls_issuer", "dragonfly_tls_secret"} & set(parts.variables):
        yield Finding.error(
            "dragonfly_tls_enabled",
            "true without a certificate; give `dragonfly_tls_issuer`, such as {name: internal-ca, kind: "
            "ClusterIssuer}, for cert-manager to make one, or `dragonfly_tls_secret`, a Secret that holds one",
        )
    lacking = "dragonfly_tls_issuer" if enabled else "dragonfly_tls_enabled"
    for key in keys_by_argument("certificate").values():
        if key in parts.variables and "certificate" not in parts.given:
            yield Finding.error(
                key, f"given without `{lacking}`, so that no certificate is made; give both, or neither"
            )


def _without_users(parts: Parts) -> Iterator[Finding]:
    for key in _OF_USERS:
        if key in parts.variables and not parts.switches.dragonfly_acl_enabled:
            yield Finding.error(key, "means nothing without `dragonfly_acl_enabled`; set that as well, or leave it out")


def _names(parts: Parts) -> Iterator[Finding]:
    if (name := parts.variables.get("dragonfly_name")) in (FLUX_FOLDER, OPERATOR_FOLDER):
        yield Finding.error("dragonfly_name", f"{name!r} is a folder of the output already; accepted: another name")
    for key in ("dragonfly_namespace", "dragonfly_operator_namespace"):
        if (namespace := parts.variables.get(key)) in SHARED_NAMESPACES:
            yield Finding.error(
                key,
                f"{namespace!r} is shared with others, whose pods the Pod Security level that the stack sets on it "
                "would turn away; accepted: a namespace of its own",
            )
    if parts.given["cache"]["namespace"] == parts.given["operator"].get("namespace", OPERATOR_NAMESPACE):
        yield Finding.error(
            "dragonfly_namespace",
            "the operator's own, whose Pod Security level `restricted` the cache's pods do not pass by themselves; "
            "accepted: another",
        )


def _cache_beside_backup(parts: Parts) -> Iterator[Finding]:
    if not {"cache", "backup"} <= set(parts.valid):
        return
    from constructs_lib.backup.beside_cache import findings_beside

    for finding in findings_beside(parts.valid["cache"], parts.valid["backup"]):
        of_cache = finding.where.startswith("cache.")
        argument = finding.where.removeprefix("cache.")
        yield under_variables("cache" if of_cache else "backup", replace(finding, where=argument))


def _restore_drill(parts: Parts) -> Iterator[Finding]:
    if not {"cache", "backup", "restore_drill"} <= set(parts.valid):
        return
    from constructs_lib.backup.beside_cache import drill_findings

    has_users = parts.switches.dragonfly_acl_enabled
    for finding in drill_findings(parts.valid["cache"], has_users, parts.valid["backup"], parts.valid["restore_drill"]):
        yield under_variables("cache", under_variables("restore_drill", finding))


def _network_policy(parts: Parts) -> Iterator[Finding]:
    """The policy, or its absence, beside the other parts."""
    if "network_policy" not in parts.given:
        yield from _open_port(parts)
        if parts.switches.network_policies_mode == "enforce":
            yield Finding.warning(
                "network_policies_mode", "'enforce' without `network_policies_enabled`: no policy is written"
            )
    elif {"cache", "network_policy"} <= set(parts.valid):
        from constructs_lib.network.flows import findings_beside

        backup = parts.valid.get("backup")
        store = backup.s3_server if backup else None
        for finding in findings_beside(parts.valid["network_policy"], parts.valid["cache"], store):
            yield under_variables("network_policy", finding)


def _open_port(parts: Parts) -> Iterator[Finding]:
    closing = [key for key in _CLOSING if parts.variables.get(key)]
    if closing:
        yield Finding.warning(
            "network_policies_enabled",
            f"false, while `{closing[0]}` restricts who gets in: whoever reaches port {ADMIN_PORT} of the pods may "
            "do everything, with no password, certificate or user; set it, and `network_policies_mode: enforce`",
        )


def _queue_clients(parts: Parts, users: Users | None) -> Iterator[Finding]:
    """The cache beside the clients that the file names."""
    if "cache" not in parts.valid:
        return
    named = {user.preset for user in users.acl.users} if users and users.acl else set()
    clients = named | ({"langfuse"} if parts.switches.langfuse_enabled else set())
    for client in sorted(QUEUE_CLIENTS.keys() & clients):
        for finding in queue_client_findings(client, parts.valid["cache"]):
            yield under_variables("cache", finding)
