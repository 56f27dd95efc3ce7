"""Write the generated parts of the documentation: references, users, checks, directives, pictures.

    python -m tools.docs

Every variable, argument, command and effect is described where it is defined; here it is only laid out.
"""

from __future__ import annotations

import json
from pathlib import Path

from constructs_lib.config.schema import config_schema
from constructs_lib.review.changes.model import Effect
from tools.docs import (
    draw_dashboard,
    draw_review,
    draw_stack,
    make_check_list,
    make_redis_tables,
    make_user_table,
    record_dashboard,
)
from tools.docs.make_command_page import commands
from tools.docs.make_construct_page import constructs
from tools.docs.make_variable_pages import variable_pages
from tools.docs.markdown import MARK, table
from tools.release import interface, surface

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Write them all."""
    for path, text in generated().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text)
    make_user_table.main()
    make_check_list.main()
    make_redis_tables.main()
    interface.main()
    surface.main()
    draw_stack.main()
    draw_review.main()
    record_dashboard.main()
    draw_dashboard.main()


def generated() -> dict[str, str]:
    """Every file that is generated as a whole, by its path."""
    pages = {
        **variable_pages(),
        "constructs.md": constructs(),
        "reference/commands.md": commands(),
        "reference/effects.md": effects(),
    }
    return {"cluster.schema.json": cluster_schema(), **{f"docs/{path}": text for path, text in pages.items()}}


def effects() -> str:
    """The reference of effects."""
    rows = [(f"`{each.id}`", each.severity.value, each.meaning) for each in Effect]
    return "\n".join(
        [
            "# Effects",
            "",
            MARK,
            "",
            "What a change does on the cluster, as [a review](../review.md) says it. From the worst to",
            "the least; a change may have several. `--fail-on` takes their names and their severities.",
            "",
            *table(("effect", "severity", "what happens"), rows),
            "",
        ]
    )


def cluster_schema() -> str:
    """The JSON Schema of `cluster.yaml`."""
    return json.dumps(config_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
