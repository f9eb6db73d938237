"""What is said of prompts and their manifest."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "prompts.company_per_line": _("%(place)s: {company} needs per_line = true."),
    "prompts.espeak_failed": _("espeak-ng failed: %(why)s"),
    "prompts.id": _("%(place)s: a name of small letters, digits, /, _ and - was expected."),
    "prompts.needs_ffmpeg": _(
        "%(file)s is not 8 kHz mono 16 bit, and converting it needs %(program)s (package ffmpeg)."
    ),
    "prompts.no_audio": _("%(place)s: the prompt %(prompt)s has no sound (%(file)s)."),
    "prompts.no_espeak": _(
        "espeak-ng is not installed, and prompts without a recording are spoken by it (package espeak-ng)."
    ),
    "prompts.no_music": _("Music on hold has no sound (%(file)s)."),
    "prompts.no_ffmpeg": _("%(program)s is not installed; sounds are converted by it (package ffmpeg)."),
    "prompts.no_sound": _("%(file)s holds no sound."),
    "prompts.no_voice": _("espeak-ng has no voice for %(language)s: one of %(voices)s was expected."),
    "prompts.not_written": _("%(file)s cannot be written: %(why)s"),
    "prompts.nothing_spoken": _("espeak-ng made no sound of %(words)s."),
    "prompts.per_line": _("%(place)s: true or false was expected, not %(value)s."),
    "prompts.same_file": _("The prompts %(first)s and %(second)s (line “%(line)s”) give the same file %(file)s."),
    "prompts.same_on_each_line": _("%(place)s: Asterisk's own words are the same on every line."),
    "prompts.sound_silent": _("Nothing is to be heard in it: it is silent, or shorter than a word."),
    "prompts.sound_too_long": _("It is too long: at most %(seconds)s seconds."),
    "prompts.sound_unreadable": _("No sound was found in it. WAV, MP3, M4A, OGG, FLAC, AMR and WebM are taken."),
    "prompts.sound_video": _("This is a video; a sound alone was expected."),
    "prompts.table": _("%(place)s: a table was expected, not %(value)s."),
    "prompts.text": _("%(place)s: a text was expected, not %(value)s."),
    "prompts.text_or_tones": _("%(place)s: a text (zh, en) or tones were expected."),
    "prompts.toml": _("%(file)s: UTF-8 TOML was expected: %(why)s"),
    "prompts.tones": _("%(place)s: [[Hz up to 3400, milliseconds up to 10000], ...] was expected, not %(value)s."),
    "prompts.unknown": _("The prompt %(prompt)s is in no manifest."),
    "prompts.unknown_key": _("%(place)s is not known; these are: %(known)s."),
    "prompts.unknown_of": _("%(place)s: the prompt %(prompt)s is not known; these are: %(known)s."),
    "prompts.unknown_placeholder": _("%(place)s: %(placeholder)s is not known; {company} and {confirm_key} are."),
    "prompts.unknown_table": _("%(file)s: %(key)s is not known; only [prompts.<id>] and [asterisk.<name>] are."),
    "prompts.unknown_voice": _("There is no voice %(voice)s; these are: %(known)s."),
    "prompts.voice_differs": _(
        "%(file)s is another file than was expected: its SHA-256 is %(found)s, not %(expected)s."
    ),
    "prompts.voice_failed": _("The voice failed: %(why)s"),
    "prompts.voice_for_another": _(
        "It was installed for another Python or processor (%(machine)s, not %(ours)s): install it again."
    ),
    "prompts.voice_given_up": _(
        "The voice failed %(failures)s times one after another, and is left alone for a minute."
    ),
    "prompts.voice_lacks": _("The voices are not whole: %(files)s are missing or of another size."),
    "prompts.voice_needs": _("Installing voices needs %(program)s, which is not there."),
    "prompts.voice_no_file": _("There is no file %(file)s."),
    "prompts.voice_no_room": _("Installing voices needs %(gigabytes)s GB of free disk."),
    "prompts.voice_not_fetched": _("%(program)s could not fetch the voices: %(why)s"),
    "prompts.voice_not_installed": _("It is not installed."),
    "prompts.voice_not_unpacked": _("%(file)s could not be unpacked: %(why)s"),
    "prompts.unreadable_sound": _("%(file)s holds no sound that ffmpeg can read."),
}
