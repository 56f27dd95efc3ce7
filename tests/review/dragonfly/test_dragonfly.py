"""What a change of a Dragonfly does, effect by effect: what a reviewer is told before it lands."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from constructs_lib.dragonfly.operator_versions import IN_CRD_SINCE, is_in_crd
from constructs_lib.review.changes.model import Effect
from constructs_lib.review.dragonfly.fields import FIELDS
from constructs_lib.review.review import review
from constructs_lib.values.version import Version
from tests.conftest import ROOT
from tests.operators import OPERATORS
from tests.review.dragonflies import (
    BASE,
    IN_A_BUCKET,
    KEY,
    ON_A_CLAIM,
    RESTARTS,
    dragonfly,
    effects,
    reviewed,
)
from tests.review.stacks import key, read, stack, without

RESTORE = key("Job", "dragonfly-restore-017a3f5f")
LESS_MEMORY = ["--maxmemory=512mb", "--proactor_threads=2"]
CRD_FIELDS: dict[str, list[str]] = json.loads((ROOT / "constructs_lib/dragonfly/data/operator_fields.json").read_text())


def _args(*more: str) -> list[str]:
    return [*BASE["args"], *more]


# Pods and their data


@pytest.mark.parametrize("snapshot", [None, IN_A_BUCKET, ON_A_CLAIM], ids=["no snapshot", "a bucket", "a claim"])
@pytest.mark.parametrize("replicas", [2, 3])
def test_several_pods_roll_and_lose_nothing(replicas: int, snapshot: Any) -> None:
    old = dragonfly(replicas=replicas, snapshot=snapshot)
    new = dragonfly(replicas=replicas, snapshot=snapshot, annotations={"a": "b"})

    assert effects(old, new) == {Effect.ROLLING_RESTART}


@pytest.mark.parametrize("snapshot", [IN_A_BUCKET, ON_A_CLAIM, {"dir": "s3://backups"}])
def test_the_only_pod_finds_its_snapshot_where_it_saved_it(snapshot: Any) -> None:
    assert effects(dragonfly(snapshot=snapshot), dragonfly(snapshot=snapshot, annotations={"a": "b"})) == {
        Effect.RESTART
    }


@pytest.mark.parametrize("snapshot", [None, {"cron": "0 * * * *", "dir": "/in/the/pod"}])
def test_the_only_pod_loses_what_it_saves_nowhere_that_outlives_it(snapshot: Any) -> None:
    assert effects(dragonfly(snapshot=snapshot), dragonfly(snapshot=snapshot, annotations={"a": "b"})) == {
        Effect.DATA_LOST
    }


@pytest.mark.parametrize(
    "args",
    [_args("--dbfilename=other-{timestamp}"), _args("--s3_endpoint=elsewhere:9000")],
    ids=["files of another name", "another S3 server"],
)
def test_a_snapshot_that_is_looked_for_in_another_way_is_not_found(args: list[str]) -> None:
    old = dragonfly(snapshot=IN_A_BUCKET)

    assert effects(old, dragonfly(snapshot=IN_A_BUCKET, args=args)) == {Effect.DATA_LOST, Effect.UNSAVED}


def test_a_variable_in_the_address_that_is_another_makes_it_another_place() -> None:
    snapshot = {"dir": "s3://backups/$(PLACE)"}
    old, new = (dragonfly(snapshot=snapshot, env=[{"name": "PLACE", "value": place}]) for place in "ab")

    assert effects(old, new) == {Effect.DATA_LOST, Effect.UNSAVED}


def test_the_first_snapshot_schedule_of_the_only_pod_loses_its_data() -> None:
    assert effects(dragonfly(), dragonfly(snapshot=IN_A_BUCKET)) == {Effect.DATA_LOST}


def test_scaled_down_to_one_in_the_same_change_the_pod_that_is_left_counts_as_the_only_one() -> None:
    old, new = dragonfly(replicas=3), dragonfly(replicas=1, annotations={"a": "b"})

    assert effects(old, new) == {Effect.SCALED, Effect.DATA_LOST}


@pytest.mark.parametrize(
    ("before", "after", "which", "way"),
    [
        (1, 3, "the only pod that was there before", "apply `replicas` alone first, and the rest once"),
        (3, 1, "the only pod that is left", "apply the rest alone first, and `replicas` once"),
    ],
)
def test_where_scaling_and_a_restart_meet_the_way_round_is_told(before: int, after: int, which: str, way: str) -> None:
    old, new = dragonfly(replicas=before), dragonfly(replicas=after, annotations={"a": "b"})
    told = {change.field: change.what for change in reviewed(old, new)}

    assert which in told["/spec/annotations/a"].lower()
    assert way in told["/spec/annotations/a"]


AFFINITY: dict[str, Any] = {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": []}}


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ({"replicas": 1}, {"replicas": 3, "affinity": AFFINITY}, "as soon as there is a second replica"),
        ({"replicas": 3, "affinity": AFFINITY}, {"replicas": 1}, "no affinity with a single replica"),
    ],
)
@pytest.mark.parametrize("snapshot", [None, IN_A_BUCKET])
def test_an_affinity_that_comes_or_goes_with_the_second_replica_says_so(
    before: Any, after: Any, why: str, snapshot: Any
) -> None:
    old, new = (dragonfly(snapshot=snapshot, **fields) for fields in (before, after))
    told = {change.field: change for change in reviewed(old, new)}

    assert told["/spec/affinity"].effects == (Effect.RESTART if snapshot else Effect.DATA_LOST,)
    assert why in told["/spec/affinity"].what


def test_an_affinity_of_as_many_pods_as_before_is_nobodys_but_the_users() -> None:
    (change,) = reviewed(dragonfly(replicas=3), dragonfly(replicas=3, affinity=AFFINITY))

    assert "library" not in change.what


@pytest.mark.parametrize(("before", "after"), [(1, 3), (3, 1), (2, 3), (0, 1)])
def test_another_number_of_replicas_scales_and_restarts_nothing(before: int, after: int) -> None:
    assert effects(dragonfly(replicas=before), dragonfly(replicas=after)) == {Effect.SCALED}


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("after", [0, None], ids=["zero", "left out"])
def test_with_no_pod_left_the_data_is_lost(after: int | None, operator: str) -> None:
    for snapshot in (None, IN_A_BUCKET):
        old, new = dragonfly(replicas=3, snapshot=snapshot), dragonfly(replicas=after, snapshot=snapshot)

        assert {Effect.DATA_LOST, Effect.SCALED} <= effects(old, new, operator)


def test_where_no_pod_runs_a_change_waits_for_the_first() -> None:
    assert effects(dragonfly(replicas=0), dragonfly(replicas=0, annotations={"a": "b"})) == {Effect.AT_NEXT_RESTART}


def test_replicas_that_flux_substitutes_are_taken_for_the_worst_case() -> None:
    old = dragonfly(replicas="${REPLICAS}")

    assert effects(old, dragonfly(replicas="${REPLICAS}", annotations={"a": "b"})) == {Effect.DATA_LOST}
    assert Effect.UNKNOWN in effects(old, dragonfly(replicas=3))
    assert Effect.REFUSED not in effects(dragonfly(), old)


# A restore


def _restored(edit: Any = None) -> tuple[Any, Any]:
    """The only pod of a cache before it is restored from a snapshot of its own, and the change to that."""
    new = stack("restored")
    instance = new[key("Dragonfly")]["spec"]
    instance["replicas"] = 1
    if edit:
        edit(new)
    old = without(deepcopy(new), RESTORE)
    old[key("Dragonfly")]["spec"]["snapshot"]["dir"] = "s3://dragonfly-backups/cache/dragonfly/$(POD_NAME)"
    return old, new


def _to_another_prefix(objects: Any) -> None:
    words = objects[RESTORE]["spec"]["template"]["spec"]["containers"][0]["args"]
    words[words.index("--to") + 1] = "cache/dragonfly/restored-00000000"


def _of_another(objects: Any) -> None:
    objects[RESTORE]["metadata"]["labels"]["app.kubernetes.io/instance"] = "other"


def test_a_restore_replaces_what_the_only_pod_holds() -> None:
    (change,) = read(*_restored(), key("Dragonfly"))

    assert change.effects == (Effect.DATA_LOST, Effect.UNSAVED)
    assert (
        "what it holds is replaced by snapshot dump-2026-05-01T06:00:00, which Job dragonfly-restore-017a3f5f copies "
        "to s3://dragonfly-backups/cache/dragonfly/restored-cb30a1c8/$(POD_NAME)"
    ) in change.what
    assert "starts empty" not in change.what


@pytest.mark.parametrize("edit", [_to_another_prefix, _of_another, lambda objects: objects.pop(RESTORE)])
def test_where_no_job_copies_a_snapshot_the_only_pod_starts_empty(edit: Any) -> None:
    (change,) = read(*_restored(edit), key("Dragonfly"))

    assert change.effects == (Effect.DATA_LOST, Effect.UNSAVED)
    assert "starts empty" in change.what


# Memory


@pytest.mark.parametrize(
    ("mode", "what"), [("false", "writes are refused"), ("true", "keys go")], ids=["not a cache", "a cache"]
)
def test_less_maxmemory_evicts_and_says_what_goes(mode: str, what: str) -> None:
    old, new = (dragonfly(replicas=2, args=[*args, f"--cache_mode={mode}"]) for args in (BASE["args"], LESS_MEMORY))
    (change,) = reviewed(old, new)

    assert change.effects == (Effect.EVICTS, Effect.ROLLING_RESTART)
    assert (change.field, change.before, change.after) == ("/spec/args", "--maxmemory=1gb", "--maxmemory=512mb")
    assert what in change.what


def test_more_maxmemory_evicts_nothing() -> None:
    old, new = dragonfly(replicas=2, args=LESS_MEMORY), dragonfly(replicas=2)

    assert effects(old, new) == {Effect.ROLLING_RESTART}


@pytest.mark.parametrize(("flags", "evicts"), [([], True), (["--maxmemory=512mb"], False)], ids=["no flag", "a flag"])
def test_a_lower_limit_evicts_where_no_flag_says_how_much_data_gets(flags: list[str], evicts: bool) -> None:
    lower = {**BASE["resources"], "limits": {"memory": "1Gi"}}
    old, new = dragonfly(replicas=2, args=flags), dragonfly(replicas=2, args=flags, resources=lower)

    assert (Effect.EVICTS in effects(old, new)) == evicts


@pytest.mark.parametrize(("before", "after"), [(None, "--cache_mode"), ("--cache_mode", None)])
def test_cache_mode_switched_says_what_happens_when_memory_is_full(before: str | None, after: str | None) -> None:
    old, new = (dragonfly(replicas=2, args=_args(*([flag] if flag else []))) for flag in (before, after))
    (change,) = reviewed(old, new)

    assert change.effects[0] is Effect.EVICTS
    assert ("keys go" if after else "writes are refused") in change.what


@pytest.mark.parametrize(
    ("resources", "effect"),
    [
        ({"requests": {"cpu": "0.1", "memory": "262144Ki"}, "limits": {"memory": "2048Mi"}}, Effect.NONE),
        ({"requests": {"cpu": "100m", "memory": "256Mi"}, "limits": {"memory": "2.5Gi"}}, Effect.ROLLING_RESTART),
    ],
    ids=["the same amounts", "another amount"],
)
def test_resources_are_compared_as_amounts_not_as_spelt(resources: Any, effect: Effect) -> None:
    assert effects(dragonfly(replicas=2), dragonfly(replicas=2, resources=resources)) == {effect}


def test_an_annotation_that_looks_like_an_amount_is_text() -> None:
    old, new = (dragonfly(replicas=2, annotations={"sizeLimit": text}) for text in ("1Gi", "1024Mi"))

    assert effects(old, new) == {Effect.ROLLING_RESTART}


def test_tiering_that_goes_needs_its_data_to_fit_into_memory() -> None:
    tiering = {"persistentVolumeClaimSpec": ON_A_CLAIM["persistentVolumeClaimSpec"]}
    old = dragonfly(replicas=2, tiering=tiering)

    assert effects(old, dragonfly(replicas=2), "v1.6.1") == {Effect.EVICTS, Effect.ROLLING_RESTART}


# Snapshots


@pytest.mark.parametrize(
    "after",
    [
        None,
        {"dir": IN_A_BUCKET["dir"]},
        {**IN_A_BUCKET, "cron": "0 */12 * * *"},
        {**IN_A_BUCKET, "cron": "0 0,6,12 * * *"},
        {**IN_A_BUCKET, "dir": "s3://backups/elsewhere"},
        {"cron": IN_A_BUCKET["cron"], "existingPersistentVolumeClaimName": "claim"},
    ],
    ids=["removed", "no schedule", "rarer", "fewer", "another prefix", "a claim instead"],
)
def test_a_snapshot_that_is_gone_rarer_or_elsewhere_is_unsaved(after: Any) -> None:
    old, new = dragonfly(replicas=2, snapshot=IN_A_BUCKET), dragonfly(replicas=2, snapshot=after)

    assert effects(old, new, "v1.4.0") == {Effect.UNSAVED, Effect.ROLLING_RESTART}


def test_a_snapshot_more_often_is_no_loss() -> None:
    old, new = (dragonfly(replicas=2, snapshot={**IN_A_BUCKET, "cron": cron}) for cron in ("0 * * * *", "*/10 * * * *"))

    assert effects(old, new) == {Effect.ROLLING_RESTART}


@pytest.mark.parametrize(("operator", "unsaved"), [("v1.3.1", True), ("v1.5.0", True), ("v1.6.1", False)])
def test_the_masters_schedule_is_lost_before_v1_6_0(operator: str, unsaved: bool) -> None:
    old = dragonfly(replicas=2, snapshot=IN_A_BUCKET)
    found = effects(old, dragonfly(replicas=2, snapshot={**IN_A_BUCKET, "enableOnMasterOnly": True}), operator)

    assert found == {Effect.LIVE} | ({Effect.UNSAVED} if unsaved else set())


def test_without_its_group_the_server_may_not_write_to_its_claim() -> None:
    old = dragonfly(snapshot=ON_A_CLAIM)
    new = dragonfly(snapshot=ON_A_CLAIM, podSecurityContext={"runAsNonRoot": True})

    assert effects(old, new) == {Effect.UNSAVED, Effect.RESTART}


# Access and addresses


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"authentication": None}, {}, {Effect.ACCESS_CLOSED}),
        ({}, {"authentication": None}, {Effect.ACCESS_OPENED}),
        ({}, {"authentication": {"passwordFromSecret": {"name": "x", "key": "y"}}}, {Effect.ACCESS_CLOSED}),
        ({}, {"tlsSecretRef": {"name": "tls"}}, {Effect.ACCESS_CLOSED, Effect.ADDRESS_CHANGED}),
        ({"tlsSecretRef": {"name": "tls"}}, {}, {Effect.ACCESS_OPENED, Effect.ADDRESS_CHANGED}),
        ({"tlsSecretRef": {"name": "tls"}}, {"tlsSecretRef": {"name": "other"}}, set()),
        ({}, {"memcachedPort": 11211}, {Effect.ACCESS_OPENED}),
        ({"memcachedPort": 11211}, {}, {Effect.ACCESS_CLOSED}),
        ({"memcachedPort": 11211}, {"memcachedPort": 11212}, {Effect.ADDRESS_CHANGED}),
        ({}, {"aclFromSecret": {"name": "acl", "key": "acl"}}, {Effect.ACCESS_CLOSED}),
        ({"aclFromSecret": {"name": "acl", "key": "acl"}}, {}, {Effect.ACCESS_OPENED, Effect.ADDRESS_CHANGED}),
        (
            {"aclFromSecret": {"name": "acl", "key": "a"}},
            {"aclFromSecret": {"name": "acl", "key": "b"}},
            {Effect.ACCESS_OPENED, Effect.ACCESS_CLOSED},
        ),
        ({}, {"args": _args("--port=6380")}, {Effect.ADDRESS_CHANGED}),
        ({}, {"args": _args("--dbnum=4")}, {Effect.ADDRESS_CHANGED}),
        ({}, {"args": _args("--primary_port_http_enabled=true")}, {Effect.ACCESS_OPENED}),
        ({}, {"args": _args("--restricted_commands=FLUSHALL")}, {Effect.ACCESS_CLOSED}),
        ({"args": _args("--restricted_commands=FLUSHALL,KEYS")}, {}, {Effect.ACCESS_OPENED}),
        ({}, {"args": _args("--maxclients=100")}, {Effect.ACCESS_CLOSED}),
    ],
)
def test_a_restart_that_changes_who_gets_in_says_so(
    before: dict[str, Any], after: dict[str, Any], expected: set[Effect]
) -> None:
    old, new = dragonfly(replicas=3, **before), dragonfly(replicas=3, **after)

    assert effects(old, new) == expected | {Effect.ROLLING_RESTART}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, {"key": "ca.crt", "name": "ca"}, {Effect.ACCESS_CLOSED}),
        ({"key": "ca.crt", "name": "ca"}, None, {Effect.ACCESS_OPENED}),
        ({"key": "ca.crt", "name": "ca"}, {"key": "ca.crt", "name": "b"}, {Effect.ACCESS_OPENED, Effect.ACCESS_CLOSED}),
    ],
)
@pytest.mark.parametrize("tls", [True, False], ids=["TLS", "no TLS"])
def test_clients_certificates_matter_where_there_is_tls(
    before: Any, after: Any, expected: set[Effect], tls: bool
) -> None:
    old, new = (
        dragonfly(
            replicas=3,
            tlsSecretRef={"name": "tls"} if tls else None,
            authentication=BASE["authentication"] | ({"clientCaCertSecret": secret} if secret else {}),
        )
        for secret in (before, after)
    )

    assert effects(old, new) == (expected if tls else set()) | {Effect.ROLLING_RESTART}


def test_another_name_of_the_service_leaves_the_old_one() -> None:
    (change,) = reviewed(dragonfly(), dragonfly(serviceSpec={"name": "other"}))

    assert change.effects == (Effect.ADDRESS_CHANGED,)
    assert "Service dragonfly stays" in change.what


def test_the_services_own_name_written_out_is_no_change() -> None:
    assert effects(dragonfly(), dragonfly(serviceSpec={"name": "dragonfly"})) == {Effect.NONE}


@pytest.mark.parametrize("kind", ["LoadBalancer", "NodePort"])
def test_another_type_of_service_is_live(kind: str) -> None:
    assert effects(dragonfly(), dragonfly(serviceSpec={"type": kind})) == {Effect.LIVE}


def test_an_address_outside_the_cluster_that_goes_is_told() -> None:
    old, new = dragonfly(serviceSpec={"type": "LoadBalancer"}), dragonfly(serviceSpec={"type": "ClusterIP"})

    assert effects(old, new) == {Effect.LIVE, Effect.ADDRESS_CHANGED}


@pytest.mark.parametrize("operator", ["v1.5.0", "v1.6.1"])
def test_the_operators_network_policy_closes_and_opens(operator: str) -> None:
    with_policy, without = dragonfly(), dragonfly(networkPolicyEnabled=False)

    assert effects(without, with_policy, operator) == {Effect.ACCESS_CLOSED}
    assert effects(with_policy, without, operator) == {Effect.ACCESS_OPENED}
    assert effects(with_policy, dragonfly(networkPolicyEnabled=True), operator) == {Effect.NONE}


@pytest.mark.parametrize(("operator", "opens_to_clients"), [("v1.5.0", False), ("v1.6.1", True)])
def test_the_operators_network_policy_that_goes_names_every_port_that_it_kept_shut(
    operator: str, opens_to_clients: bool
) -> None:
    (change,) = reviewed(dragonfly(), dragonfly(networkPolicyEnabled=False), operator)

    assert "port 9999" in change.what
    assert ("other namespaces from port 6379" in change.what) is opens_to_clients


# Refused, stuck, unknown


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("volumes", [{"name": "v", "emptyDir": {}}]),
        ("snapshot", {"enabled": True}),
        ("tlsSecretRef", "tls"),
        ("replicas", "3"),
        ("env", [{"name": "A", "valueForm": {}}]),
        ("resources", {"limits": {"memory": "much"}}),
        ("args", "--cache_mode"),
    ],
)
def test_what_no_crd_takes_is_refused(field: str, value: Any, operator: str) -> None:
    change = reviewed(dragonfly(), dragonfly(**{field: value}), operator)[0]

    assert change.effects == (Effect.REFUSED,)


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("field", [name for name in IN_CRD_SINCE if f"/spec/{name}" in FIELDS])
def test_a_field_is_refused_by_the_versions_that_lack_it(field: str, operator: str) -> None:
    kind = FIELDS[f"/spec/{field}"].kind
    value: Any = {"boolean": True, "integer": 1, "text": "a"}.get(kind, [] if "[]" in kind else {})
    found = effects(dragonfly(), dragonfly(**{field: value}), operator)

    assert (found == {Effect.REFUSED}) == (field not in CRD_FIELDS[operator])


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_table_has_the_fields_of_every_crd(operator: str) -> None:
    for field in CRD_FIELDS[operator]:
        name, _, below = field.partition(".")
        pointer = f"/spec/{field.replace('.', '/')}"
        is_below = below and f"/spec/{name}" in FIELDS and FIELDS[f"/spec/{name}"].kind != "object"
        has_row = pointer in FIELDS or is_below
        assert has_row, f"give {field} a row in review/dragonfly/fields.py"
        assert is_in_crd(Version.of(operator), field)


def test_beside_what_is_refused_nothing_else_is_applied() -> None:
    new = dragonfly(replicas=3, args=LESS_MEMORY, pdb={"minAvailable": 1})

    assert effects(dragonfly(), new, "v1.4.0") == {Effect.REFUSED}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], ["--flagfile=/flags"]),
        (["--flagfile=/flags"], []),
        ([], ["--fromenv=maxmemory"]),
        ([], ["--tls_replication"]),
        ([], ["--masterauth=a"]),
        ([], ["--tryfromenv=maxmemory"]),
        (["--no_such_flag=1"], ["--no_such_flag=2"]),
        (["--no_such_flag=1"], []),
        ([], ["--no_such_flag=1", "--undefok=no_such_flag"]),
    ],
)
def test_a_flag_of_which_nobody_knows_what_it_does_is_unknown(before: list[str], after: list[str]) -> None:
    found = effects(dragonfly(replicas=3, args=_args(*before)), dragonfly(replicas=3, args=_args(*after)))

    assert Effect.UNKNOWN in found


def test_a_known_flag_without_consequences_is_a_restart() -> None:
    assert effects(dragonfly(replicas=3), dragonfly(replicas=3, args=_args("--hz=20"))) == {Effect.ROLLING_RESTART}


def test_a_null_is_as_good_as_left_out() -> None:
    old, new = dragonfly(), dragonfly()
    new["spec"]["pdb"] = None

    assert reviewed(old, new) == []


@pytest.mark.parametrize("operator", OPERATORS)
def test_beside_what_the_operator_fails_at_nothing_else_is_applied(operator: str) -> None:
    new = dragonfly(replicas=3, args=LESS_MEMORY, snapshot=ON_A_CLAIM)

    assert effects(dragonfly(), new, operator) == {Effect.STUCK}


@pytest.mark.parametrize(
    ("operator", "expected"),
    [("v1.3.1", {Effect.ROLLING_RESTART}), ("v1.5.0", {Effect.STUCK}), ("v1.6.1", {Effect.STUCK})],
)
def test_a_label_of_the_operators_that_stays_holds_up_later_changes(operator: str, expected: set[Effect]) -> None:
    labels = {"app.kubernetes.io/version": "1"}
    old, new = dragonfly(replicas=2, labels=labels), dragonfly(replicas=2, labels=labels, annotations={"a": "b"})

    assert effects(old, new, operator) == expected


def test_once_the_operator_no_longer_fails_what_waited_is_not_known() -> None:
    assert effects(dragonfly(labels={"app": "x"}), dragonfly(), "v1.6.1") == {Effect.UNKNOWN}


@pytest.mark.parametrize(
    "new",
    [
        {"args": ["--maxmemory=256mb", "--proactor_threads=2"]},
        {"args": ["--maxmemory=1gb", "--proactor_threads=8"]},
        {"args": ["--maxmemory=100mb"]},
        {"args": ["--maxmemory=3gb", "--proactor_threads=2"]},
        {"args": [], "resources": {"limits": {"memory": "256Mi"}}},
        {"resources": {"limits": {"memory": "500Mi"}}},
        {"args": _args("--enable_top_keys_tracking=true")},
        {"args": _args("--slowlog_max_len=many")},
        {"args": _args("--noadmin_nopass")},
        {"args": _args("--admin_nopass=false")},
        {"args": _args("--admin_port=1")},
        {"args": _args("--admin_bind=127.0.0.1")},
        {"env": [{"name": "DFLY_PASSWORD", "value": "x"}]},
        {"snapshot": {"dir": "s3://b", "cron": "@daily"}},
        {"authentication": None, "tlsSecretRef": {"name": "tls"}},
        {"serviceSpec": {"name": "dfly-cache"}},
    ],
)
def test_what_the_server_does_not_start_with_is_stuck(new: dict[str, Any]) -> None:
    assert Effect.STUCK in effects(dragonfly(replicas=3), dragonfly(replicas=3, **new))


@pytest.mark.parametrize(
    ("args", "limit"),
    [([], "320Mi"), (["--maxmemory=256mb"], "256Mi"), (["--maxmemory=256mb"], None), ([], None)],
)
def test_threads_that_are_not_told_are_taken_for_one(args: list[str], limit: str | None) -> None:
    resources = {"limits": {"memory": limit}} if limit else {}

    assert Effect.STUCK not in effects(dragonfly(), dragonfly(args=args, resources=resources))


def test_more_memory_than_the_container_has_is_told_of_the_flag_and_of_the_limit() -> None:
    old = dragonfly(replicas=3, args=["--maxmemory=512mb", "--proactor_threads=2"])
    new = dragonfly(
        replicas=3, args=["--maxmemory=900mb", "--proactor_threads=2"], resources={"limits": {"memory": "500Mi"}}
    )
    told = {change.field: change for change in reviewed(old, new)}

    for field in ("/spec/args", "/spec/resources/limits/memory"):
        assert Effect.STUCK in told[field].effects
        assert "up to 900Mi for data and its container has 500Mi" in told[field].what
        assert "nothing is lost" not in told[field].what


@pytest.mark.parametrize(
    "new",
    [
        {"args": _args("--admin_port=9999", "--admin_nopass", "--admin_bind=0.0.0.0")},
        {"args": _args("--noadmin_nopass"), "authentication": None},
        {"env": [{"name": "DFLY_admin_port", "value": "1"}]},
    ],
    ids=["as the operator has them", "no password there is", "a variable, over which the operator's flag wins"],
)
def test_an_admin_port_that_the_operator_reaches_is_not_stuck(new: dict[str, Any]) -> None:
    assert Effect.STUCK not in effects(dragonfly(replicas=3), dragonfly(replicas=3, **new))


def test_whether_an_address_of_the_admin_port_is_reached_is_not_known() -> None:
    assert Effect.UNKNOWN in effects(dragonfly(), dragonfly(args=_args("--admin_bind=$(POD_IP)")))


@pytest.mark.parametrize(
    ("address", "expected"),
    [("127.0.0.1", {Effect.ADDRESS_CHANGED, Effect.ACCESS_CLOSED}), ("0.0.0.0", {Effect.ADDRESS_CHANGED})],
)
def test_port_6379_inside_its_pod_alone_lets_no_client_in(address: str, expected: set[Effect]) -> None:
    found = effects(dragonfly(replicas=3), dragonfly(replicas=3, args=_args(f"--bind={address}")))

    assert found == {*expected, Effect.ROLLING_RESTART}


@pytest.mark.parametrize("flag", ["--admin_port=1", "--flagfile=/flags"])
@pytest.mark.parametrize("snapshot", [None, IN_A_BUCKET])
@pytest.mark.parametrize("replicas", [1, 3])
def test_where_the_roll_out_may_go_no_further_no_change_beside_is_said_to_end_well(
    replicas: int, snapshot: Any, flag: str
) -> None:
    old = dragonfly(replicas=replicas, snapshot=snapshot)
    new = dragonfly(replicas=replicas, snapshot=snapshot, args=_args(flag, "--hz=20"), annotations={"a": "b"})
    said = " ".join(change.what for change in reviewed(old, new))

    assert "nothing is lost" not in said
    assert "finds its snapshot" not in said


def test_a_fault_that_was_there_before_is_not_told_of_another_change() -> None:
    args = _args("--enable_top_keys_tracking=true")
    old, new = dragonfly(replicas=3, args=args), dragonfly(replicas=3, args=[*args, "--cache_mode"])

    assert Effect.STUCK not in effects(old, new)


def test_an_older_server_is_not_known_to_read_what_a_newer_one_wrote() -> None:
    image = BASE["image"].replace("v1.36.0", "v1.35.0")

    assert effects(dragonfly(replicas=2), dragonfly(replicas=2, image=image)) == {
        Effect.UNKNOWN,
        Effect.ROLLING_RESTART,
    }


@pytest.mark.parametrize("field", ["finalizers", "ownerReferences"])
def test_what_is_in_no_row_is_unknown(field: str) -> None:
    new = dragonfly()
    new["metadata"][field] = [{"name": "x"}]

    assert effects(dragonfly(), new) == {Effect.UNKNOWN}


@pytest.mark.parametrize(
    ("name", "effect"),
    [
        ("team", Effect.NONE),
        ("kustomize.toolkit.fluxcd.io/prune", Effect.LIVE),
        ("kustomize.toolkit.fluxcd.io/force", Effect.UNKNOWN),
    ],
)
def test_annotations_of_the_object_itself_are_flux_and_nobody_elses(name: str, effect: Effect) -> None:
    new = dragonfly()
    new["metadata"]["annotations"] = {name: "disabled"}

    assert effects(dragonfly(), new) == {effect}


@pytest.mark.parametrize(
    ("field", "value"),
    [("args", []), ("tolerations", []), ("annotations", {}), ("imagePullPolicy", "Always"), ("priorityClassName", "")],
)
def test_what_comes_to_the_same_as_left_out_is_no_change(field: str, value: Any) -> None:
    left_out: dict[str, Any] = {field: None}

    assert effects(dragonfly(**left_out), dragonfly(**{field: value})) == {Effect.NONE}


@pytest.mark.parametrize("operator", OPERATORS)
def test_a_manifest_beside_itself_has_no_change(operator: str) -> None:
    assert reviewed(dragonfly(snapshot=IN_A_BUCKET), dragonfly(snapshot=IN_A_BUCKET), operator) == []


@pytest.mark.parametrize("operator", ["v1.3.1", "v1.4.0", "v1.5.0"])
def test_a_claim_of_the_same_size_spelt_otherwise_is_the_same_claim(operator: str) -> None:
    claim = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "2048Mi"}}}
    new = dragonfly(snapshot={**ON_A_CLAIM, "persistentVolumeClaimSpec": claim})

    assert effects(dragonfly(snapshot=ON_A_CLAIM), new, operator) == {Effect.NONE}


# What is said


def test_each_change_is_one_sentence_and_its_effects_stand_worst_first() -> None:
    new = dragonfly(replicas=0, args=LESS_MEMORY, tlsSecretRef={"name": "t"}, snapshot=IN_A_BUCKET, memcachedPort=1)
    order = list(Effect)

    for change in reviewed(dragonfly(replicas=3), new):
        assert change.what[0].isupper()
        assert change.what.endswith(".")
        assert "\n" not in change.what
        assert list(change.effects) == sorted(change.effects, key=order.index)


def test_no_secret_is_shown() -> None:
    secret = "hunter2"
    fields: dict[str, Any] = {
        "args": _args(f"--requirepass={secret}", "--masterauth", secret),
        "env": [{"name": "DFLY_requirepass", "value": secret}, {"name": "URL", "value": f"redis://u:{secret}@host"}],
        "initContainers": [
            {"name": "i", "env": [{"name": "API_TOKEN", "value": secret}], "args": ["--password", secret]}
        ],
    }
    old, new = dragonfly(), dragonfly(**fields)

    for before, after in ((old, new), (new, old), (None, new), (new, None)):
        old_tree, new_tree = ({KEY: manifest} if manifest else {} for manifest in (before, after))
        found = review(old_tree, new_tree).changes
        assert found
        assert secret not in repr(found)
    assert RESTARTS & effects(old, new)


def test_what_the_operator_fails_at_keeps_no_label_of_the_object_from_its_place() -> None:
    old, new = dragonfly(labels={"app": "x"}), dragonfly(labels={"app": "x"})
    new["metadata"]["labels"] = {"team": "x"}

    assert effects(old, new, "v1.6.1") == {Effect.NONE}
