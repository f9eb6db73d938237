"""What the ledger of calls adds to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.calls import api, call_pages, labels, pages, timeline
from hotline.web.kit.told.menu import MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint, call_pages.blueprint),
    apis=(api.register,),
    installers=(labels.install, timeline.install),
    menu=(MenuEntry("ledger.calls", "list-details", _("Calls"), 30),),
    under={"call.show": "ledger.calls"},
    labels={"direction": labels.DIRECTIONS, "rating_handed": labels.HANDED_BY},
)
