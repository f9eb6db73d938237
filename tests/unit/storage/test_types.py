"""Columns' types: what is written in a step of our own is what SQLAlchemy would write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.dialects.sqlite import DATETIME

from hotline.storage.types import UtcDateTime

SQLITE = create_engine("sqlite://").dialect

ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
EARLIEST, LATEST = datetime.fromisoformat("0002-01-01"), datetime.fromisoformat("9998-12-31")


@given(st.datetimes(EARLIEST, LATEST, timezones=ZONES))
def test_a_moment_is_written_as_sqlalchemy_does_and_read_back(moment: datetime) -> None:
    write, theirs = UtcDateTime().bind_processor(SQLITE), DATETIME().bind_processor(SQLITE)
    read = UtcDateTime().result_processor(SQLITE, None)
    assert write is not None and theirs is not None and read is not None
    assert write(moment) == theirs(moment.astimezone(UTC).replace(tzinfo=None))
    assert read(write(moment)) == moment


def test_none_is_none_and_a_naive_moment_is_refused() -> None:
    write = UtcDateTime().bind_processor(SQLITE)
    assert write is not None and write(None) is None
    with pytest.raises(ValueError, match="naive"):
        write(EARLIEST)
