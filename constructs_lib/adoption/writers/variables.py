"""Arguments as variables of `cluster.yaml`: most by its own table, those that several variables decide by rows here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from constructs_lib.adoption.kinds.flux import OF_THE_CACHE, OF_THE_OPERATOR, OF_THE_PREPARATION
from constructs_lib.adoption.model import NotCarried, Setting, Settings
from constructs_lib.adoption.writers.plain import default_of, plain
from constructs_lib.config.derived import ALWAYS_A_CLIENT, PROMETHEUS_NAMESPACE
from constructs_lib.config.folders import OPERATOR_FOLDER
from constructs_lib.config.switches import Switches
from constructs_lib.config.variables import CONSTRUCTS, VARIABLES, keys_by_argument, model_named
from constructs_lib.values.fields import text, value
from constructs_lib.values.names import ACL_KEY, PASSWORD_KEY, default_secret, default_tls_secret

SWITCHED_ON = {
    "monitoring": ("monitoring_enabled", "dragonfly_monitoring_enabled"),
    "network_policy": ("network_policies_enabled",),
    "certificate": ("dragonfly_tls_enabled",),
    "users": ("dragonfly_acl_enabled",),
}
"""Switches that a part needs."""

SWITCH_A_PART_ON = ("dragonfly_restore_drill_schedule",)
"""Variables without which a part is not there, whatever they say: written although they say what is the default."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable with its value, and the setting that gives it."""

    value: Any
    setting: Setting


class NoVariable(Exception):
    """`cluster.yaml` cannot say it; the text says why and what to do."""

    def __init__(self, why: str, advice: str) -> None:
        super().__init__(f"{why}; {advice}")
        self.why, self.advice = why, advice


Given = Iterator[tuple[str, Any]]
"""Variables with their values."""

Row = Callable[[Setting, Settings], Given]
"""What a setting gives, beside all others."""


def variables_of(settings: Settings) -> tuple[dict[str, Variable], list[NotCarried]]:
    """The variables that give the settings, without those that are a default, and what no variable gives."""
    variables: dict[str, Variable] = {}
    not_carried = []
    for setting in settings.settings:
        try:
            for key, found in _variables(setting, settings):
                variables[key] = Variable(found, setting)
        except NoVariable as reason:
            not_carried.append(NotCarried(setting.origin, reason.why, reason.advice))
    told = {
        key: each for key, each in variables.items() if key in SWITCH_A_PART_ON or plain(each.value) != default(key)
    }
    return told, not_carried


def default(key: str) -> Any:
    """What a variable is while the file does not give it."""
    if key in Switches.model_fields:
        return default_of(Switches.model_fields[key])
    (variable,) = (each for each in VARIABLES if each.key == key)
    return default_of(variable.field) if variable.default is None else plain(variable.default)


def _variables(setting: Setting, settings: Settings) -> Given:
    for switch in SWITCHED_ON.get(setting.part, ()):
        yield switch, True
    row = _ROWS.get((setting.part, setting.argument)) or _PARTS.get(setting.part)
    if row is not None:
        yield from row(setting, settings)
        return
    key = keys_by_argument(setting.part).get(setting.argument) if setting.part in CONSTRUCTS else None
    if key is not None:
        if setting.value is not None:
            yield key, setting.value
    elif setting.value not in (None, {}, [], _default_argument(setting)):
        raise NoVariable(
            "cluster.yaml has no variable for it",
            f"`--python` has it as `{setting.argument}` of {CONSTRUCTS.get(setting.part, 'the app')}",
        )


def _default_argument(setting: Setting) -> Any:
    field = model_named(setting.part).model_fields.get(setting.argument) if setting.part in CONSTRUCTS else None
    return default_of(field) if field else None


def _password(setting: Setting, settings: Settings) -> Given:
    if setting.value.get("key") != PASSWORD_KEY:
        raise NoVariable(
            f"cluster.yaml reads the password from the key `{PASSWORD_KEY}` of its Secret",
            "rename the Secret's key, or take `--python`, where it is `password_from_secret`",
        )
    yield from _auth_secret(str(setting.value.get("name")), settings)


def _acl_file(setting: Setting, settings: Settings) -> Given:
    """The users bring the file; without them `cluster.yaml` has none."""
    if "users" not in settings.parts:
        raise NoVariable(
            "the users in it cannot be read here, and cluster.yaml has the file by its users",
            "give them in `dragonfly_acl_users` and switch `dragonfly_acl_enabled` on, or take `--python`, where the "
            "file is `acl_from_secret`",
        )
    if setting.value.get("key") != ACL_KEY:
        raise NoVariable(
            f"cluster.yaml reads the ACL file from the key `{ACL_KEY}` of its Secret", "rename the Secret's key"
        )
    yield from _auth_secret(str(setting.value.get("name")), settings)


