"""A lost duty mobile is taken out of everything at once, and put back when it is found (A2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain import numbers
from hotline.domain.errors import Conflict, NotFound, PbxError, Refused
from hotline.domain.line.lost_mobile import LostMobile
from hotline.domain.line.roster import DutyNumber
from hotline.domain.rights.given import ESCALATED_TO
from hotline.domain.text import one_line
from hotline.services.alerts import set_alert
from hotline.services.line.alert_kinds import ROSTER_GAP
from hotline.services.line.duty import always_on_duty, known_shifts
from hotline.services.line.notification_kinds import MOBILE_LOST
from hotline.services.line.roster import read_unwatched
from hotline.services.line.roster_gaps import gap_detail
from hotline.services.line.routing import read_lines
from hotline.services.line.there import who_is_there
from hotline.services.notifications.audiences import persons_of
from hotline.services.notifications.notify import notify
from hotline.services.pbx import Pbx
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.line.lost_mobiles import LostMobileStore
from hotline.storage.transaction import Storage, Transaction

#: AstDB: a key for each way to write a number that is rung by nobody. The dialplan looks at each attempt.
FAMILY = "hotline_out"

#: Of shifts so far ahead the mobiles are named.
AHEAD = timedelta(days=60)

MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class DutyMobiles:
    """`rung`: each once, of the shifts ahead and of those who are always on duty. `second`: whether one is put back
    only when two people want it."""

    rung: Sequence[DutyNumber]
    lost: Sequence[LostMobile]
    second: bool


@dataclass(frozen=True, slots=True)
class TakenOut:
    """`next_one`: by line, who is rung first now; "" for nobody. `told`: whether Asterisk knows; if it does not, calls
    that are on their way ring the mobile until it does."""

    lost: LostMobile
    next_one: Mapping[str, str]
    told: bool


@dataclass(frozen=True, slots=True)
class PutBack:
    """`done` is False where a second person has to agree. `told`: see TakenOut."""

    lost: LostMobile
    done: bool
    told: bool = True


def duty_mobiles(storage: Storage, settings: Settings, now: datetime) -> DutyMobiles:
    """Those that may be lost, and those that are."""
    with storage.reading() as tx:
        lost = LostMobileStore(tx).out()
        out = {numbers.key(each.number) for each in lost}
        rung = [each for key, each in _rung(tx, settings, now).items() if key not in out]
    return DutyMobiles(rung, lost, settings.settings.two_people)


def take_out(
    storage: Storage, settings: Settings, pbx: Pbx, number: str, reason: str, by: str, now: datetime
) -> TakenOut:
    """From now on it is rung for no line and in no shift; supervisors are told. Raises NotFound for what is no duty
    mobile, Conflict when it is out already, Refused for too many words."""
    words, key = one_line(reason), numbers.key(number)
    if len(words) > MOST_WORDS:
        raise Refused("line.lost_reason_too_long", field="reason", most=MOST_WORDS)
    with storage.writing() as tx:
        found = _rung(tx, settings, now).get(key)
        if found is None:
            raise NotFound("line.no_duty_mobile", number=number)
        if any(numbers.key(each.number) == key for each in LostMobileStore(tx).out()):
            raise Conflict("line.mobile_out_already", person=found.person)
        lost = LostMobileStore(tx).add(LostMobile(found.number, found.person, words, by, now))
        AuditLog(tx).add(now, by, "roster.mobile_lost", f"mobile:{lost.id}", f"{found.person}: {words}".rstrip(": "))
        _gaps_anew(tx, settings, now)
        supervisors = persons_of(tx, settings, ESCALATED_TO, now)
        notify(tx, supervisors, MOBILE_LOST, f"mobile:{lost.id}", now, who=found.person, once=f"mobile_lost:{lost.id}")
        shown = read_lines(tx, settings, now)
    first = {each.line: each.state.duty[0].person if each.state.duty else "" for each in shown}
    return TakenOut(lost, first, tell_asterisk(storage, pbx))


def put_back(storage: Storage, settings: Settings, pbx: Pbx, lost_id: int, by: str, now: datetime) -> PutBack:
    """It is rung again. Where a site wants two people for numbers, the first asks and the second does it. Raises
    NotFound, Conflict when it is back already or one person would be both."""
    with storage.writing() as tx:
        lost = LostMobileStore(tx).by_id(lost_id)
        if lost is None:
            raise NotFound("line.no_lost_mobile")
        if lost.put_back_at is not None:
            raise Conflict("line.mobile_back_already", person=lost.person)
        if settings.settings.two_people and lost.asked_by == by:
            raise Conflict("line.mobile_needs_second")
        if settings.settings.two_people and not lost.asked_by:
            LostMobileStore(tx).ask(lost_id, by, now)
            AuditLog(tx).add(now, by, "roster.mobile_asked", f"mobile:{lost_id}", lost.person)
            return PutBack(lost, done=False)
        LostMobileStore(tx).put_back(lost_id, by, now)
        AuditLog(tx).add(now, by, "roster.mobile_back", f"mobile:{lost_id}", lost.person)
        _gaps_anew(tx, settings, now)
    return PutBack(lost, done=True, told=tell_asterisk(storage, pbx))


def put_back_number(storage: Storage, settings: Settings, pbx: Pbx, number: str, by: str, now: datetime) -> PutBack:
    """As `put_back`, by the number."""
    with storage.reading() as tx:
        lost = [each for each in LostMobileStore(tx).out() if numbers.same_number(each.number, number)]
    if not lost:
        raise NotFound("line.no_lost_mobile")
    return put_back(storage, settings, pbx, lost[0].id or 0, by, now)


def tell_asterisk(storage: Storage, pbx: Pbx) -> bool:
    """False when it cannot be reached: a job tells it again. Raises StorageError."""
    try:
        write_lost(pbx, lost_keys(storage))
    except PbxError:
        return False
    return True


def lost_keys(storage: Storage) -> frozenset[str]:
    """Every way to write the numbers that are out, as the dialplan looks for them."""
    with storage.reading() as tx:
        lost = LostMobileStore(tx).out()
    return frozenset(form for each in lost for form in _forms(each.number))


def write_lost(pbx: Pbx, wanted: frozenset[str]) -> None:
    """Make AstDB say just that. Raises PbxError."""
    there = frozenset(pbx.database_of(FAMILY))
    for key in sorted(there - wanted):
        pbx.database_delete(FAMILY, key)
    for key in sorted(wanted - there):
        pbx.database_put(FAMILY, key, "1")


def _forms(number: str) -> frozenset[str]:
    whole = numbers.key(number)
    return frozenset((number, whole, *numbers.dialled_forms(number))) - {""}


def _rung(tx: Transaction, settings: Settings, now: datetime) -> dict[str, DutyNumber]:
    """By their keys, lost ones too; of whoever is away, and of who stands in for them."""
    found: dict[str, DutyNumber] = {}
    planned = known_shifts(tx, settings, now, now + AHEAD)
    for shift in (*planned, *who_is_there(tx, now, now + AHEAD, now).shifts(planned)):
        for each in (*(DutyNumber(shift.person, number) for number in shift.numbers), *shift.backups):
            found.setdefault(numbers.key(each.number), each)
    for line in (*settings.lines, ""):
        for each in always_on_duty(settings, line):
            found.setdefault(numbers.key(each.number), each)
    return found


def _gaps_anew(tx: Transaction, settings: Settings, now: datetime) -> None:
    """A16: who is left without anybody is told at once, not by the job of every five minutes."""
    reason = gap_detail(read_unwatched(tx, settings, now), tuple(settings.lines))
    set_alert(tx, ROSTER_GAP, "", reason, now)
