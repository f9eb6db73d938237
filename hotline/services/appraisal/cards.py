"""Everybody's cards of a month as the figures are now, by team. Read in one transaction; who may see which is asked by
whoever shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hotline.domain.appraisal.card import UNDECIDED, Card, Decided, Material, card_of, together
from hotline.domain.appraisal.month import TEAM
from hotline.domain.appraisal.objection import Objection, ObjectionDecision
from hotline.domain.appraisal.scheme import FALSIFIED, Scheme
from hotline.domain.months import month_span
from hotline.domain.staff.records import Membership, Tenure
from hotline.domain.staff.spans import overlap
from hotline.services.appraisal.material import Found, material
from hotline.services.appraisal.schemes import scheme_at
from hotline.settings import Settings
from hotline.storage.appraisal.store import AppraisalStore
from hotline.storage.staff.spans import MemberStore, TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction

#: Of those who belong to no team.
NO_TEAM = 0


@dataclass(frozen=True, slots=True)
class MonthCards:
    """`teams`: who belongs to each, by its id, those without one under `NO_TEAM`; `cards`: by person. `served`: who
    talked with callers in this month."""

    month: str
    scheme: Scheme
    teams: Mapping[int, Sequence[int]]
    cards: Mapping[int, Card]
    team_cards: Mapping[int, Card]
    served: frozenset[int]

    def of_team(self, team_id: int) -> dict[int, Card]:
        """The team's own under `TEAM`; {} where there is no such team in this month."""
        if team_id not in self.teams:
            return {}
        return {TEAM: self.team_cards[team_id], **{each: self.cards[each] for each in self.teams[team_id]}}

    def team_of(self, person_id: int) -> int | None:
        return next((team for team, people in self.teams.items() if person_id in people), None)


def name_of_month(first: date) -> str:
    return f"{first:%Y-%m}"


def first_of(month: str) -> date:
    """The first day of a month as `name_of_month` writes it. Raises ValueError."""
    return date.fromisoformat(f"{month}-01")


def month_cards(tx: Transaction, settings: Settings, first: date, now: datetime) -> MonthCards:
    """Of whoever had an extension in the month or is in its figures."""
    since, end = month_span(first)
    until = max(min(end, now), since)
    month, scheme = name_of_month(first), scheme_at(tx, since)
    found = material(tx, settings, scheme, since, until)
    people = _people(tx, found, since, end)
    teams = _teams(tx, people, since, end)
    decided = _decided(tx, month)
    cards = {
        each: card_of(scheme, found.by_person.get(each, {}), decided.get((NO_TEAM, each), UNDECIDED)) for each in people
    }
    team_cards = {
        team: card_of(scheme, _of_team(found, scheme, members, decided), decided.get((team, TEAM), UNDECIDED))
        for team, members in teams.items()
    }
    return MonthCards(month, scheme, teams, cards, team_cards, found.served)


def _people(tx: Transaction, found: Found, since: datetime, until: datetime) -> list[int]:
    span = Tenure(0, "", since, until)
    had = {each.person_id for each in TenureStore(tx).search() if overlap(each, span)}
    known = {each.id for each in StaffStore(tx).all(active_only=False)}
    return sorted(each for each in {*found.by_person, *had} if each in known)


def _teams(tx: Transaction, people: Sequence[int], since: datetime, until: datetime) -> dict[int, list[int]]:
    """Each in the team to which they belonged last in the month."""
    names = {each.id: each.name for each in StaffStore(tx).teams(active_only=False)}
    span = Tenure(0, "", since, until)
    last: dict[int, Membership] = {}
    for each in sorted(MemberStore(tx).search(), key=lambda one: names.get(one.unit_id, ""), reverse=True):
        before = last.get(each.person_id)
        if each.unit_id in names and overlap(each, span) and _lasts(each, until) >= _lasts(before, until):
            last[each.person_id] = each
    found: dict[int, list[int]] = {}
    for person_id in people:
        team = last[person_id].unit_id if person_id in last else NO_TEAM
        found.setdefault(team, []).append(person_id)
    return dict(sorted(found.items(), key=lambda pair: (pair[0] == NO_TEAM, names.get(pair[0], ""))))


def _lasts(span: Membership | None, until: datetime) -> datetime:
    """Until when it held, in this month."""
    if span is None:
        return until - timedelta(days=400)
    return until if span.until is None else min(span.until, until)


def _decided(tx: Transaction, month: str) -> dict[tuple[int, int], Decided]:
    """What was decided of somebody (under `NO_TEAM`) or of a team as a whole (under `TEAM`)."""
    store = AppraisalStore(tx)
    false = {(NO_TEAM if each.person_id else each.team_id, each.person_id) for each in store.falsified(month)}
    struck: dict[int, set[str]] = {}
    for each in store.objections(month):
        if _strikes(each):
            struck.setdefault(each.person_id, set()).add(each.about)
    keys = {*false, *((NO_TEAM, each) for each in struck)}
    return {key: Decided(frozenset(struck.get(key[1], ())), key in false) for key in keys}


def _strikes(objection: Objection) -> bool:
    return objection.decision is ObjectionDecision.GRANTED and objection.about != FALSIFIED


def _of_team(
    found: Found, scheme: Scheme, members: Sequence[int], decided: Mapping[tuple[int, int], Decided]
) -> dict[str, Material]:
    """What is struck from somebody's card is left out of their team's too."""
    ids = [each.id for each in scheme.items]
    theirs = []
    for person_id in members:
        struck = decided.get((NO_TEAM, person_id), UNDECIDED).struck
        theirs.append({id: each for id, each in found.by_person.get(person_id, {}).items() if id not in struck})
    return together(theirs, ids)
