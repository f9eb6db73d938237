"""A14, F8: of a call's logs nobody learns a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.call_logs.lines import in_order, masked, of_call

ID = "1763260200.17"


def test_only_lines_that_name_the_call() -> None:
    lines = [
        "2026-11-16 10:30:01,123 INFO hotline.listener: call 1763260200.17 folded\n",
        "2026-11-16 10:30:02,123 INFO hotline.listener: call 1763260200.170 folded\n",
        "2026-11-16 10:30:02,123 INFO hotline.listener: call 11763260200.17 folded\n",
        "  at 1763260200.17: a line without a moment\n",
    ]
    found = list(of_call(lines, "listener", {ID}))
    assert [line.moment for line in found] == ["2026-11-16 10:30:01.123", "2026-11-16 10:30:02.123"]
    assert all(ID in line.text for line in found)


def test_logs_of_several_processes_are_one_in_time() -> None:
    ours = of_call([f"2026-11-16 10:30:05,000 INFO x: {ID}"], "ivr", {ID})
    asterisk = of_call([f"[2026-11-16 10:30:04.500] WARNING[7]: {ID}"], "asterisk", {ID})
    assert [line.process for line in in_order([*ours, *asterisk])] == ["asterisk", "ivr"]


@pytest.mark.parametrize(
    "text",
    ["from 13812345678 to", "+8613812345678", "021-5555 1234", "<sip:13812345678@1.2.3.4>", "tel:+8613812345678"],
)
def test_numbers_are_masked(text: str) -> None:
    shown = masked(f"2026-11-16 10:30:05 {text} {ID}", {ID})
    assert "12345" not in shown and "5555" not in shown and "****" in shown
    assert ID in shown and "2026-11-16 10:30:05" in shown


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from([" ", "(", "<", '"', "=", ",", "/"]))
def test_no_mobile_number_is_ever_shown(number: str, before: str) -> None:
    assert number not in masked(f"x{before}{number} {ID}", {ID})


def test_nothing_steers_a_screen() -> None:
    assert "\x1b" not in masked("\x1b[31mred\u202e", {ID}) and "\u202e" not in masked("\u202e", {ID})
