"""The script "trial": a call by which a draft of the menus is tried, from the dialplan's agi://host:port/trial. Nobody
but ourselves can begin one: it is known by a token that was drawn for it and is good once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.menus.trial import TrialCall, Walked
from hotline.domain.time import Clock
from hotline.settings import Settings
from ivr.listening import Called, TriedPrompts
from ivr.names import Variable
from ivr.server import Script
from ivr.session import Session
from ivr.talk import PromptBook
from ivr.walk import DecideAt, converse

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tried:
    """What a trial goes by: the settings with the draft's menus."""

    call: TrialCall
    settings: Settings
    decide: DecideAt


def trial_script(
    prompts: PromptBook,
    known: Callable[[str], bool],
    begin: Callable[[str], Tried | None],
    note: Callable[[TrialCall, Walked], None],
    clock: Clock,
) -> Script:
    """`begin`: by its token, once; None for what is no such call. `note`: keeps what came of it, though the caller be
    gone before the end."""

    def script(session: Session) -> None:
        tried = begin(session.get_variable(Variable.TRIAL))
        if tried is None:
            log.warning("a call for the trial of a draft is none of ours")
            return
        book, begun = TriedPrompts(prompts, known), clock()
        caller = Called(book, session)

        def at() -> datetime:
            return tried.call.at + (clock() - begun)

        try:
            converse(tried.settings, book, tried.call.line, tried.decide, caller, at)
        finally:
            note(tried.call, caller.walked(tried.call.way, (clock() - begun) / timedelta(seconds=1)))

    return script
