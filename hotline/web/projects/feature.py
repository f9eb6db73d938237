"""What projects add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import CUSTOMERS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.projects import api, labels, pages, task_pages

FEATURE = WebFeature(
    blueprints=(pages.blueprint, task_pages.blueprint),
    apis=(api.register,),
    menu=(
        MenuEntry("projects.index", "briefcase", _("Projects"), 20, CUSTOMERS),
        MenuEntry("project_tasks.index", "clipboard-check", _("Inspections and surveys"), 30, CUSTOMERS),
    ),
    under={"projects": "projects.index", "project_tasks.record": "project_tasks.index"},
    labels={"project_round": labels.KINDS, "project_round_state": labels.STATES},
)
