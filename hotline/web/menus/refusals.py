"""What is said of menus and their drafts."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "menus.changed_meanwhile": _(
        "%(by)s has changed this draft meanwhile. Below you see it as it is now; what you typed is kept in the fields: "
        "save again if it is to be so."
    ),
    "menus.far_person": _(
        "From menu %(menu)s it takes %(keys)s keys to reach somebody who answers; at most %(most)s are allowed."
    ),
    "menus.in_force_changed": _(
        "The menus in force were changed since this draft was begun: %(menus)s. Look at the difference, and take over "
        "what is in force as its basis."
    ),
    "menus.loop": _(
        "Whoever presses keys in menu %(menu)s (%(keys)s) goes round in circles through %(menus)s and never gets out."
    ),
    "menus.menu_id": _("An id of small letters, digits, _ and - was expected, which begins with a letter."),
    "menus.menu_there": _("There is a menu %(menu)s already."),
    "menus.name": _("A name of 1 to %(most)s characters was expected."),
    "menus.no_draft": _("There is no draft %(id)s."),
    "menus.no_keys": _("Menu %(menu)s has no keys."),
    "menus.no_line": _("There is no line %(line)s."),
    "menus.no_menu": _("There is no menu %(menu)s."),
    "menus.no_person": _("No key leads from menu %(menu)s to somebody who answers."),
    "menus.no_prompt": _("There is no prompt %(prompt)s: callers would hear nothing."),
    "menus.no_sound": _("Prompt %(prompt)s has no sound yet."),
    "menus.nothing_before": _("Nothing was decided on menus before: there is none to go back to."),
    "menus.only_repeats": _("Menu %(menu)s only repeats itself (%(keys)s): whoever presses keys never gets out."),
    "menus.still_led_to": _("Menu %(menu)s stays, because these lead to it: %(by)s. Change them first."),
    "menus.taken": _("This draft has been put in force, and is not changed any more: begin a new one."),
    "menus.trial_asterisk": _("Asterisk could not begin the call: %(why)s"),
    "menus.trial_late": _("The call did not come to its end in time."),
    "menus.trial_running": _("A trial of this draft is running: wait for its end."),
    "menus.unreachable": _("No line and no key leads to menu %(menu)s."),
    "menus.until_before_from": _("The end must be after the beginning."),
    "menus.wrong": _("This draft cannot be put in force: %(faults)s"),
    "menus.trial_calls": _("Trial calls of menus begun: %(n)s"),
}
