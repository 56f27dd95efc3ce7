"""The kinds of value that arguments take: each a type that says itself what it accepts.

`json_schema_input_type` is what a file may give, for the JSON Schema of `cluster.yaml`.

Statically they are what a user writes (`"1Gi"`, or a `Memory`); validated they hold the parsed value, and
`Memory.of(…)` reads it back as its type at no cost. Objects of cdk8s and cdk8s-plus (`values/cdk8s_objects.py`) are
taken beside the text, and read when they are validated.
"""

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from ipaddress import ip_network
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, GetPydanticSchema, PlainValidator

from constructs_lib.values.cdk8s_objects import CpuLike, CronLike, DurationLike, SecretLike, SizeLike, read
from constructs_lib.values.cpu import Cpu
from constructs_lib.values.cron import Cron
from constructs_lib.values.duration import duration_text
from constructs_lib.values.memory import Memory, MemoryShare, ServerMemory
from constructs_lib.values.names import (
    instance_name,
    label_key,
    label_value,
    namespace_name,
    object_name,
    own_label_key,
    secret_key,
)
from constructs_lib.values.redact import redact
from constructs_lib.values.s3 import S3Endpoint, bucket_name, key_prefix
from constructs_lib.values.version import Version


def read_first(reader: Callable[[Any], Any], validated: Any) -> GetPydanticSchema:
    """Have an argument take an object of cdk8s beside what that type takes: it is read, and validated as that."""
    return validated_as(Annotated[validated, BeforeValidator(reader)])


def validated_as(hint: Any) -> GetPydanticSchema:
    """Have an argument validated as a closer type than the one that type checkers are told."""
    return GetPydanticSchema(lambda _source, handler: handler.generate_schema(hint))


MemoryAmount = Annotated[Memory | str | int | SizeLike, PlainValidator(Memory.of, json_schema_input_type=str | int)]
CpuAmount = Annotated[Cpu | str | int | float | CpuLike, PlainValidator(Cpu.of, json_schema_input_type=str | float)]
Schedule = Annotated[Cron | str | CronLike, PlainValidator(Cron.of, json_schema_input_type=str)]
ExactVersion = Annotated[Version | str, PlainValidator(Version.of, json_schema_input_type=str)]


def _server_memory(value: Any) -> ServerMemory | MemoryShare:
    if isinstance(value, MemoryShare) or (isinstance(value, str) and value.endswith("%")):
        return MemoryShare.of(value)
    try:
        return ServerMemory.of(value)
    except ValueError as error:
        raise ValueError(f"{error}, or {MemoryShare.accepted}") from None


ServerMemoryAmount = Annotated[
    ServerMemory | MemoryShare | str | int | SizeLike, PlainValidator(_server_memory, json_schema_input_type=str | int)
]
"""In the server's own notation, or as a share of the container's memory limit."""

InstanceName = Annotated[str, AfterValidator(instance_name)]
NamespaceName = Annotated[str, AfterValidator(namespace_name)]
ObjectName = Annotated[str, AfterValidator(object_name)]
SecretName = Annotated[str | SecretLike, read_first(lambda value: read(SecretLike, value), ObjectName)]
"""A Secret by its name."""
SecretNames = Annotated[Sequence[str | SecretLike], validated_as(list[SecretName])]
SecretKeyName = Annotated[str, AfterValidator(secret_key)]
BucketName = Annotated[str, AfterValidator(bucket_name)]
KeyPrefix = Annotated[str, AfterValidator(key_prefix)]
Endpoint = Annotated[S3Endpoint | str, PlainValidator(S3Endpoint.of, json_schema_input_type=str)]

LabelKey = Annotated[str, AfterValidator(label_key)]
LabelValue = Annotated[str, AfterValidator(label_value)]
Labels = dict[LabelKey, LabelValue]
OwnLabels = dict[Annotated[str, AfterValidator(own_label_key)], LabelValue]
"""Labels on what the operator makes: all but the operator's own keys."""
Annotations = dict[LabelKey, str]

