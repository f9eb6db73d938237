"""What is said of script cards."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "cards.card_there": _("There is a card %(id)s already."),
    "cards.changed_meanwhile": _("This card has changed in the meantime. Look at it again."),
    "cards.control_characters": _("Text without control characters was expected."),
    "cards.file_unreadable": _("A file in TOML and UTF-8 was expected: %(why)s"),
    "cards.id_twice": _("An id of its own was expected; %(file)s has it too."),
    "cards.no_card": _("There is no card %(id)s."),
    "cards.placeholders": _("Between braces one of %(known)s was expected, not “%(got)s”."),
    "cards.tables_expected": _("Tables [[card]] were expected."),
    "cards.unknown_key": _("This key is not known; stage and [[card]] are."),
    "cards.wrong_card": _("This card cannot be kept: %(problems)s"),
}
