"""What is said of prompts and emergency announcements that do not fit."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "prompts.announcement_over": _("This announcement is over already."),
    "prompts.half_a_period": _("A period has a first and a last day; for good, leave both empty."),
    "prompts.holds_already": _("That is what callers hear already."),
    "prompts.no_announcement": _("There is no announcement %(id)s."),
    "prompts.no_file": _("Please choose a file first."),
    "prompts.no_line": _("There is no line %(line)s."),
    "prompts.no_recording": _("Nothing was recorded: press “Start recording”, speak, and press “Stop”."),
    "prompts.no_room": _("The disk is nearly full: calls come first, so no sound is taken in now."),
    "prompts.no_sound_kept": _("There is no such sound."),
    "prompts.no_version": _("There is no version %(id)s."),
    "prompts.period_backwards": _("The last day lies before the first."),
    "prompts.period_over": _("This period is over."),
    "prompts.period_too_long": _("A period lasts at most %(days)s days; what holds longer, holds for good."),
    "prompts.same_for_all_lines": _("This prompt is the same on all lines: Asterisk plays it by itself."),
    "prompts.sound_empty": _("The file is empty."),
    "prompts.sound_gone": _("The sound %(sha256)s is not in the database."),
    "prompts.sound_too_large": _("The file is too large: at most %(megabytes)s MB."),
    "prompts.stands_long": _("It is heard since %(begins_at)s, until %(ends_at)s: “%(words)s”"),
    "prompts.until_ahead": _("A time to come was expected."),
    "prompts.until_too_far": _("At most %(days)s days: what is to be heard longer belongs into the greeting."),
    "prompts.until_when": _("Please say until when."),
    "prompts.unknown_voice_package": _("There are no voices %(package)s."),
    "prompts.voice_busy": _("A voice is being tried by somebody else. Please try again in a moment."),
    "prompts.voice_fails": _("%(count)s prompts are spoken by espeak-ng, among them %(prompts)s. %(why)s"),
    "prompts.voice_under_way": _("Voices are being installed already."),
    "prompts.voice_unusable": _("%(voice)s cannot be used: %(why)s"),
    "prompts.words_missing": _("Please write what is said."),
    "prompts.words_too_long": _("This is too long: at most %(most)s characters."),
    "prompts.made": _("Prompts made: %(n)s"),
    "prompts.not_spoken_anew": _("Prompt %(prompt)s was not spoken by %(voice)s: %(why)s"),
    "prompts.not_told": _("Asterisk was not told which announcement stands: %(why)s"),
    "prompts.spoken_anew": _("Prompt %(prompt)s was spoken anew by %(voice)s"),
    "prompts.voices_installed": _("Voices installed: %(package)s"),
    "prompts.voices_not_installed": _("Voices %(package)s were not installed: %(why)s"),
}
