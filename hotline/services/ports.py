"""What the services need from outside, as protocols; hotline.storage and hotline.asterisk fulfil them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from hotline.domain.call import Call, Direction, Outcome
from hotline.domain.callback import CallbackPerson
from hotline.domain.events import Fact
from hotline.domain.records import (
    Alert,
    ApiToken,
    BlockedNumber,
    Callback,
    Handover,
    LineTest,
    OutboxEntry,
    Override,
    RecordingEntry,
    Role,
    User,
)
from hotline.domain.rights.seeing import NumberAsked
from hotline.domain.roster import Shift
from hotline.services.ports_accounts import Attempts, Audit, Sessions
from hotline.services.ports_archive import Discs, StoreChecks
from hotline.services.ports_customers import Customers
from hotline.services.ports_directory import DirectoryPeople, Messages
from hotline.services.ports_examination import (
    Calibrations,
    Examinations,
    Examples,
    QualityRows,
    Rectifications,
    Samples,
    ScoreForms,
)
from hotline.services.ports_floor import CountedCalls, Steerings, WallDisplays
from hotline.services.ports_forms import BlockRequests, Cases, DutyLinks, Forms
from hotline.services.ports_pop import Callers, LiveCalls, PopViews, Watch
from hotline.services.ports_presence import Presences, Transfers
from hotline.services.ports_privacy import Persons, PrivacyRequests
from hotline.services.ports_quality import Findings, Transcripts
from hotline.services.ports_retention import Deletions, Expiry, Holds
from hotline.services.ports_search import Search
from hotline.services.ports_store import KeptRecordings


@dataclass(frozen=True, slots=True)
class CallFilter:
    """What the ledger is searched by; None or () means any. [`since`, `until`) by the call's start.

    `caller`: part of the number as normalised or as sent; `caller_asked`: who sees numbers masked looks for, in place
    of it. `directions` defaults to what callers did.
    """

    since: datetime | None = None
    until: datetime | None = None
    outcomes: tuple[Outcome, ...] = ()
    in_progress: bool | None = None
    caller: str = ""
    caller_asked: NumberAsked | None = None
    line: str = ""
    answered_by: str = ""
    directions: tuple[Direction, ...] = (Direction.INBOUND, Direction.OUTBOUND)


@dataclass(frozen=True, slots=True)
class StoredCall:
    """A call with its row's id, and its recordings as they stand in the store."""

    id: int
    call: Call
    recordings: tuple[RecordingEntry, ...]


@dataclass(frozen=True, slots=True)
class CallPage:
    """Newest first. `total` counts all that the filter finds."""

    calls: tuple[StoredCall, ...]
    total: int


class Calls(Protocol):
    def save(self, calls: Sequence[Call], now: datetime) -> None:
        """Insert or rewrite each by (node, linkedid)."""

    def get(self, node: str, linkedid: str) -> Call | None: ...
    def by_id(self, call_id: int) -> StoredCall | None: ...
    def id_of(self, node: str, linkedid: str) -> int | None: ...
    def ids_of(self, node: str, linkedids: Sequence[str]) -> dict[str, int]:
        """The rows' ids of those of these calls that are in the ledger."""

    def search(self, wanted: CallFilter, limit: int, offset: int = 0) -> CallPage: ...
    def open_linkedids(self, node: str) -> list[str]:
        """Calls of this node that have no end yet, oldest first."""

    def last_talk(self, caller_number: str, since: datetime) -> Call | None:
        """The caller's latest call since then that one of our operators answered (B7)."""

    def last_arrival(self, line: str) -> datetime | None:
        """When the latest inbound call (or line test) of this line began (A4)."""


class Facts(Protocol):
    def add(self, node: str, facts: Sequence[Fact]) -> None:
        """Add what is not there yet; the same fact twice is one."""

    def of(self, node: str, linkedids: Sequence[str]) -> dict[str, list[Fact]]: ...


