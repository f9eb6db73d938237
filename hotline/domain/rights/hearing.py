"""May this person hear this side of this call? Asked at every way to sound, outline, text and clips (F5, E5, F9)."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.domain.people import MANAGERS, Role
from hotline.domain.recordings.transcript import Side


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is known of a person and a call. `handled`: they had the caller, wrote the record or handled a case of it.
    `had`: they had the caller. `examined`: the call has an examination. `published`: they may see a result of it."""

    roles: tuple[Role, ...]
    handled: bool = False
    had: bool = False
    examined: bool = False
    published: bool = False


@dataclass(frozen=True, slots=True)
class ExamplePart:
    """Of what an example plays. `caller_allowed`: a supervisor has said why the caller is heard in it."""

    caller_allowed: bool = False


def may_hear(person: Hearing, side: Side, part: ExamplePart | None = None) -> bool:
    """`part`: only what this example plays of the call; None: all of it.

    Supervisors and administrators hear everything; examiners nothing that they handled, by any door; operators their
    own calls once a result of them is published, of others' calls what an example plays. What an example leaves out
    nobody hears in it.
    """
    if part is not None and side is Side.CALLER and not part.caller_allowed:
        return False
    if set(MANAGERS) & set(person.roles):
        return True
    if Role.EXAMINER in person.roles:
        return not person.handled
    if person.had:
        return person.published or (part is not None and not person.examined)
    return part is not None
