"""Shell completion, as bash asks for it by the script that the command gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib.config.variables import known_keys
from tests.distribution.environment import Environment

ASK = """
eval "$(cdk8s-dragonfly --show-completion bash)"
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
$(complete -p cdk8s-dragonfly | sed 's/.*-F \\([^ ]*\\) .*/\\1/') cdk8s-dragonfly
printf '%s\\n' "${COMPREPLY[@]}"
"""


def completed(environment: Environment, folder: Path, *words: str) -> list[str]:
    """What bash offers for the last of the words."""
    done = environment.run("/bin/bash", "-c", ASK, "bash", "cdk8s-dragonfly", *words, cwd=folder)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("s",), ["synth", "schema", "secrets"]),
        (("secrets", "r"), ["rotate"]),
        (("synth", "--c"), ["--config", "--check"]),
        (("variables", "--format", ""), ["text", "json"]),
        (("review", "--format", "g"), ["github"]),
        (("variables", "dragonfly_repl"), ["dragonfly_replicas"]),
        (("variables", "repl"), ["replicas"]),
        (("variables", "replicas", "network_policies_m"), ["network_policies_mode"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_bash_offers_subcommands_options_and_what_they_take(
    words: tuple[str, ...], offered: list[str], environment: Environment, tmp_path: Path
) -> None:
    assert completed(environment, tmp_path, *words) == offered


def test_before_the_first_letter_each_variable_is_offered_once(environment: Environment, tmp_path: Path) -> None:
    assert completed(environment, tmp_path, "variables", "") == sorted(known_keys())
