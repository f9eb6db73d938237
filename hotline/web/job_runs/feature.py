"""What the jobs add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.job_runs import pages
from hotline.web.kit.told.menu import KEEPING, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    menu=(MenuEntry("job_runs.index", "rewind-forward-5", _("Jobs"), 70, KEEPING),),
    under={"job_runs": "job_runs.index"},
)
