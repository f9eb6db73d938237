"""SQL for whose something was, of what names an extension and a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, false, or_

from hotline.domain.staff.records import Tenure


def had(tenures: Iterable[Tenure], extension: ColumnElement[Any], at: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Rows of these extensions from these times; none where there are no tenures."""
    return or_(false(), *(_within(each, extension, at) for each in tenures))


def had_by(tenure: FromClause, extension: ColumnElement[Any], at: ColumnElement[datetime]) -> ColumnElement[bool]:
    """To join the tenure that says who it was."""
    held = tenure.c
    return and_(
        held.extension == extension,
        or_(held.since.is_(None), held.since <= at),
        or_(held.until.is_(None), held.until > at),
    )


def _within(tenure: Tenure, extension: ColumnElement[Any], at: ColumnElement[datetime]) -> ColumnElement[bool]:
    parts = [extension == tenure.extension]
    if tenure.since is not None:
        parts.append(at >= tenure.since)
    if tenure.until is not None:
        parts.append(at < tenure.until)
    return and_(*parts)
