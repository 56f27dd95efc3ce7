"""Arguments of a `DragonflySecrets`: where the Secret of a cache comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from constructs_lib.arguments.model import Arguments, Meaning, rule
from constructs_lib.arguments.references import Reference
from constructs_lib.arguments.types import FluxDuration, ObjectName, Text
from constructs_lib.errors import Finding

Source = Literal["existing", "sops", "external-secrets", "substitute"]


class SecretStore(Reference):
    """The store that an ExternalSecret reads: `SecretStore(name="vault")`."""

    name: ObjectName
    kind: Literal["ClusterSecretStore", "SecretStore"] = "ClusterSecretStore"


class SecretsArguments(Arguments):
    """Where the Secret with the passwords, the ACL file and the S3 keys comes from."""

    source: Annotated[
        Source,
        Meaning(
            "`existing`: a Secret that you make yourself; `sops`: a file that `cdk8s-dragonfly secrets` keeps; "
            "`external-secrets`: an ExternalSecret; `substitute`: a Secret of `${VARIABLES}` that Flux fills in."
        ),
    ] = "existing"
    version: Annotated[
        Text | None,
        Meaning(
            "Any text, in an annotation of the pods. Servers read the Secret only when they start: change it with the "
            "Secret, and the pods restart, replicas first. Of an encrypted file the annotation has a digest by itself.",
            default="none",
        ),
    ] = None
    file: Annotated[
        Text | None,
        Meaning(
            "The encrypted file. With `sops` it is the Secret; with `substitute` it may be the one that holds the "
            "variables, so that a changed one restarts the pods."
        ),
    ] = None
    secret_store: Annotated[
        Annotated[SecretStore, Field(strict=False)] | None,
        Meaning("With `external-secrets`: the store that the values are in."),
    ] = None
    remote_key: Annotated[
        Text | None,
        Meaning(
            "With `external-secrets`: the entry of the store that has the Secret's keys as properties.",
            default="`NAMESPACE/NAME` of the cache",
        ),
    ] = None
    refresh_interval: Annotated[
        FluxDuration, Meaning("With `external-secrets`: how often the store is read again.")
    ] = "1h"

    @rule("source", "file")
    def _sops_has_a_file(self) -> Iterator[Finding]:
        if self.source == "sops" and self.file is None:
            yield Finding.error("file", "left out, while `source` is 'sops'; accepted: the path of the encrypted file")
        elif self.source not in ("sops", "substitute") and self.file is not None:
            yield Finding.error("file", f"means nothing while `source` is '{self.source}'; leave it out")

    @rule("source", "secret_store", "remote_key")
    def _a_store_is_for_external_secrets(self) -> Iterator[Finding]:
        if self.source == "external-secrets":
            if self.secret_store is None:
                yield Finding.error(
                    "secret_store",
                    "left out, while `source` is 'external-secrets'; accepted: the name of a ClusterSecretStore, such "
                    "as {name: vault}",
                )
            return
        for name in ("secret_store", "remote_key"):
            if getattr(self, name) is not None:
                yield Finding.error(name, f"means nothing while `source` is '{self.source}'; leave it out")

    @rule("source", "file", "version")
    def _a_change_restarts_the_pods(self) -> Iterator[Finding]:
        # Nothing is said to who has not chosen at all: a password that is never changed needs no version.
        if "source" in self.model_fields_set and self.version is None and self.file is None:
            yield Finding.warning(
                "version",
                "left out: servers read the Secret only when they start, so a changed password does nothing until "
                "then; give any text here, and change it with the Secret",
            )
