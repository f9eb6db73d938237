"""What is done to a thing that passes through states: out of which, by whom, with what, and what was done so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from hotline.domain.errors import Conflict, Refused
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason

#: An enumeration where the states are known to the code, plain text where a definition names them.
State = TypeVar("State", bound=str)
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Step(Generic[State]):
    """One thing that was done: `given` with it, by the name of each field. `before` None: it began with this."""

    act: str
    before: State | None
    after: State
    by: str
    at: datetime
    given: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Transition(Generic[State, Thing]):
    """`act` leads from any state of `before` to `after`; None: the thing stays where it is. `may` raises Forbidden for
    who may not do it to this thing. `needs`: the fields that must be given with it, each with the refusal of who does
    not. `not_now`: the refusal out of other states."""

    act: str
    before: frozenset[State]
    after: State | None
    may: Callable[[Thing, Actor], None]
    not_now: Reason
    needs: Mapping[str, Reason] = field(default_factory=dict, hash=False)


class Workflow(Generic[State, Thing]):
    """The states of one kind of thing and all that leads from one to another.

    Raises ValueError when an act stands twice, or when a state that something leads from is never reached."""

    def __init__(
        self, begin: str, first: State, state_of: Callable[[Thing], State], *transitions: Transition[State, Thing]
    ) -> None:
        self._begin, self._first, self._state_of = begin, first, state_of
        self._transitions = {each.act: each for each in transitions}
        if len({begin, *self._transitions}) <= len(transitions):
            raise ValueError("each act stands once in a workflow")
        reached = {first, *(each.after for each in transitions if each.after is not None)}
        if lost := [each.act for each in transitions if not each.before <= reached]:
            raise ValueError(f"nothing leads to the states that these come from: {', '.join(lost)}")
        #: Something can still be done to what stands in these.
        self.open_states = frozenset(state for each in transitions for state in each.before)

    def begun(self, by: Actor, at: datetime, given: Mapping[str, str]) -> Step[State]:
        """The first step of a new thing."""
        return Step(self._begin, None, self._first, by.name, at, given)

    def step(self, act: str, thing: Thing, by: Actor, at: datetime, given: Mapping[str, str]) -> Step[State]:
        """What is done to the thing. Raises Forbidden, Conflict in another state, Refused when something that must be
        given is empty."""
        transition, state = self._transitions[act], self._state_of(thing)
        transition.may(thing, by)
        if state not in transition.before:
            raise Conflict.of(transition.not_now)
        for name, refusal in transition.needs.items():
            if not given.get(name, "").strip():
                raise Refused.of(refusal, name)
        after = state if transition.after is None else transition.after
        return Step(act, state, after, by.name, at, given)
