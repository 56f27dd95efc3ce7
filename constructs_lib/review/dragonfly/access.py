"""Who gets in, and under which address: password, TLS, users, ports, the operator's NetworkPolicy, the Service."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.review.changes.model import Effect
from constructs_lib.review.dragonfly.consequences import Consequence, Step
from constructs_lib.review.dragonfly.instance import Instance
from constructs_lib.values.fields import mapping


def password(step: Step) -> Iterator[Consequence]:
    """A password that is asked for, or no longer, or another one."""
    before, after = step.old.password, step.new.password
    if before == after:
        return
    if not before:
        yield Consequence(Effect.ACCESS_CLOSED, "clients without the password are refused")
    elif not after:
        yield Consequence(Effect.ACCESS_OPENED, "whoever reaches the port gets in without a password")
    else:
        yield Consequence(
            Effect.ACCESS_CLOSED,
            "the password is read elsewhere, and clients with the old one are refused if it differs",
        )


def tls(step: Step) -> Iterator[Consequence]:
    """Whether clients speak TLS."""
    before, after = step.old.is_on("tls"), step.new.is_on("tls")
    if before == after:
        return
    how = "with TLS" if after else "without TLS"
    yield Consequence(Effect.ADDRESS_CHANGED, f"clients must connect {how}")
    if after:
        yield Consequence(Effect.ACCESS_CLOSED, "clients without TLS are refused")
    else:
        yield Consequence(Effect.ACCESS_OPENED, "clients get in without TLS")


def client_certificate(step: Step) -> Iterator[Consequence]:
    """Whether clients must show a certificate, and by which authority."""
    before, after = _client_authority(step.old), _client_authority(step.new)
    if before == after:
        return
    if not before:
        yield Consequence(Effect.ACCESS_CLOSED, "clients without a certificate are refused")
    elif not after:
        yield Consequence(Effect.ACCESS_OPENED, "no certificate is asked of clients any more")
    else:
        yield Consequence(Effect.ACCESS_OPENED, "clients with certificates of another authority get in")
        yield Consequence(Effect.ACCESS_CLOSED, "clients with certificates of the authority before are refused")


def _client_authority(instance: Instance) -> object:
    """What clients' certificates are checked against: without TLS nothing."""
    if not instance.is_on("tls"):
        return None
    return instance.get("authentication", "clientCaCertSecret") or instance.flags.get("tls_ca_cert_file")


def users(step: Step) -> Iterator[Consequence]:
    """The file with the users: what is in it stands in a Secret."""
    before, after = (
        instance.get("aclFromSecret") or instance.flags.get("aclfile") or None for instance in (step.old, step.new)
    )
    if before == after:
        return
    if not before:
        yield Consequence(
            Effect.ACCESS_CLOSED,
            "clients are held to the users of the ACL file, and those that it does not name are refused",
        )
    elif not after:
        yield Consequence(Effect.ACCESS_OPENED, "no ACL file holds clients back any more")
        yield Consequence(Effect.ADDRESS_CHANGED, "the users of the ACL file are gone")
    else:
        yield Consequence(Effect.ACCESS_OPENED, "another ACL file may let in users that the one before did not")
        yield Consequence(Effect.ACCESS_CLOSED, "users that stand in the ACL file before alone are gone")


def memcached(step: Step) -> Iterator[Consequence]:
    """The port that asks for neither password nor ACL."""
    before, after = (instance.flags.get("memcached_port", "0") for instance in (step.old, step.new))
    if before == after:
        return
    if before == "0":
        yield Consequence(
            Effect.ACCESS_OPENED, f"port {after} takes Memcached clients, which need neither a password nor a user"
        )
    elif after == "0":
        yield Consequence(Effect.ACCESS_CLOSED, f"Memcached clients on port {before} are refused")
    else:
        yield Consequence(Effect.ADDRESS_CHANGED, f"Memcached clients find it on port {after} instead of {before}")


def network_policy(step: Step) -> Iterator[Consequence]:
    """The NetworkPolicy that some versions of the operator make for an instance."""
    before, after = step.old.has_network_policy, step.new.has_network_policy
    if before and not after:
        closed = step.old.operator.network_policies_close_namespaces
        others = " and other namespaces from port 6379" if closed else ""
        kept = f"what kept others from port 9999{others}"
        yield Consequence(Effect.ACCESS_OPENED, f"the operator's NetworkPolicy is gone, and with it {kept}")
    elif after and not before:
        yield Consequence(Effect.ACCESS_CLOSED, cut_off(step.new))


def cut_off(instance: Instance) -> str:
    """Whom the operator's NetworkPolicy shuts out, as a clause."""
    others = " and clients in other namespaces" if instance.operator.network_policies_close_namespaces else ""
    return (
        f"operator {instance.operator.version} makes a NetworkPolicy that cuts off Prometheus{others}, "
        "unless another policy lets them in"
    )


def service_name(step: Step) -> Iterator[Consequence]:
    """The Service that leads to the master, under another name."""
    before, after = step.old.service, step.new.service
    if before == after:
        return
    yield Consequence(
        Effect.ADDRESS_CHANGED,
        f"clients find it as Service {after}, while Service {before} stays and leads to the same master",
    )
    if after.startswith("dfly"):
        yield Consequence(
            Effect.STUCK,
            "a Service whose name begins with dfly makes every server of the namespace exit at its next start",
        )


def service(step: Step) -> Iterator[Consequence]:
    """What `serviceSpec` says of the Service, which the operator changes in place."""
    release = step.new.operator
    if _service(step.old) != _service(step.new) or release.clears_labels_of_living_service:
        yield Consequence(Effect.LIVE, "the Service is changed in place, and no pod restarts")
    before, after = _service_type(step.old), _service_type(step.new)
    if before != after and (before == "LoadBalancer" or after == "ClusterIP"):
        yield Consequence(Effect.ADDRESS_CHANGED, f"its address outside the cluster, by {before}, is gone")
    if before != after and after != "ClusterIP":
        yield Consequence(Effect.LIVE, f"the Service is {after}, so that it can be reached from outside the cluster")


def node_port(step: Step) -> Iterator[Consequence]:
    """The port on every node."""
    before, after = (instance.get("serviceSpec", "nodePort") for instance in (step.old, step.new))
    if before and before != after:
        yield Consequence(Effect.ADDRESS_CHANGED, f"clients no longer find it on port {before} of the nodes")


def port(step: Step) -> Iterator[Consequence]:
    """The server's port, to which the Service, the probes and the policies do not follow."""
    before, after = (instance.flags.get("port", "6379") for instance in (step.old, step.new))
    if before != after:
        yield Consequence(
            Effect.ADDRESS_CHANGED, f"the server listens on {after} instead of {before}, and its Service leads to 6379"
        )


def _service_type(instance: Instance) -> str:
    return str(instance.get("serviceSpec", "type") or "ClusterIP")


def _service(instance: Instance) -> object:
    """What the Service comes to: a type left out is ClusterIP."""
    spec = {name: value for name, value in mapping(instance.get("serviceSpec")).items() if value}
    return spec | {"type": _service_type(instance)}
