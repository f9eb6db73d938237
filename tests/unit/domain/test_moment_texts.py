"""Moments as people read them."""

from __future__ import annotations

from datetime import UTC, datetime

from hotline.domain.time import minute_text, second_text


def test_moments_are_written_in_the_time_of_shanghai() -> None:
    moment = datetime(2026, 9, 30, 16, 5, 7, tzinfo=UTC)
    assert minute_text(moment) == "2026-10-01 00:05"
    assert second_text(moment) == "2026-10-01 00:05:07"


def test_no_moment_is_no_text() -> None:
    assert minute_text(None) == second_text(None) == ""
