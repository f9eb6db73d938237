"""What is said of attachments."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "attachments.empty": _("The file is empty."),
    "attachments.file_gone": _("The file is not in the store any more."),
    "attachments.no_room": _("There is too little room on the disk. Tell an administrator."),
    "attachments.none": _("There is no attachment %(id)s."),
    "attachments.not_yours_to_see": _(
        "Attachments are for who writes the log form or sees the caller's number whole; ask a supervisor."
    ),
    "attachments.too_large": _("A file has at most %(megabytes)s MB."),
    "attachments.too_many": _("At most %(most)s files are sent at once."),
    "attachments.type": _("Files of this kind are not taken, whatever they are called. Taken are: %(allowed)s."),
    "attachments.unknown_type": _("%(got)s is no type of files that can be attached. These are: %(known)s."),
    "attachments.swept": _("Files of removed attachments deleted: %(n)s"),
}
