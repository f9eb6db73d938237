"""What is known of a number, read while its call rings: few statements, each by an index."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, or_, select

from hotline.domain.calls.call import Call, PartyKind
from hotline.domain.operators.pop import EarlierCall, EarlierForm
from hotline.storage.accounts.tables import audit_log
from hotline.storage.calls.tables import call
from hotline.storage.calls.with_customer import IS_WITH_CUSTOMER
from hotline.storage.forms.tables import call_form
from hotline.storage.transaction import TableStore

_EARLIER_CALLS = (
    select(call.c.id, call.c.detail, call_form.c.category, call_form.c.content)
    .outerjoin(call_form, and_(call_form.c.node == call.c.node, call_form.c.linkedid == call.c.linkedid))
    .where(call.c.caller_number == bindparam("number"), call.c.started_at < bindparam("before"), IS_WITH_CUSTOMER)
    .order_by(call.c.started_at.desc(), call.c.id.desc())
    .limit(bindparam("most"))
)

_EARLIER_FORMS = (
    select(
        call_form.c.id,
        call_form.c.node,
        call_form.c.linkedid,
        call_form.c.called_at,
        call_form.c.category,
        call_form.c.promise,
        call_form.c.promise_due_at,
        call_form.c.promise_kept_at,
        call_form.c.caller_name,
        call_form.c.state,
        call_form.c.owner,
    )
    .where(
        or_(
            call_form.c.number == bindparam("number"),
            call_form.c.customer_id.in_(bindparam("customers", expanding=True)),
        ),
        call_form.c.called_at < bindparam("before"),
        or_(
            call_form.c.called_at >= bindparam("since"),
            and_(call_form.c.promise_due_at.is_not(None), call_form.c.promise_kept_at.is_(None)),
        ),
    )
    .order_by(call_form.c.called_at.desc(), call_form.c.id.desc())
)

_LAST_TALK = (
    select(call.c.detail)
    .where(
        call.c.caller_number == bindparam("number"),
        call.c.started_at >= bindparam("since"),
        call.c.started_at < bindparam("before"),
        IS_WITH_CUSTOMER,
        call.c.answered_by_kind == PartyKind.OPERATOR.value,
    )
    .order_by(call.c.started_at.desc(), call.c.id.desc())
    .limit(1)
)


class CallerStore(TableStore):
    """What a number has to do with us. A number is E.164; "" (withheld) has nothing."""

    def earlier_calls(self, number: str, before: datetime, limit: int) -> list[EarlierCall]:
        """Calls with them, whichever of the two called, that began before then, newest first."""
        if not number:
            return []
        rows = self._connection.execute(_EARLIER_CALLS, {"number": number, "before": before, "most": limit})
        return [EarlierCall(row.id, row.detail, row.category or "", row.content or "") for row in rows]

    def earlier_forms(
        self, number: str, customer_ids: Collection[int], since: datetime, before: datetime
    ) -> list[EarlierForm]:
        """Of calls before then, from this number or of these customers, the latest first: those since `since`, and
        older ones with a promise that is not kept yet."""
        if not number:
            return []
        rows = self._connection.execute(
            _EARLIER_FORMS, {"number": number, "customers": list(customer_ids), "since": since, "before": before}
        )
        return [EarlierForm(*row) for row in rows]

    def last_talk(self, number: str, since: datetime, before: datetime) -> Call | None:
        """The latest call in [since, before) that one of our operators had (B7)."""
        if not number:
            return None
        return self._connection.scalar(_LAST_TALK, {"number": number, "since": since, "before": before})


class PopViewStore(TableStore):
    """Which pops are in the audit log (F8)."""

    def noted(self, objects: Sequence[str], action: str) -> set[tuple[str, str]]:
        """(object, who) of those of these objects that stand in the audit log with this action."""
        rows = self._connection.execute(
            select(audit_log.c.object, audit_log.c.who).where(
                audit_log.c.object.in_(list(objects)), audit_log.c.action == action
            )
        )
        return {(row.object, row.who) for row in rows}
