"""Words of the settings: speech and rules."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "rules.opening.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.opening.phrases": KeyWords(_("Phrases"), _("A bar parts words of which either will do.")),
    "rules.opening.dialled": KeyWords(
        _("Words on calls that we dial"), _("In place of the phrases on calls that we dial.")
    ),
    "rules.opening.within_seconds": KeyWords(
        _("Within seconds"), _("Of the beginning, the end or the hold, as the rule says.")
    ),
    "rules.opening.similarity": KeyWords(_("How alike (0 to 1)"), _("1: every syllable as written.")),
    "rules.closing.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.closing.phrases": KeyWords(_("Phrases"), _("A bar parts words of which either will do.")),
    "rules.closing.dialled": KeyWords(
        _("Words on calls that we dial"), _("In place of the phrases on calls that we dial.")
    ),
    "rules.closing.within_seconds": KeyWords(
        _("Within seconds"), _("Of the beginning, the end or the hold, as the rule says.")
    ),
    "rules.closing.similarity": KeyWords(_("How alike (0 to 1)"), _("1: every syllable as written.")),
    "rules.hang_up_first.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.hang_up_first.wait_seconds": KeyWords(
        _("Seconds to wait after the goodbye"), _("Before we hang up ourselves.")
    ),
    "rules.hang_up_first.goodbye": KeyWords(_("Words of the goodbye"), _("What the goodbye is known by.")),
    "rules.forbidden.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.forbidden.phrases": KeyWords(_("Phrases"), _("A bar parts words of which either will do.")),
    "rules.forbidden.unless": KeyWords(
        _("No breach within these words"), _("Within them the words above do not count.")
    ),
    "rules.forbidden.hints": KeyWords(_("Words to be looked at"), _("No breach by themselves.")),
    "rules.forbidden.alone": KeyWords(
        _("Words that nobody opens with alone"), _("Said alone at the beginning they are a breach.")
    ),
    "rules.forbidden.alone_seconds": KeyWords(
        _("Alone: nothing after for so many seconds"), _("So long nothing may follow.")
    ),
    "rules.forbidden.similarity": KeyWords(_("How alike (0 to 1)"), _("1: every syllable as written.")),
    "rules.speech_rate.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.speech_rate.lowest": KeyWords(
        _("Least characters a minute"), _("Slower is a breach, but for the tolerance.")
    ),
    "rules.speech_rate.highest": KeyWords(
        _("Most characters a minute"), _("Faster is a breach, but for the tolerance.")
    ),
    "rules.speech_rate.tolerance": KeyWords(_("So many more or less are no breach"), _("Below and above.")),
    "rules.speech_rate.pause_seconds": KeyWords(_("Seconds of a pause"), _("A longer pause is not speaking.")),
    "rules.speech_rate.least_seconds": KeyWords(_("From so many seconds on"), _("Less is not measured.")),
    "rules.announced.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.announced.hold": KeyWords(_("Words before a hold"), _("A bar parts words of which either will do.")),
    "rules.announced.thanks": KeyWords(_("Words after a hold"), _("A bar parts words of which either will do.")),
    "rules.announced.transfer": KeyWords(_("Words before a transfer"), _("A bar parts words of which either will do.")),
    "rules.announced.within_seconds": KeyWords(
        _("Within seconds"), _("Of the beginning, the end or the hold, as the rule says.")
    ),
    "rules.announced.similarity": KeyWords(_("How alike (0 to 1)"), _("1: every syllable as written.")),
    "rules.talking_over.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.talking_over.most_seconds": KeyWords(_("Most seconds"), _("More is a breach.")),
    "rules.talking_over.shortest_seconds": KeyWords(_("Shorter seconds do not count"), _("Shorter is assent.")),
    "rules.length.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.length.average_minutes": KeyWords(_("Minutes on average"), _("Of all calls.")),
    "rules.length.warn_minutes": KeyWords(
        _("Warned at these minutes"), _("The operator is warned gently; after the last it should go on as a callback.")
    ),
    "rules.answered.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.answered.most_seconds": KeyWords(_("Most seconds"), _("More is a breach.")),
    "rules.answered.most_rings": KeyWords(_("Most rings"), _("Of the operator's phone.")),
    "rules.answered.first_words_seconds": KeyWords(
        _("Most seconds from picking up to our first words"), _("By the sound of the recording.")
    ),
    "rules.hold_prompt.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.hold_prompt.every_seconds": KeyWords(
        _("Seconds between two prompts"),
        _("Of music, after which a caller on hold hears that it is still being worked on."),
    ),
    "rules.hold_prompt.prompt": KeyWords(_("Words of the prompt"), _("What the caller on hold hears.")),
    "rules.hold_prompt.similarity": KeyWords(_("How alike (0 to 1)"), _("1: every syllable as written.")),
    "rules.silence.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.silence.most_seconds": KeyWords(_("Most seconds"), _("More is a breach.")),
    "rules.loudness.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.loudness.quietest": KeyWords(_("Quietest (dBFS)"), _("Half of our speech is louder.")),
    "rules.loudness.loudest": KeyWords(_("Loudest (dBFS)"), _("Nine tenths of our speech are quieter.")),
    "rules.one_way.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.one_way.least_seconds": KeyWords(_("From so many seconds on"), _("Less is not measured.")),
    "rules.apology.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.apology.phrases": KeyWords(_("Phrases"), _("A bar parts words of which either will do.")),
    "rules.apology.similarity": KeyWords(_("How alike (0 to 1)"), _("1: every syllable as written.")),
    "rules.surname.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.surname.asked": KeyWords(_("Words that ask for it"), _("A bar parts words of which either will do.")),
    "rules.surname.titles": KeyWords(_("Titles"), _("One of them follows the surname.")),
    "rules.surname.least_seconds": KeyWords(_("From so many seconds on"), _("Less is not measured.")),
    "rules.surname.similarity": KeyWords(_("How alike (0 to 1)"), _("1: every syllable as written.")),
    "rules.over_promising.enabled": KeyWords(_("It is measured"), _("No: the rule is measured on no call.")),
    "rules.over_promising.phrases": KeyWords(_("Phrases"), _("A bar parts words of which either will do.")),
    "rules.over_promising.unless": KeyWords(
        _("No breach within these words"), _("Within them the words above do not count.")
    ),
    "rules.over_promising.similarity": KeyWords(_("How alike (0 to 1)"), _("1: every syllable as written.")),
    "rules.least_confidence": KeyWords(
        _("Least confidence"), _("Of the recogniser (0 to 1); below it a finding does not count but is to be checked.")
    ),
    "rules.speech_level": KeyWords(_("Level of speech (dBFS)"), _("Louder is speech.")),
    "rules.fillers": KeyWords(_("Fillers"), _("Noise is often recognised as one: no rule counts them.")),
    "speech.model": KeyWords(
        _("Model"), _("The name of an installed one, as the page of models has it; empty: nothing is transcribed.")
    ),
    "speech.workers": KeyWords(_("Transcribing processes"), _("On this machine.")),
    "speech.queue": KeyWords(_("What hands out the work"), _("Empty: a file of the hotline; or a Redis address.")),
    "speech.attempts": KeyWords(_("Attempts"), _("A recording that cannot be transcribed is given up after them.")),
    "examination.score_form": KeyWords(_("Score form"), _("Calls are scored by this form's active version.")),
    "examination.per_operator": KeyWords(_("Calls of each operator a week"), _("At random.")),
    "examination.complaints": KeyWords(_("All complaints"), _("They are examined too.")),
    "examination.low_score": KeyWords(_("All with a lower automatic score"), _("They are examined too; 0: none.")),
    "examination.least_seconds": KeyWords(
        _("Seconds of talk, at least"), _("Shorter talks are drawn only for another reason.")
    ),
    "examination.due_days": KeyWords(_("Days for an examination"), _("Within them it has to be done.")),
    "examination.appeal_days": KeyWords(
        _("Days for an appeal"), _("Operators may appeal for so long after the result.")
    ),
}
