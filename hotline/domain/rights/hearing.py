"""May this person hear this side of this call? Asked at every way to sound, outline, text and clips (F5, E5, F9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hotline.domain.people import Role
from hotline.domain.recordings.transcript import Side
from hotline.domain.rights.acts import Act, Tie, may


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is known of a person and a call. `handled`: they had the caller, wrote the record or handled a case of it.
    `had`: they had the caller. `examined`: the call has an examination. `published`: they may see a result of it.
    `led`: it is a call of somebody whom they lead."""

    roles: tuple[Role, ...]
    handled: bool = False
    had: bool = False
    examined: bool = False
    published: bool = False
    led: bool = False


@dataclass(frozen=True, slots=True)
class ExamplePart:
    """Of what an example plays. `caller_allowed`: a supervisor has said why the caller is heard in it."""

    caller_allowed: bool = False


def may_hear(person: Hearing, side: Side, part: ExamplePart | None = None) -> bool:
    """`part`: only what this example plays of the call; None: all of it. What an example leaves out nobody hears in
    it."""
    if part is not None and side is Side.CALLER and not part.caller_allowed:
        return False
    return may(Act.HEAR, person.roles, frozenset(_ties(person, part)))


def _ties(person: Hearing, part: ExamplePart | None) -> Iterator[Tie]:
    if not person.handled:
        yield Tie.UNHANDLED
    if person.had and person.published:
        yield Tie.PUBLISHED
    if part is not None and not (person.had and person.examined):
        yield Tie.SHOWN
    if person.led:
        yield Tie.LED
