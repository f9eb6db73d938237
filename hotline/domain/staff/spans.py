"""Spans of time of our people: what held at a moment, and what would hold twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from hotline.domain.errors import Refused
from hotline.domain.staff.records import Membership, Tenure


class Span(Protocol):
    @property
    def since(self) -> datetime | None: ...

    @property
    def until(self) -> datetime | None: ...


class AtExtension(Span, Protocol):
    """Somebody had this extension then."""

    @property
    def extension(self) -> str: ...


Held = TypeVar("Held", bound=Span)


def holds_at(span: Span, at: datetime) -> bool:
    """The moment of a hand-over belongs to whoever takes over."""
    return (span.since is None or span.since <= at) and (span.until is None or at < span.until)


def at_moment(spans: Iterable[Held], at: datetime) -> list[Held]:
    return [span for span in spans if holds_at(span, at)]


def overlap(one: Span, other: Span) -> bool:
    """Whether some moment lies in both; an empty span has none."""
    since = max((each.since for each in (one, other) if each.since is not None), default=None)
    until = min((each.until for each in (one, other) if each.until is not None), default=None)
    return since is None or until is None or since < until


def shared(some: Iterable[AtExtension], others: Iterable[AtExtension]) -> Iterator[Tenure]:
    """What of these extensions and times lies in the others too, of nobody in particular."""
    known = list(others)
    for one in some:
        for other in known:
            if one.extension == other.extension and overlap(one, other):
                since = max((each.since for each in (one, other) if each.since is not None), default=None)
                until = min((each.until for each in (one, other) if each.until is not None), default=None)
                yield Tenure(0, one.extension, since, until)


def joined(spans: Iterable[AtExtension]) -> tuple[Tenure, ...]:
    """The same extensions and times, none of them twice: what is summed over them is counted once."""
    found: list[Tenure] = []
    for each in sorted(spans, key=lambda span: (span.extension, span.since is not None, span.since)):
        last = found[-1] if found else None
        if last is None or last.extension != each.extension or not _meet(last, each):
            found.append(Tenure(0, each.extension, each.since, each.until))
        elif last.until is not None and (each.until is None or each.until > last.until):
            found[-1] = Tenure(0, each.extension, last.since, each.until)
    return tuple(found)


def _meet(last: Span, following: Span) -> bool:
    """Of two in the order of their beginning: nothing lies between them."""
    return last.until is None or following.since is None or following.since <= last.until


def require_forward(span: Span) -> None:
    """Raises Refused for what ends before it has begun."""
    if span.since is not None and span.until is not None and span.until <= span.since:
        raise Refused("staff.ends_before", field="until")


def holder_at(tenures: Iterable[Tenure], extension: str, at: datetime) -> int | None:
    """The id of the person who had the extension; None: nobody."""
    return next((each.person_id for each in tenures if each.extension == extension and holds_at(each, at)), None)


def had_extension(tenures: Iterable[AtExtension], extension: str, at: datetime) -> bool:
    """Whether one of these says so."""
    return any(each.extension == extension and holds_at(each, at) for each in tenures)


def require_sole_holder(tenures: Sequence[Tenure], new: Tenure) -> None:
    """One person an extension, and one extension a person, at any moment. Raises Refused."""
    require_forward(new)
    for each in tenures:
        if (each.id is not None and each.id == new.id) or not overlap(each, new):
            continue
        if each.extension == new.extension:
            raise Refused("staff.extension_held", field="extension", extension=new.extension)
        if each.person_id == new.person_id:
            raise Refused("staff.has_extension", field="extension", extension=each.extension)


def members_at(memberships: Iterable[Membership], at: datetime) -> list[int]:
    """Ids of persons, each once, in the order in which they came."""
    return list(dict.fromkeys(each.person_id for each in at_moment(memberships, at)))
