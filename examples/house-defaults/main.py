"""Two teams, each with a chart of its own and a cache as the house has them."""

from cdk8s import App, Chart, YamlOutputType
from constructs import Construct
from house import HouseCache


class Orders(Chart):
    """The team that takes orders: the house's cache as it is, and a larger one for jobs."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id, namespace="orders")
        HouseCache(self, "carts", name="carts", profile="session").allow_from("orders")
        HouseCache(self, "jobs", name="jobs", profile="queue", memory_limit="4Gi").allow_from("orders")


class Search(Chart):
    """The team that searches: what is lost is asked for again, so one pod is enough."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id, namespace="search")
        HouseCache(self, "results", name="results", profile="cache", replicas=1).allow_from("search")


app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, output_file_extension=".yaml")
Orders(app, "orders")
Search(app, "search")
app.synth()
