"""AMI's wire format: whatever comes in, the right frames come out, and nothing raises."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.asterisk.ami.parser import event_name, headers, split_frames, wanted_frames

CAPTURES = Path(__file__).parents[2] / "fixtures" / "ami"
QUEUE_CALL = (CAPTURES / "queue_call.txt").read_bytes()


def fed_in_pieces(stream: bytes, cuts: list[int], limit: int) -> tuple[list[bytes], bytes, int]:
    frames: list[bytes] = []
    rest, oversized, start = b"", 0, 0
    for end in [*sorted(min(cut, len(stream)) for cut in cuts), len(stream)]:
        split = split_frames(rest + stream[start:end], limit)
        frames += split.frames
        rest, oversized, start = split.rest, oversized + split.oversized, end
    return frames, rest, oversized


#: Text made of what is awkward at a cut: line ends of all kinds and a little else.
pieces = st.sampled_from([b"\r", b"\n", b"\r\n", b"a", b"Event: X", b": ", b"longer than most"])
awkward = st.lists(pieces).map(b"".join)


@given(awkward, st.lists(st.integers(0, 200), max_size=8), st.integers(1, 30))
def test_any_cut_of_a_stream_gives_the_same_frames(stream: bytes, cuts: list[int], limit: int) -> None:
    whole = split_frames(stream, limit)
    frames, rest, oversized = fed_in_pieces(stream, cuts, limit)
    assert (frames, oversized) == (whole.frames, whole.oversized)
    assert len(rest) <= limit + 2
    more = b"\n\nA\n\n"
    assert split_frames(rest + more, limit).frames == split_frames(whole.rest + more, limit).frames


@given(st.lists(st.integers(0, len(QUEUE_CALL)), max_size=30))
def test_a_recorded_call_survives_any_cut(cuts: list[int]) -> None:
    frames, rest, oversized = fed_in_pieces(QUEUE_CALL, cuts, 64 * 1024)
    assert frames == split_frames(QUEUE_CALL).frames
    assert (len(frames), rest, oversized) == (57, b"", 0)


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    for frame in split_frames(data).frames:
        event_name(frame)
        assert all(isinstance(value, str) for value in headers(frame).values())


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
@pytest.mark.parametrize("empty_line", [b"\r\n", b"\n"])
def test_line_ends_may_be_mixed(end: bytes, empty_line: bytes) -> None:
    lines = (b"Event: Hold", b"Channel: PJSIP/1001-1", b"", b"Event: Unhold", b"")
    stream = b"".join(line + (end if line else empty_line) for line in lines)
    assert [event_name(frame) for frame in split_frames(stream).frames] == [b"Hold", b"Unhold"]


def test_an_endless_frame_is_dropped_counted_and_the_next_one_read() -> None:
    rest, oversized = b"", 0
    for _ in range(1000):
        split = split_frames(rest + b"x" * 1000, limit=5000)
        assert not split.frames
        rest, oversized = split.rest, oversized + split.oversized
        assert len(rest) <= 5002
    split = split_frames(rest + b"\r\n\r\nEvent: Hold\r\n\r\n", limit=5000)
    assert split.frames == [b"Event: Hold"]
    assert oversized + split.oversized == 1


def test_banner_and_garbage_lines_before_a_frame_do_not_hide_it() -> None:
    stream = b"Asterisk Call Manager/11.0.0\nResponse: Success\nActionID: 1\n\n~~~\nEvent:Hold\nA: b\n\n"
    login, hold = split_frames(stream).frames
    assert event_name(login) is None
    assert headers(login)["Response"] == "Success"
    assert event_name(hold) == b"Hold"
    assert headers(hold) == {"Event": "Hold", "A": "b"}


def test_values_keep_colons_blanks_and_unicode_line_separators() -> None:
    frame = 'Event: CEL\nAppData: agi://127.0.0.1: 4573\nExtra:{"a": "b: c"}\nName: 王\u2028x\u0085 '
    found = headers(frame.encode())
    assert found["AppData"] == "agi://127.0.0.1: 4573"
    assert found["Extra"] == '{"a": "b: c"}'
    assert found["Name"] == "王\u2028x\u0085 "


def test_of_a_key_that_comes_twice_the_first_counts() -> None:
    assert headers(b"Event: CEL\nLinkedID: real\nLinkedID: forged")["LinkedID"] == "real"
    assert headers(b"Event: CEL\nLinkedID:real\nLinkedID:forged")["LinkedID"] == "real"


def test_bytes_that_are_no_utf8_are_marked_not_refused() -> None:
    assert headers(b"Event: CEL\nCallerIDname: \xff\xfe")["CallerIDname"] == "\ufffd\ufffd"


def test_only_wanted_events_pass_and_in_order() -> None:
    frames = split_frames(QUEUE_CALL).frames
    wanted = wanted_frames(frames, {b"CEL", b"FullyBooted"})
    assert [event_name(frame) for frame in wanted] == [b"FullyBooted", *[b"CEL"] * 21]
