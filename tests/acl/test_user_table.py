"""The guide to users shows what the rules say."""

from constructs_lib.acl.lines import CLOSED_DEFAULT_LINE
from tools.docs.make_user_table import GUIDE, user_table


def test_the_guide_has_the_table_as_it_is_generated() -> None:
    assert user_table() in GUIDE.read_text("utf-8"), "run tools/docs/make_user_table.py"


def test_the_guide_closes_default_as_the_file_does() -> None:
    assert f"`{CLOSED_DEFAULT_LINE}`" in GUIDE.read_text("utf-8")
