"""References to other objects, by which arguments name them: each a model of its own, as strict as an argument."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema

from constructs_lib.arguments.findings import findings_of
from constructs_lib.arguments.types import ObjectName, SecretKeyName
from constructs_lib.errors import InvalidArguments
from constructs_lib.values.cdk8s_objects import SecretLike, SecretValueLike, is_like, read

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


SecretKeyReference = SecretKey | SecretValueLike | SecretLike
"""A `SecretKey`, a mapping with its two fields, or an object of cdk8s-plus; goes with `InSecret`."""


@dataclass(frozen=True, slots=True)
class InSecret:
    """Has an argument take a `SecretKeyReference`; a Secret alone stands for that key of it."""

    key: str

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        hint = Annotated[SecretKey, Field(strict=False), BeforeValidator(self._read)]
        return handler.generate_schema(hint)

    def _read(self, value: Any) -> Any:
        if is_like(SecretLike, value):
            return {"name": read(SecretLike, value), "key": self.key}
        return read(SecretValueLike, value)


def secret_key_of(reference: SecretKeyReference) -> SecretKey:
    """The key that a validated reference is."""
    assert isinstance(reference, SecretKey)
    return reference
