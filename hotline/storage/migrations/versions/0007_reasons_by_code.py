"""Reasons that were stored as English sentences, by code and values

Why a recording was deleted, why a passing on failed, why a line's test or a
transcript failed. What cannot be read stays as it stands,
under the code storage.legacy.
"""

from __future__ import annotations

import json
import re

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_AT_ONCE = 500
#: What is by code already.
_DONE = '{"code": %'

_DELETED = re.compile(
    r"E2: time over on (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:, category (?P<category>[a-z0-9_-]+))?"
    r"(?:; G3: request (?P<request>[0-9]{1,18}))?"
)
_NOT_ARRIVED = re.compile(r"the test call did not arrive within (?P<seconds>[0-9]{1,9}) s")
_NOT_BEGUN = re.compile(r"the test call could not be begun: (?P<why>.+)", re.DOTALL)
_TRANSFERS = {
    "nobody took it": "operators.nobody_took_it",
    "the caller was gone": "operators.caller_was_gone",
    "the caller's consent was expected: a caller is passed on only with it (A12)": "operators.transfer_consent",
    "the caller has hung up": "calls.caller_hung_up",
}

_TRANSCRIPTS = {
    "the recording is not there (any more)": "quality.recording_gone",
    "the recording has no such side": "quality.no_such_side",
}

Stored = dict[str, object]


def upgrade() -> None:
    connection = op.get_bind()
    for table, column, read in (
        ("recording_deletion", "why", _deleted),
        ("call_transfer", "problem", _transfer),
        ("line_test", "detail", _line_test),
        ("transcript", "problem", _transcript),
    ):
        _translate(connection, table, column, read)


def _translate(connection: sa.Connection, name: str, column: str, read: object) -> None:
    """Each different sentence once: there are few, however many rows."""
    table = sa.table(name, sa.column(column))
    text = table.c[column]
    last = ""
    while found := list(
        connection.scalars(
            sa.select(text)
            .where(text > last, text != "", text.not_like(_DONE))
            .distinct()
            .order_by(text)
            .limit(_AT_ONCE)
        )
    ):
        last = found[-1]
        for sentence in found:
            stored = json.dumps(read(sentence), ensure_ascii=False, sort_keys=True)  # type: ignore[operator]
            connection.execute(table.update().where(text == sentence).values({column: stored}))


def _deleted(sentence: str) -> Stored:
    found = _DELETED.fullmatch(sentence)
    if found is None:
        return _legacy(sentence)
    code = (
        "retention.time_over"
        + ("_of_category" if found["category"] else "")
        + ("_and_asked" if found["request"] else "")
    )
    values: Stored = {"day": found["day"]}
    if found["category"]:
        values["category"] = found["category"]
    if found["request"]:
        values["request"] = int(found["request"])
    return {"code": code, "values": values}


def _transfer(sentence: str) -> Stored:
    code = _TRANSFERS.get(sentence)
    return {"code": code, "values": {}} if code else _legacy(sentence)


def _transcript(sentence: str) -> Stored:
    code = _TRANSCRIPTS.get(sentence)
    return {"code": code, "values": {}} if code else _legacy(sentence)


def _line_test(sentence: str) -> Stored:
    if found := _NOT_ARRIVED.fullmatch(sentence):
        return {"code": "line.test_did_not_arrive", "values": {"seconds": int(found["seconds"])}}
    if found := _NOT_BEGUN.fullmatch(sentence):
        return {"code": "line.test_not_begun", "values": {"why": found["why"]}}
    return _legacy(sentence)


def _legacy(sentence: str) -> Stored:
    return {"code": "storage.legacy", "values": {"text": sentence}}
