"""A connection as the environment of a cdk8s-plus-28 container."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, cast

from constructs import Construct, RootConstruct

if TYPE_CHECKING:
    from cdk8s_plus_28 import Container, EnvValue, ISecret


class _Connection(Protocol):
    def env(self, prefix: str = ..., names: Mapping[str, str] | None = None) -> list[dict[str, Any]]: ...


def env_values(
    scope: Construct, connection: _Connection, prefix: str = "REDIS_", names: Mapping[str, str] | None = None
) -> dict[str, EnvValue]:
    """What `connection.env()` gives, for cdk8s-plus-28: for a container that is made with it.

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


def add_variables(container: Container, variables: list[dict[str, Any]]) -> None:
    """Put variables, as core/v1 `EnvVar`s, into a container in their order."""
    # A container is no construct: the references to its Secrets, of which nothing is written, stand in a tree of none.
    scope, environment = RootConstruct(), container.env
    for variable in variables:
        environment.add_variable(variable["name"], _env_value(scope, variable))


def _env_value(scope: Construct, variable: dict[str, Any]) -> EnvValue:
    from cdk8s_plus_28 import EnvValue, Secret, SecretValue

    if "value" in variable:
        return EnvValue.from_value(variable["value"])
    reference = variable["valueFrom"]["secretKeyRef"]
    id = f"secret-{reference['name']}"
    known = scope.node.try_find_child(id)
    secret = cast("ISecret", known) if known else Secret.from_secret_name(scope, id, reference["name"])
    return EnvValue.from_secret_value(SecretValue(secret=secret, key=reference["key"]))
