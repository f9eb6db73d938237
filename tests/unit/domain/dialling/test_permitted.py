"""Of several reasons against a dial the strongest is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from hotline.domain.customers.customer import PreferredWay
from hotline.domain.dialling.destination import Destination
from hotline.domain.dialling.limits import Dialled, Limits, limit_hit
from hotline.domain.dialling.permitted import Asked, Will, refusal
from hotline.domain.reasons import because

PLAIN = Asked(Destination.PLAIN)
REFUSES = Will(do_not_call=True)
OPENS = datetime(2026, 11, 24, 6, tzinfo=UTC)


def code(asked: Asked, **changed: Any) -> str:
    found = refusal(replace(asked, **changed))
    return found.code if found else ""


def test_a3_a_plain_number_is_dialled() -> None:
    assert code(PLAIN) == ""


@pytest.mark.parametrize(
    ("destination", "said"),
    [
        (Destination.UNREADABLE, "dialling.no_number"),
        (Destination.EMERGENCY, "dialling.emergency"),
        (Destination.EXTENSION, "dialling.extension"),
        (Destination.OURS, "dialling.our_own_number"),
    ],
)
def test_a17_no_approval_and_no_confirmation_opens_what_is_never_dialled(destination: Destination, said: str) -> None:
    everything = Asked(destination, approved=True, asked_for=True, confirmed=True, named_time=True)
    assert code(everything) == said


@pytest.mark.parametrize(
    ("destination", "said"),
    [
        (Destination.ABROAD, "dialling.needs_approval_abroad"),
        (Destination.SERVICE, "dialling.needs_approval_service"),
        (Destination.SATELLITE, "dialling.needs_approval_satellite"),
    ],
)
def test_a17_what_is_not_plain_waits_for_an_approval(destination: Destination, said: str) -> None:
    assert code(Asked(destination)) == said
    assert code(Asked(destination, approved=True)) == ""


def test_a17_long_distance_waits_only_where_the_settings_say_so() -> None:
    far = Asked(Destination.LONG_DISTANCE)
    assert code(far) == ""
    assert code(far, long_distance_waits=True) == "dialling.needs_approval_long_distance"
    assert code(far, long_distance_waits=True, approved=True) == ""


def test_e10_who_refuses_calls_is_not_called_unless_they_asked_for_this_one() -> None:
    assert code(PLAIN, will=REFUSES) == "dialling.do_not_call"
    assert code(PLAIN, will=REFUSES, confirmed=True) == "dialling.do_not_call"
    assert code(PLAIN, will=REFUSES, asked_for=True) == "dialling.confirm"
    assert code(PLAIN, will=REFUSES, asked_for=True, confirmed=True) == ""


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (PreferredWay.SMS, "dialling.wants_sms"),
        (PreferredWay.MAIL, "dialling.wants_mail"),
        (PreferredWay.NONE, "dialling.wants_nothing"),
    ],
)
def test_e3_who_wants_another_way_is_not_called_unless_they_asked_for_it(way: PreferredWay, said: str) -> None:
    will = Will(way=way)
    assert code(PLAIN, will=will) == said
    asked = refusal(replace(PLAIN, will=will, asked_for=True))
    assert asked == because("dialling.confirm", why=because(said))
    assert code(PLAIN, will=will, asked_for=True, confirmed=True) == ""


def test_e7_rest_time_says_when_it_ends_unless_the_customer_named_the_time() -> None:
    resting = replace(PLAIN, in_rest_time=True, opens_at=OPENS)
    assert refusal(resting) == because("dialling.rest_time", opens_at=OPENS)
    assert code(resting, named_time=True) == ""
    assert code(resting, opens_at=None) == "dialling.rest_time_always"


def test_a15_a_blocked_number_is_not_dialled_whoever_asked() -> None:
    assert code(PLAIN, blocked=True, asked_for=True, confirmed=True, approved=True) == "dialling.blocked"


def test_the_strongest_reason_comes_first() -> None:
    """Each falls away in its turn, and the next is said."""
    wrong = because("dialling.was_wrong_number")
    asked = Asked(
        Destination.EMERGENCY,
        blocked=True,
        out_of_use=wrong,
        will=REFUSES,
        limit=because("dialling.too_often", most=5),
        in_rest_time=True,
        opens_at=OPENS,
    )
    steps: list[dict[str, Any]] = [
        {},
        {"destination": Destination.ABROAD},
        {"blocked": False},
        {"out_of_use": None},
        {"asked_for": True},
        {"confirmed": True},
        {"approved": True},
        {"limit": None},
        {"named_time": True},
    ]
    said = []
    for step in steps:
        asked = replace(asked, **step)
        said.append(code(asked))
    assert said == [
        "dialling.emergency",
        "dialling.blocked",
        "dialling.was_wrong_number",
        "dialling.do_not_call",
        "dialling.confirm",
        "dialling.needs_approval_abroad",
        "dialling.too_often",
        "dialling.rest_time",
        "",
    ]


LIMITS = Limits(a_minute=2, an_hour=4, at_once=3, same_number_a_day=5)


@pytest.mark.parametrize(
    ("dialled", "said"),
    [
        (Dialled(), ""),
        (Dialled(1, 3, 2, 4), ""),
        (Dialled(in_minute=2), "dialling.too_many_a_minute"),
        (Dialled(in_minute=2, in_hour=4), "dialling.too_many_an_hour"),
        (Dialled(at_once=3), "dialling.too_many_at_once"),
        (Dialled(in_minute=2, in_hour=4, at_once=3, same_number_today=5), "dialling.too_often"),
    ],
)
def test_limits_are_hit_by_the_call_that_would_be_one_too_many(dialled: Dialled, said: str) -> None:
    hit = limit_hit(dialled, LIMITS)
    assert (hit.code if hit else "") == said
