"""References to other objects, by which arguments name them: each a model of its own, as strict as an argument."""

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from constructs_lib.arguments.findings import findings_of
from constructs_lib.arguments.types import ObjectName, SecretKeyName
from constructs_lib.errors import InvalidArguments

if TYPE_CHECKING:
    # To a type checker a Reference is an ordinary model, with the signature that its fields give it.
    from pydantic._internal._model_construction import ModelMetaclass as _ReferenceMeta
else:

    class _ReferenceMeta(type(BaseModel)):
        """Makes a wrong value of a user's the same error as a wrong argument of a construct."""

        def __call__(cls, *args, **kwargs):
            try:
                return super().__call__(*args, **kwargs)
            except ValidationError as error:
                errors = findings_of(cls, error)
            raise InvalidArguments(cls.__name__, errors)


class Reference(BaseModel, metaclass=_ReferenceMeta):
    """A reference to another object, validated as strictly as an argument.

    Raises:
        InvalidArguments: (when it is made) with every error of its fields.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class SecretKey(Reference):
    """One key of a Secret: `SecretKey(name="dragonfly-auth", key="password")`."""

    name: ObjectName
    key: SecretKeyName


SecretKeyReference = Annotated[SecretKey, Field(strict=False)]
"""A `SecretKey`, or a mapping with its two fields."""
