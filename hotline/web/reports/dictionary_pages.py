"""The data dictionary as a page: what each figure is, in words and in SQL."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template
from flask_babel import get_locale

from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import Figure, Text
from hotline.domain.rights.acts import Act
from hotline.services.reports.dictionary import ATTRIBUTIONS, BETTERS, UNITS, sql_of
from hotline.web.kit.access import may
from hotline.web.kit.context import web

blueprint = Blueprint("data_dictionary", __name__, url_prefix="/reports/dictionary")


@blueprint.get("")
@may(Act.SEE_REPORTS)
def index() -> str:
    numbers = [(number, list(each)) for number, each in groupby(FIGURES.values(), key=lambda one: one.number)]
    dialect = web().storage.engine.dialect.name

    def sql(figure: Figure) -> str:
        return sql_of(figure, web().settings, dialect)

    return render_template(
        "reports/dictionary.html",
        numbers=numbers,
        said=_said,
        other=_other,
        sql=sql,
        units=UNITS,
        attributions=ATTRIBUTIONS,
        betters=BETTERS,
    )


def _said(text: Text) -> str:
    return text.zh if _is_chinese() else text.en


def _other(text: Text) -> str:
    """In the other language."""
    return text.en if _is_chinese() else text.zh


def _is_chinese() -> bool:
    locale = get_locale()
    return locale is None or locale.language == "zh"
