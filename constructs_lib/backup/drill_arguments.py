"""Arguments of a `DragonflyRestoreDrill`: when a restore is tried, and how it is told."""

import re
from typing import Annotated

from pydantic import Field, PlainValidator

from constructs_lib.arguments.model import Arguments, Meaning
from constructs_lib.arguments.types import MemoryAmount, PositiveSeconds, Schedule
from constructs_lib.values.redact import redact


def _gateway(text: object) -> str:
    if isinstance(text, str) and re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[\w./-]*)?", text, re.ASCII):
        return text
    raise ValueError(f"{redact(text)} is no Pushgateway; accepted: http://HOST:PORT")


class RestoreDrillArguments(Arguments):
    """A CronJob that loads the newest snapshot into a throw-away Dragonfly and counts its keys."""

    schedule: Annotated[Schedule, Meaning("When a restore is tried; UTC.")] = "30 5 * * 1"
    tolerance: Annotated[
        float,
        Field(ge=0, le=1),
        Meaning("How far the number of keys may be from the living cache's, as a share of the larger; 1 for any."),
    ] = 0.2
    compare_with_live: Annotated[bool, Meaning("Compare the number of keys with the living cache's.")] = True
    pushgateway: Annotated[
        Annotated[str, PlainValidator(_gateway, json_schema_input_type=str)] | None,
        Meaning(
            "Pushgateway for the drill's metrics, as http://HOST:PORT. Without it the alert reads the CronJob's last "
            "success from kube-state-metrics."
        ),
    ] = None
    memory_limit: Annotated[
        MemoryAmount | None,
        Meaning("Memory of the throw-away Dragonfly.", unit="bytes", default="the cache's own"),
    ] = None
    storage: Annotated[
        MemoryAmount | None,
        Meaning("Room for the snapshot on the node's disk.", unit="bytes", default="twice the cache's `maxmemory`"),
    ] = None
    deadline: Annotated[PositiveSeconds, Meaning("When a drill has failed that is not done.", unit="seconds")] = 3600
