"""An app in Python: the charts and constructs that give what the manifests say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from constructs_lib import __all__ as public
from constructs_lib.adoption.model import Settings
from constructs_lib.adoption.readers.flux import OF_THE_CACHE, OF_THE_OPERATOR, OF_THE_PREPARATION
from constructs_lib.adoption.writers.expressions import Call, Name, expression
from constructs_lib.adoption.writers.variables import plain
from constructs_lib.config.folders import FLUX_FOLDER, OPERATOR_FOLDER, PREPARATION
from constructs_lib.config.variables import model_named
from constructs_lib.flux.arguments import DRAGONFLY_IS_READY

REFERENCES = {
    "acl_from_secret": "SecretKey",
    "client_ca_cert_secret": "SecretKey",
    "clients": "Client",
    "depends_on": "Dependency",
    "extra_rules": "Rule",
    "health_check_exprs": "HealthCheckExpression",
    "issuer": "Issuer",
    "password_from_secret": "SecretKey",
    "s3_egress": "S3Egress",
    "secret_store": "SecretStore",
    "source_ref": "SourceReference",
    "substitute_from": "SubstituteFrom",
}
"""Arguments that are references, or lists of them, and the class that each is of."""

KUSTOMIZATIONS = {OF_THE_OPERATOR: "operator", OF_THE_PREPARATION: "preparation", OF_THE_CACHE: "cache"}
"""The parts that are Kustomizations, and what each is called in its chart."""


@dataclass(frozen=True, slots=True)
class Program:
    """An app: what it imports, and what it does."""

    body: str
    names: tuple[str, ...]
    """What it imports of the library."""

    @property
    def text(self) -> str:
        """All of it."""
        library = Call("from constructs_lib import ", [Name(name) for name in self.names])
        flat = f"from constructs_lib import {', '.join(self.names)}"
        listed = flat if len(flat) <= 88 else expression(library)
        return f'"""{TITLE}"""\n\nfrom cdk8s import App, Chart, YamlOutputType\n\n{listed}\n\n{self.body}'


TITLE = "Dragonfly, taken over from manifests."

_APP = Call(
    "App",
    keywords={
        "yaml_output_type": Name("YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE"),
        "output_file_extension": ".yaml",
    },
)


def python_app(settings: Settings) -> Program:
    """The app that gives the settings: the same settings give the same text."""
    blocks = ["".join(f"{line}\n" for line in block) for block in _blocks(settings) if block]
    body = "\n".join(blocks)
    return Program(body, tuple(sorted(_used(body), key=lambda name: (not name.isupper(), name))))


def _blocks(settings: Settings) -> Iterator[list[str]]:
    yield [_assigned("app", _APP)]
    if "operator" in settings.parts:
        chart = Call("Chart", [Name("app"), OPERATOR_FOLDER])
        yield [_made("DragonflyOperator", chart, "operator", _keywords(settings, "operator"))]
    yield list(_cache(settings))
    yield list(_flux(settings))
    yield ["app.synth()"]


def _cache(settings: Settings) -> Iterator[str]:
    name, namespace = settings.value("cache", "name"), settings.value("cache", "namespace")
    chart, cache = Name("chart"), {"cache": Name("cache")}
    yield _assigned("chart", Call("Chart", [Name("app"), name], {"namespace": namespace}))
    keywords = _keywords(settings, "cache")
    keywords.pop("namespace", None)
    yield _assigned("cache", Call("DragonflyCache", [chart, "cache"], keywords))
    for kind, values in settings.of_part("metadata").items():
        for key, value in values.value.items():
            yield expression(Call(f"cache.api_object.metadata.add_{kind.removesuffix('s')}", [key, value]))
    for user, setting in settings.of_part("users").items():
        yield expression(Call("cache.add_user", [user], setting.value))
    prepared = "bucket" in settings.parts or settings.value("backup", "restore_from") is not None
    if prepared:
        yield _assigned("preparation", Call("Chart", [Name("app"), f"{name}{PREPARATION}"]))
    if "secrets" in settings.parts:
        first = Name("preparation") if settings.value("backup", "restore_from") is not None else chart
        yield _made("DragonflySecrets", first, "secrets", cache | _keywords(settings, "secrets"))
    if "certificate" in settings.parts:
        yield _made("DragonflyCertificate", chart, "certificate", cache | _keywords(settings, "certificate"))
    if "backup" in settings.parts:
        scope = {"restore_scope": Name("preparation")} if settings.value("backup", "restore_from") is not None else {}
        backup = Call("DragonflyBackup", [chart, "backup"], cache | _keywords(settings, "backup") | scope)
        needed = {"bucket", "restore_drill"} & settings.parts
        yield _assigned("backup", backup) if needed else expression(backup)
    if "bucket" in settings.parts:
        keywords = {"backup": Name("backup"), **_keywords(settings, "bucket")}
        yield _made("DragonflyBucket", Name("preparation"), "bucket", keywords)
    if "monitoring" in settings.parts:
        monitoring = Call("DragonflyMonitoring", [chart, "monitoring"], cache | _keywords(settings, "monitoring"))
        drilled = "restore_drill" in settings.parts
        yield _assigned("monitoring", monitoring) if drilled else expression(monitoring)
    if "restore_drill" in settings.parts:
        watched = {"monitoring": Name("monitoring")} if "monitoring" in settings.parts else {}
        keywords = {"backup": Name("backup"), **watched, **_keywords(settings, "restore_drill")}
        yield _made("DragonflyRestoreDrill", chart, "drill", keywords)
    if "network_policy" in settings.parts:
        yield _made("DragonflyNetworkPolicy", chart, "network-policy", cache | _keywords(settings, "network_policy"))


def _flux(settings: Settings) -> Iterator[str]:
    parts = [part for part in KUSTOMIZATIONS if part in settings.parts]
    namespaces = settings.of_part("namespaces")
    if not parts and not namespaces:
        return
    flux = Name("flux")
    yield _assigned("flux", Call("Chart", [Name("app"), FLUX_FOLDER]))
    for name, level in namespaces.items():
        yield expression(Call("add_namespace", [flux, name, level.value]))
    for part in parts:
        given = {argument: each.value for argument, each in settings.of_part(part).items()}
        yield _made("FluxKustomization", flux, KUSTOMIZATIONS[part], _written("kustomization", given))


def _keywords(settings: Settings, part: str) -> dict[str, Any]:
    return _written(part, {argument: each.value for argument, each in settings.of_part(part).items()})


def _written(part: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that say more than the default, in the order of their model, references as calls."""
    fields = model_named(part).model_fields
    told = {}
    for argument, field in fields.items():
        value = given.get(argument)
        if value is None or (not field.is_required() and plain(value) == _default(field)):
            continue
        told[argument] = _reference(argument, value)
    return told


def _default(field: Any) -> Any:
    return plain(field.get_default(call_default_factory=True))


def _reference(argument: str, value: Any) -> Any:
    if argument == "alerts":
        return {name: Call("Alert", keywords=_in_python(change)) for name, change in value.items()}
    kind = REFERENCES.get(argument)
    if kind is None:
        return value
    return [_one(kind, each) for each in value] if isinstance(value, list) else _one(kind, value)


def _one(kind: str, value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    if value == plain(DRAGONFLY_IS_READY):
        return Name("DRAGONFLY_IS_READY")
    return Call(kind, keywords=_in_python(value))


def _in_python(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields under names that are no words of Python's own."""
    return {"for_" if name == "for" else name: each for name, each in fields.items()}


def _assigned(name: str, call: Call) -> str:
    return f"{name} = {expression(call, f'{name} = ')}"


def _made(construct: str, scope: Any, id: str, keywords: Mapping[str, Any]) -> str:
    return expression(Call(construct, [scope, id], keywords))


def _used(body: str) -> set[str]:
    """The library's names that stand in a program."""
    return set(re.findall(r"(?<![\w.\"])(\w+)\b", body)) & set(public)
