"""What the audit log says of notifications."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "notification.again": _("Notification sent again"),
        "notification.choose": _("Chosen how to be told"),
        "notification.test": _("Test notification sent"),
        "notification.way_add": _("Address for notifications added"),
        "notification.way_remove": _("Address for notifications removed"),
    },
    title=_("Notifications"),
    kinds={"notification": _("Notification"), "mail": _("Mail address")},
)
