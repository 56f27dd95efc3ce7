"""An app in Python: the charts and constructs that give what the manifests say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from constructs_lib.adoption.kinds.flux import OF_THE_CACHE, OF_THE_OPERATOR, OF_THE_PREPARATION
from constructs_lib.adoption.model import Settings
from constructs_lib.adoption.namespaces import DEFAULT_NAMESPACE
from constructs_lib.adoption.writers.expressions import WIDTH, Call, Name, expression, names_in
from constructs_lib.adoption.writers.plain import default_of, plain
from constructs_lib.arguments.references import Reference, SecretKey
from constructs_lib.cache.arguments import InstanceArguments
from constructs_lib.cache.clients import Client
from constructs_lib.certificate.arguments import Issuer
from constructs_lib.config.folders import FLUX_FOLDER, OPERATOR_FOLDER, PREPARATION
from constructs_lib.config.variables import CONSTRUCTS, model_named
from constructs_lib.flux.arguments import (
    DRAGONFLY_IS_READY,
    Dependency,
    HealthCheckExpression,
    SourceReference,
    SubstituteFrom,
)
from constructs_lib.monitoring.arguments import Alert, Rule
from constructs_lib.network.arguments import S3Egress
from constructs_lib.secrets.arguments import SecretStore

REFERENCES: Mapping[str, type[Reference]] = {
    "acl_from_secret": SecretKey,
    "client_ca_cert_secret": SecretKey,
    "clients": Client,
    "depends_on": Dependency,
    "extra_rules": Rule,
    "health_check_exprs": HealthCheckExpression,
    "issuer": Issuer,
    "password_from_secret": SecretKey,
    "s3_egress": S3Egress,
    "secret_store": SecretStore,
    "source_ref": SourceReference,
    "substitute_from": SubstituteFrom,
}
"""Arguments that are references, or lists of them, and the class that each is of."""

_OF_THE_LIBRARY = frozenset(
    {
        *CONSTRUCTS.values(),
        *(reference.__name__ for reference in REFERENCES.values()),
        "Alert",
        "DRAGONFLY_IS_READY",
        "add_namespace",
    }
)
"""Names that an app may import of the library."""

KUSTOMIZATIONS = {OF_THE_OPERATOR: "operator", OF_THE_PREPARATION: "preparation", OF_THE_CACHE: "cache"}
"""The parts that are Kustomizations, and what each is called in its chart."""


@dataclass(frozen=True, slots=True)
class Part:
    """A construct that is made for the cache."""

    name: str
    id: str
    takes: tuple[str, ...] = ("cache",)
    """The constructs that it is given, by the names that they have in the app."""


MADE_FOR_IT = (
    Part("secrets", "secrets"),
    Part("certificate", "certificate"),
    Part("backup", "backup"),
    Part("bucket", "bucket", ("backup",)),
    Part("monitoring", "monitoring"),
    Part("restore_drill", "drill", ("backup", "monitoring")),
    Part("network_policy", "network-policy"),
)
"""In this order, since each is given those before it."""


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
        listed = flat if len(flat) <= WIDTH else expression(library)
        return f'"""{TITLE}"""\n\nfrom cdk8s import App, Chart, YamlOutputType\n\n{listed}\n\n{self.body}'


@dataclass(frozen=True, slots=True)
class Statement:
    """A call, and the name that its outcome is given."""

    call: Call
    name: str = ""

    def __str__(self) -> str:
        before = f"{self.name} = " if self.name else ""
        return f"{before}{expression(self.call, before)}"


TITLE = "Dragonfly, taken over by `cdk8s-dragonfly import`."

_APP = Call(
    "App",
    keywords={
        "yaml_output_type": Name("YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE"),
        "output_file_extension": ".yaml",
    },
)


def python_app(settings: Settings) -> Program:
    """The app that gives the settings: the same settings give the same text."""
    settings = _that_stand(settings)
    blocks = [block for block in _blocks(settings) if block]
    body = "\n".join("".join(f"{statement}\n" for statement in block) for block in blocks)
    used = {name for block in blocks for statement in block for name in names_in(statement.call)}
    return Program(body, tuple(sorted(used & _OF_THE_LIBRARY, key=lambda name: (not name.isupper(), name))))


def _that_stand(settings: Settings) -> Settings:
    """The settings without those of parts that another is made for, which is not there."""
    if "backup" in settings.parts:
        return settings
    left = (each for each in settings.settings if each.part not in ("bucket", "restore_drill"))
    return Settings(tuple(left), settings.not_carried)


def _blocks(settings: Settings) -> Iterator[list[Statement]]:
    yield [Statement(_APP, "app")]
    if "operator" in settings.parts:
        chart = Call("Chart", [Name("app"), OPERATOR_FOLDER])
        yield [Statement(Call("DragonflyOperator", [chart, "operator"], _keywords(settings, "operator")))]
    yield [*_instance(settings), *_around_it(settings)]
    yield list(_flux(settings))
    yield [Statement(Call("app.synth"))]


def _instance(settings: Settings) -> Iterator[Statement]:
    """The cache itself, in a chart of its own, and its users."""
    namespace = settings.value("cache", "namespace") or DEFAULT_NAMESPACE
    yield Statement(Call("Chart", [Name("app"), _name(settings)], {"namespace": namespace}), "chart")
    keywords = {argument: each for argument, each in _keywords(settings, "cache").items() if argument != "namespace"}
    yield Statement(Call("DragonflyCache", [Name("chart"), "cache"], keywords), "cache")
    for kind, setting in settings.of_part("metadata").items():
        for key, value in setting.value.items():
            yield Statement(Call(f"cache.api_object.metadata.add_{kind.removesuffix('s')}", [key, value]))
    for user, setting in settings.of_part("users").items():
        yield Statement(Call("cache.add_user", [user], setting.value))


def _around_it(settings: Settings) -> Iterator[Statement]:
    """What is made for the cache, each part with those that it takes."""
    restores = settings.value("backup", "restore_from") is not None
    if restores or "bucket" in settings.parts:
        yield Statement(Call("Chart", [Name("app"), f"{_name(settings)}{PREPARATION}"]), "preparation")
    made = [part for part in MADE_FOR_IT if part.name in settings.parts]
    taken = {name for part in made for name in part.takes}
    for part in made:
        comes_first = part.name == "bucket" or (part.name == "secrets" and restores)
        scope = Name("preparation" if comes_first else "chart")
        keywords = {name: Name(name) for name in part.takes if name in ("cache", *settings.parts)}
        keywords |= _keywords(settings, part.name)
        if part.name == "backup" and restores:
            keywords["restore_scope"] = Name("preparation")
        yield Statement(
            Call(CONSTRUCTS[part.name], [scope, part.id], keywords), part.name if part.name in taken else ""
        )


def _name(settings: Settings) -> str:
    return str(settings.value("cache", "name") or model_named("cache").model_fields["name"].default)


def _flux(settings: Settings) -> Iterator[Statement]:
    parts = [part for part in KUSTOMIZATIONS if part in settings.parts]
    namespaces = settings.of_part("namespaces")
    if not parts and not namespaces:
        return
    flux = Name("flux")
    yield Statement(Call("Chart", [Name("app"), FLUX_FOLDER]), "flux")
    for name, level in sorted(namespaces.items()):
        yield Statement(Call("add_namespace", [flux, name, level.value]))
    for part in parts:
        given = {argument: each.value for argument, each in settings.of_part(part).items()}
        keywords = _written("kustomization", given)
        yield Statement(Call("FluxKustomization", [flux, KUSTOMIZATIONS[part]], keywords))


def _keywords(settings: Settings, part: str) -> dict[str, Any]:
    return _written(part, {argument: each.value for argument, each in settings.of_part(part).items()})


def _written(part: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that say more than the default, those of the model's own first, references as calls."""
    model = model_named(part)
    owners = (InstanceArguments, model) if issubclass(model, InstanceArguments) else (model,)
    own = [argument for owner in owners for argument in model.model_fields if argument in owner.__annotations__]
    told = {}
    for argument in dict.fromkeys([*own, *model.model_fields]):
        field = model.model_fields[argument]
        value = given.get(argument)
        if value is None or (not field.is_required() and plain(value) == default_of(field)):
            continue
        told[argument] = _reference(argument, value)
    return told


def _reference(argument: str, value: Any) -> Any:
    if argument == "alerts":
        return {name: _one(Alert, change) for name, change in value.items()}
    kind = REFERENCES.get(argument)
    if kind is None:
        return value
    return [_one(kind, each) for each in value] if isinstance(value, list) else _one(kind, value)


def _one(kind: type[Reference], value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    if value == plain(DRAGONFLY_IS_READY):
        return Name("DRAGONFLY_IS_READY")
    # `for` is a word of Python's own.
    given = {"for_" if name == "for" else name: each for name, each in value.items()}
    return Call(kind.__name__, keywords=_in_order(given, kind.model_fields))


def _in_order(given: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """What is given in the order of the fields; what is no field comes last, and is refused."""
    order = list(fields)
    return dict(sorted(given.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))
