"""Numbers in one spelling, and the numbers that callers keep back"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

#: Columns that hold a number and nothing else that hangs on its spelling.
_PLAIN = (
    ("call_form", "number"),
    ("service_case", "caller_number"),
    ("blocked_number", "number"),
    ("directory_message", "caller_number"),
    ("privacy_request", "number"),
)
_AT_ONCE = 500


def upgrade() -> None:
    op.add_column("call", sa.Column("caller_kept_back", sa.Text(), server_default="", nullable=False))
    kept_back = sa.text("caller_kept_back != ''")
    op.create_index(
        "ix_call_kept_back", "call", ["caller_kept_back"], sqlite_where=kept_back, postgresql_where=kept_back
    )
    connection = op.get_bind()
    for table, column in _PLAIN:
        _mend(connection, table, column, _set)
    _mend(connection, "callback", "number", _set_callback)
    _mend(connection, "customer_number", "number", _set_customer_number)
    _mend(connection, "block_request", "number", _set_block_request)
    _mend(connection, "directory_person", "number", _set)
    _mend_calls(connection)


Change = Callable[[sa.Connection, str, str, str, str], None]


def _mend(connection: sa.Connection, table: str, column: str, change: Change) -> None:
    """Each spelling that stands in the column, as the one of its number."""
    found = connection.execute(sa.text(f"SELECT DISTINCT {column} FROM {table} WHERE {column} != ''")).scalars().all()
    for written in found:
        number = _read(written)
        if number != written:
            change(connection, table, column, written, number)


def _set(connection: sa.Connection, table: str, column: str, written: str, number: str) -> None:
    connection.execute(
        sa.text(f"UPDATE {table} SET {column} = :number WHERE {column} = :written"),
        {"number": number, "written": written},
    )


def _set_callback(connection: sa.Connection, table: str, column: str, written: str, number: str) -> None:
    """Two open ones may become one number: both stay, each is its own call's. What is no number is noted, so that
    whoever calls back sees what was left."""
    if not number:
        connection.execute(
            sa.text(
                "UPDATE callback SET note = CASE WHEN note = '' THEN :written ELSE note || ' ' || :written END "
                "WHERE number = :written AND closed_at IS NULL"
            ),
            {"written": written},
        )
    _set(connection, table, column, written, number)


def _set_customer_number(connection: sa.Connection, table: str, column: str, written: str, number: str) -> None:
    """A customer who had it in two spellings has it once."""
    connection.execute(
        sa.text(
            "DELETE FROM customer_number WHERE number = :written AND EXISTS (SELECT 1 FROM customer_number AS same "
            "WHERE same.customer_id = customer_number.customer_id AND same.extension = customer_number.extension "
            "AND same.number = :number)"
        ),
        {"written": written, "number": number},
    )
    if number:
        _set(connection, table, column, written, number)


def _set_block_request(connection: sa.Connection, table: str, column: str, written: str, number: str) -> None:
    """One open request a number: the earlier one is still to be decided, the other is what was asked already."""
    connection.execute(
        sa.text(
            "UPDATE block_request SET decision = 'refused', decided_by = 'upgrade', decided_at = asked_at, "
            "note = 'asked already' WHERE number = :written AND decided_at IS NULL AND EXISTS (SELECT 1 FROM "
            "block_request AS same WHERE same.number = :number AND same.decided_at IS NULL)"
        ),
        {"written": written, "number": number},
    )
    _set(connection, table, column, written, number)


def _mend_calls(connection: sa.Connection) -> None:
    """Columns and the whole record beside them. A house phone's extension is no number; what could not be read before
    and can be now, is read."""
    call = sa.table(
        "call",
        sa.column("id"),
        sa.column("caller_number"),
        sa.column("caller_original"),
        sa.column("direction"),
        sa.column("detail", sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
    )
    left = call.c.detail["callback_number"].as_string()
    spelt = sa.or_(call.c.caller_number != "", call.c.caller_original != "", sa.and_(left.is_not(None), left != ""))
    columns = (call.c.id, call.c.caller_number, call.c.caller_original, call.c.direction, left.label("left"))
    last = 0
    while rows := connection.execute(
        sa.select(*columns).where(spelt, call.c.id > last).order_by(call.c.id).limit(_AT_ONCE)
    ).all():
        last = rows[-1].id
        wanted = {row.id: fixed for row in rows if (fixed := _fixed(row))}
        if not wanted:
            continue
        for each in connection.execute(sa.select(call.c.id, call.c.detail).where(call.c.id.in_(wanted))).all():
            number, callback_number = wanted[each.id]
            detail = {
                **each.detail,
                "caller": {**each.detail["caller"], "number": number},
                "callback_number": callback_number,
            }
            connection.execute(sa.update(call).where(call.c.id == each.id).values(caller_number=number, detail=detail))


def _fixed(row: Any) -> tuple[str, str] | None:
    """The caller's and the callback's number as they should be; None where they are."""
    number = _read(row.caller_number or row.caller_original) if row.direction == "inbound" else ""
    if row.direction == "line_test":
        number = _read(row.caller_number)
    fixed = number, _read(row.left or "")
    return None if fixed == (row.caller_number, row.left or "") else fixed


# How numbers were read when this revision was written: what it means must not change with the program.

_AREA = r"(?:(?:\+86|0086)0?|0)"
_CODE = r"(?:10|2[0-9]|[3-9][0-9]{2})"
_NATIONWIDE = r"95[0-9]{3}|950[0-9]{5}|951[03][0-9]{4}|10[0-9]{3}|111[0-9]{2}|11[68][0-9]{3}"
_CITYWIDE = r"12[0-9]{3}|96[0-9]{3,4}"
_HOME = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^{_AREA}{_CODE}({_NATIONWIDE})$",
        rf"^{_AREA}({_CODE}(?:{_CITYWIDE}))$",
        rf"^(?:\+86|0086)?({_NATIONWIDE}|{_CITYWIDE}|9[56][0-9]{{3,6}})$",
        r"^(?:\+86|0086|86)?0?(1[3-9][0-9]{9})$",
        # No number in America, where an exchange begins with 2 to 9.
        r"^00(1[3-9][0-9]{2}[01][0-9]{6})$",
        r"^(?:\+86|0086|86)?0?([48]00[0-9]{7})$",
        r"^(?:(?:\+86|0086|86)0?|0)((?:10|2[0-9])[0-9]{8}|[3-9][0-9]{2}[0-9]{7,8})$",
        r"^((?:10|2[0-9])[2-8][0-9]{7}|[3-9][0-9]{2}[2-8][0-9]{6,7})$",
    )
)
_ABROAD = re.compile(r"^(?:\+|00)([1-9][0-9]{6,14})$")


def _read(written: str) -> str:
    """+86… or +…, "" for no number."""
    plain = unicodedata.normalize("NFKC", written.partition(";")[0])
    text = "".join(character for character in plain if unicodedata.category(character) != "Cf")
    digits = re.sub(r"[\s().\-\u2010-\u2015]", "", text)
    for pattern in _HOME:
        if found := pattern.match(digits):
            return f"+86{found.group(1)}"
    if digits.startswith("+86") or re.match(r"^\+?0+$", digits):
        return digits if re.match(r"^\+86[1-9][0-9]{4,11}$", digits) else ""
    abroad = _ABROAD.match(digits)
    return f"+{abroad.group(1)}" if abroad else ""
