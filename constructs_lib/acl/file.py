"""The ACL file that we write: a line for the user `default`, always, and one for each user.

file = AclFile(users=(AclUser(name="keycloak", keys=["keycloak:*"]),))
text = file.render({"default": PasswordHash.of(…), "keycloak": PasswordHash.of(…)})
file.digest()                                  # of the rules alone: no password goes into it
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from constructs_lib.acl.lines import CLOSED_DEFAULT_LINE, shared_password_problem
from constructs_lib.acl.rules import PasswordHash
from constructs_lib.acl.user import AclUser, user_findings
from constructs_lib.errors import Finding, InvalidArguments
from constructs_lib.values.names import DEFAULT_USER
from constructs_lib.values.version import Version


@dataclass(frozen=True, slots=True)
class AclFile:
    """The users of a cache and how the user `default` is kept, as the text that the server reads at its start."""

    users: tuple[AclUser, ...] = ()
    default: Literal["password", "closed"] = "password"
    """Whether the user `default` has all rights behind a password, or is closed, so that only the users get in."""

    def findings(self, server: Version) -> Iterator[Finding]:
        """What is wrong or worth a warning about the users together and each, at that version of the server."""
        for name, count in Counter(user.name for user in self.users).items():
            if count > 1:
                yield Finding.error(f"users.{name}", f"given {count} times; accepted: one user of a name")
        if self.default == "closed" and not self.users:
            yield Finding.error("default", "'closed' without a user: nobody gets in; add a user")
        for user in self.users:
            for finding in user_findings(user, server):
                yield replace(finding, where=f"users.{user.name}.{finding.where}")

    @property
    def password_names(self) -> tuple[str, ...]:
        """The users whose password the file needs, in the order of the file."""
        names = [user.name for user in self._by_name() if not user.nopass]
        return tuple(names) if self.default == "closed" else (DEFAULT_USER, *names)

    def render(self, passwords: Mapping[str, PasswordHash | Iterable[PasswordHash]]) -> str:
        """The file's text.

        Args:
            passwords: the SHA-256 of each user's password, or of several, as while a password is rotated.

        Raises:
            InvalidArguments: one is missing, or two users have the same.
        """
        hashes = {
            name: (given,) if isinstance(given, PasswordHash) else tuple(dict.fromkeys(given))
            for name, given in passwords.items()
        }
        errors = [
            Finding.error(name, "no password; give its SHA-256") for name in self.password_names if not hashes.get(name)
        ]
        owners: dict[PasswordHash, list[str]] = defaultdict(list)
        for name in self.password_names:
            for password in hashes.get(name, ()):
                owners[password].append(name)
        shared = dict.fromkeys(tuple(names) for names in owners.values() if len(names) > 1)
        errors += [Finding.error("", shared_password_problem(names)) for names in shared]
        if errors:
            raise InvalidArguments("ACL file", errors)
        return self.render_with(lambda name: " ".join(password.word() for password in hashes[name]))

    def render_with(self, password_word: Callable[[str], str]) -> str:
        """The file's text with something else in the place of the passwords: a template's expression, a variable.

        Args:
            password_word: what to write for a user; in the end it must read `#` and a SHA-256.
        """
        return "".join(f"{line}\n" for line in self._lines(password_word))

    def digest(self) -> str:
        """A digest of the rules: it changes when the file must be written anew, and tells nothing of a password."""
        return hashlib.sha256(self.render_with(lambda name: "#").encode()).hexdigest()

    def _lines(self, password_word: Callable[[str], str]) -> Iterator[str]:
        if self.default == "closed":
            yield CLOSED_DEFAULT_LINE
        else:
            yield f"USER {DEFAULT_USER} on {password_word(DEFAULT_USER)} ~* &* +@all"
        for user in self._by_name():
            on, *others = (str(rule) for rule in user.rules())
            words = [on, *others] if user.nopass else [on, password_word(user.name), *others]
            yield f"USER {user.name} {' '.join(words)}"

    def _by_name(self) -> list[AclUser]:
        return sorted(self.users, key=lambda user: user.name)
