"""Arguments of `DragonflyCache.from_existing`: those of a cache that tell what is there, and more.

The rest is what of a cache of ours other constructs tell: users, the certificate's CA, when it is saved.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from constructs_lib.arguments.model import Meaning, rule
from constructs_lib.arguments.references import InSecret, SecretKeyReference
from constructs_lib.arguments.types import InstanceName, Schedule, Text
from constructs_lib.cache.arguments import InstanceArguments
from constructs_lib.dragonfly.flags import server_version_findings
from constructs_lib.errors import Finding
from constructs_lib.values.names import CA_KEY, PASSWORD_KEY


class ExistingArguments(InstanceArguments):
    """An instance that others deployed, as far as monitoring, a network policy or a client must know it."""

    name: Annotated[InstanceName, Meaning("Name of the instance: of its Dragonfly resource.")] = Field()
    users: Annotated[
        Mapping[Text, Annotated[SecretKeyReference, InSecret(PASSWORD_KEY)]],
        Meaning(
            "The users that it has beside `default`, each with the Secret's key that holds its password.",
            default="none; with `acl_from_secret` any, whose password is key `USER-password` of that Secret",
        ),
    ] = Field(default_factory=dict)
    ca: Annotated[
        Annotated[SecretKeyReference, InSecret(CA_KEY)] | None,
        Meaning("The Secret's key with the CA of its certificate, for clients.", default="not told"),
    ] = None
    snapshot_schedule: Annotated[
        Schedule | None,
        Meaning(
            "When it saves itself: alerts on backups go by it. A policy lets snapshots out by its `s3_egress` alone.",
            default="no alerts on backups",
        ),
    ] = None

    @rule("version")
    def _server_is_known(self) -> Iterator[Finding]:
        yield from server_version_findings(self.server)
