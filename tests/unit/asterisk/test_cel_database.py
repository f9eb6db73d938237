"""The CEL database: read while Asterisk writes, whoever made the table, nothing of a call in progress ever trimmed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hotline.asterisk.cel_database import CelDatabase, CelDatabaseError, prepare
from hotline.domain.calls.events import CelType

BEGAN = datetime(2026, 11, 22, 4, 38, 37, 183392, tzinfo=UTC)

#: What Asterisk 22 makes of it when there is no table: no types, so the times come back as text.
OWN_TABLE = (
    "CREATE TABLE cel (AcctId INTEGER PRIMARY KEY, eventtype,eventtime,linkedid,uniqueid,cidnum,cidname,exten,"
    "context,channame,appname,appdata,peer,eventextra,userdeftype)"
)


def write(path: Path, linkedid: str, *events: tuple[str, float], **columns: str) -> None:
    """As Asterisk does: every value quoted. Each event is a type and seconds after `BEGAN`."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for name, seconds in events:
            row = {
                "eventtype": name,
                "eventtime": f"{(BEGAN + timedelta(seconds=seconds)).timestamp():.6f}",
                "linkedid": linkedid,
                "uniqueid": linkedid,
                "cidnum": "",
                "cidname": "",
                "exten": "s",
                "context": "one",
                "channame": "PJSIP/trunk-1",
                "appname": "",
                "appdata": "",
                "peer": "",
                "eventextra": "",
                "userdeftype": "",
                **columns,
            }
            marks = ",".join("?" * len(row))
            connection.execute(f"INSERT INTO cel ({','.join(row)}) VALUES ({marks})", list(row.values()))


@pytest.fixture(params=["ours", "asterisk's"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "log" / "cel.db"
    path.parent.mkdir()
    if request.param == "ours":
        prepare(path)
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(OWN_TABLE)
    return path


def test_rows_come_as_typed_events_in_the_order_written(path: Path) -> None:
    write(path, "lab-1.0", ("CHAN_START", 0), ("STREAM_BEGIN", 0.1), ("ANSWER", 0.2))
    write(path, "lab-2.0", ("CHAN_START", 0))
    write(path, "lab-1.0", ("HANGUP", 0.1), eventextra='{"hangupcause":16}')
    events = CelDatabase(path).rows_of("lab-1.0")
    assert [event.type for event in events] == [CelType.CHAN_START, CelType.ANSWER, CelType.HANGUP]
    assert [event.at - BEGAN for event in events] == [timedelta(seconds=s) for s in (0, 0.2, 0.1)]
    assert events[2].extra == {"hangupcause": 16}


def test_a_user_events_row_has_its_own_name_as_type(path: Path) -> None:
    write(path, "lab-1.0", ("HL_MENU", 0), eventextra='{"extra":"key=1"}', userdeftype="HL_MENU")
    (event,) = CelDatabase(path).rows_of("lab-1.0")
    assert (event.type, event.user_event, event.extra) == (CelType.USER_DEFINED, "HL_MENU", {"extra": "key=1"})


def test_a_row_with_empty_columns_is_read(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO cel (eventtype, eventtime, linkedid) VALUES ('CHAN_START', 1.5, 'x')")
    (event,) = CelDatabase(path).rows_of("x")
    assert (event.number, event.app_data, event.user_event, dict(event.extra)) == ("", "", "", {})


def test_calls_with_news_are_found_by_the_time_of_their_latest_event(path: Path) -> None:
    write(path, "old", ("CHAN_START", 0), ("LINKEDID_END", 9))
    write(path, "long", ("CHAN_START", 1))
    write(path, "new", ("CHAN_START", 20))
    write(path, "long", ("HANGUP", 30))
    box = CelDatabase(path)
    found = box.linkedids_since(BEGAN + timedelta(seconds=10))
    assert found == [("new", BEGAN + timedelta(seconds=20)), ("long", BEGAN + timedelta(seconds=30))]
    assert [linkedid for linkedid, _ in box.linkedids_since(None)] == ["old", "new", "long"]


def test_whether_a_call_has_ended(path: Path) -> None:
    write(path, "a", ("CHAN_START", 0), ("LINKEDID_END", 9))
    write(path, "b", ("CHAN_START", 0), ("CHAN_END", 9))
    box = CelDatabase(path)
    assert (box.ended("a"), box.ended("b"), box.ended("never there")) == (True, False, False)


def test_trimming_takes_whole_calls_and_none_that_goes_on(path: Path) -> None:
    write(path, "old", ("CHAN_START", 0), ("LINKEDID_END", 9))
    write(path, "long", ("CHAN_START", 0), ("ANSWER", 1))
    write(path, "long", ("HANGUP", 100))
    box = CelDatabase(path)
    assert box.trim(BEGAN + timedelta(seconds=50)) == 2
    assert not box.rows_of("old")
    assert len(box.rows_of("long")) == 3
    assert box.trim(BEGAN + timedelta(seconds=50)) == 0


def test_more_calls_at_once_than_a_statement_takes_variables(path: Path) -> None:
    for number in (0, 700, 1999):
        write(path, f"lab-{number}", ("CHAN_START", 0))
    found = CelDatabase(path).rows_of_all([f"lab-{number}" for number in range(2000)])
    assert len(found) == 2000
    assert [linkedid for linkedid, events in found.items() if events] == ["lab-0", "lab-700", "lab-1999"]


def test_preparing_again_keeps_what_is_there(path: Path) -> None:
    write(path, "lab-1.0", ("CHAN_START", 0))
    prepare(path)
    prepare(path)
    assert len(CelDatabase(path).rows_of("lab-1.0")) == 1
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT 1 FROM cel WHERE eventtime >= '1795322317.183392'"
        ).fetchall()
    assert "cel_eventtime" in plan[0][3]


def test_reading_neither_waits_for_asterisk_nor_stops_it(tmp_path: Path) -> None:
    path = tmp_path / "cel.db"
    prepare(path)
    write(path, "lab-1.0", ("CHAN_START", 0))
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as asterisk:
        asterisk.execute("BEGIN IMMEDIATE")
        asterisk.execute("INSERT INTO cel (eventtype, eventtime, linkedid) VALUES ('ANSWER', 1, 'lab-1.0')")
        assert len(CelDatabase(path).rows_of("lab-1.0")) == 1
        asterisk.execute("COMMIT")
    assert len(CelDatabase(path).rows_of("lab-1.0")) == 2


def test_a_file_that_is_not_there_or_no_database_is_told(tmp_path: Path) -> None:
    with pytest.raises(CelDatabaseError, match=r"^asterisk.cel_unusable file=\S*cel\.db why="):
        CelDatabase(tmp_path / "cel.db").rows_of("x")
    assert not (tmp_path / "cel.db").exists()
    (tmp_path / "cel.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(CelDatabaseError):
        CelDatabase(tmp_path / "cel.db").linkedids_since(None)


def test_times_that_are_no_epoch_seconds_name_the_setting_that_is_wrong(path: Path) -> None:
    write(path, "x", ("CHAN_START", 0), eventtime="2026-11-22 04:38:37")
    with pytest.raises(CelDatabaseError, match=r"^asterisk.cel_time said="):
        CelDatabase(path).rows_of("x")
