"""What is said when a setting is decided and does not fit."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "settings.below_itself": _("A category stands neither below itself nor below one that stands below it."),
    "settings.entry_used": _("%(entry)s stays, because records have it: retire it instead."),
    "settings.file_alone_elsewhere": _("This has a page of its own."),
    "settings.file_alone_machine": _("This stands in the site's file: it is needed before the database is asked."),
    "settings.file_alone_secret": _("It opens copies of the database, and so stands in the site's file alone."),
    "settings.from_the_past": _("A moment to come was expected."),
    "settings.in_file_too": _(
        "The file gives %(key)s another value since %(by)s decided on it; what was decided holds."
    ),
    "settings.in_force_already": _("This is in force already: decide anew instead."),
    "settings.left_out": _("What was decided of %(key)s does not fit the files, and is left out: %(expected)s"),
    "settings.no_change": _("There is no decision %(id)s."),
    "settings.decided": _("%(key)s is decided."),
    "settings.no_setting": _("There is no setting %(key)s."),
    "settings.no_rule": _("There is no rule %(rule)s."),
    "settings.no_entry": _("Only an entry of a table can be taken away."),
    "settings.nothing_changed": _("Something else than what is in force was expected."),
    "settings.not_one_setting": _("The key of one setting, or of one entry of a table, was expected."),
    "settings.not_taken": _("%(key)s cannot be so: %(expected)s"),
    "settings.reason_needed": _("Please give a reason."),
    "settings.reason_too_long": _("A reason of at most %(most)s characters was expected."),
    "settings.variable_sets_it": _("The variable %(variable)s sets this, and nothing else can."),
    "settings.agreed_by_another": _("Somebody else has to agree: what you asked for yourself you can only take back."),
    "settings.changed_meanwhile": _("Somebody else has changed the same meanwhile: %(keys)s. See what is said there."),
    "settings.changed_since_asked": _("This was changed after it was asked for: %(keys)s. Ask anew."),
    "settings.confirm_first": _("Your last change of this still waits to be confirmed: confirm it, or let it go back."),
    "settings.entry_name": _("An id was expected, without a full stop."),
    "settings.entry_there": _("%(entry)s is there already."),
    "settings.in_row": _("Row %(row)s: %(what)s"),
    "settings.no_group": _("There is no group of settings %(name)s that you may change."),
    "settings.no_toml": _("A TOML file was expected: %(why)s"),
    "settings.no_version": _("There is no version %(id)s."),
    "settings.nobody_else": _("There is no other administrator who could agree."),
    "settings.not_yours": _("Administrators alone change %(keys)s."),
    "settings.nothing_asked": _("Nothing waits here any more."),
    "settings.nothing_in_file": _("The file says nothing else of %(key)s any more."),
    "settings.row_twice": _("Each may stand here once; there twice: %(names)s."),
    "settings.row_without_name": _("Each row needs its first field."),
    "settings.still_referred": _("%(entry)s stays, because these lead to it: %(by)s. Change them first."),
    "settings.went_back": _("It has gone back already, or nothing waited to be confirmed."),
    "settings.noted": _("Settings noted as the files have them: %(n)s"),
}
