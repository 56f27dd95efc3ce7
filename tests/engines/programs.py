"""The engines that judge network policies on clusters, built as programs from the modules beside this file.

python -m tests.engines.programs    # build them now, or say what is missing
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.builds import CannotRun
from tests.cluster.go_module import GoModule

_HERE = Path(__file__).parent

ENGINES = {
    "cilium": GoModule(
        _HERE / "cilium",
        what="the policy engine of Cilium",
        takes="four to eight minutes on two cores",
        pinned="github.com/cilium/cilium",
        programs=("cilium",),
    ),
    "kube-network-policies": GoModule(
        _HERE / "kube-network-policies",
        what="the engine of kube-network-policies",
        takes="two to four minutes on two cores",
        pinned="sigs.k8s.io/kube-network-policies",
        programs=("kube-network-policies",),
    ),
}


def program(engine: str) -> Path:
    """An engine's program, built if need be.

    Raises:
        CannotRun: there is no Go, or the build failed.
    """
    return ENGINES[engine].built() / engine


if __name__ == "__main__":
    try:
        for name in ENGINES:
            print(program(name))
    except CannotRun as reason:
        sys.exit(str(reason))
