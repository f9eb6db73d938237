"""What the audit log says of what is kept and deleted."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "archive.ask": _("Discs of recordings asked for"),
        "archive.fetch": _("Image of a disc fetched"),
        "archive.create": _("Disc of recordings written"),
        "archive.export": _("Recordings taken from a disc"),
        "archive.restore": _("Recording brought back from a disc"),
        "archive.verify": _("Disc read back"),
        "archive.view": _("Discs looked at"),
        "deletions.export": _("Register of deletions exported"),
        "deletions.view": _("Register of deletions looked at"),
        "hold.lift": _("Legal hold lifted"),
        "hold.set": _("Legal hold set on a call"),
        "holds.view": _("Legal holds looked at"),
        "privacy.close": _("Request of a person closed"),
        "privacy.erase": _("Data of a person deleted"),
        "privacy.export": _("Copy of a person's data made"),
        "privacy.take": _("Request of a person taken"),
        "privacy.view": _("Request of a person looked at"),
        "privacy_requests.view": _("Requests of persons looked at"),
        "reconciliation.run": _("Store reconciled"),
        "reconciliation.view": _("Reconciliation looked at"),
        "recordings.agree": _("Deletion of recordings agreed to"),
        "recordings.ask": _("Deletion of recordings asked for"),
        "recordings.due": _("List of recordings due for deletion looked at"),
        "recordings.expire": _("Recordings deleted after their retention term"),
        "recordings.list": _("Recordings listed for deletion"),
        "recordings.refuse": _("Deletion of recordings refused or taken back"),
    },
    objects={"privacy": ObjectPage("privacy.show", "request_id")},
    title=_("Keeping"),
    kinds={
        "recordings": _("Recordings"),
        "disc": _("Disc"),
        "discs": _("Discs"),
        "deletions": _("Register of deletions"),
        "privacy": _("Request of a person"),
        "privacy_requests": _("Requests of persons"),
        "holds": _("Legal holds"),
        "reconciliation": _("Reconciliation"),
    },
)
