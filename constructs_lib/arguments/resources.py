"""A container's requests beside its limits, as the API server compares them."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.errors import Finding
from constructs_lib.values.cdk8s_objects import CpuLike, SizeLike
from constructs_lib.values.cpu import Cpu
from constructs_lib.values.memory import Memory


def memory_request_findings(
    request: Memory | str | int | SizeLike, limit: Memory | str | int | SizeLike
) -> Iterator[Finding]:
    """A memory request over the limit."""
    if Memory.of(request) > Memory.of(limit):
        text = f"{Memory.of(request)} is more than the memory limit of {Memory.of(limit)}; accepted: at most that"
        yield Finding.error("memory_request", text)


def cpu_request_findings(
    request: Cpu | str | int | float | CpuLike, limit: Cpu | str | int | float | CpuLike | None
) -> Iterator[Finding]:
    """A CPU request over the limit, where there is one."""
    if limit is not None and Cpu.of(request) > Cpu.of(limit):
        text = f"{Cpu.of(request)} is more than the CPU limit of {Cpu.of(limit)}; accepted: at most that"
        yield Finding.error("cpu_request", text)
