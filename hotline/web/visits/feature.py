"""What visits add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import CUSTOMERS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.visits import acts_pages, api, labels, pages, paper_pages, words

FEATURE = WebFeature(
    blueprints=(pages.blueprint, acts_pages.blueprint, paper_pages.blueprint),
    apis=(api.register,),
    installers=(words.install,),
    menu=(MenuEntry("visits.index", "route", _("Return visits"), 10, CUSTOMERS, waits="visits"),),
    under={"visits": "visits.index", "visit_acts": "visits.index", "visit_papers": "visits.index"},
    labels={
        "visit_origin": labels.ORIGINS,
        "visit_way": labels.WAYS,
        "visit_state": labels.STATES,
        "visit_ending": labels.ENDINGS,
        "visit_result": labels.RESULTS,
    },
    pop_parts={"js/visits/pop.js": 40},
)
