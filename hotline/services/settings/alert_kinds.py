"""What settings raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

SETTING_LEFT_OUT = AlertKind("setting_left_out")  # a decision no longer fits the files; its key
SETTING_IN_FILE = AlertKind("setting_in_file")  # the file was changed under a decision; its key
