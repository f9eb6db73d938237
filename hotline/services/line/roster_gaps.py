"""What is said of times without anybody on duty (A16)."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.line.roster import Gap
from hotline.domain.reasons import Reason, because
from hotline.domain.time import minute_text


def gap_detail(gaps: Sequence[Gap], lines: tuple[str, ...]) -> Reason | None:
    """The next gaps, with the lines that have them where not all of `lines` do; None for none."""
    if not gaps:
        return None
    return because("line.roster_gaps", spans=tuple(_span(gap, lines) for gap in gaps[:3]), count=len(gaps))


def _span(gap: Gap, lines: tuple[str, ...]) -> str:
    span = f"{minute_text(gap.starts_at)} – {minute_text(gap.ends_at)}"
    return span if gap.lines == lines else f"{span} ({', '.join(gap.lines)})"
