"""What campaigns add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.campaigns import api, labels, member_pages, pages
from hotline.web.kit.told.menu import CUSTOMERS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint, member_pages.blueprint),
    apis=(api.register,),
    menu=(MenuEntry("campaigns.index", "broadcast", _("Campaigns"), 40, CUSTOMERS),),
    under={"campaigns": "campaigns.index", "campaign_members": "campaigns.index"},
    labels={
        "campaign_kind": labels.KINDS,
        "campaign_state": labels.STATES,
        "campaign_member": labels.MEMBERS,
        "campaign_result": labels.RESULTS,
        "campaign_ending": labels.ENDINGS,
    },
    large_forms={"campaigns.take_list": pages.MOST_BYTES + 64 * 1024},
)
