"""Rows of those whom somebody leads, by extension and moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_

from hotline.domain.led import LedSpan


def of_led(
    spans: Sequence[LedSpan], extension: ColumnElement[str], moment: ColumnElement[datetime]
) -> ColumnElement[bool]:
    """Whose `extension` was one of theirs at the row's `moment`; without spans nobody's."""
    return or_(false(), *(_in(span, extension, moment) for span in spans))


def _in(span: LedSpan, extension: ColumnElement[str], moment: ColumnElement[datetime]) -> ColumnElement[bool]:
    parts = [extension == span.extension]
    if span.since is not None:
        parts.append(moment >= span.since)
    if span.until is not None:
        parts.append(moment < span.until)
    return and_(*parts)
