"""What is said of the settings."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "settings.address_of_everybody": _(
        "The carrier's own addresses were expected: everybody in %(got)s would be taken for it."
    ),
    "settings.ancestor": _("A category must not be its own subcategory."),
    "settings.carrier_address": _(
        "An address, a network such as 203.0.113.0/28 or a host name was expected, not “%(got)s”."
    ),
    "settings.choices": _("Choices belong to a field of kind choice, and to no other."),
    "settings.codec": _("One of %(codecs)s was expected: calls by %(wide)s cannot be recorded."),
    "settings.contact_is_carriers": _("Another address was expected: calls from there are the carrier's."),
    "settings.database_url": _('"" or postgresql+psycopg://user:password@host/name or sqlite:////path was expected.'),
    "settings.day_marked_twice": _("These days stand in more than one of closed, open and makeup: %(days)s."),
    "settings.file_unreadable": _("A file that can be read was expected: %(why)s"),
    "settings.gone": _("There is no such key any more: %(to)s says it."),
    "settings.inbound_login": _("inbound_username and inbound_password belong together: set both, or neither."),
    "settings.key_and_secret": _("key and secret belong together: set both, or neither."),
    "settings.key_of_another": _("The key of %(file)s was expected, this is another one's."),
    "settings.key_target": _(
        "One of queue:<id>, menu:<id>, announcement:<prompt>, voicemail, repeat, operator, case was expected, not "
        "“%(got)s”."
    ),
    "settings.key_time": _(
        "Days, a period and a target were expected, such as “sat,sun 09:00-12:00 voicemail” or “daily 18:00-24:00 "
        "queue:late”, not “%(got)s”."
    ),
    "settings.key_times_overlap": _("A key leads to one place at a time: “%(first)s” and “%(second)s” overlap."),
    "settings.key_with_password": _("A key without a password was expected in %(file)s."),
    "settings.callback_trunk_number": _("A callback trunk needs the number that it shows to customers."),
    "settings.callback_trunk_own_number": _(
        "%(number)s is a line's own number: nothing is dialled under it. A number of the callback trunk was expected."
    ),
    "settings.known_by_registration": _('known_by = "registration" needs kind = "registration".'),
    "settings.line_twice": _("%(number)s is line %(line)s already."),
    "settings.loudness": _("loudness.quietest must not be above loudness.loudest."),
    "settings.no_certificate": _("A certificate in PEM was expected in %(file)s."),
    "settings.no_key": _("A key in PEM was expected in %(file)s."),
    "settings.mail_in_clear": _("A user's password must not go over the network in clear: set security."),
    "settings.mail_sender": _("Mail needs a sender, e.g. hotline@example.com."),
    "settings.number": _("A telephone number of 3 to 20 digits was expected, not “%(got)s”."),
    "settings.moved": _("It stands at %(to)s now, where another value is set: remove one of the two."),
    "settings.rating_template": _(
        "An entry of [sms.templates] with the parameters %(parameters)s and no others was expected, not “%(got)s”."
    ),
    "settings.unknown_pause": _("%(got)s is no reason of [console.pause_reasons]: %(known)s"),
    "settings.own_reason": _("%(reasons)s: this is the system's own reason. Another name was expected."),
    "settings.pem_path": _('The path of a PEM file was expected, since transport = "tls" is set.'),
    "settings.period": _('A period like "09:00-12:00" was expected, not “%(got)s”.'),
    "settings.period_order": _("A period must end after it starts, %(start)s-%(end)s does not."),
    "settings.periods_overlap": _("Periods overlap: %(first)s and %(second)s."),
    "settings.plain_text": _("Text without line breaks and control characters was expected."),
    "settings.ports_of_their_own": _("Each service needs a port of its own: %(ports)s."),
    "settings.sip_user": _(
        "A user name of at most %(most)s characters was expected, without spaces, quotation marks, semicolons and < >."
    ),
    "settings.registration_needs_login": _("A trunk by registration needs username and password."),
    "settings.web_address": _(
        "A whole address such as https://hotline.example.com was expected: its host, and a port of 1 to 65535 if it "
        "has one."
    ),
    "settings.rule_limits": _("red (%(red)s) must not be above yellow (%(yellow)s)."),
    "settings.rule_off_needs_both": _(
        "A rule is switched off with a reason (off) and a day (off_since), both of them."
    ),
    "settings.not_all_rules_off": _("Rules are switched off one by one, not all of them."),
    "settings.rtp_range": _("rtp_end must be at least 20 above rtp_start: each call takes up to 4 ports."),
    "settings.sdes_needs_tls": _(
        'media_encryption = "sdes" needs transport = "tls": its keys are sent with the signalling.'
    ),
    "settings.shift_order": _("A shift must end after it starts: %(person)s, %(start)s."),
    "settings.sip_port_in_rtp": _("sip_port must be outside the calls' ports %(start)s-%(end)s."),
    "settings.speech_rate": _("speech_rate.lowest must not be above speech_rate.highest."),
    "settings.time_of_day": _('A time of day like "12:00" was expected, not “%(got)s”.'),
    "settings.toml": _("TOML was expected: %(why)s"),
    "settings.unknown_category": _("One of the categories (%(known)s) was expected, not “%(got)s”."),
    "settings.unknown_rule": _("The id of a rule, such as A8, was expected, not “%(got)s”."),
    "settings.unknown_key": _("This key is not known; config/hotline.toml lists those that are."),
    "settings.unknown_line": _("One of the lines (%(known)s) was expected, not “%(got)s”."),
    "settings.unknown_menu": _("One of the menus (%(known)s) was expected, not “%(got)s”."),
    "settings.unknown_operator": _("One of the operators (%(known)s) was expected, not “%(got)s”."),
    "settings.link_template": _(
        "Parameters out of %(known)s were expected, link or token among them; the template has %(used)s."
    ),
    "settings.unknown_template": _("One of the templates (%(known)s) was expected, not “%(got)s”."),
    "settings.unknown_queue": _("One of the queues (%(known)s) was expected, not “%(got)s”."),
    "settings.unknown_shift_kind": _("One of the kinds of shift (%(known)s) was expected, not “%(got)s”."),
    "settings.unreadable_file": _("A file that can be read was expected: %(file)s: %(why)s"),
    "settings.utf8": _("UTF-8 text was expected: %(why)s"),
    "settings.voicemail_is_taken": _("Another name was expected: voicemail is where messages are left."),
    "settings.warn_minutes": _("warn_minutes must grow from one to the next."),
    "settings.whole_number": _("A whole number was expected, not %(got)s."),
    "settings.wrong": _("wrong settings:\n%(problems)s"),
}
