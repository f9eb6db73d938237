"""What Asterisk goes by while nobody of ours answers (A1)."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.line.routing import LineState, Reason
from hotline.services.line.astdb import RENEW, LinesInAstdb, line_values
from hotline.settings import Home, load_settings
from hotline.storage.alerts import AlertStore
from hotline.storage.line.roster import RosterStore
from hotline.storage.transaction import Storage
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING, a_storage


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return a_storage(tmp_path)


@pytest.fixture
def pbx() -> RememberingPbx:
    return RememberingPbx()


@pytest.fixture
def astdb(tmp_path: Path, storage: Storage, pbx: RememberingPbx) -> LinesInAstdb:
    with storage.writing() as tx:
        backup = DutyNumber("王五", "13800000002")
        shift = Shift("李四", ("13800000001",), (backup,), MORNING, MORNING + timedelta(days=30))
        RosterStore(tx).add(shift)
    settings = load_settings(Home(tmp_path), {})
    return LinesInAstdb(storage, pbx, lambda: settings)


def test_the_lines_state_is_written_with_its_next_turn_and_the_duty_numbers(
    astdb: LinesInAstdb, pbx: RememberingPbx
) -> None:
    assert astdb.write(MORNING)
    noon = MORNING + timedelta(hours=2)
    assert pbx.database == {
        "hotline/main/mode": "open",
        "hotline/main/until": str(int(noon.timestamp())),
        "hotline/main/then": "closed",
        "hotline/main/duty": "13800000001-13800000002",
    }


@pytest.mark.parametrize("ahead", [timedelta(days=61), timedelta(hours=-8), timedelta(seconds=-5)])
def test_the_next_turn_is_told_by_asterisks_own_clock(
    astdb: LinesInAstdb, pbx: RememberingPbx, ahead: timedelta
) -> None:
    pbx.ahead = ahead
    assert astdb.write(MORNING)
    noon = MORNING + timedelta(hours=2)
    assert pbx.database["hotline/main/until"] == str(int((noon + ahead).timestamp()))


def test_clocks_that_differ_by_a_breath_count_as_one(astdb: LinesInAstdb, pbx: RememberingPbx) -> None:
    astdb.write(MORNING)
    pbx.puts.clear()
    for seconds in (-4.9, -0.3, 0.6, 4.9):
        pbx.ahead = timedelta(seconds=seconds)
        astdb.write(MORNING + timedelta(seconds=30))
    assert pbx.puts == []


def test_only_what_changed_is_written_and_all_of_it_now_and_then(astdb: LinesInAstdb, pbx: RememberingPbx) -> None:
    astdb.write(MORNING)
    pbx.puts.clear()
    astdb.write(MORNING + timedelta(seconds=30))
    assert pbx.puts == []
    astdb.write(MORNING + RENEW)
    assert [key for key, _ in pbx.puts] == ["main/duty", "main/mode", "main/until", "main/then"]
    pbx.puts.clear()
    astdb.write(MORNING + timedelta(hours=2))
    assert ("main/mode", "closed") in pbx.puts


def test_an_asterisk_that_is_away_is_an_alert_until_it_was_told(
    astdb: LinesInAstdb, pbx: RememberingPbx, storage: Storage
) -> None:
    pbx.away = "connection refused"
    assert not astdb.write(MORNING)
    with storage.reading() as tx:
        (alert,) = AlertStore(tx).open()
        assert (alert.kind, "connection refused" in alert.detail) == ("pbx", True)
    pbx.away = ""
    assert astdb.write(MORNING + timedelta(seconds=30))
    assert pbx.database["hotline/main/mode"] == "open"
    with storage.reading() as tx:
        assert AlertStore(tx).open() == []


def effective(database: dict[str, str], epoch: int) -> str:
    """What the dialplan makes of it ([hl-safe])."""
    until = int("0" + database.get("until", ""))
    return database["then"] if until > 0 and epoch >= until else database["mode"]


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 50)), min_size=2, max_size=6))
def test_a_call_that_reads_between_two_writes_is_routed_by_the_old_state_or_the_new(
    turns: list[tuple[bool, int]],
) -> None:
    """The line turns at given moments, and each turn is written at the very moment or some seconds later."""
    begin, is_open, states = 1_800_000_000, True, []
    for late, minutes in turns:
        until = begin + minutes * 60
        state = LineState(is_open, Reason.WORKING_TIME, datetime.fromtimestamp(until, UTC), not is_open, ())
        states.append((begin + (7 if late else 0), state))
        begin, is_open = until, not is_open
    database: dict[str, str] = dict(line_values(states[0][1]))
    for (_, before), (written_at, after) in itertools.pairwise(states):
        assert before.until
        assert effective(database, int(before.until.timestamp()) - 1) == ("closed", "open")[before.open]
        for key, value in line_values(after):
            database[key] = value
            assert effective(database, written_at) == ("closed", "open")[after.open]
