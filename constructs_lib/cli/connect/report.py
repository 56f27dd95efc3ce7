"""What a client is given, in words, for a program, or as the environment of its container."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import Any

import yaml

from constructs_lib.arguments.references import secret_key_of
from constructs_lib.cache.clients import Client, clients_in
from constructs_lib.cli.connect import commands
from constructs_lib.cli.connect.plan import ConnectPlan

WIDTH = 88
"""Characters of a line of prose."""


def as_env(plan: ConnectPlan) -> str:
    """The `env` of a container, as YAML."""
    text: str = yaml.safe_dump(plan.environment, sort_keys=False, width=1000)
    return text


def as_json(plan: ConnectPlan) -> str:
    """All of it for a program."""
    policy = plan.policy
    told: dict[str, Any] = {
        "version": 1,
        "instance": plan.cache.name,
        "namespace": plan.namespace,
        "client": plan.name,
        "client_namespace": plan.client_namespace,
        "connection": plan.connection.as_dict(),
        "client_certificate": plan.cache.client_ca_cert_secret is not None,
        "keys": plan.keys,
        "environment": plan.environment,
        "network_policy": {
            "mode": policy.mode if policy else None,
            "let_in": plan.is_let_in,
            "clients": [client.model_dump(exclude_defaults=True) for client in clients_in(policy.clients)]
            if policy
            else [],
        },
        "commands": {name: command for name, _, command in _commands(plan)},
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def as_text(plan: ConnectPlan) -> Iterator[str]:
    """All of it for a reader, line by line."""
    for name, value in _facts(plan):
        first, *more = textwrap.wrap(value, WIDTH, break_long_words=False, break_on_hyphens=False)
        yield f"{name:<10}{first}"
        yield from (f"{'':<10}{line}" for line in more)
    yield ""
    yield "Environment of its container:"
    yield ""
    yield from as_env(plan).splitlines()
    for _, what, command in _commands(plan):
        yield ""
        yield f"{what}:"
        yield ""
        yield command


def _facts(plan: ConnectPlan) -> Iterator[tuple[str, str]]:
    connection = plan.connection
    yield "cache", f"{plan.cache.name}, namespace {plan.namespace}"
    if plan.preset:
        yield "client", plan.preset.client.replace("`", "")
    yield "host", connection.host
    yield "port", str(connection.port)
    yield "tls", _tls(plan)
    yield "database", str(connection.database)
    yield "user", connection.username or "none: nobody is asked for a password"
    yield "password", _password(plan)
    yield "url", f"{connection.url}" + (", without the password" if connection.password else "")
    yield "keys", " ".join(plan.keys)
    yield "let in", _network(plan)


def _tls(plan: ConnectPlan) -> str:
    connection, given = plan.connection, plan.cache.client_ca_cert_secret
    client_ca = secret_key_of(given) if given is not None else None
    if not connection.tls:
        return "no"
    if connection.ca:
        known = f"its CA is key {connection.ca.key} of the Secret {connection.ca.name}"
    else:
        known = f"with the certificate in the Secret {plan.cache.tls_secret}, whose CA the client must know"
    asked = (
        f"; a client shows a certificate too, of the CA in key {client_ca.key} of {client_ca.name}" if client_ca else ""
    )
    return f"yes; {known}{asked}"


def _password(plan: ConnectPlan) -> str:
    password = plan.connection.password
    if password is None:
        return "none"
    if plan.is_elsewhere:
        where = f"which must stand in namespace {plan.client_namespace}, since a pod reads no other namespace's"
    elif plan.client_namespace is None:
        where = "which must stand in the client's own namespace, since a pod reads no other's"
    else:
        where = f"in namespace {plan.namespace}"
    return f"key {password.key} of the Secret {password.name}, {where}"


def _network(plan: ConnectPlan) -> str:
    if plan.policy is None:
        return "everybody: without network_policies_enabled no network policy is written"
    if plan.policy.mode == "audit":
        return "everybody: the network policy audits, and drops nothing"
    whom = ", ".join(map(_whom, plan.let_in)) or "nobody"
    if plan.client_namespace is None:
        return f"by the network policy: {whom}; --namespace says whether a namespace is among them"
    if plan.let_in:
        return f"yes, by the network policy: {whom}"
    return (
        f"no: the network policy drops what comes from namespace {plan.client_namespace}; name that in "
        "dragonfly_client_namespaces, or its pods in dragonfly_clients"
    )


def _whom(client: Client) -> str:
    if client.namespace is not None:
        labels = ",".join(f"{name}={value}" for name, value in client.pod_labels.items())
        return f"pods {labels} of namespace {client.namespace}" if labels else f"namespace {client.namespace}"
    return client.cidr or f"Cilium's {', '.join(client.entities)}"


def _commands(plan: ConnectPlan) -> Iterator[tuple[str, str, str]]:
    """Each command: its name, what it does, the line."""
    if copied := commands.copy_secret(plan):
        yield (
            "copy_secret",
            f"The Secret in namespace {plan.client_namespace}, to be made anew at each rotation",
            copied,
        )
    if ca := commands.write_ca(plan):
        yield "write_ca", "The CA, as a file for redis-cli", ca
    yield "redis_cli", "From a pod in the cluster", commands.redis_cli(plan, plan.connection.host)
    yield "port_forward", "From a laptop, in one terminal", commands.port_forward(plan)
    yield "redis_cli_forwarded", "… and in another", commands.redis_cli(plan, commands.LAPTOP)
