"""What the audit log says of campaigns."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "campaign.create": _("Campaign made"),
        "campaign.change": _("Campaign changed"),
        "campaign.view": _("Campaign looked at"),
        "campaign.members": _("People of a campaign looked at"),
        "campaign.import": _("List of a campaign brought in"),
        "campaign.draw": _("Campaign drawn"),
        "campaign.start": _("Campaign started"),
        "campaign.pause": _("Campaign paused"),
        "campaign.stop": _("Campaign stopped"),
        "campaign.end": _("Campaign over"),
        "campaigns.view": _("Campaigns looked at"),
    },
    objects={"campaign": ObjectPage("campaigns.show", "campaign_id")},
    title=_("Campaigns"),
    kinds={"campaign": _("Campaign"), "campaigns": _("Campaigns")},
)
