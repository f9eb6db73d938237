"""The benchmark of the pop plays calls as Asterisk would tell of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hotline.asterisk import cel_database
from hotline.asterisk.ami.parser import headers
from hotline.asterisk.cel_database import CelDatabase
from hotline.asterisk.intake import Intake
from hotline.asterisk.translate import CelNotice, translate
from hotline.domain.calls.call import Call
from hotline.domain.calls.fold import Directory, fold
from hotline.domain.operators.push import Mine, share_of
from scripts.benchmarks import _pop_calls
from tests.support.sse import Parser, unchunked

DIRECTORY = Directory(lines={"4001234567": "main"}, operators={"3001": "a", "3002": "b", "3003": "c"})
BEGAN = 1_800_000_000.0


def folded(frames: list[bytes]) -> Call:
    plain = [frame.replace(b"\r\n", b"\n").strip(b"\n") for frame in frames if frame.startswith(b"Event: CEL")]
    notices = [notice for frame in plain if isinstance(notice := translate(frame), CelNotice)]
    events = [event for notice in notices if (event := Intake().open(notice)) is not None]
    call = fold("lab", _pop_calls.linkedid(7), events, [], DIRECTORY)
    assert call is not None
    return call


@pytest.mark.parametrize("phones", [["3002"], ["3001", "3002", "3003"]])
def test_a_call_rings_at_its_operators_then_the_first_answers(phones: list[str]) -> None:
    frames = _pop_calls.frames_of(7, phones, BEGAN)
    steps = [_pop_calls._step(frames, number) for number in range(len(_pop_calls.STEPS))]
    assert [frame for step in steps for frame in step] == frames
    before, rung, answered = ([f for step in steps[:n] for f in step] for n in (2, 3, 4))
    assert folded(before).rings == ()
    assert [share_of(folded(rung), e) for e in phones] == [share_of(folded(rung), phones[0])] * len(phones)
    assert {ring.party.id for ring in folded(rung).rings} == set(phones)
    share = share_of(folded(answered), phones[0])
    assert share is not None and share.mine is Mine.TALKING
    assert 0.9 < folded(rung).rings[0].started_at.timestamp() - BEGAN < 1.1
    assert folded(frames).ended_at is not None


def test_the_cel_database_has_the_whole_call(tmp_path: Path) -> None:
    cel_database.prepare(tmp_path / "cel.db")
    frames = _pop_calls.frames_of(7, ["3001"], BEGAN)
    with closing(sqlite3.connect(tmp_path / "cel.db")) as box:
        _pop_calls.write_rows(box, frames)
    rows = CelDatabase(tmp_path / "cel.db").rows_of_all([_pop_calls.linkedid(7)])
    assert fold("lab", _pop_calls.linkedid(7), rows[_pop_calls.linkedid(7)], [], DIRECTORY) is not None
    assert headers(frames[2].replace(b"\r\n", b"\n"))["LinkedID"] == _pop_calls.linkedid(7)


def test_a_stream_is_parsed_however_it_is_cut() -> None:
    sent = b'retry: 1\n\nid: 3\nevent: call\ndata: {"a":"\xe2\x80\xa8"}\n\n: \nid: 9\n\n'
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (sent[:20], sent[20:])) + b"0\r\n\r\n"
    for cut in range(1, len(chunked)):
        parser, received, events = Parser(), b"", []
        for part in (chunked[:cut], chunked[cut:]):
            content, received = unchunked(received + part)
            events += parser.feed(content)
        assert [(e.id, e.name, e.data) for e in events] == [(3, "call", {"a": "\u2028"})] and parser.last_id == 9
