"""What is said of web hooks."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "webhooks.address_with_password": _(
        "The address must hold no user name and no password; the secret signs instead."
    ),
    "webhooks.answered_otherwise": _("The other system answered %(status)s."),
    "webhooks.failing": _("Nothing has arrived at %(address)s for %(days)s days."),
    "webhooks.is_off": _("The web hook is switched off; switch it on first."),
    "webhooks.needs_https": _(
        "An address that begins with https:// was expected. http:// is for private networks, once [webhooks] "
        "private_networks names one."
    ),
    "webhooks.no_address": _("An address like https://crm.example.com/hotline was expected."),
    "webhooks.no_events": _("Choose at least one event."),
    "webhooks.changed_meanwhile": _(
        "Somebody else has changed this web hook meanwhile. What you entered stands below; save again if it is to hold."
    ),
    "webhooks.no_hook": _("There is no web hook %(id)s."),
    "webhooks.not_wanted": _("%(address)s said that it wants nothing any more (410)."),
    "webhooks.private_address": _(
        "This address stands in a private network. [webhooks] private_networks can allow it."
    ),
    "webhooks.too_many": _("There are %(most)s web hooks already; remove one first."),
    "webhooks.forgotten": _("Old events of web hooks deleted: %(n)s"),
}
