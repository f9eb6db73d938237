"""The words for what stands in the audit log, and where its objects are to be seen."""

from __future__ import annotations

import re

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.domain.records import Role
from hotline.web.access import STEERING
from hotline.web.actor import actor

#: Action -> what was done. One that is not here is shown by its code.
AUDIT_ACTIONS: dict[str, LazyString] = {
    "alert.clear": _("Alert closed"),
    "appeal.decide": _("Appeal decided"),
    "archive.create": _("Disc of recordings written"),
    "archive.export": _("Recordings taken from a disc"),
    "archive.restore": _("Recording brought back from a disc"),
    "archive.verify": _("Disc read back"),
    "archive.view": _("Discs looked at"),
    "audit.view": _("Audit log looked at"),
    "block.approved": _("Blocking approved"),
    "block.ask": _("Blocking asked for"),
    "block.refused": _("Blocking refused"),
    "block_requests.view": _("Requests to block looked at"),
    "blocklist.add": _("Number blocked"),
    "blocklist.remove": _("Number no longer blocked"),
    "calibration.close": _("Calibration closed"),
    "calibration.open": _("Calibration begun"),
    "calibration.view": _("Calibration looked at"),
    "call.barge": _("Joined the call"),
    "call.listen": _("Listened in"),
    "call.pop": _("Caller shown to the operator"),
    "call.quality": _("What was measured of the call looked at"),
    "call.take_over": _("Call taken over"),
    "call.transfer": _("Call passed on"),
    "call.view": _("Call looked at"),
    "call.whisper": _("Whispered to the operator"),
    "callback.close": _("Callback closed"),
    "callback.open": _("Callback opened"),
    "callbacks.view": _("Callbacks looked at"),
    "calls.export": _("Calls exported"),
    "card.change": _("Script card changed"),
    "card.create": _("Script card added"),
    "card.remove": _("Script card removed"),
    "case.close": _("Case closed"),
    "case.open": _("Case opened"),
    "case.view": _("Case looked at"),
    "cases.view": _("Cases looked at"),
    "customer.change": _("Customer changed"),
    "customer.create": _("Customer added"),
    "customer.split": _("Customer split"),
    "customer.view": _("Customer looked at"),
    "customers.export": _("Customers exported"),
    "customers.import": _("Customers imported"),
    "customers.search": _("Customers searched"),
    "directory.change": _("Directory changed"),
    "directory.create": _("Added to the directory"),
    "directory.export": _("Directory exported"),
    "directory.import": _("Directory imported"),
    "directory.remove": _("Removed from the directory"),
    "display.add": _("Wall display added"),
    "display.revoke": _("Wall display revoked"),
    "draw.make": _("Calls drawn for examination"),
    "draw.view": _("Draw of calls looked at"),
    "duty_link.make": _("Duty link made"),
    "duty_link.open": _("Duty link opened"),
    "duty_link.take_back": _("Duty link taken back"),
    "example.mark": _("Shown as an example"),
    "example.play": _("Example played"),
    "example.unmark": _("No longer shown as an example"),
    "examination.appeal": _("Appeal made"),
    "examination.assign": _("Examination assigned"),
    "examination.choose": _("Call chosen for examination"),
    "examination.comment": _("Comment on a call"),
    "examination.finish": _("Examination finished"),
    "examination.points": _("Points given"),
    "examination.view": _("Examination looked at"),
    "examinations.view": _("Examinations looked at"),
    "floor.view": _("Floor looked at"),
    "form.correct": _("Finished form corrected"),
    "form.done": _("Form finished"),
    "form.promise_kept": _("Promise kept"),
    "form.view": _("Form looked at"),
    "form.write": _("Form written"),
    "forms.view": _("Records looked at"),
    "hold.lift": _("Hold lifted"),
    "hold.set": _("Call put on hold against deletion"),
    "holds.view": _("Holds looked at"),
    "ledger.search": _("Calls searched by number"),
    "line.auto": _("Line by the calendar again"),
    "line.closed": _("Line declared closed"),
    "line.open": _("Line declared open"),
    "message.leave": _("Message left"),
    "message.pass_on": _("Message passed on"),
    "messages.view": _("Messages looked at"),
    "operator.pause": _("Operator paused"),
    "operator.resume": _("Operator's pause ended"),
    "operator.sign_out": _("Operator signed out of the queues"),
    "reconciliation.run": _("Store reconciled"),
    "reconciliation.view": _("Reconciliation looked at"),
    "recording.download": _("Recording downloaded"),
    "quality.calls": _("Calls behind a figure looked at"),
    "quality.export": _("Figures of quality exported"),
    "quality.figures": _("Figures of quality looked at"),
    "recording.pause": _("Recording paused"),
    "recording.play": _("Recording played"),
    "recording.resume": _("Recording resumed"),
    "privacy.close": _("Request of a person closed"),
    "privacy.erase": _("Data of a person deleted"),
    "privacy.export": _("Copy of a person's data made"),
    "privacy.take": _("Request of a person taken"),
    "privacy.view": _("Request of a person looked at"),
    "privacy_requests.view": _("Requests of persons looked at"),
    "deletions.export": _("Register of deletions exported"),
    "deletions.view": _("Register of deletions looked at"),
    "recordings.due": _("List of what may go looked at"),
    "recordings.expire": _("Recordings deleted whose time was over"),
    "recordings.list": _("Recordings listed that may go"),
    "rectification.check": _("Order checked again"),
    "rectification.done": _("Order carried out"),
    "rectification.issue": _("Order issued"),
    "rectifications.view": _("Orders looked at"),
    "roster.add": _("Shift added"),
    "roster.export": _("Roster exported"),
    "roster.handover": _("Duty mobile handed over"),
    "roster.remove": _("Shift removed"),
    "score_form.activate": _("Score form made the active one"),
    "score_form.create": _("Score form added"),
    "search": _("Words looked for"),
    "session.end": _("Session ended"),
    "session.end_all": _("All sessions ended"),
    "sign_in": _("Signed in"),
    "sign_in.refused": _("Sign-in refused"),
    "sign_out": _("Signed out"),
    "token.create": _("API token made"),
    "token.revoke": _("API token revoked"),
    "transcript.again": _("Transcription tried again"),
    "transcription.view": _("Transcription looked at"),
    "user.activate": _("Account reactivated"),
    "user.add": _("Account added"),
    "user.change_password": _("Own password changed"),
    "user.deactivate": _("Account deactivated"),
    "user.edit": _("Account changed"),
    "user.reset_password": _("Password reset"),
}


def action_label(action: str) -> str:
    return str(AUDIT_ACTIONS.get(action, action))


def object_address(object: str) -> str:
    """The page of an entry's object, where there is one that the reader may see; else ""."""
    if found := re.fullmatch(r"call:([0-9]{1,10})", object):
        return url_for("call.show", call_id=int(found[1]))
    if (found := re.fullmatch(r"privacy:([0-9]{1,10})", object)) and actor().has_role(*STEERING):
        return url_for("privacy.show", request_id=int(found[1]))
    if (found := re.fullmatch(r"user:([a-z0-9][a-z0-9._-]{0,63})", object)) and actor().has_role(Role.ADMINISTRATOR):
        return url_for("people.edit", username=found[1])
    return ""
