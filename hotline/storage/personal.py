"""G3, PIPL 45 and 47: which columns hold something of persons outside.

A feature declares all columns of its tables that can hold a text, as `COLUMNS` in a module `person` of its folder. A
test walks all tables and finds what nobody declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Boolean, Column, Float, Integer, Table

from hotline.discovery import gathered
from hotline.storage.tables import alert, job_run, lease, outbox, workflow_step
from hotline.storage.types import UtcDateTime


class Holds(StrEnum):
    """What a column holds that is nothing of a person outside."""

    CODE = "one of a few words of ours"
    ID = "what a row, a call, a channel or a case is known by"
    STAFF = "who of our own people, or their data"
    WORK = "words about our own people's work, which name no person outside"
    SETTING = "what the settings or a supervisor named"
    HASH = "a hash"
    PATH = "a file's name, made of moments and ids"
    TECHNICAL = "what machines say of themselves"


@dataclass(frozen=True, slots=True)
class PersonalTable:
    """The columns of a table. Names of columns stand in one text, divided by blanks.

    `part`: the part of a person's copy that gives out `copied` and deletes `erased`, by its name
    (hotline.services.personal). `not_copied`: a personal column, and why it is not given out; `kept`: one, and the law
    or rule for which it is never deleted. `repeats`: what stands elsewhere once more, and goes with that. `nothing`:
    all the others, by what they hold.
    """

    table: Table
    part: str = ""
    copied: str = ""
    erased: str = ""
    repeats: str = ""
    not_copied: Mapping[str, str] = field(default_factory=dict, hash=False)
    kept: Mapping[str, str] = field(default_factory=dict, hash=False)
    nothing: Mapping[Holds, str] = field(default_factory=dict, hash=False)


def can_hold_words(column: Column[object]) -> bool:
    """Whether a person's number, name or words can stand in it."""
    return not isinstance(column.type, Integer | Float | Boolean | UtcDateTime)


def personal_tables() -> tuple[PersonalTable, ...]:
    """Of all features. Raises TypeError for a feature whose module tells none."""
    told = gathered("hotline.storage", "person", "COLUMNS", tuple)
    return (*_SHARED, *(table for tables in told for table in tables))


#: Of the tables that all features share.
_SHARED = (
    PersonalTable(outbox, nothing={Holds.CODE: "topic", Holds.ID: "payload"}),
    PersonalTable(alert, nothing={Holds.CODE: "kind", Holds.ID: "object", Holds.TECHNICAL: "detail arguments"}),
    PersonalTable(lease, nothing={Holds.TECHNICAL: "name holder"}),
    # What is done to a person's own request is written down without words (hotline.services.retention.privacy).
    PersonalTable(
        workflow_step,
        part="examinations",
        erased="given",
        not_copied={"given": "it judges the work of one of our own people, whose data it is too (PIPL art. 4)"},
        nothing={Holds.CODE: "subject act before after", Holds.STAFF: "by"},
    ),
    PersonalTable(job_run, nothing={Holds.TECHNICAL: "job slot"}),
)
