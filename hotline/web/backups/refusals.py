"""What is said of backups."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "backups.busy": _("Something is being done with backups already: wait until it is over."),
    "backups.damaged": _("%(file)s is damaged: it cannot be read to its end."),
    "backups.file_differs": _("%(file)s in the backup is not what was put into it: the backup was damaged or changed."),
    "backups.foreign": _(
        "This backup was not made by this hotline, or was changed since. Bring it back on the server, by "
        "“hotline backup restore”, if you trust where it comes from."
    ),
    "backups.gone": _("There is no backup %(file)s."),
    "backups.no_backup": _("This is no backup of a hotline."),
    "backups.no_file": _("Please choose the file of a backup."),
    "backups.no_program": _("%(program)s is not installed on the server: install PostgreSQL's client programs."),
    "backups.no_room": _("The disk of the backups has %(free)s MB free, and the next one needs %(needed)s MB."),
    "backups.no_scratch": _(
        "The database's user may make no database, so that nothing can be restored beside the live one: give it "
        "CREATEDB."
    ),
    "backups.not_confirmed": _("Please write the company's name exactly as it stands there."),
    "backups.not_empty": _("%(folder)s is not empty: a backup is brought back into a new home."),
    "backups.not_written": _("%(file)s could not be written: %(why)s"),
    "backups.other_database": _("The backup is of a %(found)s database, and this hotline has %(expected)s."),
    "backups.other_files": _("The backup holds other files than it says."),
    "backups.other_form": _("The backup was written by another version of the program."),
    "backups.other_revision": _(
        "The backup's database has the structure %(found)s, and this version needs %(expected)s: bring it back on the "
        "server by “hotline backup restore”."
    ),
    "backups.restore_died": _("The process died on the way. Nothing was changed."),
    "backups.table_differs": _(
        "%(table)s: %(expected)s rows were backed up, %(found)s are restored, or their content differs"
    ),
    "backups.tables_differ": _("What was restored is not what was backed up: %(tables)s"),
    "backups.too_old": _("the newest backup is of %(made_at)s, and none is younger than %(hours)s hours"),
    "backups.upload_too_large": _("The file does not fit on the disk of the backups."),
    "backups.wrong_passphrase": _("The passphrase is another one, or the passwords in the backup were changed."),
    "backups.made": _("Backup made: %(file)s"),
    "backups.not_made": _("No backup was made: %(why)s"),
    "backups.not_restored": _("Backup %(file)s was not restored: %(why)s"),
    "backups.not_tried": _("The trial of backup %(file)s failed: %(why)s"),
    "backups.restored": _("Backup restored: %(file)s"),
    "backups.tried": _("Backup tried: %(file)s"),
}
