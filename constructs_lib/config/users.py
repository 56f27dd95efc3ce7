"""The users that a `cluster.yaml` asks for: clients that are known, and any further ones in a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from constructs_lib.acl.file import AclFile
from constructs_lib.acl.presets import PresetName
from constructs_lib.acl.user import AclUser
from constructs_lib.arguments.model import validate
from constructs_lib.cache.users import file_findings
from constructs_lib.config.parts import Parts
from constructs_lib.config.switches import Switches
from constructs_lib.config.variables import under_variables
from constructs_lib.errors import Finding
from constructs_lib.values.suggest import suggest

ALWAYS: tuple[PresetName, ...] = ("keycloak", "appcache")
"""Clients of the design that this project implements: users as soon as there are any."""

SWITCHES: Mapping[PresetName, str] = {"litellm": "litellm_enabled", "langfuse": "langfuse_enabled"}
"""Clients that are users where the cluster has them."""

FIELDS = tuple(sorted(AclUser.model_fields.keys() - {"nopass"}))
"""The fields of a user in the list: every user of a file has a password."""


@dataclass(frozen=True, slots=True)
class Users:
    """The users of one file."""

    arguments: tuple[dict[str, Any], ...] = ()
    """Those of `cache.add_user`, user by user."""
    acl: AclFile | None = None
    """Their rules, or None where there are no users, or something is wrong with one."""
    findings: tuple[Finding, ...] = ()
    """What is wrong or worth a warning, under the file's own keys."""


def users_of(parts: Parts) -> Users:
    """The users of a file whose `dragonfly_acl_enabled` is set."""
    cache = parts.valid.get("cache")
    places = dict(_given(parts.switches))
    findings: list[Finding] = []
    users: list[AclUser] = []
    for place, given in places.items():
        findings += [_unknown(place, name) for name in given if name not in FIELDS]
        validation = validate(AclUser, {name: value for name, value in given.items() if name in FIELDS})
        findings += [_at(place, finding) for finding in (*validation.errors, *validation.warnings)]
        if validation.arguments and not validation.errors:
            users.append(validation.arguments)
    if not places:
        findings.append(
            Finding.error("dragonfly_acl_enabled", "true without a user; give one in `dragonfly_acl_users`")
        )
    if findings and any(finding.is_error for finding in findings):
        return Users(findings=_under_keys(findings))
    acl = AclFile(tuple(users), cache.acl_default if cache else "password")
    if cache:
        by_name = {str(given["name"]): place for place, given in places.items()}
        findings += [_at_user(by_name, finding) for finding in file_findings(acl, cache)]
    return Users(tuple(places.values()), acl, _under_keys(findings))


def _given(switches: Switches) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each user's arguments by the place in the file that gives them. One of the list replaces a known client."""
    named = {user.get("name") for user in switches.dragonfly_acl_users}
    clients = switches.dragonfly_acl_clients
    if clients is None:
        clients = [*ALWAYS, *(client for client, switch in SWITCHES.items() if getattr(switches, switch))]
    for client in dict.fromkeys(clients):
        if client not in named:
            yield f"dragonfly_acl_clients.{client}", {"name": client, "preset": client}
    for index, user in enumerate(switches.dragonfly_acl_users):
        yield f"dragonfly_acl_users[{index}]", user


def _unknown(place: str, name: str) -> Finding:
    if name == "nopass":
        return Finding.error(f"{place}.nopass", "no such field; every user has a password")
    advice = suggest(name, FIELDS) or f"accepted: {', '.join(FIELDS)}"
    return Finding.error(f"{place}.{name}", f"no such field; {advice}")


def _under_keys(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Arguments of the cache as the variables that give them, such as `acl_default`."""
    return tuple(under_variables("cache", finding) for finding in findings)


def _at(place: str, finding: Finding) -> Finding:
    return replace(finding, where=f"{place}.{finding.where}" if finding.where else place)


def _at_user(places: Mapping[str, str], finding: Finding) -> Finding:
    """A finding of the users together, at the place of the user that it names; `default` is an argument's."""
    part, _, rest = finding.where.partition(".")
    if part == "users":
        name = next((name for name in places if rest == name or rest.startswith(f"{name}.")), "")
        return _at(places.get(name, "dragonfly_acl_users"), replace(finding, where=rest.removeprefix(name).lstrip(".")))
    return replace(finding, where="acl_default") if part == "default" else finding
