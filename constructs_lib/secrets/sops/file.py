"""A Secret that SOPS has encrypted, as far as it can be read with no key: its name, its keys, its annotations.

    file = SopsFile.read(Path("secrets/dragonfly.sops.yaml"))
    list(file.errors(contents))            # keys that are missing, rules that have changed since
    file.digest()                          # of the ciphertext: it changes when a value does

Values stay what they are, and what is not encrypted is told by its key, never by its value.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from constructs_lib.cache.secret import ACL_DIGEST, SecretContents
from constructs_lib.errors import Finding

SYNC = "run `cdk8s-dragonfly secrets sync`"
INIT = "run `cdk8s-dragonfly secrets init`"

SOPS_RULE = "encrypted_regex: ^(data|stringData)$"
"""What a rule in `.sops.yaml` needs for Secrets: Flux reads their kind, name and annotations in the clear."""


class UnusableSopsFile(Exception):
    """The file is not there, or is no Secret that SOPS has encrypted. No value of it is in the text."""


def is_encrypted(value: object) -> bool:
    """Whether SOPS has written a value."""
    return isinstance(value, str) and _CIPHERTEXT.fullmatch(value) is not None


_CIPHERTEXT = re.compile(r"ENC\[AES256_GCM,data:[^,]*,iv:[^,]+,tag:[^,]+,type:\w+\]")
"""https://github.com/getsops/sops/blob/main/aes/cipher.go"""


@dataclass(frozen=True, slots=True)
class SopsFile:
    """One encrypted Secret."""

    raw: bytes
    """The file as it is, to be copied to the byte: written anew in any way it no longer decrypts."""
    name: str
    namespace: str
    annotations: Mapping[str, str]
    ciphertext: Mapping[str, str]
    """Each key's encrypted value."""

    @classmethod
    def read(cls, path: Path) -> SopsFile:
        """Read a file.

        Raises:
            UnusableSopsFile: there is none, or it is something else.
        """
        try:
            return cls.of(path.read_bytes())
        except FileNotFoundError:
            raise UnusableSopsFile(f"no such file; {INIT}, which writes it") from None
        except OSError as error:
            raise UnusableSopsFile(f"cannot be read: {error.strerror}") from None
        except ValueError as error:
            raise UnusableSopsFile(str(error)) from None

    @classmethod
    def of(cls, raw: bytes) -> SopsFile:
        """Read the text of a file.

        Raises:
            ValueError: it is no Secret that SOPS has encrypted.
        """
        secret = _mapping(raw)
        metadata = secret.get("metadata")
        if secret.get("apiVersion") != "v1" or secret.get("kind") != "Secret" or not isinstance(metadata, Mapping):
            raise ValueError(f"no Secret, or its kind is encrypted as well; its rule in .sops.yaml needs `{SOPS_RULE}`")
        if any(map(is_encrypted, (*metadata.values(), *_part(metadata, "annotations").values()))):
            raise ValueError(f"its metadata is encrypted as well; its rule in .sops.yaml needs `{SOPS_RULE}`")
        values = {**_part(secret, "data"), **_part(secret, "stringData")}
        # An empty text SOPS leaves as it is.
        in_the_clear = sorted(str(key) for key, value in values.items() if value != "" and not is_encrypted(value))
        if in_the_clear or not isinstance(secret.get("sops"), Mapping):
            named = f"'{in_the_clear[0]}'" if in_the_clear else "it"
            raise ValueError(f"{named} is not encrypted, and would be published; encrypt the file with `sops encrypt`")
        return cls(
            raw=raw,
            name=str(metadata.get("name", "")),
            namespace=str(metadata.get("namespace", "")),
            annotations={str(name): str(value) for name, value in _part(metadata, "annotations").items()},
            ciphertext={str(key): str(value) for key, value in values.items()},
        )

    def digest(self, keys: Iterable[str] | None = None) -> str:
        """A digest of the ciphertext, or of some keys': another for another value, the same for another recipient."""
        chosen = sorted(self.ciphertext if keys is None else keys)
        return hashlib.sha256("\n".join(f"{key}: {self.ciphertext[key]}" for key in chosen).encode()).hexdigest()

    def missing(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of the keys that the file does not have."""
        return tuple(key for key in keys if key not in self.ciphertext)

    def errors(self, contents: SecretContents) -> Iterator[Finding]:
        """Why the file is not what the cache needs."""
        for what, found, wanted in (
            ("name", self.name, contents.name),
            ("namespace", self.namespace, contents.namespace),
        ):
            if found != wanted:
                yield Finding.error("", f"its {what} is '{found}', and the cache asks for '{wanted}'; {SYNC}")
        if missing := self.missing(contents.keys):
            named = ", ".join(f"'{key}'" for key in missing)
            yield Finding.error("", f"without {named}, which the cache needs; {SYNC}")
        if self.annotations.get(ACL_DIGEST, "") != (contents.acl.digest() if contents.acl else ""):
            yield Finding.error("", f"its ACL file was written for other users or rules than there are now; {SYNC}")


def _mapping(raw: bytes) -> dict[Any, Any]:
    import yaml

    try:
        loaded = yaml.load(raw, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise ValueError(f"no YAML{f' (line {mark.line + 1})' if mark else ''}") from None
    if not isinstance(loaded, dict):
        raise ValueError("no Secret that SOPS has encrypted")
    return loaded


def _part(mapping: Mapping[Any, Any], name: str) -> Mapping[Any, Any]:
    part = mapping.get(name)
    return part if isinstance(part, Mapping) else {}
