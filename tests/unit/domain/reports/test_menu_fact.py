"""What a call brings to the figures of the menus (F1)."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.calls.call import Call, MenuStep
from hotline.domain.floor.figures import CountsAs, counts_as
from hotline.domain.reports.menu_fact import Heard, MenuFact, WayOut, choice_of, choice_text, menu_facts
from tests.support.call_strategies import calls
from tests.support.sample_calls import MONDAY_TEN, bare_call

_KEYS = st.sampled_from(["", "1", "2", "9", "*", "#"])
_TARGETS = st.sampled_from(["", "queue:service", "operator", "voicemail", "menu:sub", "announcement:hours", "repeat"])
_STEPS = st.lists(st.tuples(st.sampled_from(["main", "sub"]), _KEYS, _TARGETS), max_size=6)


def heard(*steps: tuple[str, str, str], kind: CountsAs) -> list[MenuFact]:
    menu = tuple(MenuStep(MONDAY_TEN, *step) for step in steps)
    return menu_facts(replace(bare_call(), menu=menu), kind)


def test_f1_a_caller_who_hangs_up_did_so_where_the_last_key_led() -> None:
    found = heard(("main", "1", "menu:sub"), kind=CountsAs.LEFT_IVR)
    assert [(each.menu, each.ended, each.left_after) for each in found] == [
        ("main", Heard.KEY, True),
        ("sub", Heard.LEFT, False),
    ]
    assert {each.way_out for each in found} == {WayOut.LEFT}


def test_f1_who_hangs_up_before_any_key_is_in_no_named_menu() -> None:
    (only,) = heard(kind=CountsAs.LEFT_IVR)
    assert (only.menu, only.ended, only.choice) == ("", Heard.LEFT, "")


def test_f1_a_wrong_key_silence_and_no_key_at_the_end_are_told_apart() -> None:
    found = heard(("main", "9", ""), ("main", "", ""), ("main", "", "operator"), kind=CountsAs.ANSWERED)
    assert [each.ended for each in found] == [Heard.MISSED, Heard.SILENT, Heard.TIMED_OUT]
    assert [each.is_first for each in found] == [True, False, False]


def test_f1_voicemail_by_choice_is_not_the_one_after_waiting_in_vain() -> None:
    (chosen,) = heard(("main", "3", "voicemail"), kind=CountsAs.SELF_SERVED)
    (waited,) = heard(("main", "2", "queue:service"), kind=CountsAs.VOICEMAIL)
    assert (chosen.way_out, waited.way_out) == (WayOut.VOICEMAIL, WayOut.PEOPLE)


def test_f1_what_counts_for_nothing_brings_nothing() -> None:
    assert menu_facts(bare_call(), "") == []


@given(st.sampled_from(["main", "sub-1"]), st.sampled_from("0123456789*#"), _TARGETS)
def test_f1_a_choice_is_read_as_it_was_written(menu: str, key: str, target: str) -> None:
    assert choice_of(choice_text(menu, key, target)) == (menu, key, target)


@given(calls(), _STEPS, st.sampled_from(CountsAs))
def test_f1_each_hearing_ended_one_way_and_each_call_went_one_way(
    call: Call, steps: list[tuple[str, str, str]], kind: CountsAs
) -> None:
    """Identities: a hearing a step, and one more for whoever was still in the menus; one way out a call; each menu once
    the first time, and each choice."""
    call = replace(call, menu=tuple(MenuStep(call.started_at, *step) for step in steps))
    found = menu_facts(call, kind)
    still_there = [each for each in found if each.ended in (Heard.LEFT, Heard.BROKEN)]
    assert len(found) == len(steps) + len(still_there)
    assert len(still_there) <= 1 and (kind is not CountsAs.LEFT_IVR or still_there)
    assert len({each.way_out for each in found}) <= 1
    assert sum(each.is_first for each in found) == len({each.menu for each in found})
    chosen = [each.choice for each in found if each.is_first_choice]
    assert sorted(chosen) == sorted({each.choice for each in found} - {""})
    assert sum(each.left_after for each in found) <= (kind is CountsAs.LEFT_IVR)
    assert [each.place for each in found] == list(range(len(found)))


@given(calls())
def test_f1_any_call_at_all_can_be_read(call: Call) -> None:
    kind = counts_as(call) or ""
    assert all(each.ended in Heard for each in menu_facts(call, kind))
