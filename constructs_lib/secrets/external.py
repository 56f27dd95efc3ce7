"""An ExternalSecret: the External Secrets operator makes the Secret of what a store holds, the ACL file included.

The store has the passwords and the S3 keys, each under the Secret's own key; the hashes of the ACL file are made by
the operator's template, so that the file has no password in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdk8s import ApiObject, ApiObjectMetadata, JsonPatch
from constructs import Construct

from constructs_lib.cache.cache import DragonflyCache
from constructs_lib.cache.secret import SecretContents
from constructs_lib.errors import Finding
from constructs_lib.secrets.arguments import SecretsArguments

API_VERSION = "external-secrets.io/v1"


class ExternalSecret:
    """The ExternalSecret of a cache."""

    def __init__(
        self, construct: Construct, arguments: SecretsArguments, cache: DragonflyCache, contents: SecretContents
    ) -> None:
        self._remote_key = arguments.remote_key or f"{cache.namespace}/{cache.name}"
        self._written: set[str] = set()
        self.api_object = ApiObject(
            construct,
            "ExternalSecret",
            api_version=API_VERSION,
            kind="ExternalSecret",
            metadata=ApiObjectMetadata(name=contents.name, namespace=contents.namespace),
        )
        self._add("/spec", _spec(arguments, contents.name))

    def version(self, contents: SecretContents) -> str:
        """Nothing: the store may change at any time."""
        return ""

    def write(self, contents: SecretContents) -> None:
        """Add what is not there yet, so that patches of the user's own stay."""
        for key in (*contents.password_keys.values(), *contents.s3_keys):
            if key not in self._written:
                self._written.add(key)
                self._add("/spec/data/-", {"secretKey": key, "remoteRef": {"key": self._remote_key, "property": key}})
                # `index`, since `.key` takes no '-'.
                self._add(f"/spec/target/template/data/{key}", f'{{{{ index . "{key}" }}}}')
        if contents.acl:
            keys = contents.password_keys
            text = contents.acl.render_with(lambda user: f'#{{{{ index . "{keys[user]}" | sha256sum }}}}')
            self._add(f"/spec/target/template/data/{contents.acl_key}", text)

    def errors(self, contents: SecretContents) -> Iterator[Finding]:
        """Rules that the template would take for its own; whether the store has the values is not known here."""
        yield from contents.template_findings()

    def _add(self, path: str, value: Any) -> None:
        self.api_object.add_json_patch(JsonPatch.add(path, value))


def _spec(arguments: SecretsArguments, name: str) -> dict[str, Any]:
    store = arguments.secret_store
    assert store is not None  # a rule of the arguments
    return {
        "refreshInterval": arguments.refresh_interval,
        "secretStoreRef": {"name": store.name, "kind": store.kind},
        "target": {"name": name, "creationPolicy": "Owner", "template": {"engineVersion": "v2", "data": {}}},
        "data": [],
    }
