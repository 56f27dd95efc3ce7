"""What a change of a cert-manager Certificate does to the instance that uses it.

https://cert-manager.io/docs/usage/certificate/; the server reads its certificate when it starts (docs/dragonfly.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.review.changes.differences import Difference
from constructs_lib.review.changes.fields import field_changes, of_group
from constructs_lib.review.changes.metadata import RECOMMENDED_LABELS
from constructs_lib.review.changes.model import Change, Context, Effect, Manifest, ObjectKey, Pair
from constructs_lib.review.changes.pruning import gone
from constructs_lib.review.changes.readers import readers
from constructs_lib.review.changes.rows import Reading, Row, reading, row

_DOCS = "https://cert-manager.io/docs/usage/certificate/"
_API = "https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec"


@of_group("cert-manager.io")
def changes(pair: Pair, context: Context) -> Iterator[Change]:
    """What each difference between two versions of a Certificate does."""
    if pair.new is None:
        users = _users(pair.old, pair, context)
        hangs = "The Secret stays as it is and is no longer renewed."
        if users:
            hangs += f" When it runs out, clients of {', '.join(users)} refuse to connect."
        yield gone(pair, context, hangs, (Effect.ACCESS_CLOSED,) if users else ())
    elif pair.old is None:
        yield Change(pair.key, "", None, pair.new, (Effect.CREATED,), "A new certificate.")
    else:
        yield from field_changes(pair, context, ROWS)


def _names(difference: Difference, pair: Pair, context: Context) -> Reading:
    before, after = set(difference.before or ()), set(difference.after or ())
    if before == after:
        return (Effect.NONE,), "The same names in another order."
    lost = sorted(before - after)
    if lost:
        return (Effect.ADDRESS_CHANGED, Effect.AT_NEXT_RESTART), (
            f"Who connects by {', '.join(lost)} refuses the certificate as soon as the server has read the new one, at "
            "its next start."
        )
    return (Effect.AT_NEXT_RESTART,), (
        f"The server bears {', '.join(sorted(after - before))} when it has read the new certificate, at its next start."
    )


def _secret_name(difference: Difference, pair: Pair, context: Context) -> Reading:
    left = _users(pair.old, pair, context)
    if left:
        return (Effect.ACCESS_CLOSED,), (
            f"{', '.join(left)} still reads the Secret {difference.before}, which is no longer renewed: "
            "when it runs out, clients refuse to connect."
        )
    return (
        Effect.LIVE,
    ), f"The certificate is written to the Secret {difference.after}; no instance reads the old one."


def _users(certificate: Manifest | None, pair: Pair, context: Context) -> list[str]:
    """The instances that read the certificate's Secret after the change."""
    name = ((certificate or {}).get("spec") or {}).get("secretName", "")
    asking = readers(ObjectKey("Secret", pair.key.namespace, name), context)
    return [reader.object.name for reader in asking if reader.object.kind == "Dragonfly"]


ROWS: tuple[Row, ...] = (
    *(reading(f"/spec/{name}", _names, _API) for name in ("dnsNames", "ipAddresses", "uris", "emailAddresses")),
    reading("/spec/secretName", _secret_name, _API),
    row(
        "/spec/issuerRef/**",
        (Effect.ACCESS_CLOSED, Effect.AT_NEXT_RESTART),
        "Another issuer signs it: clients that trust the old one alone refuse to connect once the server has read it, "
        "at its next start.",
        _API,
    ),
    row("/spec/duration", Effect.LIVE, "Certificates run for a longer or shorter time.", f"{_DOCS}#renewal"),
    row("/spec/renewBefore", Effect.LIVE, "It is renewed sooner or later before it runs out.", f"{_DOCS}#renewal"),
    row(
        "/spec/renewBeforePercentage",
        Effect.LIVE,
        "It is renewed sooner or later before it runs out.",
        f"{_DOCS}#renewal",
    ),
    row("/spec/revisionHistoryLimit", Effect.LIVE, "More or fewer requests are kept.", _API),
    row(
        "/spec/privateKey/**",
        Effect.AT_NEXT_RESTART,
        "Its next key is made otherwise; the server reads it at its next start.",
        f"{_DOCS}#issuance-behavior-rotation-of-the-private-key",
    ),
    *RECOMMENDED_LABELS,
)
