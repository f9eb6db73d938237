"""The tables of reports: made of others, and made anew whenever these change."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, UniqueConstraint

from hotline.storage.base import GrowingId, metadata
from hotline.storage.reports.measures import CALL_MEASURES, SPANS
from hotline.storage.types import UtcDateTime, Words

#: One row a finished call with a customer (hotline.domain.reports.fact.CallFact). `id` is the call's. `caller`: the id
#: of the first call of the same number, which says nothing of the number itself; NULL where it is withheld. `subject`,
#: `region`: of the record. `repeat`: the same caller was answered on the same subject in the seven days before.
report_call = Table(
    "report_call",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("arrived_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, nullable=False),
    Column("day", String(10), nullable=False),
    Column("week", String(8), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("slot", Integer, nullable=False),
    Column("line", Words, nullable=False),
    Column("queue", Words, nullable=False),
    Column("extension", Words, nullable=False),
    Column("person_id", Integer),
    Column("subject", Words, nullable=False, server_default=""),
    Column("region", Words, nullable=False, server_default=""),
    Column("caller", BigInteger),
    Column("direction", String(16), nullable=False),
    Column("counts_as", String(16), nullable=False),
    Column("stage", String(8), nullable=False),
    Column("not_admitted", String(16), nullable=False),
    Column("by_mobile", Integer, nullable=False),
    Column("wait_ms", Integer, nullable=False),
    Column("ring_ms", Integer, nullable=False),
    Column("talk_ms", Integer, nullable=False),
    Column("hold_ms", Integer, nullable=False),
    Column("wrap_up_ms", Integer),
    Column("rings", Integer),
    Column("before_ms", Integer, nullable=False),
    Column("blind", Integer, nullable=False),
    Column("attended", Integer, nullable=False),
    Column("hung_up_by", String(8), nullable=False),
    Column("menu_key", String(8), nullable=False),
    Column("repeat", Integer, nullable=False, server_default="0"),
    Column("recorded", Integer, nullable=False, server_default="0"),
    Column("safe_routed", Integer, nullable=False, server_default="0"),
    Column("overflowed", Integer, nullable=False, server_default="0"),
    Index("ix_report_call_day", "day", "caller"),
    Index("ix_report_call_arrived", "arrived_at"),
    Index("ix_report_call_person", "person_id", "arrived_at"),
    Index("ix_report_call_caller", "caller", "subject", "arrived_at"),
)

#: Each time that a call with a fact heard a menu (hotline.domain.reports.menu_fact.MenuFact). `call_id`, and the call's
#: moment, day, half hour and line, so that a year of them is read without the calls. version: since when the menus were
#: as the caller heard them, in UTC; "" as the file has them. choice: menu, key and target in one; "" for no key.
report_menu = Table(
    "report_menu",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("call_id", BigInteger, nullable=False),
    Column("place", Integer, nullable=False),
    Column("arrived_at", UtcDateTime, nullable=False),
    Column("day", String(10), nullable=False),
    Column("slot", Integer, nullable=False),
    Column("line", Words, nullable=False),
    Column("version", String(32), nullable=False),
    Column("menu", Words, nullable=False),
    Column("choice", Words, nullable=False),
    Column("ended", String(16), nullable=False),
    Column("way_out", String(16), nullable=False),
    Column("is_first", Integer, nullable=False),
    Column("is_first_choice", Integer, nullable=False),
    Column("left_after", Integer, nullable=False),
    UniqueConstraint("call_id", "place"),
    Index(None, "arrived_at"),
)

#: Sums of the facts of a day. `grain`: time (day, slot, line, queue), person, subject or region (day, line, queue and
#: that); what a grain does not have is "" or -1. `callers`: `caller` of each incoming call, with blanks between, so
#: that how many different ones there were of a year reads no fact.
report_sum = Table(
    "report_sum",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("grain", String(8), nullable=False),
    Column("day", String(10), nullable=False),
    Column("slot", Integer, nullable=False),
    Column("line", Words, nullable=False),
    Column("queue", Words, nullable=False),
    Column("key", Words, nullable=False),
    *(Column(name, BigInteger, nullable=False) for name in CALL_MEASURES),
    Column("callers", Words, nullable=False, server_default=""),
    Index("ix_report_sum_grain", "grain", "day"),
)

#: How long each call of a day took in whole seconds, rounded up: the numbers of all of them with blanks between, in no
#: order, for each span of hotline.storage.reports.measures.SPANS. `grain` and `key` as in `report_sum`; `day` stands
#: for all keys of the day.
report_seconds = Table(
    "report_seconds",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("grain", String(8), nullable=False),
    Column("day", String(10), nullable=False),
    Column("line", Words, nullable=False),
    Column("queue", Words, nullable=False),
    Column("key", Words, nullable=False),
    *(Column(name, Words, nullable=False) for name in SPANS),
    Index("ix_report_seconds_grain", "grain", "day"),
)

#: Days whose sums are those of the facts, by these marks (the seconds and rings of the settings). A day that is not
#: here is counted from the facts themselves.
report_day = Table(
    "report_day",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("marks", Words, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

#: What code, not SQL, finds of a day (hotline.domain.reports.amounts): how long somebody was in a state, to the
#: microsecond so that the states add up; what was planned; what rang; the most at once. `reason`: of a pause.
report_amount = Table(
    "report_amount",
    metadata,
    Column("id", GrowingId, primary_key=True),
    Column("day", String(10), nullable=False),
    Column("line", Words, nullable=False),
    Column("extension", Words, nullable=False),
    Column("person_id", Integer),
    Column("what", String(16), nullable=False),
    Column("reason", Words, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Index("ix_report_amount_day", "day", "what", "person_id", "line", "amount"),
)

#: Up to which entry of the outbox the facts are made. One row.
report_progress = Table(
    "report_progress",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("outbox_id", BigInteger, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)
