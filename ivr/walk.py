"""The dialogue without a call: what a caller who presses these keys would hear, and where they would end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from hotline.domain.line.routing import Arrival, Route
from hotline.domain.menu_target import Leads, menu_targets
from hotline.domain.menus.trial import Walked, Way
from hotline.domain.numbers import NO_NUMBER
from hotline.domain.time import Clock
from hotline.settings import Settings
from ivr.flow import Flow
from ivr.listening import Imagined, TriedPrompts
from ivr.talk import ALL_KEYS, Asks, PromptBook, Question, Verbs

DecideAt = Callable[[Arrival, datetime], Route]

#: What the log calls a caller who tries a draft.
_TRIAL = "trial"


class Walker:
    """Called with settings, line, way, decision and moment it goes that way. `known`: whether there is such a
    prompt."""

    def __init__(self, prompts: PromptBook, known: Callable[[str], bool]) -> None:
        self._prompts, self._known = prompts, known

    def __call__(self, settings: Settings, line: str, way: Way, decide: DecideAt, at: datetime) -> Walked:
        caller = self._imagined(settings, line, way, decide, at)
        return caller.walked(way, caller.seconds)

    def pressed_at(self, settings: Settings, line: str, way: Way, decide: DecideAt, at: datetime) -> tuple[float, ...]:
        """Seconds from the beginning at which each key of this way is pressed, and to its end."""
        caller = self._imagined(settings, line, way, decide, at)
        return (*caller.pressed_at, caller.seconds)

    def _imagined(self, settings: Settings, line: str, way: Way, decide: DecideAt, at: datetime) -> Imagined:
        book = TriedPrompts(self._prompts, self._known)
        caller = Imagined(book, way.keys)
        converse(settings, book, line, decide, caller, lambda: at + timedelta(seconds=caller.seconds))
        return caller


def converse(
    settings: Settings, prompts: TriedPrompts, line: str, decide: DecideAt, caller: Verbs, clock: Clock
) -> None:
    """The IVR's own dialogue with a caller who is nobody. Raises as the caller's verbs do."""
    arrival = Arrival(line, NO_NUMBER, withheld=True)
    Flow(
        settings, prompts, lambda asked: decide(asked, clock()), caller, arrival, _TRIAL, _questions(), clock=clock
    ).run()


def _questions() -> dict[str, Asks]:
    """Where a key leads to a question, it is said, and counts as answered: there is nobody to answer it."""
    kinds = [target for target in menu_targets().values() if target.leads is Leads.QUESTION]
    return {target.kind: _asked(target.prompts[:1]) for target in kinds}


def _asked(prompts: Sequence[str]) -> Asks:
    def ask(question: Question) -> bool:
        question.talk.play(prompts, ALL_KEYS)
        return True

    return ask
