"""What is said of Asterisk, what talks to it and what it writes."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "asterisk.cel_time": _(
        "The CEL database has the time “%(said)s”. Seconds since 1970 were expected: eventtime(float) in "
        "cel_sqlite3_custom.conf."
    ),
    "asterisk.cel_unusable": _("The CEL database %(file)s cannot be used: %(why)s"),
    "asterisk.closed": _("Asterisk's manager (%(where)s) closed the connection instead of answering to %(action)s."),
    "asterisk.copy_files": _("Copy %(files)s from %(folder)s to your own Asterisk, and say there: %(command)s"),
    "asterisk.does_not_run": _("%(file)s does not run: %(why)s"),
    "asterisk.files_not_written": _("Asterisk's files cannot be written: %(why)s"),
    "asterisk.gone": _("Asterisk's manager (%(where)s) is gone: %(why)s."),
    "asterisk.lacks_modules": _("%(file)s lacks the modules %(modules)s (in %(folder)s)."),
    "asterisk.line_break": _("%(what)s must not hold a line break."),
    "asterisk.line_state_not_told": _("The line's state could not be written to Asterisk: %(why)s"),
    "asterisk.no_answer": _("Asterisk's manager (%(where)s) did not answer to %(action)s in time."),
    "asterisk.no_binary": _("asterisk.binary: %(file)s does not exist. Left empty, the setting takes what is found."),
    "asterisk.no_folders": _("%(file)s: its modules or its documentation folder were not found."),
    "asterisk.no_time": _("Asterisk's answer to Ping holds no time but “%(said)s”."),
    "asterisk.none": _("There is no Asterisk to run: scripts/setup fetches one."),
    "asterisk.none_fits": _("No Asterisk here will do: scripts/setup fetches one.\n%(tried)s"),
    "asterisk.not_fetched": _("There is no Asterisk in %(folder)s: run scripts/setup."),
    "asterisk.refused": _("Asterisk refused %(action)s: %(said)s"),
    "asterisk.too_old": _("%(file)s is Asterisk %(version)s; %(oldest)s or newer is needed."),
    "asterisk.unreachable": _("Asterisk's manager (%(where)s) cannot be reached: %(why)s."),
    "asterisk.log_cut": _("Asterisk's log was cut at %(bytes)s bytes, since Asterisk had not rotated it"),
    "asterisk.log_rotated": _("Asterisk's log was rotated at %(bytes)s bytes"),
    "asterisk.old_logs_removed": _("Old files of Asterisk's log removed: %(n)s"),
}
