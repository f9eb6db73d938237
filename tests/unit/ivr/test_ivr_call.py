"""The script "call" from the connection to HL_ROUTE: what Asterisk sends becomes an arrival, then a route."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from pathlib import Path

import pytest

from greetings import load_manifest
from hotline.domain.line.routing import Arrival, Reason, Route, RouteKind
from hotline.domain.numbers import Number
from hotline.settings import Home, Settings, load_settings
from ivr.call import call_script
from ivr.session import Session
from ivr.sounds import UNKNOWN_SECONDS, Sounds
from tests.unit.ivr.peer import connected


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(Home(tmp_path), {})


class Decider:
    def __init__(self) -> None:
        self.asked: list[Arrival] = []

    def __call__(self, arrival: Arrival) -> Route:
        self.asked.append(arrival)
        if arrival.choice is None:
            return Route(RouteKind.MENU, Reason.WORKING_TIME, menu="main")
        return Route(RouteKind.QUEUE, Reason.WORKING_TIME, queue=arrival.choice)


def run(
    settings: Settings, tmp_path: Path, answers: dict[str, object], **changed: str
) -> tuple[Decider, Sequence[str]]:
    decide = Decider()
    sounds = Sounds(load_manifest(Home(tmp_path)), lambda: tmp_path)
    with connected(answers, **changed) as (ours, peer):
        call_script(lambda: settings, sounds, decide)(Session(ours))
    return decide, peer.commands


def test_a_call_from_the_first_line_to_the_last(settings: Settings, tmp_path: Path) -> None:
    """The whole conversation with Asterisk of a caller who presses 2."""
    _, commands = run(settings, tmp_path, {"STREAM FILE hotline/menu-main": "200 result=50 endpos=8000"})
    assert commands == [
        'GET VARIABLE "HL_LINE"',
        'GET VARIABLE "HL_WITHHELD"',
        'SET VARIABLE "HL_CALLER" "+8613800138000"',
        'SET VARIABLE "TIMEOUT(absolute)" "8"',
        'SET VARIABLE "TIMEOUT(absolute)" "125"',
        'STREAM FILE hotline/greeting-main "0123456789*#" 0',
        'STREAM FILE hotline/menu-main "0123456789*#" 0',
        'EXEC CELGenUserEvent "HL_MENU,menu=main;key=2;target=queue:service;subject=售后服务"',
        'SET VARIABLE "TIMEOUT(absolute)" "8"',
        'SET VARIABLE "TIMEOUT(absolute)" "8"',
        'SET VARIABLE "HL_QUEUE" "service"',
        'SET VARIABLE "HL_PREFERRED" ""',
        'SET VARIABLE "HL_DUTY" ""',
        'SET VARIABLE "HL_NO_OPERATOR" "voicemail"',
        'SET VARIABLE "HL_SUBJECT" "售后服务"',
        'EXEC CELGenUserEvent "HL_ROUTE,kind=queue;target=service;reason=working_time"',
        'SET VARIABLE "HL_ROUTE" "queue"',
    ]


@pytest.mark.parametrize(
    ("caller", "number", "withheld"),
    [
        ("013800138000", "+8613800138000", False),
        ("unknown", "", True),
        ("anonymous", "", True),
        ("0000000", "", True),
        ("+8613800138000;cpc=ordinary", "+8613800138000", False),
        ("\"><script>' OR 1=1", "", False),
        ("😀" * 300, "", False),
    ],
)
def test_whatever_the_carrier_sends_as_caller_is_an_arrival(
    settings: Settings, tmp_path: Path, caller: str, number: str, withheld: bool
) -> None:
    decide, commands = run(settings, tmp_path, {}, agi_callerid=caller)
    assert decide.asked[0] == Arrival("main", Number(number), withheld)
    assert f'SET VARIABLE "HL_CALLER" "{number}"' in commands, "what the caller can be called back on (A9)"
    assert commands[-1] == 'SET VARIABLE "HL_ROUTE" "queue"'


def test_a15_a_number_the_caller_keeps_back_is_known_to_the_decision(settings: Settings, tmp_path: Path) -> None:
    decide, _ = run(settings, tmp_path, {r"GET VARIABLE \"HL_WITHHELD": "200 result=1 (1)"})
    assert decide.asked[0] == Arrival("main", Number("+8613800138000"), withheld=True)


@pytest.mark.parametrize("answer", ["200 result=1 (closed-line)", "200 result=0"])
def test_a_line_that_is_no_more_is_taken_for_the_first(settings: Settings, tmp_path: Path, answer: str) -> None:
    decide, _ = run(settings, tmp_path, {r"GET VARIABLE \"HL_LINE": answer})
    assert decide.asked[0].line == "main"


def test_missing_sound_files_do_not_keep_a_caller_from_a_route(settings: Settings, tmp_path: Path) -> None:
    _, commands = run(settings, tmp_path, {"STREAM FILE": "200 result=-1 endpos=0"})
    assert commands[-1] == 'SET VARIABLE "HL_ROUTE" "queue"'


def test_a_sounds_length_is_read_anew_when_the_file_is_replaced(tmp_path: Path) -> None:
    sounds = Sounds(load_manifest(Home(tmp_path)), lambda: tmp_path)
    assert sounds.seconds("hotline/goodbye") == UNKNOWN_SECONDS
    write(tmp_path / "hotline" / "goodbye.wav", 1.5)
    assert sounds.seconds("hotline/goodbye") == 1.5
    write(tmp_path / "hotline" / "goodbye.wav", 2.5)
    assert sounds.seconds("hotline/goodbye") == 2.5
    (tmp_path / "hotline" / "goodbye.wav").write_bytes(b"no sound")
    assert sounds.seconds("hotline/goodbye") == UNKNOWN_SECONDS


def write(file: Path, seconds: float) -> None:
    file.parent.mkdir(exist_ok=True)
    draft = file.with_suffix(".new")
    with wave.open(str(draft), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(int(seconds * 16_000)))
    draft.replace(file)
