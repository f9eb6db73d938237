"""What the line raises alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

LINE_FAULT = AlertKind("line_fault")  # A4; a line's id
ROSTER_GAP = AlertKind("roster_gap")  # A16; ""
CALENDAR = AlertKind("calendar")  # ""
TRUNK = AlertKind("trunk")  # the 400 line's carrier; ""
CHANNELS_FULL = AlertKind("channels_full")  # the carrier has no channel left for the next caller; ""
CALLBACK_TRUNK = AlertKind("callback_trunk")  # ""
PBX = AlertKind("pbx")  # what could not be told to Asterisk; a node
PBX_BY_HAND = AlertKind("pbx_by_hand")  # files that the site's own Asterisk must be given; what it reads anew
