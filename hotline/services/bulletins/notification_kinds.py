"""What people are told of the notice board."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: Values: title, by (who posted it).
BULLETIN_POSTED = NotificationKind("bulletin_posted", to_do=False)

#: Its day has passed. Values: title.
BULLETIN_UNREAD = NotificationKind("bulletin_unread", to_do=False)

#: To who posted it. Values: title, count (how many have not read it).
BULLETIN_NOT_READ_BY_ALL = NotificationKind("bulletin_not_read_by_all", to_do=False)

KINDS = (BULLETIN_POSTED, BULLETIN_UNREAD, BULLETIN_NOT_READ_BY_ALL)