class Recordings(Protocol):
    def announce(self, entries: Sequence[RecordingEntry]) -> None:
        """Add as pending those not known yet by (node, linkedid, source_file); known ones stay as they are."""

    def due(self, now: datetime, limit: int, node: str = "") -> list[RecordingEntry]:
        """Pending ones of finished calls (of that node, if given) whose next attempt is due, oldest first."""

    def update(self, entry: RecordingEntry) -> None:
        """Rewrite the row by its id."""

    def of_sources(self, node: str, source_files: Sequence[str]) -> list[RecordingEntry]:
        """The node's entries that were announced with one of these file names."""

    def by_id(self, recording_id: int) -> RecordingEntry | None: ...


class Roster(Protocol):
    def shifts(self, since: datetime, until: datetime) -> list[Shift]:
        """Shifts that overlap [since, until), by start."""

    def add(self, shift: Shift) -> Shift: ...
    def remove(self, shift_id: int) -> bool: ...
    def record_handover(self, handover: Handover) -> None: ...
    def handovers(self, limit: int) -> list[Handover]:
        """Newest first."""


class Overrides(Protocol):
    def declare(self, override: Override) -> Override: ...
    def covering(self, moment: datetime) -> Override | None:
        """The latest declared that covers the moment and was not cancelled."""

    def cancel_all(self, now: datetime) -> int: ...


class Blocklist(Protocol):
    def active(self, number: str, now: datetime) -> BlockedNumber | None: ...
    def list(self, now: datetime) -> list[BlockedNumber]: ...
    def add(self, blocked: BlockedNumber) -> BlockedNumber: ...
    def lift(self, number: str, now: datetime) -> bool: ...


class Callbacks(Protocol):
    def open(self, callback: Callback) -> None:
        """Add, or rewrite the open one of the same call and of the same kind (by hand or not). One that a call left
        and that was closed stays closed; by hand, another one may be opened after it."""

    def drop(self, node: str, *linkedids: str) -> None:
        """Take back the open ones of these calls, which a newer fold shows are not owed; none opened by hand."""

    def list(self, include_closed: bool = False, limit: int = 200) -> list[Callback]:
        """By place in the waiting line: `queued_at`, oldest first."""

    def people(self, callbacks: Sequence[Callback]) -> dict[int, tuple[CallbackPerson, ...]]:
        """Whom these would reach, by the callback's id: by their number, and by what their calls' records say."""

    def by_id(self, callback_id: int) -> Callback | None: ...
    def take(self, callback_id: int, by: str, taken_by: str, now: datetime) -> bool:
        """False unless it is open and still `taken_by` whom it was ("" nobody)."""

    def taken(self, by: str) -> Sequence[Callback]:
        """The open ones that this user has taken."""

    def close(self, callback_id: int, by: str, note: str, now: datetime) -> bool: ...


class Users(Protocol):
    def by_username(self, username: str) -> User | None: ...
    def by_id(self, user_id: int) -> User | None: ...
    def add(self, user: User) -> User: ...
    def update(self, user: User) -> None: ...
    def count(self) -> int: ...
    def all(self) -> list[User]:
        """By user name."""


class Tokens(Protocol):
    def add(self, name: str, token_sha256: str, now: datetime, roles: Sequence[Role]) -> None: ...
    def find(self, token_sha256: str) -> ApiToken | None:
        """The token, if it is valid."""

    def use(self, token_sha256: str, now: datetime) -> ApiToken | None:
        """The token, if it is valid; notes the use."""

    def revoke(self, name: str, now: datetime) -> bool: ...
    def names(self) -> list[str]:
        """Of the valid ones."""

    def all(self) -> list[ApiToken]:
        """By name, revoked ones too."""


class Alerts(Protocol):
    def raise_(
        self, kind: str, object: str, detail: str, now: datetime, arguments: Mapping[str, object] | None = None
    ) -> bool:
        """Open an alert; False if the same (kind, object) is open already (detail and arguments are rewritten)."""

    def clear(self, kind: str, object: str, now: datetime) -> bool: ...
    def open(self) -> list[Alert]: ...


