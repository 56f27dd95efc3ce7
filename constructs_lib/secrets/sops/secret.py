"""The Secret in the clear, in memory: what it must become, and what is wrong with it.

Values are `SecretStr`s, whose repr shows nothing; only `manifest` has them as text, for `sops` to encrypt.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import SecretStr

from constructs_lib.acl.lines import acl_file_findings, shared_password_problem
from constructs_lib.acl.rules import PasswordHash
from constructs_lib.cache.secret import ACL_DIGEST, SecretContents, user_password_key
from constructs_lib.errors import DragonflyError, Finding
from constructs_lib.flux.annotations import FLUX_SAFE
from constructs_lib.secrets.sops.passwords import draw
from constructs_lib.values.version import Version

KEEPS_OLD = "cdk8s-dragonfly/old-passwords"
"""Annotation: the users whose last password still lets them in, until `rotate --drop-old`."""

_HASHES = re.compile("( #[0-9a-f]{64})+")


class MissingValues(DragonflyError):
    """Values that nobody can draw, such as an S3 server's keys, and that nobody gave."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = tuple(keys)
        super().__init__(f"no value for {', '.join(self.keys)}")


@dataclass(frozen=True)
class PlainSecret:
    """A Secret's values in the clear, and its metadata."""

    values: Mapping[str, SecretStr] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    """What was changed, for the user to read."""

    @classmethod
    def of(cls, manifest: Mapping[str, Any]) -> PlainSecret:
        """Read a decrypted Secret.

        Raises:
            ValueError: `data` is no base64.
        """
        values = {name: SecretStr(str(value)) for name, value in (manifest.get("stringData") or {}).items()}
        for name, value in (manifest.get("data") or {}).items():
            try:
                values.setdefault(name, SecretStr(base64.b64decode(value, validate=True).decode()))
            except (binascii.Error, UnicodeDecodeError):
                raise ValueError(f"data.{name} is no base64 of a text") from None
        return cls(values, manifest.get("metadata") or {})

    def manifest(self) -> dict[str, Any]:
        """The whole Secret, in the clear."""
        return {
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": dict(self.metadata),
            "type": "Opaque",
            "stringData": {name: value.get_secret_value() for name, value in self.values.items()},
        }

    def up_to_date(
        self, contents: SecretContents, given: Mapping[str, SecretStr], found: Mapping[str, SecretStr]
    ) -> PlainSecret:
        """The Secret as it must be now: what is missing taken over or drawn, what nobody needs left out.

        Args:
            contents: what the Secret must hold.
            given: values, by key, that take the place of those there are.
            found: values, by key, for what is not there.

        Raises:
            MissingValues: what nobody can draw is neither given nor found.
            InvalidArguments: two users have one password.
        """
        values, changes = dict(self.values), []
        gone = [user_password_key(user) for user in self._hashes(contents) if user not in contents.password_keys]
        for key in (*gone, *([contents.acl_key] if contents.acl is None else [])):
            if key in values and key not in contents.keys:
                del values[key]
                changes.append(f"{key}: left out")
        for key in (*contents.password_keys.values(), *contents.s3_keys):
            new = given.get(key) or (found.get(key) if key not in values else None)
            if new and values.get(key) != new:
                values[key] = new
                changes.append(f"{key}: taken over")
            elif key not in values and key not in contents.s3_keys:
                values[key] = draw()
                changes.append(f"{key}: drawn")
        if missing := [key for key in contents.s3_keys if key not in values]:
            raise MissingValues(missing)
        return self._completed(contents, values, self.keeps_old, changes)

    def rotated(self, contents: SecretContents, users: Iterable[str], *, keep_old: bool = False) -> PlainSecret:
        """The Secret with a new password for each of some users.

        Args:
            contents: what the Secret must hold.
            users: their names; `default` is one.
            keep_old: let the old password in as well, until `without_old`.
        """
        chosen, keys = list(dict.fromkeys(users)), contents.password_keys
        values = dict(self.values) | {keys[user]: draw() for user in chosen}
        kept = [*(user for user in self.keeps_old if user not in chosen), *(chosen if keep_old else [])]
        also = ", the old one lets in as well" if keep_old else ""
        changes = [f"{keys[user]}: drawn anew{also}" for user in chosen]
        return self._completed(contents, values, kept, changes)

    def without_old(self, contents: SecretContents, users: Iterable[str]) -> PlainSecret:
        """The Secret in which only the last password of some users lets them in."""
        chosen = [user for user in self.keeps_old if user in set(users)]
        kept = [user for user in self.keeps_old if user not in chosen]
        changes = [f"{user}: the old password lets nobody in any more" for user in chosen]
        return self._completed(contents, self.values, kept, changes)

    @property
    def keeps_old(self) -> tuple[str, ...]:
        """The users whose old password still lets them in."""
        return tuple(str((self.metadata.get("annotations") or {}).get(KEEPS_OLD, "")).split())

    def findings(self, contents: SecretContents, server: Version) -> Iterator[Finding]:
        """What is wrong with the values. None of them is in what is found."""
        keys = {user: key for user, key in contents.password_keys.items() if key in self.values}
        for name in (*keys.values(), *contents.s3_keys):
            if name in self.values and not self.values[name].get_secret_value():
                yield Finding.error(name, "empty; accepted: a value")
        owners: dict[str, list[str]] = {}
        for user, key in keys.items():
            owners.setdefault(self.values[key].get_secret_value(), []).append(user)
        yield from (
            Finding.error("", shared_password_problem(tuple(users))) for users in owners.values() if len(users) > 1
        )
        if contents.acl is None or contents.acl_key not in self.values:
            return
        text = self.values[contents.acl_key].get_secret_value()
        for finding in acl_file_findings(text, server):
            yield replace(finding, where=f"{contents.acl_key} {finding.where}".rstrip())
        hashes = self._hashes(contents)
        for user in contents.acl.password_names:
            if user in keys and PasswordHash.of(self.values[keys[user]]) not in hashes.get(user, ()):
                yield Finding.error(
                    contents.acl_key,
                    f"user {user!r} has another password there than key '{keys[user]}': its clients are refused",
                )
        if _HASHES.sub(" #", text) != contents.acl.render_with(lambda user: "#"):
            yield Finding.error(contents.acl_key, "its rules are not those of the users that there are now")

    def _completed(
        self,
        contents: SecretContents,
        values: Mapping[str, SecretStr],
        keeps_old: Iterable[str],
        changes: list[str],
    ) -> PlainSecret:
        """With the ACL file of the values, and the metadata that goes with it."""
        # Flux substitutes after it has decrypted: a password that holds `${` would be changed.
        completed, annotations = dict(values), {**(self.metadata.get("annotations") or {}), **FLUX_SAFE}
        annotations.pop(ACL_DIGEST, None)
        annotations.pop(KEEPS_OLD, None)
        if contents.acl:
            kept = [user for user in keeps_old if user in contents.acl.password_names]
            hashes, keys = self._hashes(contents), contents.password_keys
            text = contents.acl.render(
                {
                    user: (PasswordHash.of(values[keys[user]]), *(hashes.get(user, ()) if user in kept else ()))
                    for user in contents.acl.password_names
                }
            )
            if completed.get(contents.acl_key) != SecretStr(text):
                completed[contents.acl_key] = SecretStr(text)
                changes.append(f"{contents.acl_key}: written")
            annotations[ACL_DIGEST] = contents.acl.digest()
            annotations |= {KEEPS_OLD: " ".join(kept)} if kept else {}
        metadata = {**self.metadata, "name": contents.name, "namespace": contents.namespace, "annotations": annotations}
        if metadata != self.metadata and not changes:
            changes.append("name, namespace and annotations: written")
        return PlainSecret(completed, metadata, tuple(changes))

    def _hashes(self, contents: SecretContents) -> dict[str, tuple[PasswordHash, ...]]:
        """The passwords that let each user in, by the ACL file as it is."""
        lines = self.values.get(contents.acl_key, SecretStr("")).get_secret_value().split("\n")
        words = [line.split() for line in lines if len(line.split()) > 1]
        return {
            name: tuple(PasswordHash(rule[1:]) for rule in rules if re.fullmatch("#[0-9a-f]{64}", rule))
            for _, name, *rules in words
        }
