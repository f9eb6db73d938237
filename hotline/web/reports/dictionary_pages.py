"""The data dictionary as a page: what each figure is, in words and in SQL."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, render_template
from flask_babel import get_locale

from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import Text
from hotline.domain.rights.acts import Act
from hotline.services.reports.dictionary import ATTRIBUTIONS, AXES, BETTERS, UNITS, sql_of
from hotline.web.kit.access import may
from hotline.web.kit.context import web

blueprint = Blueprint("data_dictionary", __name__, url_prefix="/reports/dictionary")


@blueprint.get("")
@may(Act.SEE_REPORTS)
def index() -> str:
    numbers = [(number, list(each)) for number, each in groupby(FIGURES.values(), key=lambda one: one.number)]
    return render_template("reports/dictionary.html", numbers=numbers, **_words())


@blueprint.get(f"/<any({', '.join(FIGURES)}):name>")
@may(Act.SEE_REPORTS)
def show(name: str) -> str:
    """One figure, with the SQL of its view in the database that is used."""
    figure, context = FIGURES[name], web()
    sql = sql_of(figure, context.settings, context.storage.engine.dialect.name)
    return render_template("reports/figure.html", figure=figure, sql=sql, **_words())


def _words() -> dict[str, Any]:
    return {
        "said": _said,
        "other": _other,
        "units": UNITS,
        "attributions": ATTRIBUTIONS,
        "betters": BETTERS,
        "axes": AXES,
    }


def _said(text: Text) -> str:
    return text.zh if _is_chinese() else text.en


def _other(text: Text) -> str:
    """In the other language."""
    return text.en if _is_chinese() else text.zh


def _is_chinese() -> bool:
    locale = get_locale()
    return locale is None or locale.language == "zh"
