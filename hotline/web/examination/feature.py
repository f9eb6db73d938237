"""What examination adds to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.examination import (
    api,
    examples_pages,
    figures_pages,
    improvement_api,
    improvement_pages,
    my_results_pages,
    pages,
    samples_pages,
    sheet_pages,
)
from hotline.web.kit.shown import has_extension
from hotline.web.kit.told.menu import QUALITY, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(
        pages.blueprint,
        sheet_pages.blueprint,
        figures_pages.blueprint,
        improvement_pages.blueprint,
        samples_pages.blueprint,
        my_results_pages.blueprint,
        examples_pages.blueprint,
    ),
    apis=(api.register, improvement_api.register),
    menu=(
        MenuEntry("quality.examinations", "clipboard-check", _("Examinations"), 10, QUALITY, waits="examinations"),
        MenuEntry("quality_figures.index", "chart-bar", _("Figures of quality"), 20, QUALITY),
        MenuEntry("improvement.appeals", "message", _("Appeals"), 30, QUALITY, waits="appeals"),
        MenuEntry(
            "improvement.rectifications", "pencil", _("Corrective actions"), 40, QUALITY, waits="corrective_actions"
        ),
        MenuEntry("improvement.calibrations", "users", _("Calibrations"), 50, QUALITY),
        MenuEntry("samples.index", "list-numbers", _("Sampling"), 60, QUALITY),
        MenuEntry(
            "my_results.index", "user-circle", _("My results"), 90, QUALITY, shown=has_extension, waits="own_results"
        ),
        MenuEntry("examples.index", "book", _("Examples"), 100, QUALITY),
    ),
    under={"examinations.show": "quality.examinations"},
)
