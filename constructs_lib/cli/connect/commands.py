"""Lines for a shell by which somebody connects as a client.

No password is in them: when they are run it goes from the Secret through a pipe, or into a variable.
"""

from __future__ import annotations

import shlex

from constructs_lib.arguments.references import SecretKey
from constructs_lib.cli.connect.plan import ConnectPlan

LAPTOP = "127.0.0.1"

CA_FILE = "ca.crt"


def copy_secret(plan: ConnectPlan) -> str | None:
    """Make the client's own Secret of the cache's key; None where it reads that, or needs none."""
    password = plan.connection.password
    if password is None or not plan.is_elsewhere:
        return None
    there = ["kubectl", "-n", str(plan.client_namespace), "create", "secret", "generic", password.name]
    return f"{_read(plan, _own(plan, password))} | {shlex.join([*there, f'--from-file={password.key}=/dev/stdin'])}"


def write_ca(plan: ConnectPlan) -> str | None:
    """Write the CA of the server's certificate to a file; None where it is not known."""
    return f"{_read(plan, plan.connection.ca)} > {CA_FILE}" if plan.connection.ca else None


def port_forward(plan: ConnectPlan) -> str:
    """Bring the Service to this machine."""
    words = ["kubectl", "-n", plan.namespace, "port-forward", f"service/{plan.cache.service}"]
    return shlex.join([*words, str(plan.connection.port)])


def redis_cli(plan: ConnectPlan, host: str) -> str:
    """redis-cli at a host: the Service's, or this machine's once the port is forwarded.

    With redis-cli a password in the arguments is seen by every user of the machine; REDISCLI_AUTH is not.
    """
    connection = plan.connection
    words = ["redis-cli", "-h", host, "-p", str(connection.port)]
    words += ["-n", str(connection.database)] if connection.database else []
    words += ["--user", connection.username] if connection.username else []
    if connection.tls:
        words += ["--tls", "--sni", connection.host, *(["--cacert", CA_FILE] if connection.ca else [])]
    if plan.cache.client_ca_cert_secret is not None:
        words += ["--cert", "client.crt", "--key", "client.key"]
    if connection.password is None:
        return shlex.join(words)
    if host == LAPTOP:
        return f'REDISCLI_AUTH="$({_read(plan, _own(plan, connection.password))})" {shlex.join(words)}'
    return shlex.join([*words, "--askpass"])


def _own(plan: ConnectPlan, password: SecretKey) -> SecretKey:
    """The key in the cache's own Secret, whatever the client's is called."""
    return SecretKey(name=plan.own_secret, key=password.key)


def _read(plan: ConnectPlan, key: SecretKey) -> str:
    path = key.key.replace(".", r"\.")
    words = ["kubectl", "-n", plan.namespace, "get", "secret", key.name, "-o", f"jsonpath={{.data.{path}}}"]
    return f"{shlex.join(words)} | base64 -d"
