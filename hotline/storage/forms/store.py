"""The log forms (B1), and every change in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, case, func, insert, or_, select, true, update

from hotline.domain.batches import batches
from hotline.domain.forms.form import ANSWER_CLOCK, CallForm, FormChange, FormState, Origin
from hotline.domain.forms.form_json import as_json
from hotline.domain.forms.search import FormFilter, KnownCaller
from hotline.domain.rights.seeing import NumberAsked
from hotline.domain.search.search import listed_words
from hotline.domain.staff.records import Tenure
from hotline.storage.bulk import rows_of, update_rows
from hotline.storage.customers.tables import customer, customer_number
from hotline.storage.deadlines.tables import deadline
from hotline.storage.forms.search_entry import form_entry
from hotline.storage.forms.tables import FORM_NUMBERS, call_form, call_form_change
from hotline.storage.number_search import number_found, rows_with_part
from hotline.storage.search_index import SearchIndex
from hotline.storage.staff.had import had, had_by
from hotline.storage.staff.tables import tenure
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import leaving

_FORM = call_form.c


def form_of_row(row: Row[Any]) -> CallForm:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return CallForm(**{**values, "origin": Origin(row.origin), "state": FormState(row.state)})


def change_of(row: Row[Any]) -> FormChange:
    return FormChange(row.form_id, row.version, row.at, row.changed_by, row.changed)


_COLUMNS = tuple(each.name for each in dataclasses.fields(CallForm))


def _columns_of(form: CallForm) -> dict[str, Any]:
    values = {name: getattr(form, name) for name in _COLUMNS if name != "id"}
    return {**values, "origin": form.origin.value, "state": form.state.value, "fields": dict(form.fields)}


class FormStore(TableStore):
    def of_calls(self, node: str, linkedids: Sequence[str]) -> dict[str, CallForm]:
        """Those of these calls that have one, by linkedid."""
        found: dict[str, CallForm] = {}
        for some in batches(linkedids):
            rows = self._connection.execute(_OF_CALLS, {"node": node, "linkedids": list(some)})
            found.update((row.linkedid, form_of_row(row)) for row in rows)
        return found

    def owners_of(self, node: str, linkedids: Sequence[str]) -> dict[str, str]:
        """Who owns them, as `of_calls`: the least that can be asked, since every fold of a call asks it."""
        found: dict[str, str] = {}
        for some in batches(linkedids):
            rows = self._connection.execute(_OWNERS_OF, {"node": node, "linkedids": list(some)})
            found.update((linkedid, owner) for linkedid, owner in rows)
        return found

    def by_id(self, form_id: int) -> CallForm | None:
        row = self._connection.execute(select(call_form).where(_FORM.id == form_id)).first()
        return form_of_row(row) if row else None

    def by_ids(self, ids: Collection[int]) -> list[CallForm]:
        """Those of these that there are."""
        found: list[CallForm] = []
        for some in batches(sorted(ids)):
            rows = self._connection.execute(select(call_form).where(_FORM.id.in_(some)))
            found += map(form_of_row, rows)
        return found

    def add(self, forms: Sequence[CallForm]) -> list[CallForm]:
        """Those that were not there yet by (node, linkedid), with their ids."""
        if not forms:
            return []
        statement = leaving(self._connection, call_form, "node", "linkedid", told=("id", "node", "linkedid"))
        rows = self._connection.execute(statement, [_columns_of(form) for form in forms])
        ids = {(row.node, row.linkedid): row.id for row in rows}
        added = [
            dataclasses.replace(form, id=ids[form.node, form.linkedid])
            for form in forms
            if (form.node, form.linkedid) in ids
        ]
        SearchIndex(self._connection).add([form_entry(form) for form in added])
        return added

    def update(self, form: CallForm, version: int) -> bool:
        """Rewrite the row if it still has that version; False otherwise."""
        saved = (
            self._connection.execute(
                update(call_form).where(_FORM.id == form.id, _FORM.version == version).values(_columns_of(form))
            ).rowcount
            == 1
        )
        if saved:
            SearchIndex(self._connection).keep([form_entry(form)])
        return saved

    def note(self, change: FormChange, join_within: timedelta = timedelta()) -> bool:
        """Keep the change: within the form's latest one, if that is by the same person and no older; then False."""
        values: dict[str, Any] = {"version": change.version, "changed": as_json(change.changed)}
        last = self._last_change(change.form_id) if join_within else None
        if last is not None and last.changed_by == change.changed_by and change.at - last.at <= join_within:
            values["changed"] = {**last.changed, **values["changed"]}
            self._connection.execute(update(call_form_change).where(call_form_change.c.id == last.id).values(values))
            return False
        self._connection.execute(
            insert(call_form_change).values(
                form_id=change.form_id, at=change.at, changed_by=change.changed_by, **values
            )
        )
        return True

    def changes(self, form_id: int) -> list[FormChange]:
        """Oldest first."""
        rows = self._connection.execute(
            select(call_form_change).where(call_form_change.c.form_id == form_id).order_by(call_form_change.c.version)
        )
        return [change_of(row) for row in rows]

    def search(self, wanted: FormFilter, limit: int, offset: int = 0) -> list[CallForm]:
        """The latest call first; promises by when they are due."""
        order = (_FORM.promise_due_at, _FORM.id) if wanted.promised else (_FORM.called_at.desc(), _FORM.id.desc())
        condition = _condition(self._connection, wanted)
        rows = self._connection.execute(select(call_form).where(condition).order_by(*order).limit(limit).offset(offset))
        return [form_of_row(row) for row in rows]

    def count(self, wanted: FormFilter, most: int | None = None) -> int:
        """`most`: no more are counted; None: all of them."""
        chosen = select(_FORM.id).where(_condition(self._connection, wanted)).limit(most).subquery()
        return self._connection.scalar(select(func.count()).select_from(chosen)) or 0

    def with_number(self, asked: NumberAsked | None, part: str, most: int) -> list[int]:
        """Ids of those whose caller's number or the one to call back is asked for, as in `number_found`; at most so
        many."""
        found = or_(*(number_found(asked, column, part) for column in (_FORM.number, _FORM.callback_number)))
        among = rows_with_part(self._connection, FORM_NUMBERS, part if asked is None else asked.end)
        return list(self._connection.scalars(select(_FORM.id).where(found, *among).limit(most)))

    def has_category(self, category: str) -> bool:
        """Whether any form has it."""
        return (
            self._connection.scalar(select(call_form.c.id).where(call_form.c.category == category).limit(1)) is not None
        )

    def unfinished(self, extensions: Collection[str] | None = None) -> dict[str, int]:
        """How many open ones each owner has, by the extension that is theirs now; where nothing is known of who had
        the call's extension, by that one. None: of all."""
        found = _UNFINISHED if extensions is None else _UNFINISHED_OF
        rows = self._connection.execute(found, {} if extensions is None else {"extensions": list(extensions)})
        return {row.owner: row.forms for row in rows if row.owner is not None}

    def name_owner(self, extension: str, since: datetime, until: datetime, name: str) -> None:
        """That it is they who had the extension in that time; what is found of a form does not change with it."""
        theirs = had([Tenure(0, extension, since, until)], _FORM.owner, _FORM.called_at)
        self._connection.execute(update(call_form).where(theirs).values(owner_name=name))

    def of_people(self, number: str, customer_ids: Sequence[int], since: datetime | None, limit: int) -> list[CallForm]:
        """Of calls from this number or of these customers, the latest first."""
        if not number and not customer_ids:
            return []
        recent = _FORM.called_at >= since if since else true()
        rows = self._connection.execute(
            select(call_form)
            .where(_of_people(number, customer_ids), recent)
            .order_by(_FORM.called_at.desc(), _FORM.id.desc())
            .limit(limit)
        )
        return [form_of_row(row) for row in rows]

    def known_callers(self, numbers: Sequence[str]) -> dict[str, KnownCaller]:
        """By number, for those numbers that exactly one customer has."""
        wanted = list({number for number in numbers if number})
        known: dict[str, dict[int, KnownCaller]] = {}
        for some in batches(wanted):
            for row in self._connection.execute(_KNOWN, {"numbers": some}):
                known.setdefault(row.number, {})[row.id] = KnownCaller(row.id, row.name, row.region, row.address)
        return {number: next(iter(people.values())) for number, people in known.items() if len(people) == 1}

    def move(self, column: str, due: Mapping[int, datetime]) -> None:
        """By the form's id: what the column ("due_at", "promise_due_at") says is then."""
        update_rows(self._connection, call_form, list(due), {column: list(due.values())})

    def _last_change(self, form_id: int) -> Row[Any] | None:
        return self._connection.execute(
            select(call_form_change)
            .where(call_form_change.c.form_id == form_id)
            .order_by(call_form_change.c.version.desc())
            .limit(1)
        ).first()


