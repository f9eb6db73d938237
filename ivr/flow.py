"""What a caller hears and may choose, from the answer to the route: no socket, no clock, no database in here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from hotline.domain.errors import HotlineError
from hotline.domain.line.routing import VOICEMAIL, Arrival, RouteKind
from hotline.domain.line.routing import Route as Decision
from hotline.domain.menu_target import Leads, target_of
from hotline.domain.time import Clock, system_clock
from hotline.settings import Settings
from hotline.settings.calls import Menu
from ivr.names import RouteExtension, UserEvent, Variable
from ivr.talk import ALL_KEYS, NO_QUESTIONS, Asks, PromptBook, Question, Talk, Verbs

log = logging.getLogger(__name__)

#: Menus, repeats and announcements in one call; a fax or a pocket that presses keys for ever goes to an operator.
MAX_STEPS = 30

Decide = Callable[[Arrival], Decision]

#: Emergency announcements that stand for a line now, by their names in Asterisk, in the order of saying them.
Announced = Callable[[str], Sequence[str]]


def no_announcement(_line: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What came of the menus: a queue's id, VOICEMAIL, or None for a caller who has heard all they wanted."""

    choice: str | None
    subject: str = ""
    #: Said before the caller is passed on.
    farewell: str = ""


class Flow:
    """One call's way. `uniqueid` is for the log, which holds nothing else of the call. `asks`: the questions of
    features, by the kind of target that leads there. `clock`: for keys that lead elsewhere at some times."""

    def __init__(
        self,
        settings: Settings,
        prompts: PromptBook,
        decide: Decide,
        verbs: Verbs,
        arrival: Arrival,
        uniqueid: str,
        asks: Mapping[str, Asks] = NO_QUESTIONS,
        announced: Announced = no_announcement,
        clock: Clock = system_clock,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._talk = Talk(prompts, verbs, arrival.line)
        self._decide = decide
        self._verbs = verbs
        self._asks = asks
        self._arrival = arrival
        self._uniqueid = uniqueid
        self._announced = announced
        self._told: set[str] = set()

    def run(self) -> None:
        """From greeting to HL_ROUTE, which is set last; unset, it has the dialplan go its safe way."""
        first = self._decided(self._arrival)
        if first is None:
            return
        if first.kind is not RouteKind.BLOCKED:
            self._announce()
        if first.kind is RouteKind.MENU:
            self._through_menus(first)
            return
        greeting = {
            RouteKind.DUTY: "greeting-closed",
            RouteKind.VOICEMAIL: "greeting-closed-message",
            RouteKind.QUEUE: self._greeting(),
        }.get(first.kind)
        if greeting:
            self._talk.play([greeting])
        self._finish(first)

    def _through_menus(self, first: Decision) -> None:
        # As it was when the call came: what is put in force meanwhile is for those who call from then on.
        chosen = self._ask_menus(self._settings.lines[self._arrival.line].menu)
        if chosen.choice is None:
            self._goodbye(first)
            return
        self._announce()
        # Decided anew: the line may have closed while the menu was heard.
        decision = self._decided(replace(self._arrival, choice=chosen.choice)) or _as_chosen(first, chosen.choice)
        if decision.kind is RouteKind.DUTY:
            self._talk.play(["duty-wait"])
        elif chosen.farewell and decision.kind is RouteKind.QUEUE:
            self._talk.play([chosen.farewell])
        self._finish(decision, chosen.subject)

    def _ask_menus(self, menu_id: str) -> Choice:
        lead = [self._greeting()]
        failed, informed = 0, False
        for _ in range(MAX_STEPS):
            menu = self._settings.menus[menu_id]
            self._announce()
            key = self._talk.key([*lead, menu.prompt], menu.key_seconds)
            entry = menu.keys.get(key)
            if entry is None:
                failed += 1
                done = failed >= menu.tries or (informed and not key)
                self._talk.step(menu_id, key, "operator" if done and not informed else "")
                if done:
                    return Choice(None) if informed else Choice(menu.operator_queue, farewell="to-operator")
                lead = ["key-invalid" if key else "key-missing"]
                continue
            to = entry.target(self._clock())
            self._talk.step(menu_id, key, to, entry.subject)
            target, name = target_of(to)
            if target.leads is Leads.OUT:
                return Choice(_choice(to, name, menu), entry.subject)
            lead = []
            if target.leads is Leads.MENU:
                menu_id, failed, informed = name, 0, False
            elif target.leads is Leads.PROMPT:
                # Any key cuts it short.
                self._talk.play([name], ALL_KEYS)
                failed, informed = 0, True
            elif target.leads is Leads.QUESTION:
                if not self._asked(target.kind, menu):
                    return Choice(menu.operator_queue, entry.subject, farewell="to-operator")
                failed, informed = 0, True
        log.info("call %s: %d menu steps, on to an operator", self._uniqueid, MAX_STEPS)
        return Choice(self._settings.menus[menu_id].operator_queue, farewell="to-operator")

    def _asked(self, kind: str, menu: Menu) -> bool:
        question = Question(self._talk, self._arrival, self._uniqueid, menu.key_seconds, menu.tries)
        ask = self._asks.get(kind)
        return ask(question) if ask else False

    def _announce(self) -> None:
        """What stands and this caller has not heard yet, also what began while they were in the menu. No key cuts it
        short: it is about an emergency, and a key that is pressed for the menu would be lost."""
        news = [sound for sound in self._announced(self._arrival.line) if sound not in self._told]
        if news:
            self._told.update(news)
            self._talk.play_sounds(news)

    def _greeting(self) -> str:
        return self._settings.lines[self._arrival.line].greeting

    def _decided(self, arrival: Arrival) -> Decision | None:
        """None when there can be no decision because the database is away: the caller is not to pay for that."""
        self._talk.short()
        try:
            return self._decide(arrival)
        except HotlineError as error:
            log.error("call %s: no decision: %s", self._uniqueid, error)
            return None

    def _finish(self, decision: Decision, subject: str = "") -> None:
        numbers = "-".join(member.number for member in decision.duty)
        target = {RouteKind.QUEUE: decision.queue, RouteKind.DUTY: numbers}.get(decision.kind, "")
        self._talk.short()
        self._verbs.set_variable(Variable.QUEUE, decision.queue)
        self._verbs.set_variable(Variable.PREFERRED, decision.preferred)
        if decision.priority:
            self._verbs.set_variable(Variable.PRIORITY, str(decision.priority))
        self._verbs.set_variable(Variable.DUTY, numbers)
        self._verbs.set_variable(Variable.NO_OPERATOR, decision.no_operator)
        self._verbs.set_variable(Variable.SUBJECT, subject)
        self._route(RouteExtension(decision.kind.value), target, decision.reason.value)

    def _goodbye(self, first: Decision) -> None:
        self._talk.short()
        self._route(RouteExtension.GOODBYE, "", first.reason.value)

    def _route(self, kind: RouteExtension, target: str, reason: str) -> None:
        """The event first: with HL_ROUTE set the dialplan counts on all having been said."""
        self._verbs.user_event(UserEvent.ROUTE, kind=kind.value, target=target, reason=reason)
        self._verbs.set_variable(Variable.ROUTE, kind.value)
        log.info("call %s: %s", self._uniqueid, kind.value)


def _choice(target: str, name: str, menu: Menu) -> str:
    """As the decision knows it (Arrival.choice): a queue's id, else the target itself, of which VOICEMAIL is one."""
    if target == "operator":
        return menu.operator_queue
    return name if target.startswith("queue:") else target


def _as_chosen(first: Decision, choice: str) -> Decision:
    """Where the choice leads by the decision at the call's start, which is not a minute old."""
    if choice == VOICEMAIL:
        return replace(first, kind=RouteKind.VOICEMAIL)
    return replace(first, kind=RouteKind.QUEUE, queue=choice)
