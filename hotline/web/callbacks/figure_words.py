"""What the figures of what we owe are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.callbacks.figures import OwedFigure
from hotline.domain.deadlines.figures import Keeping
from hotline.services.callbacks.figures import FigureOf

OF_WORDS = {
    FigureOf.CALLBACKS: _("Callbacks"),
    FigureOf.PROMISES: _("Promises"),
    FigureOf.ANSWERS: _("Answers to open questions"),
}

_KEEPING = {
    Keeping.KEPT: _("Kept in time"),
    Keeping.LATE: _("Kept late"),
    Keeping.BROKEN: _("Over and not kept"),
    Keeping.WAITING: _("Still in time"),
}

FIGURE_WORDS = {
    FigureOf.CALLBACKS: {
        OwedFigure.OWED: _("Owed"),
        OwedFigure.IN_TIME: _("Called in time"),
        OwedFigure.LATE: _("Called late or overdue"),
        OwedFigure.WAITING: _("Still in time"),
        OwedFigure.CLOSED: _("Closed"),
    },
    FigureOf.PROMISES: _KEEPING,
    FigureOf.ANSWERS: _KEEPING,
}
