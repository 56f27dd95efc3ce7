"""What only the finished tree can tell, found when the app is synthesized: one validation an app, whatever is in it.

Warnings are warned of; an error ends the synthesis, and cdk8s raises with all of them before anything is written.
"""

from __future__ import annotations

import warnings
from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import ClassVar, Self, cast
from weakref import WeakKeyDictionary

import jsii
from constructs import Construct, IValidation

from constructs_lib.construct.keyword_arguments import describe, users_level
from constructs_lib.errors import ArgumentWarning, Finding

IsGone = Callable[[object], bool]
"""Whether a construct is in the tree no longer: `node.try_remove_child` takes it out, and tells nobody."""


class AppValidation(Construct, metaclass=jsii.JSIIAbstractClass):
    """A child of the app's root that validates the app; made once, by who asks for it first.

    A validation costs two calls to Node, so there is one an app and not one a construct.
    """

    ID: ClassVar[str]
    """Its name in the tree, which no chart has: with a colon in it."""

    def __init__(self, root: Construct) -> None:
        super().__init__(root, self.ID)
        self.node.add_validation(_Validation(self))

    @classmethod
    def of(cls, scope: Construct) -> Self:
        """That of the app which a construct belongs to."""
        known = _KNOWN.get(scope)
        if not isinstance(known, cls):
            root = cast("Construct", scope.node.root)
            known = _KNOWN.get(root)
        if not isinstance(known, cls):
            # An app that Python did not make is another object each time: only the tree knows.
            found = root.node.try_find_child(cls.ID)
            known = _KNOWN[root] = found if isinstance(found, cls) else cls(root)
        known.covers(scope)
        return known

    def covers(self, scope: Construct) -> None:
        """Know a construct as one of this app, so that the tree need not be asked."""
        _KNOWN[scope] = self

    @abstractmethod
    def forget(self, is_gone: IsGone) -> None:
        """Leave out what its user took out of the tree: it is not written, and says nothing."""

    @abstractmethod
    def findings(self) -> Iterator[tuple[Construct, Finding]]:
        """What is wrong or worth a warning, each with the construct that it is about."""

    def finish(self) -> None:
        """What is to be done once nothing was found wrong."""


_KNOWN: WeakKeyDictionary[Construct, AppValidation] = WeakKeyDictionary()
"""By the app's root, and by what is known to be in it: to ask the tree is two calls to Node for each construct."""


@jsii.implements(IValidation)
class _Validation:
    """cdk8s validates an app once for each chart that it writes to a file: each thing is said once all the same."""

    def __init__(self, validation: AppValidation) -> None:
        self._validation = validation
        self._names: dict[int, str] = {}
        self._warned: set[str] = set()
        self._has_looked = False

    def validate(self) -> list[str]:
        """What cdk8s calls: the errors, each with its construct."""
        first, self._has_looked = not self._has_looked, True
        if first:
            self._look_at_the_tree()
        found = self._new_findings()
        if found and not first:
            # Before anything is said of a construct: is it still there? Where nothing is said, nothing is asked.
            self._look_at_the_tree()
            found = self._new_findings()
        errors = [line for line, finding in found if finding.is_error]
        for line in dict.fromkeys(line for line, finding in found if finding.is_warning):
            self._warned.add(line)
            warnings.warn(line, ArgumentWarning, stacklevel=users_level())
        if not errors:
            self._validation.finish()
        return errors

    def _new_findings(self) -> list[tuple[str, Finding]]:
        """Every error, and each warning that was not given yet, as a line."""
        lines = [(f"{self._name(construct)}: {finding}", finding) for construct, finding in self._validation.findings()]
        return [(line, finding) for line, finding in lines if line not in self._warned]

    def _look_at_the_tree(self) -> None:
        # One call, whose answer is the longer the larger the app is.
        standing = {id(construct) for construct in cast("Construct", self._validation.node.root).node.find_all()}
        self._validation.forget(lambda construct: id(construct) not in standing)

    def _name(self, construct: Construct) -> str:
        # Asking for a path is a call to Node.
        if id(construct) not in self._names:
            self._names[id(construct)] = describe(construct)
        return self._names[id(construct)]
