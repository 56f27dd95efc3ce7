"""An ExternalSecret: the External Secrets operator makes the Secret of what a store holds, the ACL file included.

The store has the passwords and the S3 keys, each under the Secret's own key; the hashes of the ACL file are made by
the operator's template, so that the file has no password in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from constructs import Construct

from constructs_lib.cache.secret import SecretContents
from constructs_lib.construct.api_object import RenderedObject
from constructs_lib.errors import Finding
from constructs_lib.secrets.arguments import SecretsArguments


class ExternalSecret:
    """The ExternalSecret of a cache."""

    def __init__(
        self, construct: Construct, arguments: SecretsArguments, cache: str, contents: Callable[[], SecretContents]
    ) -> None:
        self._arguments = arguments
        self._cache = cache
        self._contents = contents
        self.api_object = RenderedObject(
            construct,
            "ExternalSecret",
            "external-secrets.io/v1",
            "ExternalSecret",
            lambda: {"spec": self._spec(contents())},
            name=contents().name,
            namespace=contents().namespace,
        )

    def version(self) -> str:
        """Nothing: the store may change at any time."""
        return ""

    def findings(self) -> Iterator[Finding]:
        """Rules that the template would take for its own; whether the store has the values is not known here."""
        yield from self._contents().template_findings()

    def finish(self) -> None:
        """Nothing beside the tree."""

    def _spec(self, contents: SecretContents) -> dict[str, Any]:
        store = self._arguments.secret_store
        assert store is not None  # a rule of the arguments
        remote_key = self._arguments.remote_key or f"{contents.namespace}/{self._cache}"
        keys = (*contents.password_keys.values(), *contents.s3_keys)
        return {
            "refreshInterval": self._arguments.refresh_interval,
            "secretStoreRef": {"name": store.name, "kind": store.kind},
            "target": {
                "name": contents.name,
                "creationPolicy": "Owner",
                "template": {"engineVersion": "v2", "data": _template(contents, keys)},
            },
            "data": [{"secretKey": key, "remoteRef": {"key": remote_key, "property": key}} for key in keys],
        }


def _template(contents: SecretContents, keys: tuple[str, ...]) -> dict[str, str]:
    # `index`, since `.key` takes no '-'.
    template = {key: f'{{{{ index . "{key}" }}}}' for key in keys}
    if contents.acl:
        passwords = contents.password_keys
        hashed = contents.acl.render_with(lambda user: f'#{{{{ index . "{passwords[user]}" | sha256sum }}}}')
        template[contents.acl_key] = hashed
    return template
