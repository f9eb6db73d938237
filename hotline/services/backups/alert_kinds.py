"""What backups raise alerts about."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

BACKUP_FAILED = AlertKind("backup_failed")  # make, drill or restore
BACKUP_OLD = AlertKind("backup_old")
BACKUP_ROOM = AlertKind("backup_room")