class LineTests(Protocol):
    def add(self, test: LineTest) -> None: ...
    def update(self, test: LineTest) -> None: ...
    def by_id(self, test_id: str) -> LineTest | None: ...
    def latest(self, line: str) -> LineTest | None: ...
    def running(self) -> list[LineTest]: ...


class Outbox(Protocol):
    def add(self, entries: Sequence[OutboxEntry]) -> None:
        """They get their ids, and can be read, when the transaction is committed."""

    def after(self, last_id: int, limit: int) -> list[OutboxEntry]: ...
    def last_id(self) -> int:
        """Where a reader begins who wants only what comes from now on; 0 when nothing is there."""

    def first_id(self) -> int:
        """The oldest that is still there; 0 when nothing is."""

    def trim(self, before: datetime) -> int: ...


class Checkpoints(Protocol):
    def get(self, node: str) -> datetime | None: ...
    def set(self, node: str, at: datetime) -> None: ...


class Leases(Protocol):
    def acquire(self, name: str, holder: str, now: datetime, seconds: int) -> bool:
        """Take or renew the lease; False while somebody else holds it."""

    def held(self, name: str) -> tuple[str, datetime] | None:
        """Who holds the lease and until when, whatever the clock says now."""

    def take_over(self, name: str, held: tuple[str, datetime], holder: str, now: datetime, seconds: int) -> bool:
        """Take the lease from whoever held it so; False when it has been renewed or taken since."""

    def release(self, name: str, holder: str) -> None: ...
    def holders(self, prefix: str, now: datetime) -> list[str]:
        """Who holds leases whose names begin so, in order."""

    def forget_expired(self, prefix: str, now: datetime) -> None:
        """Delete what nobody holds any more of leases whose names begin so."""

    def claim(self, job: str, slot: str, now: datetime) -> bool:
        """True for the first to claim this slot of this job."""

    def forget_claims(self, before: datetime) -> int:
        """Delete the claims of runs begun before then; how many there were."""

    def forget_claims_after(self, moment: datetime) -> int:
        """Delete the claims of runs begun after then; how many there were."""


class Work(Protocol):
    """One transaction's view of everything that is stored."""

    @property
    def calls(self) -> Calls: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def recordings(self) -> Recordings: ...
    @property
    def roster(self) -> Roster: ...
    @property
    def overrides(self) -> Overrides: ...
    @property
    def blocklist(self) -> Blocklist: ...
    @property
    def callbacks(self) -> Callbacks: ...
    @property
    def users(self) -> Users: ...
    @property
    def tokens(self) -> Tokens: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def attempts(self) -> Attempts: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def alerts(self) -> Alerts: ...
    @property
    def line_tests(self) -> LineTests: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def checkpoints(self) -> Checkpoints: ...
    @property
    def leases(self) -> Leases: ...
    @property
    def live_calls(self) -> LiveCalls: ...
    @property
    def callers(self) -> Callers: ...
    @property
    def pop_views(self) -> PopViews: ...
    @property
    def forms(self) -> Forms: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def block_requests(self) -> BlockRequests: ...
    @property
    def duty_links(self) -> DutyLinks: ...
    @property
    def counted_calls(self) -> CountedCalls: ...
    @property
    def wall_displays(self) -> WallDisplays: ...
    @property
    def steerings(self) -> Steerings: ...
    @property
    def presence(self) -> Presences: ...
    @property
    def transfers(self) -> Transfers: ...
    @property
    def customers(self) -> Customers: ...
    @property
    def directory(self) -> DirectoryPeople: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def transcripts(self) -> Transcripts: ...
    @property
    def findings(self) -> Findings: ...
    @property
    def kept(self) -> KeptRecordings: ...
    @property
    def discs(self) -> Discs: ...
    @property
    def store_checks(self) -> StoreChecks: ...
    @property
    def score_forms(self) -> ScoreForms: ...
    @property
    def examinations(self) -> Examinations: ...
    @property
    def samples(self) -> Samples: ...
    @property
    def calibrations(self) -> Calibrations: ...
    @property
    def rectifications(self) -> Rectifications: ...
    @property
    def examples(self) -> Examples: ...
    @property
    def quality_rows(self) -> QualityRows: ...
    @property
    def search(self) -> Search: ...
    @property
    def holds(self) -> Holds: ...
    @property
    def expiry(self) -> Expiry: ...
    @property
    def deletions(self) -> Deletions: ...
    @property
    def privacy_requests(self) -> PrivacyRequests: ...
    @property
    def persons(self) -> Persons: ...


