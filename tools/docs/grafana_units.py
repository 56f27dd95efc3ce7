"""Values as Grafana writes them in its units, and where an axis in such a unit has its lines."""

from __future__ import annotations

from math import ceil, floor, log10

SUFFIXES = {"ops": " ops/s", "cps": " c/s", "short": ""}

BINARY = {"bytes": "B", "Bps": "B/s"}

TIMES = ((86_400, " days"), (3600, " hours"), (60, " min"), (1, " s"), (1e-3, " ms"), (1e-6, " µs"))


def in_unit(value: float, unit: str) -> str:
    """A value in one of Grafana's units, with three digits."""
    if unit == "percentunit":
        return f"{value * 100:.3g}%"
    if unit == "s":
        size, name = next((each for each in TIMES if abs(value) >= each[0]), (1, " s"))
        return f"{value / size:.3g}{name}"
    if unit in BINARY:
        step, names, name = 1024, ("", "Ki", "Mi", "Gi"), BINARY[unit]
        power = min(len(names) - 1, int(log10(value) / log10(step))) if value >= 1 else 0
        return f"{_digits(value / step**power)} {names[power]}{name}"
    power = min(2, int(log10(value) / 3 + 1e-9)) if value >= 1 else 0
    return f"{_digits(value / 1000**power)}{('', ' K', ' Mil')[power]}{SUFFIXES[unit]}"


def ticks_up_to(highest: float, unit: str) -> list[float]:
    """Values at which an axis has its lines: from 0 to above the highest one, in round steps of its unit."""
    if highest <= 0:
        return [0, 1]
    size = 1.0
    if unit in BINARY:
        size = 1024.0 ** floor(log10(highest) / log10(1024)) if highest >= 1 else 1.0
    elif unit == "s":
        size = next((each for each, _ in TIMES if highest >= each), 1e-6)
    rough = highest / size / 4
    power = 10.0 ** floor(log10(rough))
    step = next(each for each in (1, 2, 2.5, 5, 10) if each * power >= rough * 0.999) * power * size
    return [float(f"{step * number:.10g}") for number in range(ceil(highest / step * 0.999) + 1)]


def _digits(value: float) -> str:
    """Three digits, all of a whole number that has more."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
