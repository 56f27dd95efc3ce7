"""A connection as the environment of a cdk8s-plus-28 container."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from constructs import Construct

from constructs_lib.cache.connection import Connection

if TYPE_CHECKING:
    from cdk8s_plus_28 import EnvValue, ISecret


def env_values(
    scope: Construct, connection: Connection, prefix: str = "REDIS_", names: Mapping[str, str] | None = None
) -> dict[str, EnvValue]:
    """What `connection.env()` gives, for cdk8s-plus-28.

        shop = cache.grant("shop", "shop", keys=["shop:*"])
        deployment.add_container(image="shop", env_variables=env_values(chart, shop))

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
