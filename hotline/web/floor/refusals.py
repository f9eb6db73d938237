"""What is said of the floor: monitoring, displays."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "floor.consults": _("%(extension)s asks a colleague while the caller waits: listen, whisper or take over."),
    "floor.display_name": _("Please give a name of at most %(most)s characters."),
    "floor.display_there": _("There is a display %(display)s already, or there are too many: revoke one first."),
    "floor.listening_off": _("Listening to calls is switched off ([floor] listen_to_calls)."),
    "floor.no_display": _("There is no display %(id)s."),
    "floor.no_phone": _("Your account has no phone: an administrator enters your extension there."),
    "floor.no_wall": _("There is no such display."),
    "floor.not_in_call": _("%(extension)s talks with nobody at the moment."),
    "floor.not_signed_in": _("%(name)s (%(extension)s) is not signed in."),
    "floor.nobody_ready": _("Nobody in %(queue)s is ready while the line is open."),
    "floor.own_call": _("This is your own call."),
    "floor.own_caller": _("You talk with this caller already."),
    "floor.phone_away": _(
        "Your own phone (%(extension)s) cannot be reached: switch it on, or open the console in the browser."
    ),
    "floor.phone_busy": _("Your own phone (%(extension)s) is in use: end that call first."),
    "floor.queue_long": _("%(waiting)s callers wait in %(queue)s; at most %(most)s are meant to."),
    "floor.reason": _("Please give a reason."),
    "floor.service_level_low": _(
        "The service level of today is %(percent)s %%; at least %(least)s %% are meant to be."
    ),
    "floor.wait_long": _("A caller has been waiting in %(queue)s since %(since_at)s."),
    "floor.whole_floor": _("The whole floor is for supervisors."),
}
