"""SQL for whose something was, of what names an extension and a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, false, or_

from hotline.domain.staff.spans import AtExtension


def had(
    spans: Iterable[AtExtension], extension: ColumnElement[Any], at: ColumnElement[datetime]
) -> ColumnElement[bool]:
    """Rows of these extensions from these times; none where there are no spans."""
    return or_(false(), *(_within(each, extension, at) for each in spans))


def had_by(tenure: FromClause, extension: ColumnElement[Any], at: ColumnElement[datetime]) -> ColumnElement[bool]:
    """To join the tenure that says who it was."""
    held = tenure.c
    return and_(
        held.extension == extension,
        or_(held.since.is_(None), held.since <= at),
        or_(held.until.is_(None), held.until > at),
    )


def _within(span: AtExtension, extension: ColumnElement[Any], at: ColumnElement[datetime]) -> ColumnElement[bool]:
    parts = [extension == span.extension]
    if span.since is not None:
        parts.append(at >= span.since)
    if span.until is not None:
        parts.append(at < span.until)
    return and_(*parts)
