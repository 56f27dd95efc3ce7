#!/usr/bin/env python
"""What `cdk8s init python-app` begins, with a cache in its chart."""

from cdk8s import App, Chart
from constructs import Construct

from constructs_lib import Client, DragonflyCache, DragonflyNetworkPolicy


class Shop(Chart):
    """A shop's cache; what the shop runs itself stands beside it."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id, namespace="shop")
        self.cache = DragonflyCache(self, "cache", name="pages", replicas=2, profile="cache")
        DragonflyNetworkPolicy(
            self, "network-policy", cache=self.cache, clients=[Client(namespace="shop", pod_labels={"app": "web"})]
        )


app = App()
Shop(app, "shop")

app.synth()
