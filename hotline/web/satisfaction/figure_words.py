"""What the figures of satisfaction are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.satisfaction.figures import By, RatingFigure

FIGURE_WORDS = {
    RatingFigure.OFFERED: _("Asked for a rating"),
    RatingFigure.ANSWERED: _("Rated"),
    RatingFigure.SATISFIED: _("Satisfied"),
    RatingFigure.LOW: _("1 or 2"),
    RatingFigure.COMMENTED: _("With a comment"),
}

#: What a row is.
ROW_WORDS = {By.LINE: _("Line"), By.OPERATOR: _("Operator"), By.CATEGORY: _("Category")}
BY_WORDS = {By.LINE: _("By line"), By.OPERATOR: _("By operator"), By.CATEGORY: _("By category")}
