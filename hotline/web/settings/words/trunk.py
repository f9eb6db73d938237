"""Words of the settings: trunks and phones."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "trunk.kind": KeyWords(_("Kind of the trunk"), _("The carrier knows our address, or we register.")),
    "trunk.host": KeyWords(_("Address of the carrier"), _("Its SIP address.")),
    "trunk.port": KeyWords(_("Port of the carrier"), _("Its SIP port.")),
    "trunk.match": KeyWords(_("What the carrier calls from"), _("Addresses or networks; none: its address.")),
    "trunk.transport": KeyWords(_("Transport"), _("With tls the port is usually 5061.")),
    "trunk.media_encryption": KeyWords(_("Encryption of the sound"), _("SRTP needs tls.")),
    "trunk.known_by": KeyWords(_("How the carrier is known"), _("By its address, or also by our registration.")),
    "trunk.username": KeyWords(_("User name of the registration"), _("As the carrier gave it.")),
    "trunk.password": KeyWords(_("Password of the registration"), _("As the carrier gave it.")),
    "trunk.inbound_username": KeyWords(
        _("User name of the carrier"), _("By which it logs in when it calls us; none: its address is enough.")
    ),
    "trunk.inbound_password": KeyWords(_("Password of the carrier"), _("To that user name.")),
    "trunk.codecs": KeyWords(_("Codecs"), _("In order; recordings need alaw or ulaw.")),
    "trunk.dtmf": KeyWords(_("How pressed keys go"), _("How pressed keys are sent.")),
    "trunk.qualify_seconds": KeyWords(_("Seconds between two looks"), _("Whether the carrier is there; 0: off.")),
    "callback_trunk.kind": KeyWords(_("Kind of the trunk"), _("The carrier knows our address, or we register.")),
    "callback_trunk.host": KeyWords(_("Address of the carrier"), _("Its SIP address.")),
    "callback_trunk.port": KeyWords(_("Port of the carrier"), _("Its SIP port.")),
    "callback_trunk.match": KeyWords(_("What the carrier calls from"), _("Addresses or networks; none: its address.")),
    "callback_trunk.transport": KeyWords(_("Transport"), _("With tls the port is usually 5061.")),
    "callback_trunk.media_encryption": KeyWords(_("Encryption of the sound"), _("SRTP needs tls.")),
    "callback_trunk.known_by": KeyWords(
        _("How the carrier is known"), _("By its address, or also by our registration.")
    ),
    "callback_trunk.username": KeyWords(_("User name of the registration"), _("As the carrier gave it.")),
    "callback_trunk.password": KeyWords(_("Password of the registration"), _("As the carrier gave it.")),
    "callback_trunk.inbound_username": KeyWords(
        _("User name of the carrier"), _("By which it logs in when it calls us; none: its address is enough.")
    ),
    "callback_trunk.inbound_password": KeyWords(_("Password of the carrier"), _("To that user name.")),
    "callback_trunk.codecs": KeyWords(_("Codecs"), _("In order; recordings need alaw or ulaw.")),
    "callback_trunk.dtmf": KeyWords(_("How pressed keys go"), _("How pressed keys are sent.")),
    "callback_trunk.qualify_seconds": KeyWords(
        _("Seconds between two looks"), _("Whether the carrier is there; 0: off.")
    ),
    "trunk.caller_id": KeyWords(
        _("Number shown on the duty mobile"), _("Our 400 number, or the caller's where the carrier allows it.")
    ),
    "trunk.test_call": KeyWords(_("The carrier lets us dial ourselves"), _("Needed for test calls of the line.")),
    "trunk.max_channels": KeyWords(
        _("Channels of the carrier"),
        _("As many calls as it lets in at once, by its contract; how long all were taken is counted. 0: not known."),
    ),
    "callback_trunk.number": KeyWords(_("Number shown to customers"), _("They call back on it; never the 400 number.")),
    "callback_trunk.numbers": KeyWords(_("Another number by line"), _("In place of that one.")),
    "callback_trunk.numbers.#": KeyWords(_("Line"), _("The id of a line.")),
    "callback_trunk.numbers.*": KeyWords(_("Number"), _("That is shown.")),
    "callback_trunk.max_channels": KeyWords(
        _("Calls at once"), _("As many as the trunk carries, both ways; 0: no limit of ours.")
    ),
    "callback_trunk.phone_ring_seconds": KeyWords(_("Ringing of the operator's phone"), _("After the click.")),
    "callback_trunk.ring_seconds": KeyWords(_("Ringing of the customer's phone"), _("Then nobody has answered.")),
    "phones.transport": KeyWords(_("Transport"), _("With tls the port is usually 5061.")),
    "phones.media_encryption": KeyWords(_("Encryption of the sound"), _("SRTP needs tls.")),
    "lost.trunk_session_seconds": KeyWords(
        _("Renewal of calls over the trunk"), _("Calls that get no answer to it are ended; 0: off.")
    ),
    "lost.phone_session_seconds": KeyWords(
        _("Renewal of calls of desk phones"), _("Calls that get no answer to it are ended; 0: off.")
    ),
    "lost.silence_seconds": KeyWords(_("No sound at all"), _("The last resort: then the call is ended.")),
    "lost.hold_seconds": KeyWords(_("No sound at all on hold"), _("The last resort: then the call is ended.")),
    "lost.browser_seconds": KeyWords(
        _("No sound from a browser"), _("It is gone then, and the caller goes back to the queue.")
    ),
    "lost.browser_hold_seconds": KeyWords(_("No sound from a browser on hold"), _("It is gone then.")),
    "shut_out.enabled": KeyWords(_("Strangers are shut out"), _("No: they are only counted and told.")),
    "shut_out.failures": KeyWords(_("Refused requests"), _("Of one address, until it is shut out.")),
    "shut_out.within_seconds": KeyWords(_("Within seconds"), _("Of the refused requests.")),
    "shut_out.minutes": KeyWords(_("Minutes shut out"), _("Asterisk hears nothing from it for so long.")),
    "shut_out.never": KeyWords(_("Networks never shut out"), _("Besides this machine, the carrier and our phones.")),
    "tls.certificate": KeyWords(_("Certificate"), _("Path of the certificate with its chain.")),
    "tls.key": KeyWords(_("Key of the certificate"), _("Path of its key.")),
    "tls.authorities": KeyWords(_("Authorities"), _("Path of those that the carrier's certificate is checked by.")),
    "tls.verify_carrier": KeyWords(_("The carrier's certificate is checked"), _("No: whoever answers is believed.")),
}
