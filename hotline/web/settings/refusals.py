"""What is said when a setting is decided and does not fit."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "settings.file_alone_elsewhere": _("This has a page of its own."),
    "settings.file_alone_machine": _("This stands in the site's file: it is needed before the database is asked."),
    "settings.file_alone_secret": _("A password stands in the site's file, which is its owner's alone."),
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
    "settings.reason_too_long": _("A reason of at most %(most)s characters was expected."),
    "settings.variable_sets_it": _("The variable %(variable)s sets this, and nothing else can."),
}
