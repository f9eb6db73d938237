"""The tables of verdicts."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, String, Table, UniqueConstraint, literal_column, text

from hotline.storage.base import GrowingId, metadata
from hotline.storage.immutable import make_immutable
from hotline.storage.types import Json, UtcDateTime, Words

_REPLACES = text("replaces IS NOT NULL")
_LISTED = text("judgement <> 'kept'")

#: One rule judged on one subject. Rows are only added: one whose id another row `replaces` counts no more. `at`: the
#: subject's time; `version`: of the rule's figures as they were in force then. `subject_id`: the id of a row, or a
#: day or month with its line. person_id: whose work it was, 0 for nobody's. `why`: a word of
#: hotline.domain.verdicts.verdict.WhyJudged. `evidence`: ids, seconds and codes; no words, no numbers of callers.
rule_verdict = Table(
    "rule_verdict",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("rule", String(8), nullable=False),
    Column("version", String(16), nullable=False),
    Column("subject", String(16), nullable=False),
    Column("subject_id", String(64), nullable=False),
    Column("part", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("judged_at", UtcDateTime, nullable=False),
    Column("judgement", String(16), nullable=False),
    Column("value", Float),
    Column("limit_value", Float),
    Column("unit", String(16), nullable=False),
    Column("line", Words, nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("why", String(32), nullable=False),
    Column("evidence", Json, nullable=False),
    Column("replaces", BigInteger),
    Index("ix_rule_verdict_subject", "subject", "subject_id"),
    Index("ix_rule_verdict_listed", "rule", "judgement", "at", "id", sqlite_where=_LISTED, postgresql_where=_LISTED),
    Index(None, "at"),
    Index("uq_rule_verdict_replaces", "replaces", unique=True, sqlite_where=_REPLACES, postgresql_where=_REPLACES),
)
make_immutable(rule_verdict)

#: As the partial indexes say it: SQLite takes one only where the question says the same, without parameters.
LISTED = rule_verdict.c.judgement != literal_column("'kept'")
REPLACES = rule_verdict.c.replaces.is_not(None)

#: How many verdicts count of each day in Shanghai (2026-11-30), kept with the rows and made anew from them at will.
#: `why`: of those that were not judged or are an exception, "" of the others.
verdict_tally = Table(
    "verdict_tally",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("day", String(10), nullable=False),
    Column("rule", String(8), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("line", Words, nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("judgement", String(16), nullable=False),
    Column("why", String(32), nullable=False),
    Column("verdicts", Integer, nullable=False),
    UniqueConstraint("day", "rule", "generation", "line", "person_id", "judgement", "why", name="uq_verdict_tally"),
)

#: The same of all people together: of a year they are a hundred thousand, where those by person are a million.
verdict_day = Table(
    "verdict_day",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("day", String(10), nullable=False),
    Column("rule", String(8), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("line", Words, nullable=False),
    Column("judgement", String(16), nullable=False),
    Column("why", String(32), nullable=False),
    Column("verdicts", Integer, nullable=False),
    UniqueConstraint("day", "rule", "generation", "line", "judgement", "why", name="uq_verdict_day"),
)

#: Verdicts of a time judged anew. since, until: days in Shanghai, NULL is open at that end; rules: [] is all. state:
#: building, in_force, abandoned. The first one has no row. `upto`: the last verdict that there was when it began.
verdict_generation = Table(
    "verdict_generation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("since", String(10)),
    Column("until", String(10)),
    Column("rules", Json, nullable=False),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("begun_by", Words, nullable=False),
    Column("in_force_at", UtcDateTime),
    Column("upto", BigInteger, nullable=False, server_default="0"),
    Column("judged", Integer, nullable=False, server_default="0"),
)

#: How far each maker of verdicts has come in a generation: the moment and the id of the last subject.
verdict_progress = Table(
    "verdict_progress",
    metadata,
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("maker", String(32), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("key", String(64), nullable=False),
)

#: Subjects of which something was deleted for a person (G3): they are judged no more.
frozen_subject = Table(
    "frozen_subject",
    metadata,
    Column("subject", String(16), primary_key=True),
    Column("subject_id", String(64), primary_key=True),
)

#: Somebody objects to a verdict about them. decision: upheld (the objection is right), rejected, "" none yet.
verdict_contest = Table(
    "verdict_contest",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("verdict_id", BigInteger, nullable=False, unique=True),
    Column("reason", Words, nullable=False),
    Column("contested_by", Words, nullable=False),
    Column("contested_at", UtcDateTime, nullable=False),
    Column("decision", String(16), nullable=False, server_default=""),
    Column("note", Words, nullable=False, server_default=""),
    Column("decided_by", Words, nullable=False, server_default=""),
    Column("decided_at", UtcDateTime),
    Index("ix_verdict_contest_decision", "decision", "id"),
)
