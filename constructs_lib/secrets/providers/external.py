"""An ExternalSecret: the External Secrets operator makes the Secret of what a store holds, the ACL file included.

The store has the passwords and the S3 keys, each under the Secret's own key; the hashes of the ACL file are made by
the operator's template, so that the file has no password in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from constructs_lib.cache.secret import SecretContents
from constructs_lib.errors import Finding
from constructs_lib.secrets.provider import SecretProvider


class ExternalSecret(SecretProvider):
    """The ExternalSecret of a cache."""

    manifest_kind = ("external-secrets.io/v1", "ExternalSecret")

    def fields(self) -> dict[str, Any]:
        """Its spec."""
        store = self.arguments.secret_store
        assert store is not None  # a rule of the arguments
        contents = self.contents
        return {
            "spec": {
                "refreshInterval": self.arguments.refresh_interval,
                "secretStoreRef": {"name": store.name, "kind": store.kind},
                "target": {
                    "name": contents.name,
                    "creationPolicy": "Owner",
                    "template": {"engineVersion": "v2", "data": _template(contents)},
                },
                "data": [
                    {"secretKey": key, "remoteRef": {"key": self._remote_key, "property": key}}
                    for key in _stored(contents)
                ],
            }
        }

    def findings(self) -> Iterator[Finding]:
        """Rules that the template would take for its own; whether the store has the values is not known here."""
        acl = self.contents.acl
        for user in acl.users if acl else ():
            if any("{{" in str(rule) for rule in user.rules()):
                yield Finding.error(
                    f"users.{user.name}",
                    "a pattern with '{{', where an ExternalSecret's template begins; accepted: '?{' in its place",
                )

    def taken_from(self) -> Iterator[tuple[str, str]]:
        """The store's entry."""
        if self.arguments.remote_key:
            yield "remote_key", f"the store's entry {self.arguments.remote_key}"

    def must_hold(self) -> str:
        """What the store has."""
        return f"the store's '{self._remote_key}' must hold {', '.join(_stored(self.contents))}"

    def place_of(self, key: str) -> str:
        """Into the store."""
        return f"put it into the store, as '{key}' of '{self._remote_key}'"

    @staticmethod
    def how_to_add(secret: str, namespace: str) -> str:
        """Into the store."""
        return "put them where the ExternalSecret reads: under those names in the store's entry."

    @property
    def _remote_key(self) -> str:
        return self.arguments.remote_key or f"{self.contents.namespace}/{self.cache}"


def _stored(contents: SecretContents) -> tuple[str, ...]:
    """The Secret's keys that the store has: all but the ACL file, which the template makes."""
    return (*contents.password_keys.values(), *contents.s3_keys)


def _template(contents: SecretContents) -> dict[str, str]:
    # `index`, since `.key` takes no '-'.
    template = {key: f'{{{{ index . "{key}" }}}}' for key in _stored(contents)}
    if contents.acl:
        passwords = contents.password_keys
        hashed = contents.acl.render_with(lambda user: f'#{{{{ index . "{passwords[user]}" | sha256sum }}}}')
        template[contents.acl_key] = hashed
    return template
