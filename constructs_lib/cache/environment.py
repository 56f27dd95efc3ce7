"""From a cache to a connection, and from that to the environment of a cdk8s-plus-28 container."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from constructs import Construct

from constructs_lib.cache.connection import Connection, connection_findings, own_database, password_of
from constructs_lib.construct.keyword_arguments import describe
from constructs_lib.errors import InvalidArguments

if TYPE_CHECKING:
    from cdk8s_plus_28 import EnvValue, ISecret

    from constructs_lib.cache.cache import DragonflyCache


def connect(cache: DragonflyCache, user: str, database: int | None, secret: str | None) -> Connection:
    """How a client connects to a cache: what `cache.connection(…)` calls.

    Raises:
        InvalidArguments: no such user, or no such database.
    """
    number = own_database(cache.users, user) if database is None else database
    if errors := list(connection_findings(cache.arguments, cache.users, user, number)):
        raise InvalidArguments(describe(cache, cache, ""), errors)
    password = password_of(cache.arguments, cache.users, user, secret)
    return Connection(
        host=cache.host,
        port=cache.port,
        tls=cache.tls_secret is not None,
        database=number,
        username=user if password or cache.users else None,
        password=password,
        ca=cache.ca,
    )


def env_values(
    scope: Construct, connection: Connection, prefix: str = "REDIS_", names: Mapping[str, str] | None = None
) -> dict[str, EnvValue]:
    """What `connection.env()` gives, for cdk8s-plus-28.

        deployment.add_container(image="shop", env_variables=env_values(chart, cache.connection("shop")))

    Args:
        scope: a construct of the client's, for the reference to its Secret.
        connection: a cache's `connection(…)`.
        prefix: what each name begins with.
        names: other names for parts (`{"password": "REDIS_AUTH"}`).
    """
    variables = connection.env(prefix, names)
    return {variable["name"]: _env_value(scope, variable) for variable in variables}


def _env_value(scope: Construct, variable: dict[str, Any]) -> EnvValue:
    from cdk8s_plus_28 import EnvValue, Secret, SecretValue

    if "value" in variable:
        return EnvValue.from_value(variable["value"])
    reference = variable["valueFrom"]["secretKeyRef"]
    id = f"secret-{reference['name']}"
    known = scope.node.try_find_child(id)
    secret = cast("ISecret", known) if known else Secret.from_secret_name(scope, id, reference["name"])
    return EnvValue.from_secret_value(SecretValue(secret=secret, key=reference["key"]))
