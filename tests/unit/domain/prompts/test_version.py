"""Which sound holds where and when."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.prompts.announcement import Announcement
from hotline.domain.prompts.version import Place, PromptVersion, SoundOrigin, for_line, heard, periods, standing
from tests.support.rows import MORNING

DAY = date(2027, 2, 6)
LINES = ("", "main", "gift")


def version(number: int, line: str = "", first: int | None = None, days: int = 3, sound: str = "x") -> PromptVersion:
    begin = DAY + timedelta(days=first) if first is not None else None
    end = begin + timedelta(days=days - 1) if begin else None
    origin = SoundOrigin.UPLOADED if sound else SoundOrigin.DELIVERED
    place = Place("greeting", "zh", line, begin, end)
    return PromptVersion(place, origin, "", sound and f"{sound}{number}", 1.0, -20.0, "admin", MORNING, number)


def sound(versions: list[PromptVersion], line: str, day: int = 0) -> str:
    found = for_line(heard(versions, DAY + timedelta(days=day)), "greeting", line, "zh")
    return found.sha256 if found else ""


def test_a_period_of_all_lines_goes_before_what_a_line_has_for_good() -> None:
    versions = [version(1), version(2, "gift"), version(3, first=1), version(4, "main", first=2, days=1)]
    assert [sound(versions, "gift", day) for day in range(5)] == ["x2", "x3", "x3", "x3", "x2"]
    assert [sound(versions, "main", day) for day in range(5)] == ["x1", "x3", "x4", "x3", "x1"]
    assert [each.id for each in periods(versions, DAY + timedelta(days=3))] == [3]


def test_what_was_delivered_comes_back_for_one_place_alone() -> None:
    versions = [version(1), version(2, "gift"), version(3, "gift", sound="")]
    assert (sound(versions, "gift"), sound(versions, "main")) == ("x1", "x1")
    assert sound([*versions, version(4, sound="")], "gift") == ""


@given(
    st.lists(
        st.tuples(st.sampled_from(LINES), st.none() | st.integers(-3, 3), st.integers(1, 4), st.sampled_from(["x", ""]))
    ),
    st.integers(-6, 9),
    st.sampled_from(LINES[1:]),
)
def test_what_is_heard_stands_covers_the_day_and_is_for_the_line(
    made: list[tuple[str, int | None, int, str]], day: int, line: str
) -> None:
    """And nothing is heard only where nothing that stands covers the day."""
    versions = [version(at, *each) for at, each in enumerate(made, 1)]
    moment = DAY + timedelta(days=day)
    fitting = [
        each
        for each in standing(versions).values()
        if each.sha256 and each.place.covers(moment) and each.place.line in ("", line)
    ]
    found = for_line(heard(versions, moment), "greeting", line, "zh")
    assert (found in fitting) if fitting else (found is None)
    if found is not None and not found.place.is_period:
        assert not any(each.place.is_period for each in fitting)


@given(st.integers(-100, 200), st.none() | st.integers(0, 100))
def test_an_announcement_stands_from_its_begin_until_its_end(minutes: int, ended: int | None) -> None:
    said = Announcement(
        "x", SoundOrigin.SPOKEN, frozenset(), MORNING, MORNING + timedelta(minutes=100), "boss", "", 1.0, -20.0,
        ended_at=None if ended is None else MORNING + timedelta(minutes=ended),
    )  # fmt: skip
    assert said.stands(MORNING + timedelta(minutes=minutes)) == (ended is None and 0 <= minutes < 100)
    assert said.is_for("main") and said.is_for("gift")