def _auth_secret(name: str, settings: Settings) -> Given:
    password = settings.value("cache", "password_from_secret")
    if password and password.get("name") != name:
        raise NoVariable(
            "cluster.yaml has one Secret for password, users and S3 keys",
            f"put its keys into {password.get('name')}, or take `--python`",
        )
    if name != default_secret(str(settings.value("cache", "name"))):
        yield "dragonfly_auth_secret", name


def _credentials(setting: Setting, settings: Settings) -> Given:
    yield from _auth_secret(setting.value, settings)


def _key(wanted: str) -> Row:
    def row(setting: Setting, settings: Settings) -> Given:
        if setting.value != wanted:
            raise NoVariable(
                f"cluster.yaml reads this S3 key from the key `{wanted}` of its Secret",
                "rename the Secret's key, or take `--python`",
            )
        yield from ()

    return row


def _tls_secret(setting: Setting, settings: Settings) -> Given:
    yield "dragonfly_tls_enabled", True
    if "certificate" not in settings.parts or setting.value != default_tls_secret(str(settings.value("cache", "name"))):
        yield "dragonfly_tls_secret", setting.value


def _bucket(setting: Setting, settings: Settings) -> Given:
    yield "dragonfly_backup_enabled", True
    yield "dragonfly_s3_bucket", setting.value


def _endpoint(setting: Setting, settings: Settings) -> Given:
    """Empty for AWS, since left out it is RustFS."""
    if str(setting.value).startswith("rustfs"):
        yield "rustfs_enabled", True
    yield "dragonfly_s3_endpoint", setting.value or ""


def _prefix(setting: Setting, settings: Settings) -> Given:
    if setting.value is None:
        raise NoVariable(
            "snapshots at the root of the bucket; cluster.yaml puts them below NAMESPACE/NAME",
            "move them, or give `dragonfly_s3_prefix` one of its own",
        )
    yield "dragonfly_s3_prefix", setting.value


def _claim(setting: Setting, settings: Settings) -> Given:
    """Its size and class; what else it says the review of both tells."""
    if size := value(setting.value, "resources", "requests", "storage"):
        yield "dragonfly_snapshot_volume_size", size
    if storage_class := setting.value.get("storageClassName"):
        yield "dragonfly_snapshot_storage_class", storage_class


def _clients(setting: Setting, settings: Settings) -> Given:
    """Whole namespaces behind `default`, which is always a client, as the last; all others before it."""
    always = {"namespace": ALWAYS_A_CLIENT}
    clients = setting.value
    place = clients.index(always) if always in clients else len(clients)
    before, after = clients[:place], clients[place + 1 :]
    whole = [client["namespace"] for client in after if client.keys() == {"namespace"}]
    yield "dragonfly_clients", [*before, *(client for client in after if client.keys() != {"namespace"})]
    yield "dragonfly_client_namespaces", whole


def _prometheus(setting: Setting, settings: Settings) -> Given:
    if setting.value != PROMETHEUS_NAMESPACE:
        raise NoVariable(
            f"cluster.yaml takes Prometheus to run in `{PROMETHEUS_NAMESPACE}`",
            "take `--python`, where it is `prometheus_namespace` of DragonflyNetworkPolicy",
        )
    yield "monitoring_enabled", True


def _operator_monitoring(setting: Setting, settings: Settings) -> Given:
    """It goes with the cache's."""
    if setting.value and "monitoring" not in settings.parts:
        raise NoVariable(
            "cluster.yaml scrapes the operator where it scrapes the cache",
            "switch `monitoring_enabled` and `dragonfly_monitoring_enabled` on, or take `--python`",
        )
    yield from ()


def _user(setting: Setting, settings: Settings) -> Given:
    """All users at once: known clients by their names, the others in full."""
    users = settings.of_part("users")
    known = [name for name, user in users.items() if user.value == {"preset": name}]
    others = [{"name": name, **user.value} for name, user in users.items() if name not in known]
    yield "dragonfly_acl_clients", known
    yield "dragonfly_acl_users", others


def _acl_default(setting: Setting, settings: Settings) -> Given:
    if "users" in settings.parts:
        yield "dragonfly_acl_default", setting.value


