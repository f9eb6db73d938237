"""Composes the messages for entries of the outbox: once for each kind of reader, not for each reader."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.errors import NotFound
from hotline.domain.operators.push import Reader, ToldCall, brings_pop, ends_session, operators_of, owners_of, telling
from hotline.domain.outbox import OutboxEntry
from hotline.services import outbox_topics as topics
from hotline.services.calls.live_calls import live_call
from hotline.services.operators.news import News
from hotline.services.operators.pop import Known, sees_whole
from hotline.services.operators.presence import OperatorsShown
from hotline.services.pushed import pushed_topics
from hotline.web.push import frames

logger = logging.getLogger(__name__)

_OWNERS = ("owner", "owner_before")

#: One entry that nobody can make sense of must not silence all that come after it.
_UNREADABLE = (AttributeError, LookupError, TypeError, ValueError, NotFound)


@dataclass(frozen=True, slots=True)
class Message:
    """One event for one reader. `ends`: nothing comes after it. Of a `call`: `told` is what to remember that the reader
    knows of it, and `pops` says that its pop comes with it."""

    data: bytes
    ends: bool = False
    call: int | None = None
    told: ToldCall | None = None
    pops: bool = False


@dataclass(slots=True)
class _Shown:
    """One call's JSON, by who may see what."""

    stored: StoredCall
    level: str = ""
    known: Known | None = None
    calls: dict[bool, str] = field(default_factory=dict)
    pops: dict[object, str] = field(default_factory=dict)


