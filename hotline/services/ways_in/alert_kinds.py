"""What phones and strangers at the SIP port raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

#: A3: it is set to forward calls, and so takes none; an operator's extension.
PHONE_FORWARDS = AlertKind("phone_forwards")
UNKNOWN_NUMBER = AlertKind("unknown_number")  # the carrier sent calls for a number that no line has; that number
OFFER_REFUSED = AlertKind("offer_refused")  # the carrier's calls offered no sound that suits; ""
INVITE_REFUSED = AlertKind("invite_refused")  # the carrier's calls were refused before they became one; a SIP status
STRANGERS = AlertKind("strangers")  # SIP requests of nobody were refused; ""
SHUT_OUT = AlertKind("shut_out")  # addresses were shut out after too many of them; ""
