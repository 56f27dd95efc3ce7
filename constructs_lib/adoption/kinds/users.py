"""The users in the cache's ACL file. No password is read: each is replaced first."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from constructs_lib.acl.lines import AclLine
from constructs_lib.acl.presets import PRESETS
from constructs_lib.acl.rules import ChannelRule, CommandRule, DatabaseRule, KeyRule, State
from constructs_lib.acl.user import BELONG_TO, CONNECTION, NOT_BY_DEFAULT, AclUser
from constructs_lib.adoption.kinds.server import flag_text
from constructs_lib.adoption.model import Carried, NotCarried, Origin, Setting
from constructs_lib.adoption.surroundings import Surroundings
from constructs_lib.arguments.model import validate
from constructs_lib.checks.findings import SOPS
from constructs_lib.checks.manifests import Manifest
from constructs_lib.errors import Finding
from constructs_lib.review.changes.redaction import VALUES
from constructs_lib.values.fields import mapping, text
from constructs_lib.values.names import DEFAULT_USER

_PASSWORD = re.compile(r"(?<= )(?:#\{\{.*?\}\}|[#>]\S*)")
"""A word of the ACL file that holds a password, its hash, or what is put in its place."""

_ANY_HASH = f"#{'0' * 64}"


def read_users(around: Surroundings) -> Carried:
    """The users of the ACL file, where it can be read."""
    manifest, key = _where_the_file_is(around)
    found = _acl_file(manifest, key) if manifest is not None else None
    if manifest is None or found is None:
        return
    field, content = found
    origin = Origin.of(manifest, field)
    for number, line in enumerate(content.split("\n"), start=1):
        if not line:
            continue
        try:
            read = AclLine.of(_PASSWORD.sub(_ANY_HASH, line), around.instance.server)
        except ValueError as error:
            yield NotCarried(origin, f"line {number}: {error}", "mend the line, or give its user in `users`")
            continue
        yield from _user(read, origin)


def has_unreadable_file(around: Surroundings) -> bool:
    """Whether there is an ACL file, of which nobody can say here who gets in by it."""
    if not mapping(around.instance.spec, "aclFromSecret") and not flag_text(around, "aclfile"):
        return False
    manifest, key = _where_the_file_is(around)
    return manifest is None or _acl_file(manifest, key) is None


def _where_the_file_is(around: Surroundings) -> tuple[Manifest | None, str]:
    """The object with the ACL file and its key: by the field made for it, or a ConfigMap where a flag names a file."""
    reference = mapping(around.instance.spec, "aclFromSecret")
    if reference:
        return around.secret(text(reference, "name")), text(reference, "key")
    name = PurePosixPath(flag_text(around, "aclfile")).name
    holders = (
        each
        for each in around.objects.of_kind("ConfigMap", "Secret")
        if around.is_here(each) and name and any(name in mapping(each.object, part) for part in VALUES)
    )
    return next(holders, None), name


def _user(line: AclLine, origin: Origin) -> Carried:
    if line.name == DEFAULT_USER:
        yield Setting("cache", "acl_default", "closed" if State.OFF in line.rules else "password", origin)
        return
    user = arguments_of(line)
    validation = validate(AclUser, {"name": line.name, **user})
    if validation.arguments is None or validation.errors:
        yield from _refused(line, validation.errors, origin)
        return
    if _without_password(validation.arguments.rules()) != _without_password(line.rules):
        yield NotCarried(
            origin,
            f"user {line.name!r}: taken over as {' '.join(_without_password(validation.arguments.rules()))}",
            "compare what it may do; the file in the Secret is yours to change",
        )
    yield Setting("users", line.name, shortest(line.name, user, validation.arguments), origin)


def _refused(line: AclLine, errors: tuple[Finding, ...], origin: Origin) -> Iterator[NotCarried]:
    for error in errors:
        yield NotCarried(origin, f"user {line.name!r}: {error}", "give it in `users` as it should be")


def arguments_of(line: AclLine) -> dict[str, Any]:
    """The words of a line as the arguments of a user: `AclUser.rules`, the other way round."""
    rules = [rule for rule in line.rules if isinstance(rule, CommandRule)]
    categories = {rule.permission.name for rule in rules if rule.permission.is_category and rule.allows}
    implied = {command for category in categories for command in BELONG_TO.get(category, ())}
    allow = [str(rule.permission) for rule in rules if rule.allows and str(rule.permission) not in implied]
    deny = [str(rule.permission) for rule in rules if not rule.allows and rule.permission not in NOT_BY_DEFAULT]
    databases = [rule.number for rule in line.rules if isinstance(rule, DatabaseRule)]
    channels = [str(rule).removeprefix("&") for rule in line.rules if isinstance(rule, ChannelRule)]
    user: dict[str, Any] = {
        "keys": [str(rule).removeprefix("~") for rule in line.rules if isinstance(rule, KeyRule)],
        "channels": channels,
        "allow": [each for each in dict.fromkeys(allow) if each != str(CONNECTION)],
        "deny": [each for each in dict.fromkeys(deny) if each not in allow],
        "databases": databases[-1] if databases and databases[-1] is not None else None,
        "nopass": True if State.NOPASS in line.rules else None,
    }
    return {name: each for name, each in user.items() if each not in (None, [])} | {"allow": user["allow"]}


def shortest(name: str, user: dict[str, Any], parsed: AclUser) -> dict[str, Any]:
    """The same user with a preset where one fits, and without what comes by itself."""
    known = validate(AclUser, {"name": name, "preset": name}).arguments if name in PRESETS else None
    if known is not None and known.rules() == parsed.rules():
        return {"preset": name}
    short = {argument: each for argument, each in user.items() if argument != "allow"}
    without = validate(AclUser, {"name": name, **short}).arguments
    return short if without is not None and without.rules() == parsed.rules() else user


def _without_password(rules: tuple[Any, ...]) -> list[str]:
    return [str(rule) for rule in rules if isinstance(rule, KeyRule | ChannelRule | CommandRule | DatabaseRule)]


def _acl_file(manifest: Manifest, key: str) -> tuple[str, str] | None:
    """The field that holds the file, and its text; None where it cannot be read."""
    template = mapping(manifest.object, "spec", "target", "template", "data")
    if SOPS in manifest.object:
        return None
    if found := text(template, key):
        return f"/spec/target/template/data/{key}", found
    if found := text(manifest.object, "stringData", key):
        return f"/stringData/{key}", found
    if manifest.kind == "ConfigMap":
        return f"/data/{key}", text(manifest.object, "data", key)
    try:
        encoded = text(manifest.object, "data", key)
        return (f"/data/{key}", base64.b64decode(encoded, validate=True).decode()) if encoded else None
    except (binascii.Error, ValueError):
        return None
