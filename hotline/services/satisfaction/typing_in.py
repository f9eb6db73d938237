"""Our people type in what a customer answers to a questionnaire, on the telephone or on paper; and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.errors import Refused
from hotline.domain.numbers import NO_NUMBER, Number, normalise
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.satisfaction.questionnaire import Questionnaire, Reply, ReplyWay
from hotline.domain.satisfaction.results import ItemResult, mean_score, results_of
from hotline.services.access import read_call, require_led, require_right, ties_of_leader
from hotline.services.looks import note_look
from hotline.services.satisfaction.questionnaires import ask, questionnaires_in_force, store_reply
from hotline.settings import Settings
from hotline.storage.satisfaction.replies import ReplyStore
from hotline.storage.transaction import Storage

LONGEST = timedelta(days=367)
#: Replies that a result is made of.
MOST_REPLIES = 20_000


@dataclass(frozen=True, slots=True)
class TypedIn:
    """`call_id`: of the call in which it was asked, None for none; `number`: whose answers, where there is no call."""

    code: str
    version: int
    way: ReplyWay
    given: Mapping[str, str]
    call_id: int | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class SeenResults:
    questionnaire: Questionnaire
    replies: Sequence[Reply]
    items: Sequence[ItemResult]
    mean: float | None


def see_questionnaires(storage: Storage, actor: Actor, now: datetime) -> list[Questionnaire]:
    """Those that may be asked, by code. Raises Forbidden."""
    require_right(Act.FILL_QUESTIONNAIRE, actor)
    with storage.reading() as tx:
        found = questionnaires_in_force(tx, now)
    return [found[code] for code in sorted(found)]


def see_questionnaire(storage: Storage, code: str, actor: Actor, now: datetime) -> Questionnaire:
    """Raises Forbidden, NotFound."""
    require_right(Act.FILL_QUESTIONNAIRE, actor)
    with storage.reading() as tx:
        return ask(tx, code, now)


def type_in(storage: Storage, settings: Settings, typed: TypedIn, actor: Actor, now: datetime) -> Reply:
    """Raises Forbidden, NotFound, WrongFields by item, Refused for what is no number."""
    require_right(Act.FILL_QUESTIONNAIRE, actor)
    number = _number(typed.number, settings)
    with storage.writing() as tx:
        questionnaire, call = ask(tx, typed.code, now, typed.version), ("", "")
        if typed.call_id is not None:
            stored = read_call(tx, typed.call_id).call
            require_led(Act.READ_CALL, actor, ties_of_leader(stored, actor))
            call, number = (stored.node, stored.linkedid), stored.caller.number
        return store_reply(tx, questionnaire, typed.given, typed.way, actor.name, now, call=call, number=number)


def see_results(
    storage: Storage, code: str, since: datetime, until: datetime, actor: Actor, now: datetime
) -> SeenResults:
    """Of what was answered in [`since`, `until`); the look stands in the audit log (F8). Raises Forbidden, NotFound,
    Refused for a time of more than a year."""
    require_right(Act.SEE_QUESTIONNAIRES, actor)
    if not since < until <= since + LONGEST:
        raise Refused("satisfaction.report_time", field="since")
    with storage.reading() as tx:
        questionnaire = ask(tx, code, now)
        replies = ReplyStore(tx).between(code, since, until, MOST_REPLIES)
    note_look(storage, actor, now, "questionnaire.results", f"questionnaire:{code}", f"{len(replies)} replies")
    return SeenResults(questionnaire, replies, results_of(questionnaire, replies), mean_score(replies))


def _number(written: str, settings: Settings) -> Number:
    if not written.strip():
        return NO_NUMBER
    number = normalise(written, settings.numbers.outside_prefixes)
    if not number:
        raise Refused("satisfaction.no_number", field="number")
    return number
