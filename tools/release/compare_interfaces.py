"""Two public interfaces compared, as stubs: what a program loses that was written for the old one, and what is new.

Griffe compares names, arguments and defaults; the types are compared by `tools.compare_types`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import griffe

from tools.release.changelog import Change
from tools.release.compare_types import is_another, is_refused, is_taken_now

GONE = {griffe.BreakageKind.OBJECT_REMOVED, griffe.BreakageKind.PARAMETER_REMOVED}


def breaks(old: str, new: str) -> list[Change]:
    """By what a program may fail, or no longer pass a type checker, that did before."""
    return [*map(_change, _found(old, new)), *is_refused(old, new), *is_another(old, new)]


def gains(old: str, new: str) -> list[Change]:
    """What there is now and was not: names, arguments, types that an argument takes."""
    gone = (found for found in _found(new, old) if found.kind in GONE)
    return [*(Change(_names(found), "is new") for found in gone), *is_taken_now(old, new)]


def _found(old: str, new: str) -> Iterator[griffe.Breakage]:
    before, after = (griffe.visit("constructs_lib", Path("interface.pyi"), code) for code in (old, new))
    return griffe.find_breaking_changes(before, after)


def _change(found: griffe.Breakage) -> Change:
    what = found.kind.value.lower()
    if found.kind is griffe.BreakageKind.PARAMETER_CHANGED_DEFAULT:
        what = f"{what}, {found.old_value.default} to {found.new_value.default}"
    return Change(_names(found), what)


def _names(found: griffe.Breakage) -> tuple[str, ...]:
    """The class or function, the method, the argument."""
    names = [name for name in found.obj.path.split(".")[1:] if name != "__init__"]
    value = found.old_value or found.new_value
    return (*names, value.name) if isinstance(value, griffe.Parameter) else tuple(names)
