"""What a kind of case is: its stages, what leads from one to another and by whom, its fields and its clocks.

A kind is a definition with versions: a case goes its way by the version under which it was opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hotline.domain.deadlines.term import Term
from hotline.domain.rights.acts import Act

#: The act with which each case begins.
OPEN = "open"

#: Fields that say who the customer is: wanted only of one whom we know how to reach.
WHO = frozenset({"contact_person", "address", "identity_checked_by"})

#: Whose definitions these are (hotline.domain.definitions).
CASE_KIND = "case_kind"


@dataclass(frozen=True, slots=True)
class Words:
    zh: str
    en: str

    def said(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


class FieldType(StrEnum):
    TEXT = "text"
    LINES = "lines"
    CHOICE = "choice"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    MONEY = "money"
    YES_NO = "yes_no"
    PHONE = "phone"


class Guard(StrEnum):
    """What must be so besides the right, before an act is done."""

    #: Whoever proposed the solution does not approve it.
    NOT_PROPOSER = "not_proposer"
    #: D7: a grave one is approved by the leader.
    GRAVE_BY_LEADER = "grave_by_leader"
    #: E5: whoever handled it does not visit.
    NOT_HANDLER = "not_handler"
    #: Only a case without number and customer is not told and not visited.
    NO_CONTACT = "no_contact"
    #: There is proof of the customer's consent: a call, a link that they used, or a signature.
    PROOF = "proof"
    #: The solution that is chosen was proposed.
    PROPOSED = "proposed"
    #: D11: goods go back within the window.
    IN_WINDOW = "in_window"


@dataclass(frozen=True, slots=True)
class CaseField:
    """`required`: the acts with which it must be given. `choices`: code -> words, of a choice."""

    id: str
    label: Words
    type: FieldType
    choices: Mapping[str, Words] = field(default_factory=dict, hash=False)
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """`closed`: what stands here is done. `waits`: for the customer."""

    id: str
    words: Words
    closed: bool = False


@dataclass(frozen=True, slots=True)
class CaseAct:
    """`before`: the stages from which it leads to `after`; None: it stays where it was. `needs`: what must be given,
    `takes`: what may be given besides. `back`: a step back, with a reason. `tells`: the customer hears from us with
    it. `assigns`: it hands the case to a department."""

    id: str
    words: Words
    before: frozenset[str]
    after: str | None
    right: Act
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    back: bool = False
    tells: bool = False
    assigns: bool = False


@dataclass(frozen=True, slots=True)
class CaseClock:
    """`name`: one of the clocks of cases (hotline.domain.cases.clock_names). It starts with the first of the acts
    `starts` (with the last, when `latest`), ends with the first of `ends` after that, goes on after one of `reopens`.
    `term` None: due at the moment that is given in the field `until` with the act that starts it, and only if one is.
    `priority`, `complexity`, `channel`: only of such cases; none means all. `values`: only of cases whose field has one
    of these choices."""

    name: str
    rule: str
    term: Term | None
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    reopens: tuple[str, ...] = ()
    latest: bool = False
    until: str = ""
    priority: tuple[str, ...] = ()
    complexity: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Kind:
    """`version` 0: of a file, not recorded yet. `begins`: the stage of a new case. `subject`: by which the directory is
    searched for who is responsible, unless the case says another. `visit`: E5 and E1 hold for its visit. `checklist`:
    what is begun with a grave one. `prints`: the forms that are printed. `tell_at_once`: groups of addresses told when
    one is opened (D9). `withdrawn`: none is opened any more."""

    code: str
    words: Words
    begins: str
    fields: tuple[CaseField, ...]
    stages: tuple[Stage, ...]
    acts: tuple[CaseAct, ...]
    clocks: tuple[CaseClock, ...]
    subject: str = ""
    checklist: tuple[Words, ...] = ()
    prints: tuple[str, ...] = ()
    tell_at_once: tuple[str, ...] = ()
    return_days: int = 0
    withdrawn: bool = False
    version: int = 0

    def stage(self, stage_id: str) -> Stage | None:
        return next((each for each in self.stages if each.id == stage_id), None)

    def act(self, act_id: str) -> CaseAct | None:
        return next((each for each in self.acts if each.id == act_id), None)

    def field(self, field_id: str) -> CaseField | None:
        return next((each for each in self.fields if each.id == field_id), None)

    def required_with(self, act_id: str, nobody: bool = False) -> tuple[str, ...]:
        """What must be given with this act, each once. `nobody`: of a case without number and customer."""
        act = self.act(act_id)
        asked = [each.id for each in self.fields if act_id in each.required and not (nobody and each.id in WHO)]
        return tuple(dict.fromkeys([*(act.needs if act else ()), *asked]))
