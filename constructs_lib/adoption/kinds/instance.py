"""The fields of a Dragonfly resource, and the arguments of a cache that they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from constructs_lib.adoption.kinds.users import has_unreadable_file
from constructs_lib.adoption.model import Carried, NotCarried, Origin, Setting
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.cache.arguments import IMAGE
from constructs_lib.cache.pods import CONTROL_PLANE_LABEL, RESTRICTED_CONTAINER, RESTRICTED_POD
from constructs_lib.cache.secret import SECRET_VERSION
from constructs_lib.review.changes.differences import same
from constructs_lib.values.fields import mapping, text, value
from constructs_lib.values.names import PASSWORD_KEY, default_secret


@dataclass(frozen=True, slots=True)
class ArgumentField:
    """A field of `spec`, and the argument that it is."""

    place: str
    """A JSON pointer from `spec`."""
    argument: str
    takes: type[Any] = object
    """The type without which it is not what the CRD has there."""
    read: Callable[[Any], Any] = lambda found: found


def _names(references: Any) -> list[str]:
    return [text(reference, "name") for reference in references]


ARGUMENT_FIELDS = (
    ArgumentField("/replicas", "replicas", int),
    ArgumentField("/imagePullPolicy", "image_pull_policy", str),
    ArgumentField("/imagePullSecrets", "image_pull_secrets", list, _names),
    ArgumentField("/resources/requests/cpu", "cpu_request"),
    ArgumentField("/resources/requests/memory", "memory_request"),
    ArgumentField("/resources/limits/cpu", "cpu_limit"),
    ArgumentField("/resources/limits/memory", "memory_limit"),
    ArgumentField("/authentication/passwordFromSecret", "password_from_secret", dict),
    ArgumentField("/authentication/clientCaCertSecret", "client_ca_cert_secret", dict),
    ArgumentField("/aclFromSecret", "acl_from_secret", dict),
    ArgumentField("/tlsSecretRef/name", "tls_secret_ref", str),
    ArgumentField("/memcachedPort", "memcached_port", int),
    ArgumentField("/serviceSpec/type", "service_type", str),
    ArgumentField("/serviceSpec/name", "service_name", str),
    ArgumentField("/serviceSpec/nodePort", "service_node_port", int),
    ArgumentField("/serviceSpec/annotations", "service_annotations", dict),
    ArgumentField("/serviceSpec/labels", "service_labels", dict),
    ArgumentField("/serviceAccountName", "service_account_name", str),
    ArgumentField("/pdb/minAvailable", "pdb_min_available"),
    ArgumentField("/pdb/maxUnavailable", "pdb_max_unavailable"),
    ArgumentField("/networkPolicyEnabled", "network_policy_enabled", bool),
    ArgumentField("/enableReplicationReadinessGate", "enable_replication_readiness_gate", bool),
    ArgumentField("/tiering/persistentVolumeClaimSpec", "tiering", dict),
    ArgumentField("/affinity", "affinity", dict),
    ArgumentField("/topologySpreadConstraints", "topology_spread_constraints", list),
    ArgumentField("/nodeSelector", "node_selector", dict),
    ArgumentField("/tolerations", "tolerations", list),
    ArgumentField("/priorityClassName", "priority_class_name", str),
    ArgumentField("/podSecurityContext", "pod_security_context", dict),
    ArgumentField("/containerSecurityContext", "container_security_context", dict),
    ArgumentField("/skipFSGroup", "skip_fs_group", bool),
    ArgumentField("/labels", "labels", dict),
    ArgumentField("/annotations", "annotations", dict),
    ArgumentField("/podMetadata/labels", "pod_metadata_labels", dict),
    ArgumentField("/podMetadata/annotations", "pod_metadata_annotations", dict),
    ArgumentField("/ownedObjectsMetadata/labels", "owned_objects_metadata_labels", dict),
    ArgumentField("/ownedObjectsMetadata/annotations", "owned_objects_metadata_annotations", dict),
    ArgumentField("/env", "env", list),
    ArgumentField("/initContainers", "init_containers", list),
    ArgumentField("/additionalContainers", "additional_containers", list),
    ArgumentField("/additionalVolumes", "additional_volumes", list),
    ArgumentField("/customLivenessProbeConfigMap/name", "custom_liveness_probe_config_map", str),
    ArgumentField("/customReadinessProbeConfigMap/name", "custom_readiness_probe_config_map", str),
    ArgumentField("/customStartupProbeConfigMap/name", "custom_startup_probe_config_map", str),
)
"""Fields that are an argument as they stand. `server.py` reads `args`, `snapshots.py` what saves the instance, and what
several fields come to together is below."""

REQUESTS = {"cpu_request": "cpu_limit", "memory_request": "memory_limit"}
"""Left out, a request is as large as the limit:
https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"""

_CONTROL_PLANE = {"key": CONTROL_PLANE_LABEL, "operator": "Exists", "effect": "NoSchedule"}


def read_instance(around: Surroundings) -> Carried:
    """The arguments of the cache that are no flags."""
    instance = around.instance
    given: dict[str, Setting] = {
        setting.argument: setting
        for field in ARGUMENT_FIELDS
        for setting in _read(field, around)
        if setting.value not in ({}, [])
    }
    _requests_of_limits(given)
    _control_plane(given)
    _restricted(given)
    origin = Origin.of(instance.manifest, _PASSWORD)
    if "password_from_secret" not in given and _asks_for_a_password(around):
        key = f"Secret `{default_secret(instance.name)}`, key `{PASSWORD_KEY}`"
        yield NotCarried(origin, "a password is asked for in another way, and is not read", f"put it into {key}")
    elif "password_from_secret" not in given:
        given["authentication"] = Setting("cache", "authentication", False, origin)
    yield Setting("cache", "name", instance.name, Origin.of(instance.manifest, "/metadata/name"))
    yield Setting("cache", "namespace", instance.namespace, Origin.of(instance.manifest, "/metadata/namespace"))
    yield Setting("cache", "operator_version", str(around.operator), Origin.of(instance.manifest))
    yield from _image(around)
    yield from given.values()
    for part in ("labels", "annotations"):
        found = mapping(instance.manifest.metadata, part)
        if texts := {name: each for name, each in found.items() if isinstance(each, str)}:
            yield Setting("metadata", part, texts, Origin.of(instance.manifest, f"/metadata/{part}"))


_PASSWORD = "/spec/authentication/passwordFromSecret"

_PASSWORDS = ("DFLY_requirepass", "DFLY_PASSWORD")
"""Variables of its environment from which the server takes a password."""


def _asks_for_a_password(around: Surroundings) -> bool:
    """By a flag, as which its environment may stand too; or perhaps by an ACL file."""
    instance = around.instance
    return (
        instance.flag("requirepass") is not None
        or any(variable.get("name") in _PASSWORDS for variable in instance.environment)
        or has_unreadable_file(around)
    )


def _read(field: ArgumentField, around: Surroundings) -> list[Setting]:
    manifest = around.instance.manifest
    found = value(around.instance.spec, *field.place.split("/")[1:])
    if found is None or not isinstance(found, field.takes):
        return []
    if field.argument == "annotations":
        found = {name: each for name, each in found.items() if name != SECRET_VERSION}
    read, place = field.read(found), f"/spec{field.place}"
    items = tuple((each, Origin.of(manifest, f"{place}/{index}")) for index, each in _numbered(read))
    return [Setting("cache", field.argument, read, Origin.of(manifest, place), items)]


def _numbered(found: Any) -> list[tuple[int, Any]]:
    return list(enumerate(found)) if isinstance(found, list) else []


def _image(around: Surroundings) -> Carried:
    """The server's version, which the tag says, and the image where it is not the server's own."""
    image = around.instance.named_image
    origin = Origin.of(around.instance.manifest, "/spec/image")
    yield Setting("cache", "version", str(around.instance.server), origin)
    if image and image != f"{IMAGE}:{around.instance.server}":
        yield Setting("cache", "image", image, origin)
        if around.instance.named_server is None:
            yield NotCarried(
                origin,
                "the tag says no version of the server",
                f"name it by `version`; taken: {around.instance.server}",
            )


def _requests_of_limits(given: dict[str, Setting]) -> None:
    for request, limit in REQUESTS.items():
        if request not in given and limit in given:
            given[request] = replace(given[limit], argument=request)


def _control_plane(given: dict[str, Setting]) -> None:
    """The node selector and the toleration by which the pods run on control-plane nodes alone."""
    selector, tolerations = given.get("node_selector"), given.get("tolerations")
    if selector is None or tolerations is None:
        return
    if selector.value.get(CONTROL_PLANE_LABEL) != "" or _CONTROL_PLANE not in tolerations.value:
        return
    given["control_plane_only"] = Setting("cache", "control_plane_only", True, selector.origin)
    rest = {name: each for name, each in selector.value.items() if name != CONTROL_PLANE_LABEL}
    _replace(given, selector, rest)
    _replace(given, tolerations, [each for each in tolerations.value if each != _CONTROL_PLANE])


def _restricted(given: dict[str, Setting]) -> None:
    """The security contexts that Pod Security's `restricted` asks for."""
    wanted = {"pod_security_context": RESTRICTED_POD, "container_security_context": RESTRICTED_CONTAINER}
    if all(name in given and same(given[name].value, context) for name, context in wanted.items()):
        origin = given["pod_security_context"].origin
        for name in wanted:
            del given[name]
        given["pod_security"] = Setting("cache", "pod_security", "restricted", origin)


def _replace(given: dict[str, Setting], setting: Setting, rest: Mapping[str, Any] | list[Any]) -> None:
    if rest:
        given[setting.argument] = replace(setting, value=rest)
    else:
        del given[setting.argument]
