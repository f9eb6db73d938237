"""Asterisk's log is bounded in size and in number, whether or not Asterisk answers."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hotline.domain.errors import PbxError
from hotline.domain.reasons import because
from hotline.jobs import asterisk_log
from hotline.jobs.asterisk_log import CUT_BYTES, KEPT_BYTES, LOG_BYTES, LOG_FILES, keep_within_bounds


def file_of(path: Path, size: int) -> None:
    """It takes no room on the disk."""
    path.touch()
    os.truncate(path, size)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "messages"
    file_of(path, 0)
    return path


def rotating(log: Path) -> Callable[[], None]:
    """As Asterisk does it: every one moves on by one."""

    def rotate() -> None:
        for number in range(20, -1, -1):
            if (file := log.with_name(f"messages.{number}")).exists():
                file.rename(log.with_name(f"messages.{number + 1}"))
        log.rename(log.with_name("messages.0"))
        file_of(log, 0)

    return rotate


def away() -> None:
    raise PbxError("away")


def sizes(log: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in log.parent.iterdir()}


def test_a_log_within_the_bound_is_left_alone(log: Path) -> None:
    file_of(log, LOG_BYTES)
    assert keep_within_bounds(log, away) is None and sizes(log) == {"messages": LOG_BYTES}
    log.unlink()
    assert keep_within_bounds(log, away) is None


def test_what_is_put_aside_is_bounded_in_number_and_the_newest_stay(log: Path) -> None:
    for n in range(1, 10):
        file_of(log, LOG_BYTES + n)
        assert keep_within_bounds(log, rotating(log))
    assert sizes(log) == {"messages": 0, **{f"messages.{n}": LOG_BYTES + 9 - n for n in range(LOG_FILES)}}


def test_a_huge_one_from_before_does_not_stay_for_years(log: Path) -> None:
    file_of(log, KEPT_BYTES + 1)
    keep_within_bounds(log, rotating(log))
    assert sizes(log) == {"messages": 0}


def test_without_asterisk_it_is_cut_once_it_is_far_too_long(log: Path) -> None:
    file_of(log, CUT_BYTES)
    assert keep_within_bounds(log, away) is None and sizes(log) == {"messages": CUT_BYTES}
    file_of(log, CUT_BYTES + 1)
    with log.open("ab") as writing:
        assert keep_within_bounds(log, away) == because("asterisk.log_cut", bytes=CUT_BYTES + 1)
        writing.write(b"a later line")
    assert log.read_bytes() == b"a later line"


def test_other_files_stay(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asterisk_log, "LOG_FILES", 0)
    for name in ("cel.db", "messages.old", "messages.0"):
        file_of(log.with_name(name), 1)
    keep_within_bounds(log, away)
    assert set(sizes(log)) == {"messages", "cel.db", "messages.old"}
