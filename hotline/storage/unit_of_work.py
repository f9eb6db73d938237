"""One transaction, and every store within it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from hotline.services.ports_pop import Watch
from hotline.storage.alerts import SqlAlerts
from hotline.storage.attempts import SqlAttempts
from hotline.storage.audit import SqlAudit
from hotline.storage.block_requests import SqlBlockRequests
from hotline.storage.blocklist import SqlBlocklist
from hotline.storage.callbacks import SqlCallbacks
from hotline.storage.callers import SqlCallers, SqlPopViews
from hotline.storage.calls import SqlCalls
from hotline.storage.cases import SqlCases
from hotline.storage.checkpoints import SqlCheckpoints
from hotline.storage.customers import SqlCustomers
from hotline.storage.deletions import SqlDeletions
from hotline.storage.directory import SqlDirectoryPeople, SqlMessages
from hotline.storage.discs import SqlDiscs
from hotline.storage.duty_links import SqlDutyLinks
from hotline.storage.engine import READING, WRITING
from hotline.storage.examination_plans import SqlCalibrations, SqlSamples
from hotline.storage.examinations import SqlExaminations
from hotline.storage.facts import SqlFacts
from hotline.storage.failures import told_as_ours
from hotline.storage.findings import SqlFindings
from hotline.storage.floor import SqlCountedCalls, SqlSteerings, SqlWallDisplays
from hotline.storage.forms import SqlForms
from hotline.storage.improvement import SqlExamples, SqlRectifications
from hotline.storage.kept_recordings import SqlKeptRecordings
from hotline.storage.leases import SqlLeases
from hotline.storage.line_tests import SqlLineTests
from hotline.storage.live_calls import SqlLiveCalls
from hotline.storage.outbox import SqlOutbox
from hotline.storage.overrides import SqlOverrides
from hotline.storage.presence import SqlPresences, SqlTransfers
from hotline.storage.privacy import SqlPersons, SqlPrivacyRequests
from hotline.storage.quality_rows import SqlQualityRows
from hotline.storage.recordings import SqlRecordings
from hotline.storage.retention import SqlExpiry, SqlHolds
from hotline.storage.roster import SqlRoster
from hotline.storage.score_forms import SqlScoreForms
from hotline.storage.search import SqlSearch
from hotline.storage.sessions import SqlSessions
from hotline.storage.store_checks import SqlStoreChecks
from hotline.storage.tokens import SqlTokens
from hotline.storage.transcripts import SqlTranscripts
from hotline.storage.users import SqlUsers
from hotline.storage.watch import watch


class SqlWork:
    """Fulfils hotline.services.ports.Work on one connection."""

    def __init__(self, connection: Connection) -> None:
        self.calls = SqlCalls(connection)
        self.facts = SqlFacts(connection)
        self.recordings = SqlRecordings(connection)
        self.roster = SqlRoster(connection)
        self.overrides = SqlOverrides(connection)
        self.blocklist = SqlBlocklist(connection)
        self.callbacks = SqlCallbacks(connection)
        self.users = SqlUsers(connection)
        self.tokens = SqlTokens(connection)
        self.sessions = SqlSessions(connection)
        self.attempts = SqlAttempts(connection)
        self.audit = SqlAudit(connection)
        self.alerts = SqlAlerts(connection)
        self.line_tests = SqlLineTests(connection)
        self.outbox = SqlOutbox(connection)
        self.checkpoints = SqlCheckpoints(connection)
        self.leases = SqlLeases(connection)
        self.live_calls = SqlLiveCalls(connection)
        self.callers = SqlCallers(connection)
        self.pop_views = SqlPopViews(connection)
        self.forms = SqlForms(connection)
        self.cases = SqlCases(connection)
        self.block_requests = SqlBlockRequests(connection)
        self.duty_links = SqlDutyLinks(connection)
        self.counted_calls = SqlCountedCalls(connection)
        self.wall_displays = SqlWallDisplays(connection)
        self.steerings = SqlSteerings(connection)
        self.presence = SqlPresences(connection)
        self.transfers = SqlTransfers(connection)
        self.customers = SqlCustomers(connection)
        self.directory = SqlDirectoryPeople(connection)
        self.messages = SqlMessages(connection)
        self.transcripts = SqlTranscripts(connection)
        self.findings = SqlFindings(connection)
        self.kept = SqlKeptRecordings(connection)
        self.discs = SqlDiscs(connection)
        self.store_checks = SqlStoreChecks(connection)
        self.score_forms = SqlScoreForms(connection)
        self.examinations = SqlExaminations(connection)
        self.samples = SqlSamples(connection)
        self.calibrations = SqlCalibrations(connection)
        self.rectifications = SqlRectifications(connection)
        self.examples = SqlExamples(connection)
        self.quality_rows = SqlQualityRows(connection)
        self.search = SqlSearch(connection)
        self.holds = SqlHolds(connection)
        self.expiry = SqlExpiry(connection)
        self.deletions = SqlDeletions(connection)
        self.privacy_requests = SqlPrivacyRequests(connection)
        self.persons = SqlPersons(connection)


class SqlStorage:
    """Fulfils hotline.services.ports.Storage. Threads may share it; a process makes its own after a fork.

    Both kinds of transaction raise StorageError when the database is away, busy for too long or not upgraded.
    Writing raises Conflict for what must be unique and is there already.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._readers = engine.execution_options(**READING[engine.dialect.name])
        self._writers = engine.execution_options(**WRITING[engine.dialect.name])

    @contextmanager
    def reading(self) -> Iterator[SqlWork]:
        """One snapshot of the whole database for as long as it lasts; stops no writer."""
        with told_as_ours(), self._readers.connect() as connection:
            yield SqlWork(connection)
            connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[SqlWork]:
        """Committed at the end, rolled back on an exception. SQLite has one writer at a time: be short."""
        with told_as_ours(), self._writers.begin() as connection:
            work = SqlWork(connection)
            yield work
            work.audit.flush()
            work.outbox.flush()

    def watch(self) -> Watch:
        """What tells the calling thread of others' commits."""
        with told_as_ours():
            return watch(self.engine)

    def close(self) -> None:
        """Close all connections that no transaction holds."""
        self.engine.dispose()
