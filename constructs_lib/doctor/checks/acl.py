"""ACL files, wherever a Secret, a ConfigMap or the template of one has them in the clear."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from pydantic import SecretStr

from constructs_lib.acl.judgement import Permissions, may
from constructs_lib.acl.lines import (
    CLOSED_DEFAULT_LINE,
    NEEDED_BY_EVERY_CLIENT,
    NEEDED_TO_GET_IN,
    AclLine,
    default_password_findings,
    shared_password_problem,
)
from constructs_lib.acl.rules import PasswordHash
from constructs_lib.checks.manifests import Manifest
from constructs_lib.doctor.instance import Instance
from constructs_lib.doctor.model import ERROR, WARNING, Check, Found
from constructs_lib.doctor.objects import Objects, may_be_same_namespace
from constructs_lib.dragonfly.operator_versions import operator_release
from constructs_lib.values.fields import mapping, pointer, text
from constructs_lib.values.names import DEFAULT_USER
from constructs_lib.values.version import Version

_HOLDERS = ("Secret", "ConfigMap", "ExternalSecret")
"""Kinds of objects in which an ACL file may stand, read by `_texts`."""

ACL_IN_CONFIG_MAP = Check(
    "acl-in-config-map",
    ERROR,
    ("ConfigMap",),
    "An ACL file holds passwords or their hashes, and a ConfigMap is for all to read. The operator cannot use it "
    "either: it mounts `aclFromSecret` and nothing else.",
    "docs/dragonfly.md#users",
)
ACL_LINE_DROPS_FILE = Check(
    "acl-line-drops-file",
    ERROR,
    _HOLDERS,
    "One line that the server does not understand (a comment, two spaces, an unknown rule), and it drops the whole "
    "file with a warning, and runs on with the user `default` alone.",
    "docs/dragonfly.md#users",
)
ACL_WITHOUT_DEFAULT = Check(
    "acl-without-default",
    ERROR,
    _HOLDERS,
    "Without a line for the user `default` that user has all rights and needs no password; the password of the "
    "instance no longer counts.",
    "docs/dragonfly.md#users",
)
ACL_DEFAULT_OFF = Check(
    "acl-default-off",
    ERROR,
    _HOLDERS,
    "Every connection starts as `default`, and the log-in itself is judged by that user's rules: after "
    "`USER default off -@all` nobody can log in at all.",
    "docs/dragonfly.md#users",
)
ACL_USER_WITHOUT_PASSWORD = Check(
    "acl-user-without-password",
    ERROR,
    _HOLDERS,
    "The user is on and needs no password, or has none by which to get in.",
    "docs/dragonfly.md#users",
)
ACL_USER_CANNOT_CONNECT = Check(
    "acl-user-cannot-connect",
    ERROR,
    _HOLDERS,
    "A client sends HELLO, CLIENT and PING first. They are `@connection`, which `+@read +@write` do not give: the "
    "client is refused before its first command.",
    "docs/dragonfly.md#users",
)
ACL_PASSWORD_SHARED = Check(
    "acl-password-shared",
    ERROR,
    _HOLDERS,
    "With one password for several users each can log in as the other: what keeps their keys apart is void.",
    "docs/dragonfly.md#users",
)
ACL_USER_TWICE = Check(
    "acl-user-twice",
    ERROR,
    _HOLDERS,
    "Of two lines for one user the server takes the commands of the last and the keys of both.",
    "docs/dragonfly.md#users",
)
ACL_DEFAULT_PASSWORD_DIFFERS = Check(
    "acl-default-password-differs",
    WARNING,
    ("Secret",),
    "A line for the user `default` takes the place of the instance's password: a client with that is refused.",
    "docs/dragonfly.md#users",
)

CHECKS = (
    ACL_IN_CONFIG_MAP,
    ACL_LINE_DROPS_FILE,
    ACL_WITHOUT_DEFAULT,
    ACL_DEFAULT_OFF,
    ACL_USER_WITHOUT_PASSWORD,
    ACL_USER_CANNOT_CONNECT,
    ACL_PASSWORD_SHARED,
    ACL_USER_TWICE,
    ACL_DEFAULT_PASSWORD_DIFFERS,
)

_LOOKS_LIKE_ONE = re.compile(r"^\s*user\s+\S+\s+(on|off)\b", re.IGNORECASE | re.MULTILINE)

_TEMPLATED = re.compile(r"\{\{.*?\}\}|\$\{[^}]*\}")
"""What Flux or External Secrets put something in the place of."""


@dataclass(frozen=True, slots=True)
class _File:
    """A text that is an ACL file, and where it stands."""

    manifest: Manifest
    field: str
    text: str
    server: Version
    passwords: tuple[SecretStr, ...] = ()
    """Those that its instances ask for beside it, where they can be read."""

    def lines(self) -> Iterator[tuple[int, AclLine | str]]:
        """Each line that is not empty by its number: read, or why the server would not."""
        for number, line in enumerate(self.text.split("\n"), start=1):
            if line:
                try:
                    yield number, AclLine.of(line, self.server)
                except ValueError as error:
                    yield number, str(error)


def find(tree: Objects) -> Iterator[Found]:
    """Every file that is one, line by line and as a whole. Which line it is, is told; never what stands in it."""
    for file in _files(tree):
        if file.manifest.kind == "ConfigMap":
            what = "an ACL file in a ConfigMap"
            fix = "put it into a Secret, and name that in aclFromSecret"
            yield ACL_IN_CONFIG_MAP.found(file.manifest, file.field, what, fix)
        parsed: list[tuple[int, AclLine]] = []
        for number, line in file.lines():
            if isinstance(line, AclLine):
                parsed.append((number, line))
            else:
                what = f"line {number}: {line.partition('; ')[0]}"
                fix = "mend or remove the line: the server drops the whole file for it"
                yield ACL_LINE_DROPS_FILE.found(file.manifest, file.field, what, fix)
        yield from _lines(file, parsed)
        yield from _together(file, [line for _, line in parsed])
        yield from _passwords(file)


def _lines(file: _File, parsed: list[tuple[int, AclLine]]) -> Iterator[Found]:
    for number, line in parsed:
        permissions = Permissions.of(line.rules, file.server)
        if line.name == DEFAULT_USER:
            if not all(may(permissions, command) for command in NEEDED_TO_GET_IN):
                what = f"line {number}: user 'default' may not log in, so nobody may"
                fix = f"write '{CLOSED_DEFAULT_LINE}'"
                yield ACL_DEFAULT_OFF.found(file.manifest, file.field, what, fix)
        elif permissions.is_on and not all(may(permissions, command) for command in NEEDED_BY_EVERY_CLIENT):
            what = f"line {number}: user {line.name!r} may not send what a client sends first"
            yield ACL_USER_CANNOT_CONNECT.found(file.manifest, file.field, what, "add +@connection")
        if permissions.is_on and not permissions.passwords:
            what = f"line {number}: user {line.name!r} " + (
                "gets in without a password"
                if permissions.needs_no_password
                else "has no password, so it never gets in"
            )
            fix = "give it a password, as # and its SHA-256"
            yield ACL_USER_WITHOUT_PASSWORD.found(file.manifest, file.field, what, fix)


def _together(file: _File, lines: list[AclLine]) -> Iterator[Found]:
    names = [line.name for line in lines]
    if DEFAULT_USER not in names:
        what = "no line for the user 'default', who then has all rights and no password"
        fix = f"add '{CLOSED_DEFAULT_LINE}', or a line with its password"
        yield ACL_WITHOUT_DEFAULT.found(file.manifest, file.field, what, fix)
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        what = f"user {name!r} has {names.count(name)} lines"
        yield ACL_USER_TWICE.found(file.manifest, file.field, what, "write one line")
    owners: dict[PasswordHash, dict[str, None]] = defaultdict(dict)
    for line in lines:
        for password in line.passwords:
            owners[password][line.name] = None
    for users in dict.fromkeys(tuple(users) for users in owners.values() if len(users) > 1):
        what, _, _ = shared_password_problem(users).partition(";")
        yield ACL_PASSWORD_SHARED.found(file.manifest, file.field, what, "give each a password of its own")


def _passwords(file: _File) -> Iterator[Found]:
    for password in file.passwords:
        if any(default_password_findings(file.text, file.server, password)):
            what = "the password of the instance is not the one in the line of the user 'default', which alone counts"
            fix = "write the same in both, or close that user"
            yield ACL_DEFAULT_PASSWORD_DIFFERS.found(file.manifest, file.field, what, fix)


def _password(instance: Instance, tree: Objects) -> Iterator[SecretStr]:
    """The password that an instance asks for, where its Secret has it in the clear and it is the final one."""
    reference = mapping(instance.spec, "authentication", "passwordFromSecret")
    for secret in tree.of_kind("Secret"):
        is_it = secret.name == text(reference, "name") and "sops" not in secret.object
        if is_it and may_be_same_namespace(secret.namespace, instance.namespace):
            for field, content in _texts(secret):
                if field.endswith(pointer(text(reference, "key"))) and not _TEMPLATED.search(content):
                    yield SecretStr(content)


def _files(tree: Objects) -> Iterator[_File]:
    for manifest in tree.of_kind(*_HOLDERS):
        if "sops" in manifest.object:
            continue
        for field, content in _texts(manifest):
            readers = [instance for instance in tree.instances if _reads(instance, manifest, field)]
            if readers or _LOOKS_LIKE_ONE.search(content):
                default = Version.of(operator_release(tree.operator).default_server)
                servers = [instance.server for instance in readers or tree.instances] or [default]
                passwords = (
                    ()
                    if _TEMPLATED.search(content)
                    else [each for reader in readers for each in _password(reader, tree)]
                )
                yield _File(manifest, field, _TEMPLATED.sub(_stand_in, content), servers[0], tuple(passwords))


def _texts(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """The texts that an object holds, by their place."""
    places = (
        (("spec", "target", "template", "data"),) if manifest.kind == "ExternalSecret" else (("stringData",), ("data",))
    )
    for place in places:
        for key in mapping(manifest.object, *place):
            content = text(manifest.object, *place, key)
            if manifest.kind == "Secret" and place == ("data",):
                content = _decoded(content)
            if content:
                yield pointer(*place, key), content


def _decoded(content: str) -> str:
    with suppress(ValueError):
        return b64decode(content, validate=True).decode("utf-8")
    return ""


def _reads(instance: Instance, manifest: Manifest, field: str) -> bool:
    """Whether an instance takes that key of that Secret for its ACL file."""
    name = text(manifest.object, "spec", "target", "name") or manifest.name
    reference = mapping(instance.spec, "aclFromSecret")
    return (
        manifest.kind != "ConfigMap"
        and text(reference, "name") == name
        and field.endswith(pointer(text(reference, "key")))
        and may_be_same_namespace(instance.namespace, manifest.namespace)
    )


def _stand_in(match: re.Match[str]) -> str:
    """Another SHA-256 for each expression, as there will be one in its place."""
    return hashlib.sha256(match[0].encode()).hexdigest()
