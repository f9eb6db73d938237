"""Words of the settings: recording and retention."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "recording.enabled": KeyWords(_("Calls are recorded"), _("The notice of it is part of the greeting.")),
    "recording.min_free_megabytes": KeyWords(_("Least free disk"), _("Less is an alert.")),
    "recording.format": KeyWords(_("Format"), _("How recordings are kept.")),
    "retention.years": KeyWords(_("Years"), _("Recordings are kept so long after the call; at least 3.")),
    "retention.categories": KeyWords(_("Longer by category"), _("Years for calls of a category; at least 3.")),
    "retention.categories.#": KeyWords(_("Category"), _("The id of a category.")),
    "retention.categories.*": KeyWords(_("Years"), _("At least 3.")),
    "retention.delete": KeyWords(_("How what may go is deleted"), _("By hand on its page, or every night.")),
    "retention.black_box_days": KeyWords(
        _("Days of the CEL database"), _("Rows are kept so long after they stand in the ledger.")
    ),
    "reconciliation.enabled": KeyWords(
        _("Daily comparison"), _("Ledger, entries and files of the recordings are compared.")
    ),
    "reconciliation.hour": KeyWords(_("Hour of the comparison"), _("From this hour on, Shanghai time.")),
    "reconciliation.whole_days": KeyWords(
        _("Days for all files"), _("Every file is read and compared with its hash within them.")
    ),
    "reconciliation.keep_hours": KeyWords(
        _("Hours until the final form"), _("A recording that is not in its final form by then is told of.")
    ),
    "reconciliation.full_days": KeyWords(
        _("Days until the disk is full"), _("By its trend; within them it is an alert.")
    ),
    "backups.nightly": KeyWords(_("Every night"), _("Otherwise backups are made by hand only.")),
    "backups.hour": KeyWords(_("Hour of the backup"), _("From this hour on, Shanghai time.")),
    "backups.keep": KeyWords(_("Backups kept"), _("The oldest go first.")),
    "backups.folder": KeyWords(_("Folder of the backups"), _("Empty: in the hotline's own; better on another disk.")),
    "backups.drill_days": KeyWords(
        _("Days between trials"), _("One is restored beside the live database and compared; 0: by hand only.")
    ),
    "backups.old_hours": KeyWords(_("Hours until it is too old"), _("Without a younger backup there is an alert.")),
    "backups.passphrase": KeyWords(
        _("Passphrase for passwords"), _("Seals the generated passwords into each backup; empty: they are in none.")
    ),
    "store.url": KeyWords(
        _("Address of the store"),
        _(
            "Empty: in the folder of the hotline; or an S3-compatible store. What lies in the folder is still found; "
            "what lies in a bucket is copied into the next one first."
        ),
    ),
    "store.endpoint": KeyWords(_("Endpoint of the store"), _("Of an S3-compatible store.")),
    "store.region": KeyWords(_("Region of the store"), _("Where the store asks for one.")),
    "store.addressing": KeyWords(_("Addressing of the bucket"), _("In the path or in the host name.")),
    "store.key": KeyWords(_("Access key"), _("Of the store.")),
    "store.secret": KeyWords(_("Secret of the access key"), _("It goes with the access key.")),
    "attachments.megabytes": KeyWords(_("Size of one file"), _("A larger one is refused.")),
    "attachments.at_once": KeyWords(_("Files at once"), _("So many may be sent together.")),
    "attachments.min_free_megabytes": KeyWords(
        _("Least free disk for attachments"), _("With less none is taken: recordings come first.")
    ),
    "attachments.types": KeyWords(_("Kinds of files"), _("By their content, as media types.")),
    "privacy.due_days": KeyWords(
        _("Days until the answer"), _("A request for a copy, correction or deletion is answered within them.")
    ),
}
