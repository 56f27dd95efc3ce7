"""The users of a cache: checked one by one as they are added, together when the app is synthesized."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from constructs_lib.acl.file import AclFile
from constructs_lib.acl.needs import missing_permissions
from constructs_lib.acl.user import AclUser, user_findings
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.cache.queue_clients import queue_client_findings
from constructs_lib.errors import Finding


def added_user_findings(cache: CacheArguments, others: Sequence[AclUser], user: AclUser) -> Iterator[Finding]:
    """What is wrong or worth a warning about a further user of a cache.

    Args:
        cache: the cache's arguments.
        others: the users that it has.
        user: the further one.
    """
    if user.name in {other.name for other in others}:
        yield Finding.error("name", f"'{user.name}' is a user already; accepted: another name")
    yield from default_user_findings(cache)
    yield from user_findings(user, cache.server)
    if user.preset:
        yield from missing_permissions(user, user.preset, cache.server)
        yield from queue_client_findings(user.preset, cache)


def file_findings(file: AclFile, cache: CacheArguments) -> Iterator[Finding]:
    """What is wrong or worth a warning about a cache's users: each, together, and beside the cache itself."""
    yield from file.findings(cache.server)
    for user in file.users:
        for error in missing_permissions(user, user.preset, cache.server) if user.preset else ():
            yield Finding.error(f"users.{user.name}.{error.where}", error.text)
    yield from default_user_findings(cache)
    yield from profile_findings(file, cache)


def default_user_findings(cache: CacheArguments) -> Iterator[Finding]:
    """Whether the user `default` is asked for a password that there is, once there are other users."""
    if not cache.authentication and cache.acl_default == "password":
        yield Finding.error(
            "authentication",
            "off, while the ACL file asks user 'default' for a password; leave it on, or close that user: "
            "`acl_default` 'closed'",
        )


def profile_findings(file: AclFile, cache: CacheArguments) -> Iterator[Finding]:
    """Whether anybody can do what the cache is for; with `default` open, whoever has its password can."""
    if cache.profile is None or file.default == "password" or not file.users:
        return
    lacking = {user.name: list(missing_permissions(user, cache.profile, cache.server)) for user in file.users}
    if all(lacking.values()):
        name, errors = min(lacking.items(), key=lambda item: len(item[1]))
        yield Finding.error(
            f"users.{name}.{errors[0].where}",
            f"no user can do what profile '{cache.profile}' needs, and 'default' is closed; the nearest: "
            f"{errors[0].text}",
        )
