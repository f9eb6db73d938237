"""Which figure of the catalogue each item of an appraisal is, so that a score opens the same number as the reports."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.domain.appraisal.scheme import Measure, ScoredItem

#: Of a person and a month. What counts verdicts is no figure: it is how far its rules are kept.
FIGURE_OF: Mapping[Measure, str] = {
    Measure.EXAMINATION: "examination_score",
    Measure.SATISFACTION: "rating_mean",
    Measure.ADHERENCE: "adherence",
    Measure.AVERAGE_TALK: "talk_time",
    Measure.COMPLAINTS: "complaints_about",
}


def figure_of(item: ScoredItem) -> str:
    """ "" for an item that is taken from verdicts."""
    return FIGURE_OF.get(item.measure, "")
