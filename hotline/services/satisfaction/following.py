"""A low answer opens a case or a return visit, as is set (E9): once, whatever becomes of it."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.errors import NotFound, Refused
from hotline.domain.satisfaction.rating import Follow, Rating
from hotline.domain.visits.planned import NewVisit
from hotline.domain.visits.visit import Origin
from hotline.services.access import handlers_of
from hotline.services.cases.opening import NewCase, add_case
from hotline.services.visits.planning import plan
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.forms.store import FormStore
from hotline.storage.satisfaction.store import RatingStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: As steps and audit log name who opened it.
BY = "rating"

#: In one run; the next one takes the others.
_AT_ONCE = 50


def open_for_low(storage: Storage, settings: Settings, now: datetime) -> int:
    """How many cases and visits were opened."""
    with storage.reading() as tx:
        waiting = RatingStore(tx).to_follow(_AT_ONCE)
    return sum(_opened(storage, settings, each, now) for each in waiting)


def _opened(storage: Storage, settings: Settings, rating: Rating, now: datetime) -> bool:
    """Each in its own transaction, which also says that it is done: nobody opens a second one."""
    try:
        with storage.writing() as tx:
            opened = _visit if rating.follow is Follow.VISIT else _case
            if not RatingStore(tx).followed(rating.id or 0, opened(tx, settings, rating, now)):
                raise Refused("satisfaction.followed")
    except (Refused, NotFound) as error:
        # A kind that there is no more, nobody to be asked: nothing is opened, and the audit log says why.
        with storage.writing() as tx:
            if RatingStore(tx).followed(rating.id or 0, None):
                AuditLog(tx).add(now, BY, "rating.not_followed", f"rating:{rating.id}", error.code)
        return False
    return True


def _case(tx: Transaction, settings: Settings, rating: Rating, now: datetime) -> int | None:
    """About whoever had the caller, so that it is not theirs to settle. Its id."""
    key, chosen = (rating.node, rating.linkedid), settings.satisfaction_of(rating.line)
    form = FormStore(tx).of_calls(rating.node, [rating.linkedid]).get(rating.linkedid)
    known = CallStore(tx).ids_by_call([key]).get(key)
    new = NewCase(
        chosen.case_kind,
        _title(settings, rating),
        rating.comment,
        form_id=form.id if form is not None else None,
        call=key if known is not None else None,
        number=rating.number,
        about=_rated(tx, rating),
    )
    return add_case(tx, settings, new, BY, "", now).id


def _visit(tx: Transaction, settings: Settings, rating: Rating, now: datetime) -> None:
    """Made by nobody who had to do with the call (E5), and not shown to whoever had the caller. Raises NotFound where
    nobody can be asked."""
    call = CallStore(tx).get(rating.node, rating.linkedid)
    new = NewVisit(
        Origin.RATING,
        rating.answered_at or now,
        subject_id=rating.id,
        purpose=_title(settings, rating),
        number=rating.number,
        line=rating.line,
        barred=tuple(sorted(handlers_of(tx, call))) if call is not None else (),
        about=_rated(tx, rating),
        key=f"rating:{rating.id}",
    )
    if plan(tx, settings, new, BY, now) is None:
        raise NotFound("satisfaction.nobody_to_visit")


def _title(settings: Settings, rating: Rating) -> str:
    return settings.satisfaction.low_title.replace("{answer}", str(rating.answer))


def _rated(tx: Transaction, rating: Rating) -> str:
    """The user name of whoever had the caller; "" when that is not known."""
    person = StaffStore(tx).holder(rating.extension, rating.offered_at) if rating.extension else None
    user = UserStore(tx).by_id(person.user_id) if person is not None and person.user_id is not None else None
    return user.username if user is not None else ""
