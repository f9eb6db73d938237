"""Words of the settings: notices."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "notices.urls": KeyWords(
        _("Group addresses"), _("Robots and mailboxes that are told of all alerts, as wecombot://… or mailtos://….")
    ),
    "notices.alerts_to": KeyWords(
        _("Who is told of alerts"), _("All persons with that role, or whoever has the duty mobile.")
    ),
    "notices.timeout_seconds": KeyWords(_("Patience with a gateway"), _("Seconds that it is waited for.")),
    "notices.attempts": KeyWords(_("Attempts"), _("What a gateway does not take is given up after them.")),
    "notices.retry_seconds": KeyWords(_("Seconds until the second try"), _("Each further pause is twice as long.")),
    "notices.pause_after": KeyWords(
        _("Failures until a pause"), _("One after another; then nothing goes to that gateway for a while.")
    ),
    "notices.pause_minutes": KeyWords(_("Minutes of that pause"), _("Then it is tried again.")),
    "notices.group_minutes": KeyWords(
        _("Minutes that are told as one"), _("What comes of one kind within them goes out as one.")
    ),
    "notices.kept_days": KeyWords(
        _("Days that notifications are kept"), _("They and the log of what was sent are deleted then.")
    ),
    "notices.gateways.wecom": KeyWords(_("WeCom"), _("Where robots of WeCom are reached.")),
    "notices.gateways.dingtalk": KeyWords(_("DingTalk"), _("Where robots of DingTalk are reached.")),
    "notices.gateways.feishu": KeyWords(_("Feishu"), _("Where robots of Feishu are reached.")),
    "notices.alerts": KeyWords(_("Others for a kind of alert"), _("In place of those above.")),
    "notices.alerts.#": KeyWords(_("Kind of alert"), _("Its code.")),
    "notices.alerts.*": KeyWords(
        _("Who is told"), _("One a line: operator, examiner, supervisor, administrator or duty.")
    ),
    "notices.groups": KeyWords(_("Groups of addresses"), _("Further group addresses, for some kinds of alerts.")),
    "notices.groups.#": KeyWords(_("Id of the group"), _("Small letters, digits, _ and -.")),
    "notices.groups.*.urls": KeyWords(_("Robots and mailboxes"), _("As wecombot://… or mailtos://….")),
    "notices.groups.*.alerts": KeyWords(_("Kinds of alerts"), _("Their codes; none: all.")),
    "mail.host": KeyWords(_("Mail server"), _("Empty: no mail is sent.")),
    "mail.port": KeyWords(_("Port of the mail server"), _("587 with starttls, 465 with tls.")),
    "mail.security": KeyWords(_("Encryption"), _("Of the connection to the mail server.")),
    "mail.user": KeyWords(_("User at the mail server"), _("Empty: the server asks for none.")),
    "mail.password": KeyWords(_("Password at the mail server"), _("Of that user.")),
    "mail.sender": KeyWords(_("Sender"), _("The address that mail comes from.")),
    "mail.timeout_seconds": KeyWords(
        _("Patience with the mail server"), _("Each step of a conversation ends after so long.")
    ),
    "sms.gateway": KeyWords(_("Gateway"), _("None: no page speaks of text messages.")),
    "sms.url": KeyWords(_("Address of the gateway"), _("Of the HTTP gateway.")),
    "sms.key": KeyWords(_("Key at the gateway"), _("By which the gateway knows us.")),
    "sms.secret": KeyWords(
        _("Secret of the gateway"), _("Signs what we ask and what it reports; at least 16 characters.")
    ),
    "sms.private_networks": KeyWords(
        _("Networks of the gateway"), _("In which it may stand besides the open internet.")
    ),
    "sms.night_from": KeyWords(_("Nothing is sent from"), _("Shanghai time.")),
    "sms.night_until": KeyWords(_("Nothing is sent until"), _("Shanghai time.")),
    "sms.most_a_day": KeyWords(_("Messages to one number a day"), _("What is more is held back.")),
    "sms.attempts": KeyWords(_("Attempts"), _("So often a gateway that is away is asked.")),
    "sms.templates": KeyWords(_("Templates"), _("As the gateway has approved them.")),
    "sms.templates.#": KeyWords(_("Id of the template"), _("Small letters, digits, _ and -.")),
    "sms.templates.*.gateway_template": KeyWords(_("Name at the gateway"), _("What the gateway calls it.")),
    "sms.templates.*.text": KeyWords(_("Text"), _("How it reads; every name in braces is a parameter.")),
    "sms.templates.*.parameters": KeyWords(_("Parameters"), _("All names in braces.")),
    "webhooks.private_networks": KeyWords(
        _("Networks of web hooks"), _("In which they may stand besides the open internet.")
    ),
    "webhooks.attempts": KeyWords(_("Attempts"), _("So often one event is sent before it is given up.")),
    "webhooks.off_after_days": KeyWords(
        _("Days until a hook is switched off"), _("Where nothing has arrived for so long.")
    ),
    "webhooks.kept_days": KeyWords(_("Days that events are kept"), _("So long they can be looked at and sent again.")),
}
