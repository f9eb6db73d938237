"""What features tell of themselves is found."""

from pathlib import Path

import pytest
from sqlalchemy import Table

import hotline.storage
from hotline.discovery import gathered, modules


def test_each_features_module_of_the_role_is_found_and_no_others() -> None:
    storage = Path(hotline.storage.__file__).parent
    folders = {path.parent.name for path in storage.glob("*/tables.py")}
    assert {each.__name__ for each in modules("hotline.storage", "tables")} == {
        f"hotline.storage.{folder}.tables" for folder in folders
    }
    assert modules("hotline.storage", "no_such_role") == ()


@pytest.mark.parametrize("name", ["no_such_name", "__doc__"])
def test_what_is_not_there_or_of_another_kind_is_told_with_its_module(name: str) -> None:
    with pytest.raises(TypeError, match=rf"hotline\.storage\.accounts\.tables: {name} must be a Table"):
        gathered("hotline.storage", "tables", name, Table)