def _kustomization(setting: Setting, settings: Settings) -> Given:
    """Of the operator's Kustomization what it waits for; the rest is the cache's for all."""
    if (setting.part, setting.argument) == (OF_THE_OPERATOR, "depends_on"):
        yield "dragonfly_flux_depends_on", setting.value
    elif (setting.part, setting.argument) == (OF_THE_PREPARATION, "depends_on"):
        yield "dragonfly_backup_depends_on", setting.value


def _path(setting: Setting, settings: Settings) -> Given:
    root, _, folder = setting.value.rstrip("/").rpartition("/")
    if folder != settings.value("cache", "name"):
        raise NoVariable(
            f"cluster.yaml writes a folder for the cache that is called like it, beside {OPERATOR_FOLDER}",
            "move the files, and give the folder above as `dragonfly_flux_path`",
        )
    yield "dragonfly_flux_path", root or "/"


def _flux_namespace(setting: Setting, settings: Settings) -> Given:
    if setting.value != settings.value("cache", "namespace"):
        yield "dragonfly_flux_namespace", setting.value


def _depends_on(setting: Setting, settings: Settings) -> Given:
    """What is left of it once the stack's own folders are taken out: the store's, then the certificate's."""
    own = {settings.value(part, "name") for part in (OF_THE_OPERATOR, OF_THE_PREPARATION)}
    others = [each for each in setting.value if text(each, "name") not in own | {OPERATOR_FOLDER}]
    saved = str(settings.value("backup", "endpoint")).startswith("rustfs")
    of_the_store = settings.value(OF_THE_PREPARATION, "depends_on")
    if of_the_store is None:
        certified = "certificate" in settings.parts
        of_the_store = [each for each in others if not certified or "cert" not in text(each, "name")]
    rest = [each for each in others if each not in of_the_store or not saved]
    if saved:
        yield "dragonfly_backup_depends_on", [each for each in others if each in of_the_store]
    if "certificate" in settings.parts:
        yield "dragonfly_tls_depends_on", rest
    elif rest:
        raise NoVariable(
            f"cluster.yaml has the cache wait for the operator, for RustFS and for cert-manager: not for "
            f"{', '.join(text(each, 'name') for each in rest)}",
            "let the operator wait for it (`dragonfly_flux_depends_on`), or take `--python`",
        )


def _as_it_is(key: str) -> Row:
    def row(setting: Setting, settings: Settings) -> Given:
        yield key, setting.value

    return row


def _nothing(setting: Setting, settings: Settings) -> Given:
    """What the stack decides by itself; where it decides otherwise, the review of both tells."""
    yield from ()


_ROWS: dict[tuple[str, str], Row] = {
    ("cache", "password_from_secret"): _password,
    ("cache", "acl_from_secret"): _acl_file,
    ("cache", "acl_default"): _acl_default,
    ("cache", "tls_secret_ref"): _tls_secret,
    ("backup", "bucket"): _bucket,
    ("backup", "endpoint"): _endpoint,
    ("backup", "prefix"): _prefix,
    ("backup", "credentials_secret"): _credentials,
    ("backup", "access_key_id_key"): _key("AWS_ACCESS_KEY_ID"),
    ("backup", "secret_access_key_key"): _key("AWS_SECRET_ACCESS_KEY"),
    ("backup", "persistent_volume_claim_spec"): _claim,
    ("network_policy", "mode"): _as_it_is("network_policies_mode"),
    ("network_policy", "clients"): _clients,
    ("network_policy", "prometheus_namespace"): _prometheus,
    ("certificate", "secret_name"): _nothing,
    ("operator", "monitoring"): _operator_monitoring,
    ("monitoring", "operator_metrics"): _nothing,
    (OF_THE_CACHE, "name"): _nothing,
    (OF_THE_CACHE, "namespace"): _flux_namespace,
    (OF_THE_CACHE, "path"): _path,
    (OF_THE_CACHE, "depends_on"): _depends_on,
    (OF_THE_CACHE, "substitute_from"): _as_it_is("dragonfly_flux_substitute_from"),
    (OF_THE_CACHE, "health_check_exprs"): _as_it_is("dragonfly_flux_health_check_exprs"),
}
"""Arguments that no single variable gives."""

_PARTS: dict[str, Row] = {
    "users": _user,
    "namespaces": _nothing,
    "metadata": _nothing,
    OF_THE_OPERATOR: _kustomization,
    OF_THE_PREPARATION: _kustomization,
}
"""Parts that have no variables of their own."""
