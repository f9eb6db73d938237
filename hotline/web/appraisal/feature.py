"""What the monthly appraisal adds to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.appraisal import act_pages, api, labels, pages
from hotline.web.kit.told.menu import REPORTS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint, act_pages.blueprint),
    apis=(api.register,),
    installers=(labels.install,),
    labels={
        "band": labels.BANDS,
        "month_state": labels.STATES,
        "objection": labels.DECISIONS,
        "follows": labels.FOLLOWS,
    },
    menu=(MenuEntry("appraisal.index", "clipboard-check", _("Appraisal"), 50, REPORTS, waits="appraisal"),),
    under={"appraisal": "appraisal.index"},
)
