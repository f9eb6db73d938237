"""What may be done to a thing that passes through states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import pytest

from hotline.domain.errors import Conflict, Forbidden, Refused
from hotline.domain.people import Actor, Role
from hotline.domain.reasons import because
from hotline.domain.workflow import Step, Transition, Workflow

NOW = datetime(2026, 11, 16, 2, tzinfo=UTC)
ZHAO = Actor("zhao", (Role.OPERATOR,), "赵敏")
ZHOU = Actor("zhou", (Role.SUPERVISOR,), "周洁")


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    LOCKED = "locked"


@dataclass(frozen=True)
class House:
    door: Door


def anybody(_house: House, _actor: Actor) -> None:
    return


def supervisors(_house: House, actor: Actor) -> None:
    if not actor.has_role(Role.SUPERVISOR):
        raise Forbidden("test.supervisors")


SHUT = Transition("shut", frozenset({Door.OPEN}), Door.SHUT, anybody, because("test.not_open"))
LOCK = Transition(
    "lock",
    frozenset({Door.SHUT}),
    Door.LOCKED,
    supervisors,
    because("test.not_shut"),
    {"key": because("test.key_needed")},
)
OPEN = Transition("open", frozenset({Door.SHUT}), Door.OPEN, anybody, because("test.not_shut"))


def door(house: House) -> Door:
    return house.door


WORKFLOW = Workflow("build", Door.OPEN, door, SHUT, LOCK, OPEN)


def test_each_step_says_what_was_done_by_whom_and_when() -> None:
    assert WORKFLOW.begun(ZHAO, NOW, {}) == Step("build", None, Door.OPEN, "zhao", NOW, {})
    assert WORKFLOW.step("lock", House(Door.SHUT), ZHOU, NOW, {"key": "brass"}) == Step(
        "lock", Door.SHUT, Door.LOCKED, "zhou", NOW, {"key": "brass"}
    )
    assert WORKFLOW.open_states == {Door.OPEN, Door.SHUT}


@pytest.mark.parametrize(
    ("act", "state", "actor", "key", "kind", "code"),
    [
        ("lock", Door.SHUT, ZHAO, "brass", Forbidden, "test.supervisors"),
        ("lock", Door.OPEN, ZHOU, "brass", Conflict, "test.not_shut"),
        ("lock", Door.SHUT, ZHOU, " ", Refused, "test.key_needed"),
        ("open", Door.LOCKED, ZHOU, "", Conflict, "test.not_shut"),
        # Who may not is not told how the thing stands.
        ("lock", Door.OPEN, ZHAO, "", Forbidden, "test.supervisors"),
    ],
)
def test_nothing_is_skipped_nor_done_by_others_nor_without_what_it_needs(
    act: str, state: Door, actor: Actor, key: str, kind: type[Exception], code: str
) -> None:
    with pytest.raises(kind) as refused:
        WORKFLOW.step(act, House(state), actor, NOW, {"key": key})
    assert refused.value.reason.code == code  # type: ignore[attr-defined]


def test_a_workflow_that_cannot_be_right_is_refused() -> None:
    with pytest.raises(ValueError, match="stands once"):
        Workflow("shut", Door.OPEN, door, SHUT)
    with pytest.raises(ValueError, match="stands once"):
        Workflow("build", Door.OPEN, door, SHUT, SHUT)
    with pytest.raises(ValueError, match=r"nothing leads to .*: lock"):
        Workflow("build", Door.OPEN, door, LOCK)
