"""What is said of whose customer each one is."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "owners.no_owner": _("There is nobody called %(got)s whose customers you could see."),
    "owners.nobody": _("Please choose somebody who may have customers."),
    "owners.shared_out": _("Customers shared out: %(n)s"),
}