_THESE = and_(_FORM.node == bindparam("node"), _FORM.linkedid.in_(bindparam("linkedids", expanding=True)))
_OF_CALLS = select(call_form).where(_THESE)

#: Asked for every batch of calls: made once, since making it costs as much as asking.
_OWNERS_OF = select(_FORM.linkedid, _FORM.owner).where(_THESE)

_KNOWN = (
    select(customer_number.c.number, customer.c.id, customer.c.name, customer.c.region, customer.c.address)
    .join(customer, customer.c.id == customer_number.c.customer_id)
    .where(customer_number.c.number.in_(bindparam("numbers", expanding=True)), customer.c.merged_into.is_(None))
)


#: B5: who could not be helped on the phone and waits for an answer.
_UNANSWERED = select(deadline.c.object_id).where(deadline.c.clock == ANSWER_CLOCK, deadline.c.stopped_at.is_(None))


def _of_people(number: str, customer_ids: Sequence[int]) -> ColumnElement[bool]:
    parts = [_FORM.number == number] if number else []
    if customer_ids:
        parts.append(_FORM.customer_id.in_(list(customer_ids)))
    return or_(*parts)


#: Who had a form's extension at the call, and which one they have now.
_THEN, _NOW = tenure.alias("then_had"), tenure.alias("has_now")
_STILL = and_(_NOW.c.person_id == _THEN.c.person_id, _NOW.c.until.is_(None))
_OWNER_NOW = case((_THEN.c.id.is_(None), _FORM.owner), else_=_NOW.c.extension)
_UNFINISHED = (
    select(_OWNER_NOW.label("owner"), func.count().label("forms"))
    .select_from(call_form.outerjoin(_THEN, had_by(_THEN, _FORM.owner, _FORM.called_at)).outerjoin(_NOW, _STILL))
    .where(_FORM.state == FormState.OPEN.value)
    .group_by(_OWNER_NOW)
)
_UNFINISHED_OF = _UNFINISHED.where(_OWNER_NOW.in_(bindparam("extensions", expanding=True)))


