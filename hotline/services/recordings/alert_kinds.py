"""What recordings raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

DISK_SPACE = AlertKind("disk_space")  # a node
RECORDING_STORE = AlertKind("recording_store")  # nothing can be stored; a node
#: Not brought into the store: a node's none, or one; a node or a linkedid.
RECORDING_KEEPING = AlertKind("recording_keeping")
RECORDING_LOST = AlertKind("recording_lost")  # a call's linkedid
RECORDING_UNPAUSED = AlertKind("recording_unpaused")  # G2: sound where a pause is marked; a call's linkedid
RECORDING_LEFT_OVER = AlertKind("recording_left_over")  # files no call knows; a node
TRANSCRIPT = AlertKind("transcript")  # a recording that cannot be transcribed; its id