class Storage(Protocol):
    def reading(self) -> AbstractContextManager[Work]:
        """A snapshot that is rolled back at the end; writing in it is an error. Raises StorageError."""

    def writing(self) -> AbstractContextManager[Work]:
        """A transaction that is committed at the end, rolled back on an exception. Raises StorageError."""

    def watch(self) -> Watch:
        """What tells the calling thread of others' commits. Raises StorageError."""


class Pbx(Protocol):
    """Asterisk, as far as the services act on it. Each raises hotline.services.errors.PbxError."""

    def clock_ahead(self, now: datetime) -> timedelta:
        """How far Asterisk's own clock is ahead of `now`; behind it: negative."""

    def database_put(self, family: str, key: str, value: str) -> None: ...
    def database_delete(self, family: str, key: str) -> None:
        """A key that is not there was deleted already."""

    def database_of(self, family: str) -> Mapping[str, str]:
        """Every key of this family, and its value."""

    def originate(
        self, channel: str, context: str, exten: str, caller_id: str, variables: Mapping[str, str], timeout_seconds: int
    ) -> None: ...
    def queue_add(self, queue: str, extension: str, name: str, paused: bool = False) -> None: ...
    def queue_remove(self, queue: str, extension: str) -> None: ...
    def queue_pause(self, extension: str, paused: bool, reason: str, queue: str = "") -> None:
        """In this queue, or in all where the operator is signed in; one who is in none stays so."""

    def blind_transfer(self, channel: str, exten: str, context: str) -> None:
        """Whoever `channel` talks with goes on at this extension; `channel` is hung up."""

    def attended_transfer(self, channel: str, exten: str, context: str, variables: Mapping[str, str]) -> None:
        """`channel` consults this extension while the other party hears music; hanging up joins the two."""

    def cancel_transfer(self, channel: str) -> None:
        """Back from an attended transfer to the first party."""

    def redirect(self, channel: str, exten: str, context: str) -> None:
        """The channel goes on at this extension; whoever it talked with is hung up."""

    def hang_up(self, channel: str) -> None: ...
    def hang_up_lost(self, channel: str) -> None:
        """As if its sound had failed: the caller goes on to others."""

    def ask_phone(self, extension: str) -> None:
        """Have Asterisk find out now whether that phone is there."""

    def packets_heard(self, channel: str) -> int:
        """How many packets of sound have come from that phone; 0 for a channel that is gone."""

    def pause_recording(self, channel: str, paused: bool) -> None: ...
    def record_again(self, channel: str, file: str) -> None:
        """Stop the channel's recording and begin it anew, at the end of `file` in the incoming folder."""

    def channels(self) -> list[Mapping[str, str]]:
        """CoreShowChannels."""

    def queue_members(self) -> list[Mapping[str, str]]:
        """Who is signed in to which queue: Queue, Location (PJSIP/<extension>), Paused ("1" or "0")…"""

    def phone_addresses(self) -> frozenset[str]:
        """Where our phones are registered from."""

    def rotate_log(self) -> None:
        """Asterisk puts its log aside and begins another."""

    def phones(self) -> list[Mapping[str, str]]:
        """Every SIP endpoint: ObjectName (the extension), DeviceState…"""
