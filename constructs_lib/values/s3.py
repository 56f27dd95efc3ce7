"""Addresses of S3 buckets and of the servers that hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from constructs_lib.values.redact import redact

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
_HOST = re.compile(r"(?!-)[a-zA-Z0-9-]{1,63}(?<!-)(\.(?!-)[a-zA-Z0-9-]{1,63}(?<!-))*", re.ASCII)
_PREFIX = re.compile(r"[A-Za-z0-9!_.*'()/$-]+", re.ASCII)
_IN_CLUSTER = re.compile(r"[a-z0-9-]+\.(?P<namespace>[a-z0-9-]+)\.svc(\.cluster\.local)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class S3Address:
    """A place in a bucket: `s3://bucket/prefix`."""

    bucket: str
    prefix: str = ""

    accepted: ClassVar[str] = "s3://BUCKET or s3://BUCKET/PREFIX"

    @classmethod
    def of(cls, value: S3Address | str) -> S3Address:
        """Take an address as it is, or parse one.

        Raises:
            ValueError: not an s3:// address, or no name that a bucket can have.
        """
        if isinstance(value, cls):
            return value
        if not isinstance(value, str) or not value.startswith("s3://"):
            raise ValueError(f"{redact(value)} is no S3 address; accepted: {cls.accepted}")
        bucket, _, prefix = value.removeprefix("s3://").partition("/")
        return cls(bucket_name(bucket), key_prefix(prefix))

    def __truediv__(self, part: str) -> S3Address:
        """The place below this one: `S3Address.of("s3://b") / "cache"`."""
        return S3Address(self.bucket, key_prefix(f"{self.prefix}/{part.strip('/')}"))

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}" if self.prefix else f"s3://{self.bucket}"


@dataclass(frozen=True, slots=True)
class S3Endpoint:
    """Where an S3 server listens, as `--s3_endpoint` takes it: `host:port`, no scheme."""

    host: str
    port: int | None = None

    accepted: ClassVar[str] = "HOST or HOST:PORT without http:// (whether it is https is a setting of its own)"

    @classmethod
    def of(cls, value: S3Endpoint | str) -> S3Endpoint:
        """Take an endpoint as it is, or parse one.

        Raises:
            ValueError: it has a scheme, a path, or no usable host or port.
        """
        if isinstance(value, cls):
            return value
        host, colon, port = value.partition(":") if isinstance(value, str) else ("", "", "")
        if _HOST.fullmatch(host) and (not colon or (port.isascii() and port.isdigit() and 0 < int(port) < 65536)):
            return cls(host, int(port) if colon else None)
        raise ValueError(f"{redact(value)} is no S3 endpoint; accepted: {cls.accepted}")

    def namespace_seen_from(self, namespace: str) -> str | None:
        """The namespace of the Service that the host names to a pod, or None where it is no Service of this cluster.

        A name without a dot is a Service of the pod's own namespace.
        """
        if "." not in self.host:
            return namespace
        match = _IN_CLUSTER.fullmatch(self.host)
        return match["namespace"] if match else None

    @property
    def names_a_service(self) -> bool:
        """Whether the host is one by which pods reach a Service, of whichever domain their cluster has.

        https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
        """
        return "." not in self.host or "svc" in self.host.split(".")

    def port_for(self, https: bool) -> int:
        """The port that a connection goes to."""
        return self.port or (443 if https else 80)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}" if self.port else self.host


def bucket_name(text: str) -> str:
    """The name of a bucket.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    """
    if _BUCKET.fullmatch(text) and ".." not in text:
        return text
    raise ValueError(
        f"{text!r} is no name of a bucket; accepted: 3 to 63 lower-case letters, digits, '-' and '.', "
        "beginning and ending with a letter or digit"
    )


def key_prefix(text: str) -> str:
    """The beginning of object keys: words between single slashes, none at the ends."""
    trimmed = text.strip("/")
    if not trimmed or (_PREFIX.fullmatch(trimmed) and "//" not in trimmed):
        return trimmed
    raise ValueError(f"{text!r} is no prefix of object keys; accepted: letters, digits and -_.!*'()$ between slashes")
