"""The users of a cache: checked one by one as they are added, and together when the app is synthesized."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from constructs_lib.acl.needs import default_user_errors, missing_permissions
from constructs_lib.acl.user import AclUser, user_findings
from constructs_lib.cache.arguments import CacheArguments
from constructs_lib.cache.queue_clients import queue_client_findings
from constructs_lib.construct.keyword_arguments import validated, warn_of
from constructs_lib.errors import Finding, InvalidArguments


def new_user(
    cache: CacheArguments, others: Sequence[AclUser], given: Mapping[str, Any], named: Callable[[], str]
) -> AclUser:
    """A further user of a cache.

    Args:
        cache: the cache's arguments.
        others: the users that it has.
        given: the user's arguments.
        named: names the user in an error.

    Raises:
        InvalidArguments: with everything that is wrong with the user.
    """
    user = validated(AclUser, given, named)
    findings = list(_findings(cache, others, user))
    errors = [finding for finding in findings if finding.is_error]
    if errors:
        raise InvalidArguments(named(), errors)
    warn_of((finding for finding in findings if finding.is_warning), named)
    return user


def _findings(cache: CacheArguments, others: Sequence[AclUser], user: AclUser) -> Iterator[Finding]:
    if user.name in {other.name for other in others}:
        yield Finding.error("name", f"'{user.name}' is a user already; accepted: another name")
    yield from default_user_errors(cache)
    yield from user_findings(user, cache.server)
    if user.preset:
        yield from missing_permissions(user, user.preset, cache.server)
        yield from queue_client_findings(user.preset, cache)
