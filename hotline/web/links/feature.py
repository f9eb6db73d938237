"""What links add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.links.link import HolderKind
from hotline.web.kit.labels import Label
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.links import admin_pages, pages

HOLDERS = {
    HolderKind.PERSON: Label(_("Our own person"), "info"),
    HolderKind.DEPARTMENT: Label(_("Department"), "info"),
    HolderKind.CUSTOMER: Label(_("Customer"), "info"),
    HolderKind.OTHER: Label(_("Somebody else"), "muted"),
}

FEATURE = WebFeature(
    blueprints=(pages.blueprint, admin_pages.blueprint),
    under={"living_links": "people.index"},
    labels={"link_holder": HOLDERS},
)
