"""The sentences of 《回访总结报告》, written from the figures."""

from __future__ import annotations

from flask_babel import gettext

from hotline.domain.shares import percent
from hotline.domain.visit_checks.month import Counts
from hotline.services.visit_checks.months import VisitReport
from hotline.web.kit.formats import duration


def sentences(report: VisitReport) -> list[str]:
    """What the month was like, what was wrong, and what is to be done."""
    total = report.month.total
    if not total.planned:
        return [gettext("No visit was to be made in this month.")]
    found = [_made(total), _satisfied(report), _scores(total), _length(total)]
    found += [_late(total)] if total.late else [gettext("No visit was late.")]
    if total.not_satisfied or total.so_so:
        found.append(_unhappy(total))
    checked = sum(each.checked for each in report.month.visitors)
    compliant = sum(each.compliant for each in report.month.visitors)
    if checked:
        found.append(
            gettext(
                "%(checked)s visits were checked, %(compliant)s of them were as they should be.",
                checked=checked,
                compliant=compliant,
            )
        )
    return [each for each in found if each]


def _made(total: Counts) -> str:
    return gettext(
        "%(planned)s visits were to be made: %(made)s were answered (%(rate)s), %(refused)s customers did not want "
        "to be asked, %(missed)s were not reached, %(open)s are still open.",
        planned=total.planned,
        made=total.made,
        rate=_share(total.made, total.planned),
        refused=total.refused,
        missed=total.not_reached + total.wrong_number,
        open=total.open,
    )


def _satisfied(report: VisitReport) -> str:
    total, before = report.month.total, report.before
    if not total.said:
        return ""
    said = gettext(
        "Of those who answered %(rate)s are satisfied, %(so_so)s so-so, %(unhappy)s not satisfied.",
        rate=_share(total.satisfied, total.said),
        so_so=_share(total.so_so, total.said),
        unhappy=_share(total.not_satisfied, total.said),
    )
    if not before.said:
        return said
    return (
        said + " " + gettext("In the month before %(rate)s were satisfied.", rate=_share(before.satisfied, before.said))
    )


def _scores(total: Counts) -> str:
    if total.mean_score is None:
        return ""
    return gettext(
        "%(n)s visits asked a questionnaire with scales: its mean is %(mean)s of 5.",
        n=total.scored,
        mean=f"{total.mean_score:.2f}",
    )


def _length(total: Counts) -> str:
    if total.mean_seconds is None:
        return ""
    return gettext(
        "A call took %(mean)s on average; %(long)s were longer than they should be.",
        mean=duration(total.mean_seconds),
        long=total.too_long,
    )


def _late(total: Counts) -> str:
    return gettext(
        "%(late)s visits (%(rate)s) were late: their visitors' months below say whose.",
        late=total.late,
        rate=_share(total.late, total.planned),
    )


def _unhappy(total: Counts) -> str:
    return gettext(
        "%(n)s customers were not satisfied, or so-so; %(cases)s visits led to a case. What they named stands below; "
        "whatever led to no case is to be looked at again.",
        n=total.not_satisfied + total.so_so,
        cases=total.cases,
    )


def _share(part: int, of: int) -> str:
    found = percent(part, of)
    return f"{found:.1f}%" if found is not None else "–"
