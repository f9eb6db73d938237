"""Words of the settings: machine."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "web.public_url": KeyWords(
        _("Address of the pages"), _("How people reach them; links for people without an account need it.")
    ),
    "web.session_hours": KeyWords(_("Hours of a session"), _("After them everybody has to sign in again.")),
    "web.threads": KeyWords(_("Threads"), _("Requests that are answered at once.")),
    "web.streams_each": KeyWords(_("Open streams of one person"), _("With one more the oldest ends.")),
    "web.secure_cookie": KeyWords(
        _("Cookies by HTTPS alone"),
        _("Yes behind HTTPS; without it nobody could sign in. Everybody signs in anew after a change."),
    ),
    "web.proxies": KeyWords(_("Reverse proxies"), _("Whose headers are believed.")),
    "web.hosts": KeyWords(_("Further names and addresses"), _("By which people reach the pages.")),
    "web.hsts_subdomains": KeyWords(_("HTTPS for all hosts below ours"), _("Browsers keep to it.")),
    "web.idle_minutes": KeyWords(_("Minutes until sign-out"), _("Without a key, click or page by somebody.")),
    "settings.two_people": KeyWords(
        _("Two people for numbers and deletions"),
        _("Numbers, trunks and duty mobiles are changed, and recordings deleted by hand, when another has agreed."),
    ),
    "log.level": KeyWords(_("Level of the log"), _("Logs hold no call content.")),
    "listen.host": KeyWords(_("Address of every service"), _("Open it to the network knowingly.")),
    "listen.http_port": KeyWords(_("Port of the pages"), _("Web pages and API.")),
    "listen.sip_port": KeyWords(_("SIP port"), _("Trunk and phones, by UDP and TCP.")),
    "listen.sip_tls_port": KeyWords(_("SIP port with TLS"), _("Where trunk or phones use it.")),
    "listen.ami_port": KeyWords(_("Port of the Manager Interface"), _("Of Asterisk.")),
    "listen.agi_port": KeyWords(_("Port of the IVR"), _("FastAGI, on this machine.")),
    "listen.asterisk_http_port": KeyWords(_("Port of Asterisk's HTTP"), _("Which only the pages call.")),
    "listen.rtp_start": KeyWords(_("First port of the sound"), _("UDP.")),
    "listen.rtp_end": KeyWords(_("Last port of the sound"), _("Each call takes up to four.")),
    "listen.external_address": KeyWords(
        _("Address outside the NAT"), _("That the carrier reaches us by; empty: no NAT.")
    ),
    "listen.local_networks": KeyWords(_("Networks without the NAT"), _("Reached directly.")),
    "listen.stun": KeyWords(_("STUN server"), _("For browser phones from outside; empty: none.")),
    "database.url": KeyWords(_("Address of the database"), _("Empty: SQLite in the folder of the hotline.")),
    "asterisk.binary": KeyWords(_("Program of Asterisk"), _("Empty: the one that was found.")),
    "asterisk.private": KeyWords(_("Asterisk of our own"), _("Run from generated configuration; no: the site's own.")),
    "asterisk.ami_host": KeyWords(_("Address of the Manager Interface"), _("Where it answers.")),
    "asterisk.ami_user": KeyWords(_("User of the Manager Interface"), _("The password is made at the first start.")),
    "asterisk.ami_tls": KeyWords(_("Encrypted Manager Interface"), _("Between the hotline and Asterisk.")),
    "asterisk.http_host": KeyWords(_("Address of Asterisk's HTTP"), _("Where it answers the pages.")),
    "asterisk.cel_database": KeyWords(_("CEL database"), _("Empty: that of our own Asterisk.")),
    "asterisk.ring_cycle_seconds": KeyWords(_("Seconds of one ring"), _("Tone and silence together.")),
}
