"""Filters of lists are shared with a team or department; what was answered in visits counts as replies"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)

_VISIT = sa.table(
    "visit",
    *(sa.column(name, sa.Text()) for name in ("questionnaire", "ending", "way", "node", "linkedid", "closed_by")),
    sa.column("id", sa.BigInteger()),
    sa.column("answers", _JSON),
    sa.column("closed_at", _MOMENT),
)
_DEFINITION = sa.table(
    "definition",
    sa.column("kind", sa.Text()),
    sa.column("code", sa.Text()),
    sa.column("version", sa.Integer()),
    sa.column("content", _JSON),
    sa.column("from_at", _MOMENT),
)
_TEXTS = ("code", "way", "object", "node", "linkedid", "number", "by")
_REPLY = sa.table(
    "questionnaire_reply",
    *(sa.column(name, sa.Text()) for name in _TEXTS),
    sa.column("version", sa.Integer()),
    sa.column("at", _MOMENT),
    sa.column("answers", _JSON),
    sa.column("score", sa.Float()),
)
_WAYS = {"call": "phone", "on_site": "paper"}


def upgrade() -> None:
    op.add_column("case_filter", sa.Column("unit_id", sa.Integer(), nullable=True))
    _replies()


def _replies() -> None:
    """Of visits that were answered to a questionnaire, by the version that was in force then."""
    connection = op.get_bind()
    asked = _VISIT.c.questionnaire != "", _VISIT.c.ending == "answered", _VISIT.c.closed_at.is_not(None)
    visits = connection.execute(sa.select(_VISIT).where(*asked).order_by(_VISIT.c.id)).all()
    if not visits:
        return
    known = sa.select(_DEFINITION).where(_DEFINITION.c.kind == "questionnaire").order_by(_DEFINITION.c.version)
    versions = connection.execute(known).all()
    found = [reply for visit in visits if (reply := _reply(visit, versions)) is not None]
    if found:
        connection.execute(sa.insert(_REPLY), found)


def _reply(visit: Any, versions: Any) -> dict[str, Any] | None:
    code, _, version = visit.questionnaire.partition(":")
    named = [each for each in versions if each.code == code and (not version or str(each.version) == version)]
    of_then = [each for each in named if each.from_at <= visit.closed_at] or named[:1]
    if not of_then:
        return None
    return {
        "code": code,
        "version": of_then[-1].version,
        "way": _WAYS.get(visit.way, "link"),
        "object": f"visit:{visit.id}",
        "node": visit.node,
        "linkedid": visit.linkedid,
        "number": "",
        "by": visit.closed_by,
        "at": visit.closed_at,
        "answers": visit.answers,
        "score": _score(of_then[-1].content, visit.answers),
    }


def _score(content: Mapping[str, Any], answers: Mapping[str, str]) -> float | None:
    """The mean of the scales that were answered."""
    scales = [each["id"] for each in content.get("item", ()) if each.get("kind") == "scale"]
    given = [int(answers[each]) for each in scales if answers.get(each, "") in tuple("12345")]
    return round(sum(given) / len(given), 2) if given else None
