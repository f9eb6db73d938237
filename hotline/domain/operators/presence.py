"""An operator's state: from Asterisk's queues and the calls, and as it is shown. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.domain.reasons import Reason

#: Pause reasons that the system gives itself; the settings' own may not be called so. AWAY is the pause of somebody
#: whom the settings keep signed in: they cannot be signed out, so this stands for it.
WRAP_UP = "wrap-up"
AWAY = "away"
#: While they dial somebody, from the click to the talk: ":" and the reason of the pause that they had before follow.
CALLING = "calling"
#: A supervisor's pause; who and why stands in hotline.domain.floor.floor.SupervisorAction.
PAUSED_BY_SUPERVISOR = "supervisor"


class Activity(StrEnum):
    """What a call is doing with an operator. BUSY: their phone is in use for something else than a talk of theirs with
    a caller: a colleague consults them, they dial one or have barged in on one, or for a reason that only the phone
    knows."""

    IDLE = "idle"
    RINGING = "ringing"
    TALKING = "talking"
    HOLDING = "holding"
    BUSY = "busy"


#: With somebody, or about to be.
BUSY = (Activity.TALKING, Activity.HOLDING, Activity.BUSY)


class ShownState(StrEnum):
    OFFLINE = "offline"
    READY = "ready"
    PAUSED = "paused"
    RINGING = "ringing"
    TALKING = "talking"
    HOLDING = "holding"
    BUSY = "busy"
    CALLING = "calling"
    WRAP_UP = "wrap_up"


class Via(StrEnum):
    """Where an operator signed in. Whoever did at the console is signed out when it is not seen any more."""

    CONSOLE = "console"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class OperatorPresence:
    """One operator. `queues`: where they are signed in, () is offline. `paused` with its `reason`: one of the
    settings, WRAP_UP, AWAY or of `calling`. `since`: when the shown state began. `node` and `linkedid` name the call
    that `activity` is about; both empty: only the phone says that it is in use. `reachable`: Asterisk can ring the
    phone. No `since`: Asterisk has told nothing of them yet."""

    extension: str
    updated_at: datetime | None = None
    since: datetime | None = None
    queues: tuple[str, ...] = ()
    paused: bool = False
    reason: str = ""
    activity: Activity = Activity.IDLE
    node: str = ""
    linkedid: str = ""
    activity_since: datetime | None = None
    wrap_up_until: datetime | None = None
    via: str = ""
    console_seen_at: datetime | None = None
    reachable: bool = False


@dataclass(frozen=True, slots=True)
class StateChange:
    """A change of what is shown of an operator, for the floor and the reports. `changed_by` as in the audit log; ""
    when no person did it."""

    extension: str
    at: datetime
    state: ShownState
    reason: str = ""
    changed_by: str = ""
    id: int | None = None


class TransferState(StrEnum):
    """RETURNED: nobody took the caller, who is back in the queue."""

    BEGUN = "begun"
    DONE = "done"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TransferOrder:
    """A12: a passing on of a caller, as an operator ordered it. `kind`: blind or attended. `to_kind`: operator
    (`to_id` is the extension) or person (`to_id` is the id in the directory)."""

    node: str
    linkedid: str
    at: datetime
    kind: str
    from_extension: str
    to_kind: str
    to_id: str
    to_name: str
    consent: bool
    reason: str
    state: TransferState = TransferState.BEGUN
    problem: Reason | None = None
    id: int | None = None


def shown_state(presence: OperatorPresence) -> ShownState:
    """What is shown: a call counts more than a pause, being offline more than a pause. Whoever dials is shown as that
    until they talk."""
    if is_calling(presence) and presence.activity not in (Activity.TALKING, Activity.HOLDING):
        return ShownState.CALLING
    if presence.activity is not Activity.IDLE:
        return ShownState(presence.activity.value)
    if not presence.queues or (presence.paused and presence.reason == AWAY):
        return ShownState.OFFLINE
    if presence.paused:
        return ShownState.WRAP_UP if presence.reason == WRAP_UP else ShownState.PAUSED
    return ShownState.READY


def is_calling(presence: OperatorPresence) -> bool:
    return presence.paused and presence.reason.partition(":")[0] == CALLING


def calling(before: OperatorPresence) -> str:
    """The reason of the pause while they dial, which keeps that of the pause they had before."""
    return f"{CALLING}:{before.reason}" if before.paused and before.reason else CALLING


def reason_before_calling(presence: OperatorPresence) -> str:
    """ "" when they were ready."""
    return presence.reason.partition(":")[2]


def shown_reason(presence: OperatorPresence) -> str:
    """The reason that belongs to what is shown: of a pause, and of nothing else."""
    return presence.reason if shown_state(presence) is ShownState.PAUSED else ""


def unseen_too_long(presence: OperatorPresence, now: datetime, grace: timedelta) -> bool:
    """A console that is gone: to be signed out, unless a call lasts."""
    if presence.via != Via.CONSOLE or presence.console_seen_at is None:
        return False
    return shown_state(presence) is not ShownState.OFFLINE and now - presence.console_seen_at >= grace
