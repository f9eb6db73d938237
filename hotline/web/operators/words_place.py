"""Words of the console about the place itself: state, phone, connection, session;
js/operators/words.js fills them in."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

WORDS: dict[str, LazyString] = {
    "loading": _("Loading …"),
    "again": _("Try again"),
    "close": _("Close this"),
    "state.ready": _("Ready for calls"),
    "state.paused": _("Paused from calls"),
    "state.ringing": _("Ringing"),
    "state.talking": _("Talking"),
    "state.holding": _("On hold"),
    "state.busy": _("Phone in use"),
    "state.busy_with": _("Talking with %(name)s"),
    "state.calling": _("Calling a customer"),
    "state.wrap_up": _("Wrap-up"),
    "state.offline": _("Offline"),
    "state.pause_for": _("Pause for"),
    "state.go_offline": _("Go offline"),
    "state.become_ready": _("Be ready"),
    "state.refused": _("The state was not changed. %(why)s"),
    "state.too_many_records": _("%(n)s log forms are unfinished. Please finish some of them first (B1)."),
    "wrapup.left": _("Wrap-up: calls come again in %(time)s"),
    "connection.connecting": _("Connecting …"),
    "connection.open": _("Connected"),
    "connection.lost": _("No connection"),
    "connection.ended": _("Signed out"),
    "connection.lost_more": _(
        "The server cannot be reached. A call that goes on is not cut; what happens in the meantime is "
        "shown as soon as the connection is back."
    ),
    "connection.offline_more": _("This computer has no network. It is tried again all the time."),
    "phone.title": _("My phone"),
    "phone.registered": _("Phone ready"),
    "phone.connecting": _("Phone …"),
    "phone.lost": _("Phone not connected"),
    "phone.refused": _("Phone refused"),
    "phone.stopped": _("Phone off"),
    "phone.desk": _("Desk phone ready"),
    "phone.desk_away": _("Desk phone away"),
    "phone.desk_hint": _("Calls ring at your desk phone. Answer, hold and mute there."),
    "phone.extension": _("Extension %(extension)s"),
    "phone.microphone": _("Microphone"),
    "phone.speaker": _("Speaker for calls"),
    "phone.ringer": _("Speaker for ringing"),
    "phone.default_device": _("The system's default"),
    "phone.try_microphone": _("Try the microphone"),
    "phone.test_sound": _("Play a tone"),
    "phone.take_over": _("Use the phone here"),
    "phone.rejoining": _("Your call is being fetched back to this page …"),
    "phone.rejoin_failed": _("Your call could not be fetched back. The caller may still be there."),
    "phone.problem.no_connection": _(
        "The phone has no connection to Asterisk: no call can ring here. It is tried again all the time;"
        " if it lasts, tell your administrator."
    ),
    "phone.problem.other_tab": _("The phone is in use in another tab or window."),
    "phone.problem.insecure": _(
        "The browser gives no microphone to pages without https. Please ask your administrator."
    ),
    "phone.problem.password": _(
        "Asterisk refuses the phone's password. Please reload the page; if that does not help, ask your administrator."
    ),
    "phone.problem.no_such_phone": _("Asterisk does not know your extension. Please ask your administrator."),
    "phone.problem.not_loaded": _("The phone's program could not be loaded. Please reload the page."),
    "phone.problem.refused": _("Asterisk refuses the phone. Please ask your administrator."),
    "phone.forwards": _(
        "Your phone is set to forward calls. That is not done, and it takes no call: switch call forwarding off at the "
        "phone."
    ),
    "phone.problem.desk": _(
        "Your desk phone is not connected: no call can ring there. Please check it, or ask your administrator."
    ),
    "trouble.mic_silent": _("Nothing is heard from your microphone. Is it plugged in, and not muted?"),
    "trouble.mic_denied.denied": _(
        "The browser may not use the microphone. Please allow it beside the address, then answer again."
    ),
    "trouble.mic_denied.insecure": _(
        "The browser gives no microphone to pages without https. Please ask your administrator."
    ),
    "trouble.mic_denied.busy": _("Another program holds the microphone. Please close it, then answer again."),
    "trouble.mic_missing": _("There is no microphone. Please plug in your headset."),
    "trouble.network_lost": _("The connection of the call is interrupted; it is being restored."),
    "trouble.network_back": _("The connection of the call is back."),
    "trouble.no_sound_from_caller": _("Nothing is heard from the caller."),
    "trouble.poor_network": _("The network is poor: words may be lost."),
    "trouble.sound_blocked": _("The browser plays no sound before you click once into the page."),
    "trouble.lift_handset": _("Please lift the handset of your desk phone."),
    "session.ended": _(
        "Your session has ended: no further calls reach this page. What you typed stays here and can be copied."
    ),
    "session.ended_in_call": _(
        "Your session has ended. The call goes on; no further calls come. What you typed stays here: "
        "sign in again in the new tab and it is saved, or copy it."
    ),
    "session.sign_in": _("Sign in again"),
    "session.try": _("I have signed in"),
    "problem.away": _("The server does not answer. Please try again in a moment."),
    "problem.page": _("Something went wrong in this page. Please reload it."),
    "problem.signed_out": _("You are signed out. Please sign in again."),
    "problem.pbx": _("Asterisk does not answer. Your call may go on; please tell your administrator."),
    "problem.storage": _("The database does not answer. Please try again in a moment."),
    "problem.phone_away": _("Their phone is not connected."),
    "problem.no_phone": _("Your phone is not connected."),
    "problem.not_in_call": _("You are not in this call any more."),
    "problem.not_signed_in": _("They are signed in to no queue."),
    "problem.push_unavailable": _("Too many pages are open. Please close some."),
    "problem.forbidden": _("You may not do this."),
    "problem.not_found": _("It is not there any more."),
    "problem.conflict": _("Somebody else has changed it in the meantime."),
    "idle.loading": _("Loading …"),
    "idle.loading.more": _("Your state, your calls and your log forms are being fetched."),
    "idle.problem": _("The console could not be loaded"),
    "idle.ready": _("You are ready"),
    "idle.ready.more": _("The next call rings here, with all that is known of the caller."),
    "idle.closed": _("The line is closed"),
    "idle.closed.more": _("You are ready, but no call comes before the line opens. The notice above says why."),
    "idle.paused": _("Paused from calls"),
    "idle.paused.more": _("No call rings here until you are ready again."),
    "idle.offline": _("Offline"),
    "idle.offline.more": _("You are in no queue. Be ready when you want to take calls."),
    "idle.wrap_up": _("Wrap-up"),
    "idle.wrap_up.more": _("Finish your log form at the left, then the next call can come."),
    "idle.session": _("Signed out"),
    "idle.session.more": _("Sign in again to take calls."),
    "idle.phone": _("Your phone is not connected"),
    "idle.phone.more": _("No call can ring here. The notice above says why, and whom to ask."),
    "records.none": _("Nothing to write up."),
    "records.no_category": _("No category yet"),
    "records.overdue": _("overdue"),
    "records.after_call": _("Please finish the call first."),
    "form.soon": _("As it will be: it can be written as soon as the call is answered."),
    "form.test_call": _("A test call: there is nothing to write down."),
    "form.problem": _("The log form could not be opened."),
    "form.saved": _("Saved."),
    "form.done": _("The log form is done."),
    "form.passed_on": _("The record went with the caller to %(name)s, who completes it. Ctrl+Enter: ready."),
    "notify.title": _("Incoming call"),
}
