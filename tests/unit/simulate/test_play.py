"""What the terminal shows of the simulated calls."""

from __future__ import annotations

import io
import re
import threading
from pathlib import Path

import pytest
from rich.console import Console

from hotline.cli.kit.language import said
from hotline.simulate.cast import SCENARIOS
from hotline.simulate.play import Play, ScenarioState
from tests.support.instance import an_instance, at


@pytest.mark.parametrize(("locale", "title"), [("zh_CN.UTF-8", "模拟来电"), ("C", "Simulated calls")])
def test_the_table_of_simulated_calls_speaks_one_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str, title: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    here = an_instance(tmp_path, at("2026-11-25 14:30"))
    shown = io.StringIO()
    console = Console(file=shown, width=160)
    play = Play(here, console, threading.Event(), said)
    console.print(play.table([ScenarioState(one, None) for one in SCENARIOS]))
    text = shown.getvalue()
    assert title in text
    other = r"[a-z]" if "zh" in locale else r"[\u4e00-\u9fff]"
    assert re.search(other, text) is None, text
