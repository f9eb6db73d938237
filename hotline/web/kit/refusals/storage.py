"""What is said of the database."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "storage.control_characters": _("Text without control characters was expected."),
    "storage.failed": _("The database did not do its work: %(why)s"),
    "storage.lacks_revisions": _("The database lacks %(revisions)s: run `hotline db upgrade`."),
    "storage.legacy": _("As it was written before: %(text)s"),
    "storage.newer": _(
        "The database is at revision %(revision)s, which this version of the program does not know: a newer "
        "version has upgraded it. Run that version, or restore a backup from before the upgrade."
    ),
    "storage.no_connection": _("No connection to the database became free: %(why)s"),
    "storage.not_upgraded": _("The database lacks something, run `hotline db upgrade`: %(why)s"),
    "storage.number_too_large": _("A smaller number was expected."),
    "storage.there_already": _("It is there already."),
    "storage.too_long": _(
        "This took the database longer than it may. Please ask for a shorter time, or for less of it."
    ),
}
