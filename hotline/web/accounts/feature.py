"""What accounts add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.accounts import (
    api,
    audit_pages,
    company_pages,
    every_page,
    own_sessions_pages,
    pages,
    people_pages,
    second_factor_pages,
    sessions,
    sign_ins_pages,
    tokens_pages,
)
from hotline.web.accounts.labels import ROLES, ROLES_EXPLAINED
from hotline.web.kit.shown import may_visit
from hotline.web.kit.told.menu import KEEPING, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature


def _has_no_administration() -> bool:
    """The audit log is one of its pages for those who have it."""
    return not may_visit("people.index")


FEATURE = WebFeature(
    blueprints=(
        pages.blueprint,
        company_pages.blueprint,
        own_sessions_pages.blueprint,
        second_factor_pages.blueprint,
        people_pages.blueprint,
        sign_ins_pages.blueprint,
        tokens_pages.blueprint,
        audit_pages.blueprint,
    ),
    apis=(api.register,),
    installers=(sessions.install, every_page.install),
    menu=(
        MenuEntry("people.index", "settings", _("Administration"), 120, waits="missing"),
        MenuEntry("audit.index", "history", _("Audit log"), 50, KEEPING, shown=_has_no_administration),
    ),
    under=dict.fromkeys(("people", "sign_ins", "tokens", "audit"), "people.index"),
    labels={"role": ROLES, "role_explained": ROLES_EXPLAINED},
)
