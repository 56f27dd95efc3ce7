"""What a type checker says of a call: the arguments' names and types are those of the models."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

CALLS = {
    'DragonflyCache(chart, "a", name="a", replicas="3")': (
        'Argument "replicas" to "DragonflyCache" has incompatible type "str"; expected "int"'
    ),
    'DragonflyCache(chart, "b", replica=3)': (
        'Unexpected keyword argument "replica" for "DragonflyCache"; did you mean "replicas"?'
    ),
    'DragonflyCache(chart, "c", "sessions")': 'Too many positional arguments for "DragonflyCache"',
    'DragonflyCache(chart, "d", profile="jobs")': (
        'Argument "profile" to "DragonflyCache" has incompatible type "Literal[\'jobs\']"; '
        "expected \"Literal['queue', 'cache', 'session'] | None\""
    ),
    'DragonflyBackup(chart, "e", bucket="backups")': 'Missing named argument "cache" for "DragonflyBackup"',
    'DragonflyCache(chart, "h", memory_limit=Size.gibibytes(2), timeout=Duration.minutes(5), maxmemory="80%")': None,
    'DragonflyCache(chart, "i", cpu_limit=kplus.Cpu.units(2), password_from_secret=secret)': None,
    'DragonflyCache(chart, "r", tls_secret_ref=secret, image_pull_secrets=[secret, "other"])': None,
    'DragonflyCache(chart, "j", acl_from_secret=kplus.SecretValue(secret=secret, key="acl"))': None,
    'DragonflyCache(chart, "k", memory_limit=Duration.minutes(5))': (
        'Argument "memory_limit" to "DragonflyCache" has incompatible type "Duration"; '
        'expected "Memory | str | int | SizeLike"'
    ),
    'DragonflyCache(chart, "l", tls_secret_ref=kplus.Deployment(chart, "m"))': (
        'Argument "tls_secret_ref" to "DragonflyCache" has incompatible type "Deployment"; '
        'expected "str | SecretLike | None"'
    ),
    'DragonflyCache(chart, "n").allow_from(kplus.Deployment(chart, "o"), kplus.Pods.all(chart, "p"), "shop")': None,
    'DragonflyCache(chart, "q").allow_from(secret)': (
        'Argument 1 to "allow_from" of "DragonflyInstance" has incompatible type "ISecret"; '
        'expected "Client | PeerLike | str"'
    ),
    'DragonflyCache(chart, "f", replicas=3, memory_limit="2Gi", maxmemory=None, cpu_limit=1.5)': None,
    'reveal_type(DragonflyCache(chart, "g").url(database=2))': 'Revealed type is "str"',
    'HouseCache(chart, "h", replicas=3)': None,
    'HouseCache(chart, "i", replicas="3")': (
        'Argument "replicas" to "HouseCache" has incompatible type "str"; expected "int"'
    ),
    'THERE = DragonflyCache.from_existing(chart, "j", name="sessions", replicas=3)': None,
    'DragonflyCache.from_existing(chart, "k")': 'Missing named argument "name"',
    'DragonflyCache.from_existing(chart, "l", name="a", image="b")': 'Unexpected keyword argument "image"',
    'DragonflyMonitoring(chart, "m", cache=THERE)': None,
    'DragonflyBackup(chart, "n", cache=THERE, bucket="backups")': (
        'Argument "cache" to "DragonflyBackup" has incompatible type "ExistingDragonfly"; expected "DragonflyCache"'
    ),
    'THERE.add_user("shop")': (
        'Argument 1 to "add_user" of "ExistingDragonfly" has incompatible type "str"; expected "Never"'
    ),
}
"""Calls, and what is said of each."""


def test_a_type_checker_knows_the_arguments(tmp_path: Path) -> None:
    """One run for all of them, on the cache that `make types` leaves."""
    head = [
        "from typing import Any",
        "import cdk8s_plus_28 as kplus",
        "from cdk8s import App, Chart, Duration, Size",
        "from constructs import Construct",
        "from constructs_lib import DragonflyBackup, DragonflyCache, DragonflyMonitoring, arguments_of",
        "class HouseCache(DragonflyCache):",
        "    @arguments_of(DragonflyCache)",
        "    def __init__(self, scope: Construct, id: str, **given: Any) -> None:",
        "        super().__init__(scope, id, **given)",
        'chart = Chart(App(), "sessions")',
        'secret = kplus.Secret.from_secret_name(chart, "secret", "auth")',
    ]
    (tmp_path / "calls.py").write_text("\n".join([*head, *CALLS]) + "\n")
    options = ["--no-error-summary", "--hide-error-codes", "--no-pretty"]
    run = subprocess.run(
        [Path(sys.executable).parent / "mypy", *options, tmp_path / "calls.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.findall(r"calls\.py:(\d+): (?:error|note): (?!\"\w+\" defined)(.*)", run.stdout)
    # Of several lines about one call the first says it.
    told = dict(reversed(found))
    assert {call: told.get(str(line)) for line, call in enumerate(CALLS, len(head) + 1)} == CALLS
