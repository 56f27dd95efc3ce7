"""An API object that is rendered when the app is synthesized: of what is known then, whoever made it known.

cdk8s asks each object for its manifest at synth, and applies the user's JSON patches to what it is given. Here both are
Python's: `to_json` renders the fields and applies the patches to the whole, so that a patch is honoured wherever it
points, and no binding is loaded, whose own schema would drop what it does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cdk8s import ApiObject, ApiObjectMetadata, JsonPatch
from constructs import Construct

from constructs_lib.errors import DragonflyError

RESOURCE = "Resource"
"""The name in the tree of a construct's main object: by it `ApiObject.of(construct)` finds that, at no call to Node."""

Fields = Mapping[str, Any]
"""The fields of a manifest beside `apiVersion`, `kind` and `metadata`, by their YAML names."""


class RenderedObject(ApiObject):
    """An `ApiObject` whose fields are made by a function, each time that it is asked for its manifest.

    RenderedObject(self, RESOURCE, "dragonflydb.io/v1alpha1", "Dragonfly", lambda: {"spec": self._spec()},
                   name="sessions", namespace="cache")
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        api_version: str,
        kind: str,
        fields: Callable[[], Fields],
        *,
        name: str,
        namespace: str | None = None,
        labels: Mapping[str, str] | None = None,
        annotations: Mapping[str, str] | None = None,
        cluster_scoped: bool = False,
    ) -> None:
        # Before the object is made: cdk8s may ask for its manifest from then on.
        self._fields = fields
        self._cluster_scoped = cluster_scoped
        self._json_patches: list[JsonPatch] = []
        self._annotations: dict[str, str] = {}
        metadata = ApiObjectMetadata(name=name, namespace=namespace, labels=labels, annotations=annotations)
        super().__init__(scope, id, api_version=api_version, kind=kind, metadata=metadata)

    def annotate(self, key: str, value: str) -> None:
        """Have an annotation written where its user gives no such: `metadata.add_annotation`, at no call to Node."""
        self._annotations[key] = value

    def add_json_patch(self, *ops: JsonPatch) -> None:
        """Have operations applied to the manifest, after all that the library writes and in the order given."""
        for op in ops:
            if not isinstance(op, JsonPatch):
                raise TypeError(
                    f"{type(op).__name__} is no JSON patch; accepted: JsonPatch.add(path, value) and the like"
                )
        self._json_patches += ops

    def to_json(self) -> Any:
        """The manifest as it is now.

        Raises:
            DragonflyError: a JSON patch of the user's cannot be applied to it.
        """
        manifest = {**super().to_json(), **_sorted(self._fields())}
        metadata = manifest["metadata"]
        if self._cluster_scoped:
            # A chart gives its namespace to everything in it.
            metadata.pop("namespace", None)
        if self._annotations:
            annotations = {**self._annotations, **metadata.get("annotations", {})}
            manifest["metadata"] = _sorted({**metadata, "annotations": annotations})
        if not self._json_patches:
            return manifest
        try:
            return JsonPatch.apply(manifest, *self._json_patches)
        except RuntimeError as error:
            reason = str(error).partition("\n")[0]
            raise DragonflyError(
                f"{self.kind} '{self.node.path}': a JSON patch cannot be applied to it: {reason}"
            ) from None


def _sorted(value: Any) -> Any:
    """The same with the keys of each mapping in order, as cdk8s writes what it resolves itself."""
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [_sorted(item) for item in value]
    return value
