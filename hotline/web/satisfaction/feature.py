"""What satisfaction adds to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import QUALITY, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.satisfaction import api, link_pages, pages, questionnaire_pages, questionnaires_api
from hotline.web.satisfaction.labels import ANSWERS, WAYS

FEATURE = WebFeature(
    blueprints=(pages.blueprint, link_pages.blueprint, questionnaire_pages.blueprint),
    apis=(api.register, questionnaires_api.register),
    menu=(
        MenuEntry("satisfaction.index", "circle-check", _("Satisfaction"), 25, QUALITY),
        MenuEntry("questionnaires.index", "forms", _("Questionnaires"), 27, QUALITY),
    ),
    under={"questionnaires": "questionnaires.index"},
    labels={"rating": ANSWERS, "rating_way": WAYS},
    pop_parts={"js/satisfaction/pop.js": 25},
)
