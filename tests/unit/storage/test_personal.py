"""G3: every column that can hold something of a person outside is declared by the feature whose table it is."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from hotline.services.personal import parts
from hotline.storage.personal import Holds, PersonalTable, personal_tables
from hotline.storage.schema import metadata
from hotline.storage.types import Json, PhoneNumber, UtcDateTime, Words
from tests.support.personal_columns import mistakes

VISIT = Table(
    "visit",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("number", PhoneNumber),
    Column("answers", Json),
    Column("asked_by", Words),
    Column("asked_at", UtcDateTime),
)
ALL = {"part": "visits", "copied": "number answers", "erased": "number answers", "nothing": {Holds.STAFF: "asked_by"}}


def test_g3_each_column_is_copied_and_deleted_by_one_part_or_says_why_not() -> None:
    found = mistakes(metadata.tables.values(), personal_tables(), [part.name for part in parts()])
    assert not found, "\n".join(found)


def test_no_part_is_named_twice_and_none_has_anothers_place() -> None:
    assert len({part.name for part in parts()}) == len({part.place for part in parts()}) == len(parts())


def test_every_table_and_folder_of_a_copy_is_told_of_in_its_readme_in_both_languages() -> None:
    copied = {told.part for told in personal_tables() if told.copied}
    for part in parts():
        assert all(part.name in words for words in part.readme) is (part.name in copied), part.name


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ""),
        ({"copied": "number", "erased": "number"}, "visit.answers: nobody tells"),
        ({"copied": "number"}, "visit.answers: it must stand once"),
        ({"copied": "number", "not_copied": {"answers": "why"}}, ""),
        ({"erased": "number", "kept": {"answers": "why"}}, ""),
        ({"kept": {"answers": "why"}}, "visit.answers: it must stand once"),
        ({"copied": "number", "erased": "number", "repeats": "answers"}, ""),
        ({"nothing": {Holds.STAFF: "asked_by number"}}, "visit.number: it must stand once"),
        ({"nothing": {}}, "visit.asked_by: nobody tells"),
        ({"nothing": {Holds.STAFF: "asked_by", Holds.CODE: "asked_at"}}, "visit.asked_at: there is no such column"),
        ({"part": "journeys"}, "must have one part named 'journeys'"),
        ({"part": ""}, "visit: part must name"),
    ],
)
def test_a_new_table_is_told_what_to_write_where(changed: dict[str, object], expected: str) -> None:
    told = PersonalTable(VISIT, **{**ALL, **changed})  # type: ignore[arg-type]
    found = mistakes([VISIT], [told], ["visits"])
    assert [mistake for mistake in found if expected not in mistake or "hotline/" not in mistake] == []
    assert bool(found) is bool(expected)


def test_a_table_that_nobody_or_several_declare_is_one_too_few_or_many() -> None:
    told = PersonalTable(VISIT, **ALL)  # type: ignore[arg-type]
    for some in ([], [told, told]):
        [found] = mistakes([VISIT], some, ["visits"])
        assert f"{len(some)} features tell of it" in found and "hotline/storage/<its feature>/person.py" in found
