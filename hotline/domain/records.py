"""What is kept beside the calls: overrides, blocked numbers, callbacks owed, recordings, alerts, line tests, people."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hotline.domain.numbers import Number
from hotline.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class Override:
    """ "Open now" or "closed now", [`starts_at`, `ends_at`); the latest declared that covers a moment counts."""

    mode: str  # open | closed
    starts_at: datetime
    ends_at: datetime
    declared_by: str
    reason: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """The duty mobile passed from hand to hand (A2)."""

    at: datetime
    from_person: str
    to_person: str
    recorded_by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class BlockedNumber:
    """A nuisance caller (A15). No `expires_at`: until lifted."""

    number: Number
    reason: str
    blocked_by: str
    created_at: datetime
    expires_at: datetime | None = None
    id: int | None = None


class CallbackReason(StrEnum):
    REQUESTED = "requested"
    ABANDONED = "abandoned"
    MISSED = "missed"
    VOICEMAIL = "voicemail"
    #: Somebody of ours promised it to the caller (B6).
    PROMISED = "promised"
    #: A call that grew too long goes on from another line (A10).
    LONG_CALL = "long_call"

    @property
    def is_by_hand(self) -> bool:
        """Opened by somebody of ours: what is found out about the call later does not take it back."""
        return self in (CallbackReason.PROMISED, CallbackReason.LONG_CALL)


@dataclass(frozen=True, slots=True)
class Callback:
    """A call that we owe (A9). `queued_at` is when the caller began to wait: the place they keep. `opened_by`: of one
    that somebody of ours opened. `number` is empty when what a caller left could not be read: `note` holds it then.
    `taken_by`: the user who calls back, "" nobody yet."""

    node: str
    linkedid: str
    line: str
    number: Number
    reason: CallbackReason
    queued_at: datetime
    due_at: datetime
    id: int | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    closing_note: str = ""
    opened_by: str = ""
    note: str = ""
    taken_by: str = ""
    taken_at: datetime | None = None


class RecordingState(StrEnum):
    PENDING = "pending"
    READY = "ready"
    MISSING = "missing"
    FAILED = "failed"
    #: Its time was over: the file is gone, the entry stays in its chain (E2).
    DELETED = "deleted"


#: Why there is no file of a voicemail at which nothing was sent: nothing is lost.
NOTHING_SENT = "the caller's line sent no sound"


def voicemail_file(linkedid: str) -> str:
    """As config/asterisk/extensions.conf.j2 names it."""
    return f"{linkedid}-voicemail.wav"


@dataclass(frozen=True, slots=True)
class RecordingEntry:
    """One recording: its name in the incoming folder, and once taken in its `path` below the store.

    `measures`: what was found in the sound (per channel dBFS, silent or not…). `seconds` of sound, `sha256` of the
    file at `path`. `kept_at`: since then it is in its final form and has its place in the chain of that day
    (hotline.domain.recording_chain), with the peaks of its waveform at `peaks_path`.
    """

    node: str
    linkedid: str
    kind: str
    source_file: str
    started_at: datetime
    state: RecordingState = RecordingState.PENDING
    path: str = ""
    seconds: float | None = None
    size_bytes: int | None = None
    sha256: str = ""
    measures: Mapping[str, object] = field(default_factory=dict, hash=False)
    attempts: int = 0
    next_attempt_at: datetime | None = None
    problem: str = ""
    id: int | None = None
    kept_at: datetime | None = None
    chain_day: str | None = None
    chain_number: int | None = None
    chain_hash: str = ""
    peaks_path: str = ""

    @property
    def nothing_said(self) -> bool:
        """A voicemail at whose tone the caller said nothing (A9: they are called back all the same)."""
        if self.kind != "voicemail":
            return False
        channels = self.measures.get("channels")
        heard = list(channels.values()) if isinstance(channels, Mapping) else []
        return self.problem == NOTHING_SENT or (bool(heard) and all(each["silent"] for each in heard))


@dataclass(frozen=True, slots=True)
class Alert:
    """What somebody has to see to; one open alert a (kind, object). `detail` says it in English, `arguments` are what
    the screens say it with in the reader's language."""

    kind: str
    object: str
    detail: str
    raised_at: datetime
    cleared_at: datetime | None = None
    id: int | None = None
    arguments: Mapping[str, builtins.object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class LineTest:
    """One test call of a line (A4). `result`: running, passed, failed."""

    id: str
    line: str
    started_at: datetime
    result: str = "running"
    finished_at: datetime | None = None
    detail: Reason | None = None


class Role(StrEnum):
    OPERATOR = "operator"
    EXAMINER = "examiner"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


#: Who runs the hotline: supervises its day or sets it up.
STEERING = (Role.SUPERVISOR, Role.ADMINISTRATOR)
#: Who oversees what others do: sees numbers whole (A14, E4), all records and results, and hears recordings (F5, E5).
OVERSEERS = (Role.EXAMINER, *STEERING)
#: Who examines, issues orders and shows examples.
EXAMINING = (Role.EXAMINER, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signs in. `extension`: the operator of the settings that they are, if they are one."""

    username: str
    display_name: str
    password_hash: str
    roles: tuple[Role, ...]
    must_change_password: bool
    active: bool
    created_at: datetime
    id: int | None = None
    extension: str | None = None


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A bearer token of the API, without the secret itself; `revoked_at` None: it is valid."""

    name: str
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
    roles: tuple[Role, ...] = (Role.EXAMINER,)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a person signed in, or a program with a token.

    `name`: as the audit log has it: the user name, or "token:<name>". `extension`: of the settings, the operator
    that this person is.
    """

    name: str
    roles: tuple[Role, ...]
    display_name: str
    user_id: int | None = None
    extension: str | None = None

    def has_role(self, *roles: Role) -> bool:
        return any(role in self.roles for role in roles)


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """What must be pushed to the browsers; `id` grows, so a reader resumes after the last it saw."""

    topic: str
    payload: Mapping[str, object]
    at: datetime
    id: int | None = None
