"""How an approval stands."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.dialling.approval import ApprovalState
from hotline.web.kit.labels import Label

DIAL_APPROVALS = {
    ApprovalState.WAITING: Label(_("Waits for a decision"), "wait"),
    ApprovalState.GRANTED: Label(_("Granted"), "ok"),
    ApprovalState.REFUSED: Label(_("Refused"), "bad"),
    ApprovalState.USED: Label(_("Used"), "muted"),
    ApprovalState.EXPIRED: Label(_("Expired"), "muted"),
}
