"""The encrypted file of a cache's Secret: read, changed in memory, and replaced as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pydantic import SecretStr

from constructs_lib.cache.secret import SecretContents
from constructs_lib.errors import DragonflyError, Finding
from constructs_lib.secrets.sops.file import INIT, SYNC, SopsFile, UnusableSopsFile
from constructs_lib.secrets.sops.program import decrypt, encrypt
from constructs_lib.secrets.sops.secret import PlainSecret
from constructs_lib.values.version import Version

_NOTHING: Mapping[str, SecretStr] = MappingProxyType({})


class SecretFileError(DragonflyError):
    """The file cannot be made what it should be. No secret is in the text."""


@dataclass(frozen=True, slots=True)
class SecretFile:
    """One file, and what it must hold."""

    path: Path
    contents: SecretContents
    server: Version

    def init(
        self, given: Mapping[str, SecretStr] = _NOTHING, found: Mapping[str, SecretStr] = _NOTHING
    ) -> tuple[str, ...]:
        """Write the file anew. Needs no private key.

        Args:
            given: values to take over, by the Secret's key; passwords that are not given are drawn.
            found: further such values.

        Raises:
            SecretFileError: it is there already.
        """
        if self.path.exists():
            raise SecretFileError(f"{self.path.name}: is there already; {SYNC} to bring it up to date")
        made = PlainSecret().up_to_date(self.contents, given, found)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._write(made, None)
        return made.changes

    def sync(
        self, given: Mapping[str, SecretStr] = _NOTHING, found: Mapping[str, SecretStr] = _NOTHING
    ) -> tuple[str, ...]:
        """Bring the file up to date with the users and rules that there are now; what is right is left alone.

        Args:
            given: values, by the Secret's key, that take the place of those in the file.
            found: values to take over for what is not in the file.
        """
        return self._change(lambda secret: secret.up_to_date(self.contents, given, found))

    def rotate(self, users: Iterable[str], *, keep_old: bool = False) -> tuple[str, ...]:
        """Draw new passwords for some users.

        Raises:
            SecretFileError: no such user, or an old password is to be kept where there is no ACL file to keep it in.
        """
        chosen = list(users)
        self._known(chosen)
        if keep_old and not set(chosen) <= set(self.contents.acl.password_names if self.contents.acl else ()):
            raise SecretFileError("an old password can be kept for a user in the ACL file alone")
        self._is_up_to_date()
        return self._change(lambda secret: secret.rotated(self.contents, chosen, keep_old=keep_old))

    def drop_old(self, users: Iterable[str]) -> tuple[str, ...]:
        """Let the last password of some users in alone.

        Raises:
            SecretFileError: no such user.
        """
        chosen = list(users)
        self._known(chosen)
        self._is_up_to_date()
        return self._change(lambda secret: secret.without_old(self.contents, chosen))

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the file, as far as it can be told with no private key."""
        try:
            yield from SopsFile.read(self.path).errors(self.contents)
        except UnusableSopsFile as error:
            yield Finding.error("", str(error))

    def findings_inside(self) -> Iterator[Finding]:
        """What is wrong with the values.

        Raises:
            NoPrivateKey: nothing here decrypts the file.
            SopsFailed: it was changed by hand since.
        """
        yield from self._decrypted(self._raw()).findings(self.contents, self.server)

    def _known(self, users: Iterable[str]) -> None:
        unknown = [user for user in users if user not in self.contents.password_keys]
        if unknown:
            known = ", ".join(self.contents.password_keys)
            raise SecretFileError(f"no user {unknown[0]!r}; accepted: {known}")

    def _is_up_to_date(self) -> None:
        if errors := list(self.findings()):
            raise SecretFileError("\n".join(f"{self.path.name}: {error}" for error in errors))

    def _change(self, change: Callable[[PlainSecret], PlainSecret]) -> tuple[str, ...]:
        raw = self._raw()
        changed = change(self._decrypted(raw))
        if changed.changes:
            self._write(changed, raw)
        return changed.changes

    def _raw(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            raise SecretFileError(f"{self.path.name}: no such file; {INIT}") from None

    def _decrypted(self, raw: bytes) -> PlainSecret:
        try:
            return PlainSecret.of(decrypt(raw, self.path))
        except ValueError as error:
            if isinstance(error, DragonflyError):
                raise
            raise SecretFileError(f"{self.path.name}: {error}") from None

    def _write(self, secret: PlainSecret, before: bytes | None) -> None:
        """Encrypt, make sure that it is, and put it in the place of what was there."""
        encrypted = encrypt(secret.manifest(), self.path)
        try:
            SopsFile.of(encrypted)
        except ValueError as error:
            raise SecretFileError(f"{self.path.name}: not written: {error}") from None
        if before != (self.path.read_bytes() if self.path.exists() else None):
            raise SecretFileError(f"{self.path.name}: somebody else has changed it meanwhile; begin anew")
        replace_file(self.path, encrypted)


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in the place of another, whole: who is killed on the way leaves the one or the other.

    What else is left behind then, ciphertext alone, the next one clears away.
    """
    for left_behind in path.parent.glob(f".{path.name}.*"):
        left_behind.unlink(missing_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, mode)
        os.replace(beside, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(beside)
        raise
