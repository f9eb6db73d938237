"""The script "call": a call from the carrier, from the dialplan's agi://host:port/call."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hotline.domain.line.routing import Arrival
from hotline.domain.numbers import is_withheld, normalise
from hotline.domain.time import Clock, system_clock
from hotline.settings import Settings
from ivr.flow import Announced, Decide, Flow, no_announcement
from ivr.names import Variable
from ivr.server import Script
from ivr.session import Session
from ivr.talk import NO_QUESTIONS, Asks, PromptBook


def call_script(
    settings: Callable[[], Settings],
    prompts: PromptBook,
    decide: Decide,
    asks: Mapping[str, Asks] = NO_QUESTIONS,
    announced: Announced = no_announcement,
    clock: Clock = system_clock,
) -> Script:
    """What the server runs for each call: by the settings in force when it comes."""

    def script(session: Session) -> None:
        current = settings()
        arrival = arrival_of(current, session)
        session.set_variable(Variable.CALLER, arrival.caller_number)
        Flow(current, prompts, decide, session, arrival, session.variables.uniqueid, asks, announced, clock).run()

    return script


def arrival_of(settings: Settings, session: Session) -> Arrival:
    """The call as the decision wants it. A line that the settings no longer have is taken for the first."""
    line = session.get_variable(Variable.LINE)
    original = session.variables.caller
    return Arrival(
        line=line if line in settings.lines else next(iter(settings.lines)),
        caller_number=normalise(original),
        withheld=session.get_variable(Variable.WITHHELD) == "1" or is_withheld(original),
    )
