"""What the audit log says of web hooks."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "webhook.add": _("Web hook added"),
        "webhook.again": _("Events of a web hook sent again"),
        "webhook.change": _("Web hook changed"),
        "webhook.off": _("Web hook switched off"),
        "webhook.on": _("Web hook switched on"),
        "webhook.remove": _("Web hook removed"),
        "webhook.secret": _("New secret for a web hook"),
        "webhook.test": _("Web hook tested"),
        "webhook.view": _("Web hooks looked at"),
    },
    objects={"webhook": ObjectPage("webhooks.show", "webhook_id")},
    title=_("Web hooks"),
    kinds={"webhook": _("Web hook"), "webhooks": _("Web hooks")},
)
