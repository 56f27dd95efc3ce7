"""A custom resource: checked by its generated binding, open to every JSON patch.

A binding's own object drops what its schema does not know when it is written, JSON patches of the user included.
So the binding makes the manifest, which checks every name and type, and a plain `ApiObject` carries it.
"""

from __future__ import annotations

from typing import Any

from cdk8s import ApiObject, ApiObjectMetadata, JsonPatch
from constructs import Construct


def resource(scope: Construct, id: str, binding: Any, spec: Any, **metadata: Any) -> ApiObject:
    """Add a custom resource to the tree.

    Args:
        scope: the construct that it belongs to.
        id: its name in the tree.
        binding: the generated class, such as `Dragonfly`.
        spec: the binding's spec, as its struct or as a dict in snake case.
        **metadata: `name`, `namespace`, `labels`, `annotations`.
    """
    manifest = binding.manifest(spec=spec)
    api_object = ApiObject(
        scope,
        id,
        api_version=manifest["apiVersion"],
        kind=manifest["kind"],
        metadata=ApiObjectMetadata(**metadata),
    )
    api_object.add_json_patch(JsonPatch.add("/spec", manifest["spec"]))
    return api_object
