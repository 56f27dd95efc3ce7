"""What every cache of the house has: three pods that pass `restricted`, and a policy that lets in whom it names."""

from typing import Any, ClassVar

from constructs import Construct

from constructs_lib import DragonflyCache, DragonflyNetworkPolicy, arguments_of


class HouseCache(DragonflyCache):
    """A `DragonflyCache` with the house's defaults. It takes all arguments of one, and what is given wins."""

    HOUSE: ClassVar[dict[str, Any]] = {"replicas": 3, "memory_limit": "2Gi", "pod_security": "restricted"}

    @arguments_of(DragonflyCache)
    def __init__(self, scope: Construct, id: str, **given: Any) -> None:
        super().__init__(scope, id, **(self.HOUSE | given))
        DragonflyNetworkPolicy(self, "network-policy", cache=self, prometheus_namespace="monitoring")
