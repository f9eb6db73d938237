"""What holds for a kind: quiet hours by the clock of Shanghai, over midnight too; what a rule demands is never off."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from hotline.domain.notifications.kind import Choice, NotificationKind, Quiet, chosen, goes_by, pause_before
from tests.support.instance import at

NIGHT = Quiet(time(22), time(7, 30))
NAP = Quiet(time(12), time(13))
KIND = NotificationKind("case")


@pytest.mark.parametrize(
    ("quiet", "now", "end"),
    [
        (NIGHT, "2026-11-16 21:59:59", None),
        (NIGHT, "2026-11-16 22:00:00", "2026-11-17 07:30:00"),
        (NIGHT, "2026-11-16 23:59:59", "2026-11-17 07:30:00"),
        (NIGHT, "2026-11-17 00:00:00", "2026-11-17 07:30:00"),
        (NIGHT, "2026-11-17 07:29:59", "2026-11-17 07:30:00"),
        (NIGHT, "2026-11-17 07:30:00", None),
        (NAP, "2026-11-16 12:30:00", "2026-11-16 13:00:00"),
        (NAP, "2026-11-16 13:00:00", None),
        (Quiet(time(8), time(8)), "2026-11-16 08:00:00", None),
    ],
)
def test_quiet_hours_end_when_they_say(quiet: Quiet, now: str, end: str | None) -> None:
    assert quiet.end(at(now)) == (at(end) if end else None)


def test_the_choice_of_a_kind_goes_before_that_of_all() -> None:
    whole = Choice(1, "", mail=False, chat=False, quiet=NIGHT)
    own = Choice(1, "case", mail=True)
    found = chosen(KIND, [whole, own])
    assert (found.mail, found.chat, found.quiet) == (True, False, NIGHT)
    assert (goes_by(found, "mail"), goes_by(found, "wecombot")) == (True, False)


def test_without_a_choice_it_is_as_the_kind_has_it() -> None:
    found = chosen(NotificationKind("case", mail=False), [])
    assert (found.mail, found.chat, found.quiet) == (False, True, None)


def test_what_a_rule_demands_no_choice_switches_off() -> None:
    off = [Choice(1, "", False, False, NIGHT), Choice(1, "late", False, False, NIGHT)]
    found = chosen(NotificationKind("late", demanded=True), off)
    assert (found.mail, found.chat, found.quiet) == (True, True, None)


def test_each_pause_is_twice_as_long_up_to_an_hour() -> None:
    assert [pause_before(n, 30) // timedelta(seconds=1) for n in (1, 2, 3, 8, 50)] == [30, 60, 120, 3600, 3600]
