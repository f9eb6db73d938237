"""The topics of the outbox: what each entry's payload holds, and whom it concerns (hotline.domain.operators.push).

A payload says what has changed, not how it is now: whoever tells it to a browser reads that when it is told, so that a
browser that comes back late is not told what was.
"""

from __future__ import annotations

#: {"id", "node", "linkedid", "state"}: something happened to this call.
CALL = "call"

#: {"extension"}: what this operator does, or where they are signed in, is another now.
OPERATOR = "operator"

#: {"form_id", "owner", "owner_before", "state", "version", "linkedid"}: a form was written; "owner_before" only when it
#: passed to another.
FORM = "form"

#: {"session_id", "why"}: this row of user_session has ended. Or {"user_id", "why"}: all of this person's.
SESSION = "session"

#: {"user_id"}: how many notifications this person has not read is another number now.
NOTIFICATION = "notification"

#: {"open", "until"}: the line was declared open or closed, or (both null) what was declared was taken back.
LINE = "line"

#: {"id", "extension"}: this dial has come further, at the phone of this operator.
DIAL = "dial"

#: {"id", "what", "at"}: this callback was opened, taken, handed_back, tried or closed.
CALLBACK = "callback"

#: {"id", "what", "at"}: this act was done to this case; "open": it is new.
CASE = "case"

#: {"id", "what", "at"}: this act was done to this visit; "plan": it is new.
VISIT = "visit"

#: {"id", "what", "at"}: somebody was asked how a call was ("offered"), or has answered ("answered").
RATING = "rating"
