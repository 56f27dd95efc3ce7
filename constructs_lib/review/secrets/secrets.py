"""What a change of a Secret, or of an ExternalSecret that makes one, does. No value is ever shown.

Servers read their Secret when they start, so that a change does nothing until then, unless the instance's annotation
`cdk8s-dragonfly/secret-version` changes with it (docs/dragonfly.md, "Secrets"; seen running). Of an encrypted Secret
the keys can be told, and whether a ciphertext is another; what it says cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from constructs_lib.cache.secret import S3_ACCESS_KEY, S3_SECRET_KEY
from constructs_lib.review.changes.differences import Difference
from constructs_lib.review.changes.fields import field_changes, of_group, worst_first
from constructs_lib.review.changes.metadata import RECOMMENDED_LABELS
from constructs_lib.review.changes.model import Change, Context, Effect, Manifest, ObjectKey, Pair
from constructs_lib.review.changes.pruning import gone, kept_because
from constructs_lib.review.changes.redaction import NOT_SHOWN
from constructs_lib.review.changes.rows import Reading, Row, reading
from constructs_lib.review.secrets.acl_changes import acl_changes
from constructs_lib.review.secrets.external_secrets import (
    EXTERNAL_SECRET_ROWS,
    only_reordered,
    remote_changes,
    template_of,
)
from constructs_lib.review.secrets.secret_readers import SecretUse
from constructs_lib.review.secrets.secret_values import SecretValues
from constructs_lib.values.fields import pointer

_SECRETS = "https://kubernetes.io/docs/concepts/configuration/secret/"


def changes(pair: Pair, context: Context) -> Iterator[Change]:
    """What each difference between two versions of a Secret or an ExternalSecret does."""
    yield from map(_hidden, _changes(pair, context))


@of_group("", "external-secrets.io")
def _changes(pair: Pair, context: Context) -> Iterator[Change]:
    read = _external_changes if pair.key.kind == "ExternalSecret" else _secret_changes
    if pair.new is None:
        yield _gone(pair, context)
    elif pair.old is None:
        yield Change(pair.key, "", *_sides(False, True), (Effect.CREATED,), f"A new {pair.key.kind}.")
    else:
        found = list(read(pair, context))
        yield from found
        if not found and any(pair.old.get(part) != pair.new.get(part) for part in _CONTENTS):
            yield Change(pair.key, "", *_sides(True, True), (Effect.NONE,), "The same values, written otherwise.")


def _gone(pair: Pair, context: Context) -> Change:
    use = SecretUse.of(_secret_key(pair.key, pair.old), context)
    if not use.instances or kept_because(pair, context):
        return gone(pair, context)
    hangs = f"The pods of {use.names()} do not start again without it."
    return gone(pair, context, hangs, (Effect.STUCK, Effect.AT_NEXT_RESTART))


def _secret_changes(pair: Pair, context: Context) -> Iterator[Change]:
    assert pair.old is not None
    assert pair.new is not None
    old, new = SecretValues.of(pair.old), SecretValues.of(pair.new)
    use = SecretUse.of(pair.key, context)
    yield from field_changes(
        pair, context, (*SECRET_ROWS, *RECOMMENDED_LABELS), leave_out=[f"/{part}" for part in _CONTENTS]
    )
    yield from _encryption(pair, old, new)
    for key in sorted(old.keys | new.keys):
        field = f"/{new.place(key) or old.place(key)}{pointer(key)}"
        for effects, what in _of_key(key, old, new, use):
            yield Change(pair.key, field, *_sides(key in old.keys, key in new.keys), worst_first(effects), what)


def _of_key(key: str, old: SecretValues, new: SecretValues, use: SecretUse) -> Iterator[Reading]:
    if key not in new.keys:
        yield _key_gone(key, use)
    elif key not in old.keys:
        yield (Effect.LIVE,), f"The key {key} is new."
    elif use.is_acl(key) and old.text(key) is not None and new.text(key) is not None:
        yield from _acl(old.text(key) or "", new.text(key) or "", use)
    elif old.differs(new, key):
        yield _value(key, old, new, use)


def _key_gone(key: str, use: SecretUse) -> Reading:
    asking = use.asking(key)
    if asking:
        return (Effect.STUCK, Effect.AT_NEXT_RESTART), (
            f"The key {key} is gone, and the pods of {', '.join(asking)} do not start again without it."
        )
    if key in (S3_ACCESS_KEY, S3_SECRET_KEY) and not any(key in reader.keys for reader in use.jobs):
        return (Effect.LIVE,), f"The key {key} is gone, and no pod of these files asks for it."
    return (Effect.ACCESS_CLOSED,), f"The key {key} is gone: a client that takes its password from there finds none."


def _value(key: str, old: SecretValues, new: SecretValues, use: SecretUse) -> Reading:
    if old.is_encrypted or new.is_encrypted:
        changed = f"The ciphertext of {key} is another; whether its value is cannot be told from it."
    else:
        changed = f"The value of {key} is another."
    if use.is_acl(key) and not old.has_same_rules(new):
        when = use.when()
        return worst_first((Effect.UNKNOWN, *when[0])), (
            f"{changed} It is the ACL file: who gets in and may do what cannot be told. {when[1]}"
        )
    effects, what = use.when()
    return effects, f"{changed} {what}"


def _acl(before: str, after: str, use: SecretUse) -> Iterator[Reading]:
    if before == after:
        return
    when, says = use.when()
    found = False
    for effects, what in acl_changes(before, after, use.server):
        found = True
        yield worst_first((*effects, *when)), f"{what} {says}"
    if not found:
        yield (Effect.NONE,), "The ACL file is written otherwise; everybody may do the same."


def _encryption(pair: Pair, old: SecretValues, new: SecretValues) -> Iterator[Change]:
    sides = _sides(old.is_encrypted, new.is_encrypted)
    if old.is_encrypted and not new.is_encrypted:
        what = "It is no longer encrypted: its values stand in the files for whoever reads them."
        yield Change(pair.key, "/sops", *sides, (Effect.ACCESS_OPENED,), what)
    elif new.is_encrypted and not old.is_encrypted:
        what = "It is encrypted from now on; what stood in the files before stays in their history."
        yield Change(pair.key, "/sops", *sides, (Effect.LIVE,), what)
    elif gained := new.recipients - old.recipients:
        what = f"{len(gained)} further keys decrypt the file."
        yield Change(pair.key, "/sops", *sides, (Effect.ACCESS_OPENED,), what)
    if lost := (old.recipients - new.recipients if new.is_encrypted else frozenset()):
        what = (
            f"{len(lost)} keys no longer decrypt the file: if Flux has one of these alone, it fails the whole folder."
        )
        yield Change(pair.key, "/sops", *sides, (Effect.UNKNOWN,), what)


def _external_changes(pair: Pair, context: Context) -> Iterator[Change]:
    assert pair.old is not None
    assert pair.new is not None
    use = SecretUse.of(_secret_key(pair.key, pair.new), context)
    rows = (*EXTERNAL_SECRET_ROWS, *RECOMMENDED_LABELS)
    yield from field_changes(pair, context, rows, leave_out=("/spec/data", "/spec/target/template/data"))
    if only_reordered(pair.old, pair.new):
        yield Change(pair.key, "/spec/data", None, None, (Effect.NONE,), "The same keys, in another order.")
    for field, (effects, what) in remote_changes(pair.old, pair.new):
        when = use.when()
        yield Change(pair.key, field, None, None, worst_first((*effects, *when[0])), f"{what} {when[1]}")
    old, new = template_of(pair.old), template_of(pair.new)
    for key in sorted({*old, *new}):
        field = f"/spec/target/template/data{pointer(key)}"
        for effects, what in _of_template(key, old, new, use):
            yield Change(pair.key, field, *_sides(key in old, key in new), worst_first(effects), what)


def _of_template(key: str, old: Mapping[str, str], new: Mapping[str, str], use: SecretUse) -> Iterator[Reading]:
    if key not in new:
        yield _key_gone(key, use)
    elif key not in old:
        yield (Effect.LIVE,), f"The key {key} is new."
    elif use.is_acl(key):
        yield from _acl(old[key], new[key], use)
    elif old[key] != new[key]:
        effects, what = use.when()
        yield effects, f"The key {key} is made of something else. {what}"


def _type(difference: Difference, pair: Pair, context: Context) -> Reading:
    before, after = (side or "Opaque" for side in (difference.before, difference.after))
    if before == after:
        return (Effect.NONE,), "The same type, written out."
    return (Effect.UNKNOWN,), "Flux deletes the Secret and makes it anew: what reads the other type is not known."


def _immutable(difference: Difference, pair: Pair, context: Context) -> Reading:
    if difference.before:
        return (Effect.LIVE,), "Flux deletes the Secret and makes it anew: from now on it can be changed."
    return (
        Effect.LIVE,
    ), "From now on the API server refuses every change of it." if difference.after else "As it was."


def _acl_digest(difference: Difference, pair: Pair, context: Context) -> Reading:
    return (Effect.UNKNOWN,), "Its ACL file was written for other rules: who gets in and may do what cannot be told."


_CONTENTS = ("data", "stringData", "sops")
"""Where a Secret has its values, and what SOPS notes of them."""

SECRET_ROWS: tuple[Row, ...] = (
    reading("/type", _type, f"{_SECRETS}#secret-types, and the API server's ValidateSecretUpdate"),
    reading("/immutable", _immutable, f"{_SECRETS}#secret-immutable"),
    reading("/metadata/annotations/cdk8s-dragonfly~1acl-digest", _acl_digest, "docs/secrets.md"),
)


def _secret_key(key: ObjectKey, manifest: Manifest | None) -> ObjectKey:
    """The Secret that an object is, or makes."""
    if key.kind == "Secret":
        return key
    target = ((manifest or {}).get("spec") or {}).get("target") or {}
    return ObjectKey("Secret", key.namespace, target.get("name") or key.name)


_SHOWN = ("/spec/data/", "/spec/refresh", "/spec/secretStoreRef", "/metadata/labels")
"""Fields of an ExternalSecret that say where a value comes from, and never the value itself."""


def _hidden(change: Change) -> Change:
    """The change without what stood there, unless the field holds no value of the Secret."""
    if change.object.kind == "ExternalSecret" and change.field.startswith(_SHOWN):
        return change
    before, after = _sides(change.before is not None, change.after is not None)
    return replace(change, before=before, after=after)


def _sides(was: bool, is_now: bool) -> tuple[str | None, str | None]:
    """What is shown of a value before and after: whether there is one."""
    return NOT_SHOWN if was else None, NOT_SHOWN if is_now else None
