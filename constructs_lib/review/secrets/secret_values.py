"""A Secret by its keys: which there are, whether a value is another, and its text where it stands in the clear."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.cache.secret import ACL_DIGEST
from constructs_lib.review.changes.model import Manifest


@dataclass(frozen=True, slots=True)
class SecretValues:
    """The keys of one side; no value is in its `repr`."""

    is_encrypted: bool
    recipients: frozenset[str]
    """Who decrypts it, by SOPS' own names."""
    acl_digest: str | None
    """Of the rules that an encrypted ACL file was written for."""
    _data: Mapping[str, Any] = field(repr=False)
    _string_data: Mapping[str, Any] = field(repr=False)

    @classmethod
    def of(cls, secret: Manifest) -> SecretValues:
        """Read a Secret, plain or encrypted by SOPS."""
        sops = secret.get("sops")
        annotations = (secret.get("metadata") or {}).get("annotations") or {}
        return cls(
            sops is not None,
            frozenset(_recipients(sops)),
            annotations.get(ACL_DIGEST),
            secret.get("data") or {},
            secret.get("stringData") or {},
        )

    @property
    def keys(self) -> frozenset[str]:
        """Every key."""
        return frozenset({*self._data, *self._string_data})

    def place(self, key: str) -> str:
        """The field that a key stands in; nothing where it is in none."""
        return "stringData" if key in self._string_data else "data" if key in self._data else ""

    def text(self, key: str) -> str | None:
        """The value, where it stands in the clear."""
        if self.is_encrypted:
            return None
        if key in self._string_data:
            return str(self._string_data[key])
        try:
            return base64.b64decode(str(self._data.get(key, "")), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return None

    def differs(self, other: SecretValues, key: str) -> bool:
        """Whether a value, or its ciphertext, is another."""
        if not self.is_encrypted and not other.is_encrypted:
            ours, theirs = self.text(key), other.text(key)
            if ours is not None and theirs is not None:
                return ours != theirs
        return (self._data.get(key), self._string_data.get(key)) != (other._data.get(key), other._string_data.get(key))

    def has_same_rules(self, other: SecretValues) -> bool:
        """Whether the ACL file was written for the same rules, so that at most passwords are others."""
        return self.acl_digest is not None and self.acl_digest == other.acl_digest


def _recipients(sops: Any) -> list[str]:
    """https://getsops.io/docs/: the keys of each kind, each with its own name in its own field."""
    if not isinstance(sops, Mapping):
        return []
    groups = [sops, *(sops.get("key_groups") or ())]
    return [
        str(key.get(name))
        for group in groups
        for kind, name in _NAMES.items()
        for key in group.get(kind) or ()
        if isinstance(key, Mapping)
    ]


_NAMES = {
    "age": "recipient",
    "pgp": "fp",
    "kms": "arn",
    "gcp_kms": "resource_id",
    "azure_kv": "name",
    "hc_vault": "key_name",
}
