"""Operators' states, from the queues' events and the folded calls, written to the database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hotline.asterisk.presence_events import (
    MemberChanged,
    MembersListed,
    OperatorNotice,
    PhoneChanged,
    PhoneListed,
    PhonesListed,
    PhoneUsed,
    QueuesReloaded,
)
from hotline.domain.calls.call import Call
from hotline.domain.forms.form import FormState
from hotline.domain.operators.presence import OperatorPresence, ShownState, StateChange, Via, shown_reason, shown_state
from hotline.domain.operators.presence_projection import (
    Doing,
    Membership,
    OrderKind,
    PresenceOrder,
    by_the_phone,
    came_or_went,
    doing_of,
    lost_pause,
    projected,
    strongest,
)
from hotline.domain.outbox import OutboxEntry
from hotline.domain.time import Clock
from hotline.services import outbox_topics as topics
from hotline.storage.calls.store import CallStore
from hotline.storage.forms.store import FormStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage, Transaction

#: Asterisk says in whole seconds for how long it has been up.
_SAME_BOOT = timedelta(seconds=2)

Members = dict[str, dict[str, Membership]]


@dataclass(slots=True)
class HeardState:
    """What has been heard; `members` (by extension and queue) and `reachable` None: no whole picture yet.
    `in_use_since`: of phones that ring or are in a call."""

    members: Members | None = None
    reachable: dict[str, bool] | None = None
    in_use_since: dict[str, datetime] = field(default_factory=dict)
    doing: dict[str, dict[str, Doing]] = field(default_factory=dict)

    def of(self, extension: str) -> Doing | None:
        return strongest(of_call[extension] for of_call in self.doing.values() if extension in of_call)

    def doing_now(self, extension: str, now: datetime) -> Doing | None:
        return by_the_phone(self.of(extension), self.in_use_since.get(extension), now)

    def no_call_any_more(self, extension: str, now: datetime) -> None:
        """The phone will say in a moment that it is free again."""
        if extension in self.in_use_since and self.of(extension) is None:
            self.in_use_since[extension] = now


class PresenceTracker:
    """For the listener's thread. `follow` is a consequence of calls that are written down; `flush` writes what the
    queues alone have told. `operators`: the extensions of those who are operators now."""

    def __init__(
        self,
        storage: Storage,
        node: str,
        operators: Callable[[], Collection[str]],
        waits: Callable[[], tuple[timedelta, timedelta]],
        clock: Clock,
    ) -> None:
        self._storage, self._node, self._asked = storage, node, operators
        self._operators = frozenset(operators())
        self._waits, self._clock = waits, clock
        self._ordered: Callable[[Sequence[PresenceOrder]], None] = lambda orders: None
        self._changed: Callable[[Mapping[str, OperatorPresence]], None] = lambda rows: None
        self._phone_changed: Callable[[PhoneChanged], None] = lambda notice: None
        self._heard = HeardState()
        self._listing: Members | None = None  # the picture that was asked for, as far as it has come
        self._phones: dict[str, bool] = {}
        self._dirty: set[str] = set()
        self._written: dict[str, OperatorPresence] = {}
        self._loaded = False
        self._booted_at: datetime | None = None
        self._paused_before: list[OperatorPresence] = []
        self._with_callers: frozenset[str] = frozenset()
        self._busy_by_phone: set[str] = set()
        self.phones_wanted, self.members_wanted = False, False

    def tell(
        self,
        ordered: Callable[[Sequence[PresenceOrder]], None],
        changed: Callable[[Mapping[str, OperatorPresence]], None],
    ) -> None:
        """From now on `ordered` is given what Asterisk must be told; `changed` hears after each commit whose rows are
        new: those, by extension."""
        self._ordered, self._changed = ordered, changed

    def watch_phones(self, changed: Callable[[PhoneChanged], None]) -> None:
        """From now on `changed` hears of each phone that comes or goes."""
        self._phone_changed = changed

    @property
    def with_callers(self) -> frozenset[str]:
        """Those of whom a call with a customer is shown, not a colleague's. May be asked by another thread."""
        return self._with_callers

    def booted(self, at: datetime) -> None:
        """Asterisk is there, and has been since then; the picture of all queues is asked for. Whoever was paused before
        is to be so again. Raises StorageError."""
        self._listing = {}
        if self._booted_at is not None and at - self._booted_at < _SAME_BOOT:
            return
        with self._storage.reading() as tx:
            rows = PresenceStore(tx).all()
        self._paused_before = [row for row in rows if row.paused and row.updated_at and row.updated_at < at]
        self._booted_at = at

    def hear(self, notices: Sequence[OperatorNotice]) -> None:
        """What the stream told, in order."""
        self._newcomers()
        for notice in notices:
            match notice:
                case MemberChanged(listed=True):
                    self._listing = self._listing or {}
                    _put(self._listing, notice)
                case MemberChanged():
                    self._change(notice)
                case MembersListed():
                    self._heard.members, self._listing = self._listing or {}, None
                    self._dirty |= self._operators
                    self._pause_again()
                case QueuesReloaded():
                    self._listing, self.members_wanted = {}, True
                case PhoneListed():
                    self._phones[notice.extension] = notice.reachable
                    self._use(notice.extension, notice.in_use)
                case PhoneUsed():
                    self._use(notice.extension, notice.in_use)
                    self._reach(notice)
                case PhonesListed():
                    self._heard.reachable, self._phones = self._phones, {}
                    self._dirty |= self._operators
                case PhoneChanged():
                    self.phones_wanted = True
                    self._phone_changed(notice)
                    if notice.gone:
                        self._stop_ringing(notice.extension)

    def follow(self, tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        """In the calls' transaction. A transaction that fails is done again, and this with it."""
        self._newcomers()
        self._load(tx)
        for call in calls:
            before = self._heard.doing.get(call.linkedid, {})
            after = doing_of(call)
            self._dirty |= {each for each in (*before, *after) if before.get(each) != after.get(each)}
            if after:
                self._heard.doing[call.linkedid] = after
            else:
                self._heard.doing.pop(call.linkedid, None)
            for extension in before.keys() - after.keys():
                self._heard.no_call_any_more(extension, now)
        self._write(tx, now)

    def told(self) -> None:
        """What `follow` wrote is committed."""
        self._dirty = set()
        if self._written:
            written, self._written = self._written, {}
            self._changed(written)

    def flush(self) -> None:
        """Write what is not written yet. Raises StorageError; it may be done again."""
        self._newcomers()
        self._dirty |= self._found_busy()
        if self._dirty:
            with self._storage.writing() as tx:
                self._load(tx)
                self._write(tx, self._clock())
            self.told()

    def _newcomers(self) -> None:
        """Who has become an operator is written down as heard; who leaves is followed on, out of the last queue."""
        new = frozenset(self._asked()) - self._operators
        if new:
            self._dirty |= new
            self._operators, self.phones_wanted = self._operators | new, True

    def _change(self, notice: MemberChanged) -> None:
        if self._listing is not None:
            # What the picture says of them may have come already, or will come and is newer.
            _put(self._listing, notice)
        members = self._heard.members
        if members is None:
            return
        _put(members, notice)
        if not notice.present and not members[notice.extension]:
            self._stop_ringing(notice.extension)
        self._dirty |= {notice.extension} & self._operators

    def _stop_ringing(self, extension: str) -> None:
        """Whoever is gone is rung no longer, so that the caller goes on at once, not when the ringing is over."""
        if extension in self._operators:
            self._ordered([PresenceOrder(extension, OrderKind.STOP_RINGING)])

    def _use(self, extension: str, in_use: bool) -> None:
        if extension not in self._operators or in_use == (extension in self._heard.in_use_since):
            return
        if in_use:
            self._heard.in_use_since[extension] = self._clock()
        else:
            del self._heard.in_use_since[extension]
            self._dirty.add(extension)

    def _reach(self, notice: PhoneUsed) -> None:
        """Asterisk tells of a phone's contact before it reckons the phone's state by it, so that a picture asked for in
        between is the state before: what is told of one phone after that stands."""
        for known in (self._heard.reachable, self._phones):
            if known is not None and notice.extension in known and known[notice.extension] != notice.reachable:
                known[notice.extension] = notice.reachable
                self._dirty |= {notice.extension} & self._operators

    def _found_busy(self) -> set[str]:
        """Whose phone is in use for no call that is known, and not shown as that yet."""
        now, heard = self._clock(), self._heard
        return {
            each
            for each in heard.in_use_since
            if each not in self._busy_by_phone and heard.of(each) is None and heard.doing_now(each, now) is not None
        }

    def _pause_again(self) -> None:
        found = [lost_pause(row, self._members(row.extension) or {}) for row in self._paused_before]
        self._paused_before = []
        self._ordered([order for order in found if order is not None])

    def _load(self, tx: Transaction) -> None:
        """Once: calls that lasted when the process began; every row is looked at, since nobody kept them meanwhile."""
        if self._loaded:
            return
        for linkedid in CallStore(tx).open_linkedids(self._node):
            call = CallStore(tx).get(self._node, linkedid)
            self._heard.doing.setdefault(linkedid, doing_of(call) if call else {})
        self._dirty |= {presence.extension for presence in PresenceStore(tx).all()} & self._operators
        self._loaded = True

    def _write(self, tx: Transaction, now: datetime) -> None:
        wanted = sorted(self._dirty & self._operators)
        if not wanted:
            return
        with_customers = {
            each for each in wanted if (doing := self._heard.of(each)) is not None and doing.with_customer
        }
        self._with_callers = (self._with_callers - frozenset(wanted)) | with_customers
        by_phone = {each for each in wanted if self._heard.of(each) is None and self._heard.doing_now(each, now)}
        self._busy_by_phone = (self._busy_by_phone - set(wanted)) | by_phone
        known = PresenceStore(tx).of(wanted)
        pairs = [
            (before := known.get(each, OperatorPresence(each)), self._projected(tx, before, now)) for each in wanted
        ]
        changed = [(before, after) for before, after in pairs if after is not before]
        PresenceStore(tx).save([after for _before, after in changed])
        self._written = {after.extension: after for _before, after in pairs}
        for before, after in changed:
            via = _signed_in_via(after, self._waits()[1], now)
            if came_or_went(before, after) and after.via != via:
                PresenceStore(tx).seen(after.extension, via, after.console_seen_at)
                self._written[after.extension] = replace(after, via=via)
        PresenceStore(tx).note([change for pair in changed if (change := _change_of(*pair, now)) is not None])
        Outbox(tx).add(
            [OutboxEntry(topics.OPERATOR, {"extension": after.extension}, now) for _before, after in changed]
        )

    def _projected(self, tx: Transaction, before: OperatorPresence, now: datetime) -> OperatorPresence:
        extension = before.extension
        reachable = self._heard.reachable
        after = projected(
            before,
            self._members(extension),
            self._heard.doing_now(extension, now),
            None if reachable is None else reachable.get(extension, False),
            self._waits()[0],
            now,
        )
        begins = after.wrap_up_until is not None and before.wrap_up_until is None
        if begins and before.linkedid and _is_written_up(tx, before):
            return replace(after, wrap_up_until=now)
        return after

    def _members(self, extension: str) -> Mapping[str, Membership] | None:
        return None if self._heard.members is None else self._heard.members.get(extension, {})


def _put(members: Members, notice: MemberChanged) -> None:
    own = members.setdefault(notice.extension, {})
    if notice.present:
        own[notice.queue] = _membership(notice)
    else:
        own.pop(notice.queue, None)


def _membership(notice: MemberChanged) -> Membership:
    return Membership(notice.paused, notice.reason if notice.paused else "")


def _is_written_up(tx: Transaction, before: OperatorPresence) -> bool:
    """The form was done while they still talked: there is nothing to wrap up."""
    form = FormStore(tx).of_calls(before.node, [before.linkedid]).get(before.linkedid)
    return form is not None and form.state is FormState.DONE


def _signed_in_via(after: OperatorPresence, grace: timedelta, now: datetime) -> Via:
    """Whoever signs in while their console is open sits at it; else they did it at a phone."""
    seen = after.console_seen_at
    at_console = after.via == Via.CONSOLE and seen is not None and now - seen < grace
    return Via.CONSOLE if at_console else Via.PHONE


def _change_of(before: OperatorPresence, after: OperatorPresence, now: datetime) -> StateChange | None:
    then = (shown_state(before), shown_reason(before)) if before.since else (ShownState.OFFLINE, "")
    state, reason = shown_state(after), shown_reason(after)
    return None if then == (state, reason) else StateChange(after.extension, now, state, reason)
