"""A Dragonfly as its manifest describes it: its pods, its ports, and where it saves itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from constructs_lib.dragonfly.instance import WrittenInstance, image_tag
from constructs_lib.dragonfly.ports import REDIS_PORT
from constructs_lib.network.selectors import Selector
from constructs_lib.review.topology.policy_ways import DrawnPeer
from constructs_lib.values.fields import mapping, text, text_or_number, value
from constructs_lib.values.s3 import S3Endpoint

AMAZON = "Amazon S3"
"""The server of a bucket for which no endpoint is given."""


@dataclass(frozen=True, slots=True)
class SavedTo:
    """Where snapshots are."""

    name: str
    """`s3://bucket`, or what the volume is."""
    detail: str
    """The server of a bucket; the size of a volume."""
    prefix: str = ""
    server: str = ""
    """Host and port of the bucket's server; empty for a volume."""

    @property
    def id(self) -> str:
        return f"{self.server} {self.name}".strip()


@dataclass(frozen=True)
class DrawnInstance(WrittenInstance):
    """An instance as it is drawn."""

    @property
    def id(self) -> str:
        return f"{self.namespace}/{self.name}"

    @property
    def pods(self) -> int:
        """How many pods are drawn: the one that there is at least, where the number is left out or no number."""
        replicas = value(self.spec, "replicas")
        return replicas if isinstance(replicas, int) else 1

    @property
    def server(self) -> str:
        """The server's version, or its whole image where it has no tag; empty where the operator chooses."""
        return image_tag(self.named_image) or self.named_image

    @property
    def service_type(self) -> str:
        """Its Service's type."""
        return text(self.spec, "serviceSpec", "type") or "ClusterIP"

    @property
    def client_ports(self) -> tuple[str, ...]:
        """The ports for clients: Redis' protocol, and memcached's where it is open."""
        memcached = text_or_number(self.spec, "memcachedPort") or self.flags.get("memcached_port", "")
        return (str(REDIS_PORT), *([memcached] if memcached not in ("", "0") else []))

    @cached_property
    def flags(self) -> Mapping[str, str]:
        """The flags that `args` gives the server."""
        return {name: flag.text for name, flag in self.arguments.items()}

    @property
    def cron(self) -> str:
        """When it saves itself; empty where it does so when it ends alone."""
        return text(self.spec, "snapshot", "cron") or self.flags.get("snapshot_cron", "")

    @property
    def saved_to(self) -> SavedTo | None:
        """Where its snapshots go, or None where it was asked for none."""
        folder = self.snapshot_dir or self.flags.get("dir", "")
        if folder.startswith("s3://"):
            bucket, _, prefix = folder.removeprefix("s3://").partition("/")
            return bucket_at(self.flags.get("s3_endpoint", ""), bucket, prefix)
        if self.snapshot_claim:
            return SavedTo(f"claim {self.namespace}/{self.snapshot_claim}", "made by others")
        if claims := mapping(self.snapshot, "persistentVolumeClaimSpec"):
            size = text_or_number(claims, "resources", "requests", "storage")
            return SavedTo(f"claims {self.namespace}/df-{self.name}-N", f"{size} each pod".strip())
        if self.snapshot or self.cron or folder:
            return SavedTo(f"the pods' own disks of {self.id}", "gone with the pod")
        return None

    def is_selected_by(self, selector: Selector) -> bool:
        """Whether a label selector finds its pods, or those of one role."""
        return selector.without("role").selects(self.pod_labels)

    def finds_snapshots_at(self, peer: DrawnPeer) -> bool:
        """Whether a way out to that peer is the one to its bucket's server."""
        saved_to = self.saved_to
        if saved_to is None or not saved_to.server:
            return False
        if saved_to.server == AMAZON:
            return peer.pods is None and any("amazonaws.com" in word for word in peer.words)
        try:
            endpoint = S3Endpoint.of(saved_to.server)
        except ValueError:
            return False
        if peer.pods is not None:
            return peer.namespaces == frozenset({endpoint.namespace_seen_from(self.namespace)})
        return any(word.partition("/")[0] == endpoint.host for word in peer.words)


def bucket_at(endpoint: str, bucket: str, prefix: str = "") -> SavedTo:
    """A bucket on a server, told by `--s3_endpoint` or by a URL; Amazon's where there is neither."""
    server = endpoint.partition("://")[2] or endpoint
    return SavedTo(f"s3://{bucket}", server or AMAZON, prefix, server or AMAZON)