class Teller:
    """Tells of entries as one snapshot has them. The same call is read, and its pop gathered, once."""

    def __init__(self, news: News, now: datetime, entries: Iterable[OutboxEntry]) -> None:
        self._news, self._settings, self._now = news, news.settings, now
        self.entries = latest(entries)
        ids = [call_id for entry in self.entries if (call_id := call_of(entry)) is not None]
        calls = news.calls(ids)
        levels = news.levels(calls.values())
        self._calls = {
            call_id: _Shown(stored, levels.get(stored.call.caller.number, "")) for call_id, stored in calls.items()
        }
        self._shown: OperatorsShown | None = None
        self._operators: dict[str, str] = {}
        self._unread: dict[int, int] = {}

    def about(self, entry: OutboxEntry, reader: Reader, before: Callable[[int], ToldCall | None]) -> Message | None:
        """What this reader is told of the entry; `before` gives what they know of a call already."""
        try:
            return self._call(entry, reader, before) if entry.topic == topics.CALL else self._other(entry, reader)
        except _UNREADABLE:
            logger.exception("the outbox entry %s (%s) cannot be told", entry.id, entry.topic)
            return None

    def concerned(self, entry: OutboxEntry) -> frozenset[str] | None:
        """The extensions of the operators whom the entry concerns, besides the floor; None: it may concern anybody."""
        if entry.topic == topics.CALL:
            shown = self._calls.get(call_of(entry) or 0)
            return operators_of(shown.stored.call) if shown else frozenset()
        if entry.topic == topics.OPERATOR or entry.topic in pushed_topics():
            return frozenset((str(entry.payload.get("extension")),))
        return owners_of(entry.payload) if entry.topic == topics.FORM else None

    def _call(self, entry: OutboxEntry, reader: Reader, before: Callable[[int], ToldCall | None]) -> Message | None:
        shown = self._calls.get(call_of(entry) or 0)
        told = telling(shown.stored.call, reader) if shown else None
        if shown is None or told is None:
            return None
        earlier = before(shown.stored.id)
        if told == earlier:
            return None
        pops = brings_pop(earlier, told)
        pop = self._pop(shown, reader) if pops else None
        data = frames.call_data(self._live(shown, sees_whole(reader.who)), told.share, pop)
        return Message(frames.event("call", data, entry.id), call=shown.stored.id, told=told, pops=pops)

    def _live(self, shown: _Shown, whole: bool) -> str:
        if whole not in shown.calls:
            view = live_call(shown.stored, self._settings, self._now, whole, shown.level)
            shown.calls[whole] = view.model_dump_json()
        return shown.calls[whole]

    def _pop(self, shown: _Shown, reader: Reader) -> str:
        if shown.known is None:
            shown.known = self._news.known_of(shown.stored)
        key = shown.known.kind_for(reader.who)
        if key not in shown.pops:
            view = self._news.pop(shown.known, reader.who, self._now)
            shown.pops[key] = view.model_dump_json()
        return shown.pops[key]

    def _other(self, entry: OutboxEntry, reader: Reader) -> Message | None:
        payload = entry.payload
        if reader.bell or entry.topic == topics.NOTIFICATION:
            return self._bell(entry, reader)
        if entry.topic in pushed_topics():
            return self._told_by_feature(entry, reader)
        concerned = self.concerned(entry)
        mine = concerned is None or reader.extension in concerned
        if not mine and not reader.follows(concerned or (), self._now):
            return None
        if entry.topic == topics.OPERATOR:
            if payload["extension"] not in self._settings.operators:
                return None  # they have left meanwhile
            return Message(frames.event("operator", self._operator(str(payload["extension"])), entry.id))
        if entry.topic == topics.FORM:
            return Message(frames.event("form", frames.plain(self._form(payload, reader)), entry.id))
        if entry.topic == topics.SESSION:
            return self._session(entry, reader)
        if entry.topic == topics.LINE:
            return Message(frames.event("line", frames.plain(payload), entry.id))
        return None

    def _told_by_feature(self, entry: OutboxEntry, reader: Reader) -> Message | None:
        """To the operator alone, not to the floor."""
        if not reader.extension or reader.extension != entry.payload["extension"]:
            return None
        pushed, about = pushed_topics()[entry.topic], entry.payload["id"]
        view = self._news.shown(pushed, about, reader.who, self._now) if isinstance(about, int) else None
        return Message(frames.event(entry.topic, view.model_dump_json(), entry.id)) if view is not None else None

    def _session(self, entry: OutboxEntry, reader: Reader) -> Message | None:
        if not ends_session(entry.payload, reader):
            return None
        return Message(session_over(str(entry.payload.get("why", "")), entry.id), ends=True)

    def _bell(self, entry: OutboxEntry, reader: Reader) -> Message | None:
        if entry.topic == topics.SESSION:
            return self._session(entry, reader)
        user_id = reader.who.user_id
        if not reader.bell or user_id is None or entry.payload.get("user_id") != user_id:
            return None
        if user_id not in self._unread:
            self._unread[user_id] = self._news.unread(user_id)
        return Message(frames.event("bell", frames.plain({"unread": self._unread[user_id]}), entry.id))

    def _form(self, payload: Mapping[str, object], reader: Reader) -> Mapping[str, object]:
        """Who had a record before may have been a duty mobile: its number is masked (A14)."""
        if sees_whole(reader.who):
            return payload
        return {
            name: numbers.mask(value)
            if name in _OWNERS and isinstance(value, str) and value not in self._settings.operators
            else value
            for name, value in payload.items()
        }

    def _operator(self, extension: str) -> str:
        if extension not in self._operators:
            self._operators[extension] = self._shown_operators().view(extension).model_dump_json()
        return self._operators[extension]

    def _shown_operators(self) -> OperatorsShown:
        """All that the entries are about: a call rings at several."""
        if self._shown is None:
            told = (str(entry.payload.get("extension")) for entry in self.entries if entry.topic == topics.OPERATOR)
            self._shown = self._news.operators(frozenset(told) & self._settings.operators.keys())
        return self._shown


def session_over(why: str, last_id: int | None) -> bytes:
    return frames.event("session", frames.plain({"ended": True, "why": why}), last_id)


def call_of(entry: OutboxEntry) -> int | None:
    """The row of the call that the entry tells of."""
    found = entry.payload.get("id") if entry.topic == topics.CALL else None
    return found if isinstance(found, int) else None


#: What an entry is about, where only the latest of several about it need be told.
_NAMED_BY = {
    topics.CALL: ("id",),
    topics.OPERATOR: ("extension",),
    topics.FORM: ("form_id", "owner", "owner_before"),
    topics.NOTIFICATION: ("user_id",),
}


def latest(entries: Iterable[OutboxEntry]) -> Sequence[OutboxEntry]:
    """Of several entries about one call, operator or form the last: it is told as it is now, so once is enough."""
    found: dict[object, OutboxEntry] = {}
    for entry in entries:
        key = _key(entry.topic, entry.payload)
        found.pop(key, None)
        found[key] = entry
    return list(found.values())


def _key(topic: str, payload: Mapping[str, object]) -> object:
    names = ("id", "extension") if topic in pushed_topics() else _NAMED_BY.get(topic)
    return (topic, *(payload.get(name) for name in names)) if names else (topic, id(payload))
