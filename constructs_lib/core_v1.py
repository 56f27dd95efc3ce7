"""Parts that are core/v1 objects: affinity, containers, volumes, tolerations and the like.

The bindings leave them open, so that they load fast; users write them as the YAML they know, or pass
cdk8s-plus-28's own types. Here both become plain data, and every field's name and type is checked against
the types of cdk8s-plus-28, which is loaded only when there is something to check.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from constructs_lib.errors import Fault
from constructs_lib.values.arguments import CoreV1, nearest

YAML_NAMES = {
    "datasetUuid": "datasetUUID",
    "diskUri": "diskURI",
    "downwardApi": "downwardAPI",
    "hostIp": "hostIP",
    "pdId": "pdID",
    "scaleIo": "scaleIO",
    "storagePolicyId": "storagePolicyID",
    "targetWwNs": "targetWWNs",
    "volumeId": "volumeID",
}
"""Names that cdk8s-plus' types spell otherwise than Kubernetes does."""

NEWER_FIELDS = {
    "LifecycleHandler": {"sleep"},
    "PersistentVolumeClaimSpec": {"volumeAttributesClassName"},
    "PodAffinityTerm": {"matchLabelKeys", "mismatchLabelKeys"},
    "PodSecurityContext": {"appArmorProfile", "seLinuxChangePolicy", "supplementalGroupsPolicy"},
    "ResourceClaim": {"request"},
    "SecurityContext": {"appArmorProfile"},
    "Volume": {"image"},
    "VolumeMount": {"recursiveReadOnly"},
    "VolumeProjection": {"clusterTrustBundle"},
}
"""Fields that the operator's CRDs know and Kubernetes 1.28, whose types cdk8s-plus-28 has, did not: taken unchecked."""


def plain(value: Any) -> Any:
    """A core/v1 part as plain data under its YAML names, whether it came as such or as cdk8s-plus types."""
    if hasattr(value, "__jsii_name_mapping__"):
        names = value.__jsii_name_mapping__
        return {_yaml_name(names[name]): plain(item) for name, item in value._values.items() if item is not None}
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if _is_number_or_text(value):
        return value.value
    return value


def core_v1_faults(argument: str, part: CoreV1, value: Any) -> Iterator[Fault]:
    """What the API server would refuse in a part: fields that do not exist, are missing or of the wrong type."""
    expected: Any = _type_named(part.kind)
    yield from _faults(argument, plain(value), list[expected] if part.many else expected)


def _faults(where: str, value: Any, expected: Any) -> Iterator[Fault]:
    """Walk a value beside its type; `expected` is a struct of cdk8s-plus, or a hint made of them."""
    origin = get_origin(expected)
    if origin is Union:
        yield from _faults(where, value, _meant(expected))
    elif hasattr(expected, "__jsii_name_mapping__"):
        if _is_number_or_text_type(expected):
            yield from _mismatch(where, value, (int, str), "a number or a text")
        else:
            yield from _struct_faults(where, value, expected)
    elif origin is not None and issubclass(origin, Mapping):
        yield from _mapping_faults(where, value, get_args(expected)[1])
    elif origin is not None and issubclass(origin, Iterable):
        yield from _list_faults(where, value, get_args(expected)[0])
    elif expected in _SCALARS:
        yield from _mismatch(where, value, *_SCALARS[expected])
    elif _is_number_or_text_type(expected):
        yield from _mismatch(where, value, (int, str), "a number or a text")


def _struct_faults(where: str, value: Any, struct: Any) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(where, f"{value!r} is not accepted; accepted: a {struct.__name__}, as a mapping")
        return
    hints = _hints(struct)
    arguments = {_yaml_name(name): argument for argument, name in struct.__jsii_name_mapping__.items()}
    for name, item in value.items():
        if name in arguments:
            yield from _faults(f"{where}.{name}", item, hints[arguments[name]])
        elif name not in NEWER_FIELDS.get(struct.__name__, ()):
            advice = nearest(str(name), arguments) or f"accepted: {', '.join(sorted(arguments))}"
            yield Fault(f"{where}.{name}", f"no field of {struct.__name__}; {advice}")
    for name, argument in arguments.items():
        if name not in value and not _is_optional(hints[argument]):
            yield Fault(where, f"{struct.__name__} has no {name}; it is required")


def _mapping_faults(where: str, value: Any, expected: Any) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(where, f"{value!r} is not accepted; accepted: a mapping")
        return
    for name, item in value.items():
        yield from _faults(f"{where}.{name}", item, expected)


def _list_faults(where: str, value: Any, expected: Any) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield Fault(where, f"{value!r} is not accepted; accepted: a list")
        return
    for index, item in enumerate(value):
        yield from _faults(f"{where}[{index}]", item, expected)


def _mismatch(where: str, value: Any, types: tuple[type, ...], accepted: str) -> Iterator[Fault]:
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        yield Fault(where, f"{value!r} is not accepted; accepted: {accepted}")


_SCALARS: dict[Any, tuple[tuple[type, ...], str]] = {
    str: ((str,), "a text"),
    bool: ((bool,), "true or false"),
    int: ((int,), "a whole number"),
    float: ((int, float), "a number"),
}


def _meant(union: Any) -> Any:
    """What a binding's hint means: `Optional[Union[Struct, Dict[str, Any]]]` is Struct."""
    members = [member for member in get_args(union) if member is not type(None)]
    return next((member for member in members if hasattr(member, "__jsii_name_mapping__")), members[0])


def _is_optional(hint: Any) -> bool:
    return type(None) in get_args(hint)


def _is_number_or_text(value: Any) -> bool:
    """Whether it is cdk8s-plus' `IntOrString` or `Quantity`, which stand for a plain value."""
    return _is_number_or_text_type(type(value))


def _is_number_or_text_type(expected: Any) -> bool:
    return getattr(expected, "__name__", "") in {"IntOrString", "Quantity"} and hasattr(expected, "from_string")


def _yaml_name(name: str) -> str:
    return YAML_NAMES.get(name, name)


def _type_named(kind: str) -> Any:
    from cdk8s_plus_28 import k8s

    return getattr(k8s, kind)


@cache
def _hints(struct: Any) -> dict[str, Any]:
    """The types of a struct's fields. The bindings import each other lazily, which `get_type_hints` resolves."""
    from cdk8s_plus_28 import k8s

    return get_type_hints(struct.__init__, vars(k8s))
