"""What `hotline ivr` is made of."""

from __future__ import annotations

import functools
import logging

import greetings
from greetings.missing import unknown
from hotline.bootstrap import Hotline
from hotline.domain.cases.by_phone import CaseAnswer, CaseAsked
from hotline.domain.errors import HotlineError
from hotline.domain.line.routing import Arrival, Route
from hotline.services.cases.by_phone import ask_by_phone
from hotline.services.line.routing import decide
from hotline.services.menus.trials import begin_call, note_call
from hotline.services.prompts.standing import StandingAnnouncements
from ivr import case_question
from ivr.call import call_script
from ivr.names import Variable
from ivr.server import IvrServer
from ivr.session import Session
from ivr.sounds import Sounds
from ivr.talk import Asks
from ivr.trial import Tried, trial_script

log = logging.getLogger("hotline.ivr")


def make_server(hotline: Hotline) -> IvrServer:
    """The server for these settings, listening. Raises HotlineError when a prompt is unknown or the port is taken."""
    settings, home = hotline.settings, hotline.home
    manifest = greetings.load_manifest(home)
    wrong = unknown(settings, manifest)
    if wrong:
        raise HotlineError("machine.prompts_missing", problems=wrong)
    for line in greetings.missing(settings, home):
        log.warning("%s", line)
    prompts = Sounds(manifest, lambda: home.sounds / hotline.settings.site.language)
    standing = StandingAnnouncements(hotline.storage, hotline.clock, prompts.is_there)
    ask, asked = functools.partial(_decide, hotline), questions(hotline)
    script = call_script(hotline.in_force, prompts, ask, asked, standing.sounds, hotline.clock)
    trial = trial_script(
        prompts,
        lambda prompt: manifest.get(prompt) is not None,
        functools.partial(_begin_trial, hotline),
        lambda call, walked: note_call(hotline.storage, call, walked, hotline.clock()),
        hotline.clock,
    )
    scripts = {"call": script, "trial": trial, "check": _answer_check}
    try:
        return IvrServer(str(settings.listen.host), settings.listen.agi_port, scripts)
    except OSError as error:
        place = f"{settings.listen.host}:{settings.listen.agi_port}"
        raise HotlineError("machine.agi_port", place=place, why=str(error.strerror)) from None


def questions(hotline: Hotline) -> dict[str, Asks]:
    """What callers are asked where a key leads to a question, by the kind of target."""
    ask = functools.partial(_ask_case, hotline)
    return {case_question.KIND: case_question.case_question(ask, lambda: hotline.settings.site.language)}


def _answer_check(session: Session) -> None:
    """For `hotline check` and `hotline up`: shows by a variable's name that this is our IVR."""
    session.get_variable(Variable.LINE)


def _ask_case(hotline: Hotline, asked: CaseAsked) -> CaseAnswer:
    return ask_by_phone(hotline.storage, hotline.settings, asked, hotline.clock())


def _begin_trial(hotline: Hotline, token: str) -> Tried | None:
    found = begin_call(hotline.in_force, token)
    return Tried(*found) if found else None


def _decide(hotline: Hotline, arrival: Arrival) -> Route:
    return decide(hotline.storage, hotline.settings, arrival, hotline.clock())