PositiveInt = Annotated[int, Field(ge=1)]
NotNegativeInt = Annotated[int, Field(ge=0)]
Port = Annotated[int, Field(ge=1, le=65535)]
Text = Annotated[str, Field(min_length=1)]


def _cidr(text: Any) -> str:
    try:
        return str(ip_network(text))
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{text!r} is no block of addresses ({error}); accepted: CIDR notation, such as 10.1.0.0/16 or 10.1.2.3/32"
        ) from None


Cidr = Annotated[str, PlainValidator(_cidr, json_schema_input_type=str)]


def _host(text: Any) -> str:
    if isinstance(text, str) and re.fullmatch(r"(?!.{254})[a-z0-9*]([-a-z0-9*.]*[a-z0-9*])?", text, re.ASCII):
        return text
    raise ValueError(f"{text!r} is no name of a host; accepted: lower-case letters, digits, '-', '.' and '*'")


Host = Annotated[str, PlainValidator(_host, json_schema_input_type=str)]
"""A host's name, where `*` stands for any characters but a dot."""


def duration_as_text(value: Any) -> Any:
    """A `cdk8s.Duration` as text; any other value as it is."""
    time = read(DurationLike, value)
    return duration_text(time) if isinstance(time, timedelta) else value


def _duration(value: Any) -> str:
    text = duration_as_text(value)
    if isinstance(text, str) and re.fullmatch(r"([0-9]+(\.[0-9]+)?(ms|s|m|h))+", text):
        return text
    raise ValueError(f"{redact(text)} is no duration; accepted: numbers with ms, s, m or h, such as 30s, 10m or 1h30m")


FluxDuration = Annotated[str | DurationLike, PlainValidator(_duration, json_schema_input_type=str)]
"""As Flux takes durations (the CRDs' pattern)."""


def _prometheus_duration(value: Any) -> str:
    text = duration_as_text(value)
    if isinstance(text, str) and re.fullmatch(
        r"(?!$)(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?", text
    ):
        return text
    raise ValueError(f"{redact(text)} is no duration; accepted: Prometheus' form, such as 30s, 5m or 1h30m")


PrometheusDuration = Annotated[str | DurationLike, PlainValidator(_prometheus_duration, json_schema_input_type=str)]
"""As Prometheus and its operator take durations (the CRDs' pattern)."""


def _counted_in(unit: timedelta, name: str) -> Callable[[Any], Any]:
    def count(value: Any) -> Any:
        time = read(DurationLike, value)
        if not isinstance(time, timedelta):
            return value
        number, rest = divmod(time, unit)
        if rest:
            raise ValueError(f"{time / unit!r} {name} are not accepted; accepted: whole {name}")
        return number

    return count


Microseconds = Annotated[
    int | DurationLike, read_first(_counted_in(timedelta(microseconds=1), "microseconds"), NotNegativeInt)
]
Seconds = Annotated[int | DurationLike, read_first(_counted_in(timedelta(seconds=1), "seconds"), NotNegativeInt)]
PositiveSeconds = Annotated[int | DurationLike, read_first(_counted_in(timedelta(seconds=1), "seconds"), PositiveInt)]
PositiveDays = Annotated[int | DurationLike, read_first(_counted_in(timedelta(days=1), "days"), PositiveInt)]
"""Times that are counted in one unit."""


def number_of(time: int | DurationLike) -> int:
    """The number that a validated time is."""
    assert isinstance(time, int)
    return time


def secret_name(secret: str | SecretLike) -> str:
    """The name that a validated Secret is."""
    assert isinstance(secret, str)
    return secret


def _count_or_percentage(value: Any) -> int | str:
    if (isinstance(value, int) and not isinstance(value, bool) and value >= 0) or (
        isinstance(value, str) and re.fullmatch(r"(100|[1-9]?[0-9])%", value)
    ):
        return value
    raise ValueError(f"{redact(value)} is not accepted; accepted: a number of pods, or a percentage such as '50%'")


CountOrPercentage = Annotated[int | str, PlainValidator(_count_or_percentage, json_schema_input_type=str | int)]
