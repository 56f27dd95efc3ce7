"""The types of two stubs compared: an argument takes at least what it took, what is given is at most what it was."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tools.release.changelog import Change

Names = tuple[str, ...]

WIDER = {
    "bool": ("int", "float"),
    "int": ("float",),
    "dict": ("Mapping",),
    "list": ("Sequence", "Iterable"),
    "tuple": ("Sequence", "Iterable"),
}
"""Of types of Python's own, those that each is one of too."""

ANYTHING = ("Any", "object")


def is_refused(old: str, new: str) -> Iterator[Change]:
    """Arguments of which a type, or a value of a `Literal`, is taken no longer."""
    before, after = _Stub.of(old), _Stub.of(new)
    for names, was in before.taken.items():
        lost = after.not_among(was, after.taken.get(names))
        if lost:
            yield Change((*names, *_literals(lost)), f"takes {_list(lost)} no longer")


def is_taken_now(old: str, new: str) -> Iterator[Change]:
    """Arguments that take a type, or a value of a `Literal`, which they refused."""
    before, after = _Stub.of(old), _Stub.of(new)
    for names, now in after.taken.items():
        gained = after.not_among(now, before.taken.get(names))
        if gained:
            yield Change((*names, *_literals(gained)), f"takes {_list(gained)} too")


def is_another(old: str, new: str) -> Iterator[Change]:
    """Attributes and results that may be what they never were."""
    before, after = _Stub.of(old), _Stub.of(new)
    for names, was in before.given.items():
        now = after.given.get(names)
        if now is not None and after.not_among(now, was):
            yield Change(names, f"type was changed, {ast.unparse(was)} to {ast.unparse(now)}")


@dataclass(slots=True)
class _Stub:
    """The types of a stub, by the names of what has them: class, method, argument."""

    taken: dict[Names, ast.expr] = field(default_factory=dict)
    """Of arguments."""
    given: dict[Names, ast.expr] = field(default_factory=dict)
    """Of attributes, and of what functions return."""
    bases: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> _Stub:
        stub = cls()
        stub._read(ast.parse(text).body, ())
        return stub

    def not_among(self, types: ast.expr, wanted: ast.expr | None) -> list[ast.expr]:
        """The members of a type of which another, where there is one, has none that they are."""
        if wanted is None:
            return []
        among = _members(wanted)
        return [each for each in _members(types) if not any(self._is(each, other) for other in among)]

    def _read(self, statements: list[ast.stmt], above: Names) -> None:
        for each in statements:
            if isinstance(each, ast.ClassDef):
                self.bases[each.name] = [ast.unparse(base) for base in each.bases]
                self._read(each.body, (*above, each.name))
            elif isinstance(each, ast.AnnAssign):
                self.given[(*above, ast.unparse(each.target))] = each.annotation
            elif isinstance(each, ast.FunctionDef):
                self._read_function(each, above if each.name == "__init__" else (*above, each.name))

    def _read_function(self, function: ast.FunctionDef, names: Names) -> None:
        arguments = function.args
        for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
            if each is not None and each.annotation is not None:
                self.taken[(*names, each.arg)] = each.annotation
        if function.returns is not None and function.name != "__init__":
            self.given[names] = function.returns

    def _is(self, one: ast.expr, other: ast.expr) -> bool:
        """Whether each value of one type, no union, is one of the other too."""
        if ast.dump(one) == ast.dump(other) or (isinstance(other, ast.Name) and other.id in ANYTHING):
            return True
        if isinstance(one, ast.Constant) and isinstance(other, ast.Name):
            kind = type(one.value).__name__
            return other.id in (kind, *_above(kind, WIDER))
        if isinstance(one, ast.Name):
            return isinstance(other, ast.Name) and other.id in _above(one.id, {**WIDER, **self.bases})
        if isinstance(one, ast.Subscript):
            head = ast.unparse(one.value)
            heads = (head, *_above(head, WIDER))
            if isinstance(other, ast.Subscript):
                return ast.unparse(other.value) in heads and self._have(one, other)
            return ast.unparse(other) in heads
        return False

    def _have(self, one: ast.Subscript, other: ast.Subscript) -> bool:
        """Whether what stands in brackets is, one by one, what stands in the others."""
        inner, wanted = _in_brackets(one), _in_brackets(other)
        if ast.dump(one.value) != ast.dump(other.value):  # a tuple of any length as a sequence
            inner = [each for each in inner if ast.unparse(each) != "..."]
        return len(inner) == len(wanted) and not any(map(self.not_among, inner, wanted))


def _members(types: ast.expr) -> list[ast.expr]:
    """Of a union its types, of a `Literal` its values."""
    if isinstance(types, ast.BinOp) and isinstance(types.op, ast.BitOr):
        return [*_members(types.left), *_members(types.right)]
    if isinstance(types, ast.Subscript) and ast.unparse(types.value) == "Literal":
        return _in_brackets(types)
    return [types]


def _in_brackets(type_: ast.Subscript) -> list[ast.expr]:
    return type_.slice.elts if isinstance(type_.slice, ast.Tuple) else [type_.slice]


def _above(name: str, bases: Mapping[str, list[str] | tuple[str, ...]]) -> Iterator[str]:
    for base in bases.get(name, ()):
        yield base
        yield from _above(base, bases)


def _literals(types: list[ast.expr]) -> Iterator[str]:
    """Of what is lost the values, by which a reader looks for it."""
    return (str(each.value) for each in types if isinstance(each, ast.Constant) and each.value is not None)


def _list(types: list[ast.expr]) -> str:
    return ", ".join(map(ast.unparse, types))
