"""Months, teams and cards as somebody may see them: everybody's, their people's, or their own. A month that is closed
is shown as it was signed, and what is another figure now stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from hotline.domain.appraisal.consequences import Band, Standing, band, of_team, standings
from hotline.domain.appraisal.month import TEAM, Difference, MonthState, SignedMonth, differences
from hotline.domain.errors import Forbidden, NotFound
from hotline.domain.months import month_span, previous_month
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.services.access import require_right
from hotline.services.appraisal.cards import MonthCards, month_cards, name_of_month
from hotline.services.appraisal.material import rows_of
from hotline.services.appraisal.months import about, about_card, content_of, lines_of, ties_to_team
from hotline.services.appraisal.objections import objections_until
from hotline.services.appraisal.seen import SeenCard, SeenMonth, SeenPerson, SeenRows, SeenSheet, SeenTeam
from hotline.services.looks import note_look
from hotline.services.staff.people import own_person
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.appraisal.store import AppraisalStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


def see_month(
    storage: Storage, settings: Settings, first: date, actor: Actor, now: datetime, action: str = "view"
) -> SeenMonth:
    """Raises Forbidden."""
    require_right(Act.SEE_APPRAISAL, actor)
    with storage.reading() as tx:
        seen = _Looking(tx, settings, first, actor, now).month()
    note_look(storage, actor, now, f"appraisal.{action}", f"appraisal:{name_of_month(first)}")
    return seen


def see_sheet(
    storage: Storage, settings: Settings, first: date, team_id: int, actor: Actor, now: datetime
) -> SeenSheet:
    """Raises Forbidden for who may not see the team as a whole, NotFound."""
    require_right(Act.SEE_APPRAISAL, actor)
    with storage.reading() as tx:
        looking = _Looking(tx, settings, first, actor, now)
        sheet = looking.sheet(team_id)
    note_look(storage, actor, now, "appraisal.view", about(looking.cards.month, team_id))
    return sheet


def see_card(
    storage: Storage, settings: Settings, first: date, person_id: int, actor: Actor, now: datetime
) -> SeenCard:
    """Raises Forbidden, NotFound for who has no card in this month."""
    require_right(Act.SEE_APPRAISAL, actor)
    with storage.reading() as tx:
        seen = _Looking(tx, settings, first, actor, now).card(person_id)
    note_look(storage, actor, now, "appraisal.view", about_card(name_of_month(first), person_id))
    return seen


def see_rows(
    storage: Storage,
    settings: Settings,
    first: date,
    person_id: int,
    item_id: str,
    actor: Actor,
    now: datetime,
    limit: int,
    offset: int = 0,
) -> SeenRows:
    """What one figure of a card is made of, the newest first. Raises Forbidden, NotFound."""
    require_right(Act.SEE_APPRAISAL, actor)
    with storage.reading() as tx:
        card = _Looking(tx, settings, first, actor, now).card(person_id)
        item = card.scheme.item(item_id)
        if item is None:
            raise NotFound("appraisal.no_figure")
        since, end = month_span(first)
        until = max(min(end, now), since)
        rows = rows_of(tx, settings, item, person_id, since, until, limit + 1, offset)
    note_look(storage, actor, now, "appraisal.rows", about_card(name_of_month(first), person_id), item_id)
    return SeenRows(card, rows[:limit], len(rows) > limit)


class _Looking:
    def __init__(self, tx: Transaction, settings: Settings, first: date, actor: Actor, now: datetime) -> None:
        self._tx, self._settings, self._first, self._actor, self._now = tx, settings, first, actor, now
        self.cards: MonthCards = month_cards(tx, settings, first, now)
        self._lines = lines_of(settings)
        staff = StaffStore(tx)
        self._people = {each.id or 0: each for each in staff.all(active_only=False)}
        self._teams = {each.id or 0: each.name for each in staff.teams(active_only=False)}
        self._newest = AppraisalStore(tx).newest(self._months())
        own = own_person(tx, actor)
        self._own_id = own.id if own is not None else None
        usernames = {user.id: user.username for user in UserStore(tx).all()}
        self._led = {
            each.id for each in self._people.values() if usernames.get(each.user_id or 0, "") in actor.led.usernames
        }

    def month(self) -> SeenMonth:
        standing = self._standings()
        teams = [team for each in self.cards.teams if (team := self._team(each, standing)).people]
        return SeenMonth(self._first, self.cards.scheme, self._now >= month_span(self._first)[1], teams)

    def sheet(self, team_id: int) -> SeenSheet:
        month = self.month()
        team = next((each for each in month.teams if each.team_id == team_id), None)
        if team is None:
            raise NotFound("appraisal.no_team")
        if not team.whole:
            raise Forbidden("accounts.not_of_your_people")
        cards = self.cards.of_team(team_id)
        store, ties = AppraisalStore(self._tx), ties_to_team(self._tx, team_id, self._actor, self._now)
        apart = self._own_id not in self.cards.cards
        return SeenSheet(
            month,
            team,
            cards,
            store.versions(self.cards.month, team_id),
            self._differences(team_id),
            {TEAM: team.name, **{each: self._name(each) for each in cards if each != TEAM}},
            [each for each in store.falsified(self.cards.month) if each.team_id == team_id],
            apart and self._may(Act.SIGN_APPRAISAL, Tie.UNHANDLED),
            may(Act.CLOSE_APPRAISAL, self._actor.roles, ties),
        )

    def card(self, person_id: int) -> SeenCard:
        if person_id not in self.cards.cards:
            raise NotFound("appraisal.no_card_of")
        if not self._sees(person_id):
            raise Forbidden("accounts.not_of_your_people")
        store, card = AppraisalStore(self._tx), self.cards.cards[person_id]
        team_id = self.cards.team_of(person_id) or 0
        signed = self._signed(team_id)
        state = signed.state if signed is not None else MonthState.OPEN
        until = objections_until(self._tx, self._settings, self.cards, person_id)
        own = person_id == self._own_id
        return SeenCard(
            self._first,
            self.cards.scheme,
            person_id,
            self._name(person_id),
            team_id,
            self._teams.get(team_id, ""),
            card,
            self._band(card.score),
            state,
            _locked(signed, person_id) if signed is not None and state is MonthState.CLOSED else None,
            store.objections(self.cards.month, person_id),
            store.falsified(self.cards.month, person_id),
            own,
            own and self._may(Act.OBJECT_TO_APPRAISAL, Tie.OWNS) and (until is None or self._now <= until),
            until,
            self._own_id not in self.cards.cards and self._may(Act.DECIDE_OBJECTION, Tie.UNHANDLED),
        )

    def _team(self, team_id: int, standing: Mapping[str, Mapping[int, Standing]]) -> SeenTeam:
        signed = self._signed(team_id)
        closed = signed if signed is not None and signed.state is MonthState.CLOSED else None
        people = [self._person(each, closed) for each in self.cards.teams[team_id] if self._sees(each)]
        ties = ties_to_team(self._tx, team_id, self._actor, self._now)
        whole = may(Act.SEE_APPRAISAL, self._actor.roles) or (
            Tie.LED in ties and may(Act.SEE_APPRAISAL, self._actor.roles, ties)
        )
        history = [standing[month].get(team_id, Standing(None)) for month in self._months()]
        return SeenTeam(
            team_id,
            self._teams.get(team_id, ""),
            signed.state if signed is not None else MonthState.OPEN,
            signed,
            sorted(people, key=lambda each: (each.score is None, -(each.score or 0), each.name)),
            whole,
            history[-1].score if whole else None,
            history[-1] if whole else Standing(None),
            of_team(history, closed.lines if closed else self._lines) if whole and team_id else [],
            len(self._differences(team_id)),
        )

    def _person(self, person_id: int, closed: SignedMonth | None) -> SeenPerson:
        card = self.cards.cards[person_id]
        score = closed.score(person_id) if closed is not None else card.score
        return SeenPerson(person_id, self._name(person_id), score, self._band(score), card.falsified)

    def _standings(self) -> dict[str, dict[int, Standing]]:
        """Of each month that counts: of the present one as it is shown, of those before as they were closed."""
        found: dict[str, dict[int, Standing]] = {}
        for month in self._months():
            closed = {
                team: each.score()
                for (of, team), each in self._newest.items()
                if of == month and team and each.state is MonthState.CLOSED
            }
            now = {team: card.score for team, card in self.cards.team_cards.items() if team}
            false = [team for team, card in self.cards.team_cards.items() if card.falsified]
            present = month == self.cards.month
            found[month] = standings({**now, **closed} if present else closed, false if present else ())
        return found

    def _months(self) -> list[str]:
        """The oldest first, as many as a consequence looks back on."""
        it, first = self._settings.appraisal, self._first
        found = [first]
        for _month in range(max(it.low_months, it.last_months) - 1):
            first = previous_month(first)
            found.append(first)
        return [name_of_month(each) for each in reversed(found)]

    def _signed(self, team_id: int) -> SignedMonth | None:
        return self._newest.get((self.cards.month, team_id))

    def _differences(self, team_id: int) -> list[Difference]:
        signed = self._signed(team_id)
        if signed is None or signed.state is MonthState.OPEN:
            return []
        now = content_of(self.cards, self._lines, team_id)
        return differences(signed.content, now)

    def _band(self, score: float | None) -> Band | None:
        return None if score is None else band(score, self._lines)

    def _name(self, person_id: int) -> str:
        return self._people[person_id].name

    def _may(self, act: Act, tie: Tie) -> bool:
        return may(act, self._actor.roles, {tie})

    def _sees(self, person_id: int) -> bool:
        ties = {Tie.OWNS} if person_id == self._own_id else set()
        if person_id in self._led:
            ties.add(Tie.LED)
        return may(Act.SEE_APPRAISAL, self._actor.roles, ties)


def _locked(signed: SignedMonth, person_id: int) -> dict[str, float | None] | None:
    card = signed.figures["cards"].get(str(person_id))
    if card is None:
        return None
    return {"": card["score"], **{item: each["value"] for item, each in card["items"].items()}}
