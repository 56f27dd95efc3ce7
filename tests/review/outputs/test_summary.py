"""A line a cache says what happens to it."""

from __future__ import annotations

from constructs_lib.review.changes.model import Change, Effect
from constructs_lib.review.outputs.summary import SAID, summary
from tests.review.manifests import change, manifest, reviewed, side

DRAGONFLY = manifest("Dragonfly", "dragonfly")
SHARDED = manifest("Dragonfly", "dragonfly-2")
OPERATOR = manifest("HelmRelease", "dragonfly-operator", "operators")


def opened(flow: str, name: str = "dragonfly") -> Change:
    return change(
        Effect.ACCESS_OPENED, kind="CiliumNetworkPolicy", name=name, field="/spec/ingress", before=None, after=flow
    )


def test_every_effect_can_be_told() -> None:
    assert set(SAID) == set(Effect)


def test_a_cache_has_a_line_with_all_that_happens_to_it_and_around_it() -> None:
    told = reviewed(
        opened("pods of ai-system on 6379"),
        change(Effect.ROLLING_RESTART),
        change(Effect.LIVE, kind="PodMonitor", field="/spec/interval"),
        change(Effect.LIVE, kind="PrometheusRule", name="dragonfly-alerts", field="/spec/groups"),
    )
    assert summary(told, {}, side(DRAGONFLY).tree) == [
        "dragonfly (cache): rolling restart; 1 policy opened to ai-system; 2 live"
    ]


def test_whoever_gets_in_is_named_once_and_as_shortly_as_can_be() -> None:
    told = reviewed(
        opened("pods of shop (app=web) on 6379"),
        opened("pods of shop on 9999"),
        opened("pods of every namespace on 6379", name="dragonfly-2"),
        opened("everybody on every port", name="dragonfly-2"),
    )
    assert summary(told, {}, side(DRAGONFLY).tree) == [
        "dragonfly (cache): 2 policies opened to everybody, pods of every namespace, shop"
    ]


def test_an_object_belongs_to_the_longest_name_that_it_is_called_after() -> None:
    told = reviewed(
        change(Effect.LIVE, kind="ConfigMap", name="dragonfly-2-dashboard"),
        change(Effect.LIVE, kind="Kustomization", name="dragonfly-operator"),
        change(Effect.LIVE, kind="ConfigMap", name="dragonfly-dashboard", namespace="monitoring"),
        change(Effect.LIVE, kind="ConfigMap", name="other"),
        change(Effect.LIVE, kind="Namespace", name="dragonfly", namespace=""),
    )
    assert summary(told, side(DRAGONFLY).tree, side(SHARDED, OPERATOR).tree) == [
        "dragonfly-2 (cache): 1 live",
        "dragonfly-operator (operators): 1 live",
        "dragonfly (cache): 1 live",
        "everything else: 2 live",
    ]


def test_two_caches_of_one_name_are_told_apart_by_their_namespaces() -> None:
    other = manifest("Dragonfly", "dragonfly", "other")
    told = reviewed(
        change(Effect.LIVE, kind="PodMonitor", namespace="other"),
        change(Effect.LIVE, kind="ConfigMap", name="dragonfly-dashboard", namespace="monitoring"),
    )
    assert summary(told, {}, side(DRAGONFLY, other).tree) == [
        "dragonfly (other): 1 live",
        "everything else: 1 live",
    ]