def _condition(connection: Connection, wanted: FormFilter) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if wanted.state is not None:
        parts.append(_FORM.state == wanted.state.value)
    if wanted.owners or wanted.owner_names or wanted.led or wanted.had is not None:
        on_duty = and_(_FORM.origin == Origin.DUTY.value, _FORM.owner_name.in_(wanted.owner_names))
        theirs = had(wanted.had or (), _FORM.owner, _FORM.called_at)
        led = had(wanted.led, _FORM.owner, _FORM.called_at)
        parts.append(or_(_FORM.owner.in_(wanted.owners), theirs, on_duty, led))
    if wanted.origin:
        parts.append(_FORM.origin == wanted.origin)
    if wanted.overdue_at is not None:
        parts += [_FORM.state == FormState.OPEN.value, _FORM.due_at <= wanted.overdue_at]
    if wanted.promised:
        parts += [_FORM.promise_due_at.is_not(None), _FORM.promise_kept_at.is_(None)]
    if wanted.unanswered:
        parts.append(_FORM.id.in_(_UNANSWERED))
    if wanted.category:
        parts.append(_FORM.category == wanted.category)
    if wanted.among is not None:
        among = rows_of(connection, {"id": (_FORM.id.type, sorted(wanted.among))})
        parts.append(_FORM.id.in_(select(among.c.id)))
    parts += [_stands(word, wanted.asked) for word in listed_words(wanted.text) if word]
    return and_(*parts)


def _stands(word: str, asked: NumberAsked | None) -> ColumnElement[bool]:
    """In one of the texts, or in a number as far as it may be asked for."""
    texts = (_FORM.caller_name, _FORM.content, _FORM.handling, _FORM.promise, _FORM.address, _FORM.follow_up_person)
    return or_(
        *(column.icontains(word, autoescape=True) for column in texts),
        *(number_found(asked, column, word) for column in (_FORM.number, _FORM.callback_number)),
    )
