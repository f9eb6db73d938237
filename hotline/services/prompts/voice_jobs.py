"""What is done for voices: those that were asked for are installed, what people typed is spoken anew by the voice in
use, and what that one can't speak is an alert."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.errors import HotlineError, Refused
from hotline.domain.prompts.version import PromptVersion, spoken_otherwise, standing
from hotline.domain.prompts.voice_task import VoiceTask
from hotline.domain.reasons import Reason, because, broken
from hotline.services.alerts import Stands, keep_alerts
from hotline.services.job import Parts
from hotline.services.prompts.alert_kinds import VOICE_FAILS
from hotline.services.prompts.sounds import respoken
from hotline.storage.alerts import AlertStore
from hotline.storage.audit import AuditLog
from hotline.storage.prompts.store import PromptStore
from hotline.storage.prompts.voice_tasks import VoiceTaskStore
from hotline.storage.transaction import Transaction

#: What a voice could not speak is tried again after so long.
_AGAIN = timedelta(hours=1)
#: So many prompts are named in the alert.
_NAMED = 5


def install_asked(parts: Parts, now: datetime) -> Reason | None:
    """Takes minutes. Whatever comes of it, the voice in use stays. A process that died amid it left nothing behind,
    and the next begins anew."""
    with parts.storage.reading() as tx:
        task = VoiceTaskStore(tx).open()
    if task is None:
        return None
    _keep(parts, task := replace(task, begun_at=now))
    problem: Reason | None = None
    try:
        from greetings.voices.installing import install_from_registries

        install_from_registries(parts.home)
    except HotlineError as error:
        problem = error.reason
    except Exception as error:  # whoever asked must be told, and it must not be tried for ever
        problem = broken(error)
    _keep(parts, replace(task, finished_at=parts.clock(), problem=problem))
    if problem is not None:
        return because("prompts.voices_not_installed", package=task.package, why=problem)
    return because("prompts.voices_installed", package=task.package)


def _keep(parts: Parts, task: VoiceTask) -> None:
    with parts.storage.writing() as tx:
        VoiceTaskStore(tx).keep(task)
        if task.finished_at:
            said = str(task.problem) if task.problem else "done"
            AuditLog(tx).add(task.finished_at, task.asked_by, "voice.install", f"voice:{task.package}", said)


class SpokenAnew:
    """What people typed is spoken by the voice in use: a new version beside the one before, which stays where the
    voice fails."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        #: By version: why it was not spoken, when that was tried, and by which voice.
        self._failed: dict[int, tuple[Reason, datetime, str]] = {}

    def speak(self, now: datetime) -> Reason | None:
        """One a run, so that nothing else waits for a voice."""
        from greetings.voices.catalogue import spoken_by

        parts, settings = self._parts, self._parts.settings
        language, today = settings.site.language, local_day(now)
        voice = spoken_by(settings, language)
        with parts.storage.reading() as tx:
            wanted = spoken_otherwise(PromptStore(tx).all(), voice, language, today)
        ids = {each.id for each in wanted}
        self._failed = {id: told for id, told in self._failed.items() if id in ids and told[2] == voice}
        due = [each for each in wanted if each.id not in self._failed or now - self._failed[each.id][1] >= _AGAIN]
        if not due:
            return None
        try:
            self._spoken(due[0], voice, now)
        except Refused as error:
            self._failed[due[0].id] = (error.reason, now, voice)
            return because("prompts.not_spoken_anew", prompt=due[0].place.prompt, voice=voice, why=error.reason)
        return because("prompts.spoken_anew", prompt=due[0].place.prompt, voice=voice)

    def _spoken(self, before: PromptVersion, voice: str, now: datetime) -> None:
        made = respoken(before.words, self._parts.home, self._parts.settings)
        with self._parts.storage.writing() as tx:
            store = PromptStore(tx)
            if standing(store.of_prompt(before.place.prompt))[before.place].id != before.id:
                return  # somebody chose another one meanwhile
            sha256 = store.keep_sound(made.content)
            new = replace(before, sha256=sha256, seconds=made.seconds, loudness=made.loudness, id=0)
            added = store.add(replace(new, made_at=now, voice=voice))
            said = f"version {added.id}: {before.place.line or '*'} spoken {sha256[:12]} by {voice}"
            AuditLog(tx).add(now, before.made_by, "prompt.speak_anew", f"prompt:{before.place.prompt}", said)

    def watch(self, now: datetime) -> None:
        """Of the voice in use: which prompts espeak-ng speaks in its place, and why."""
        keep_alerts(self._parts.storage, self._stands, now)

    def _stands(self, tx: Transaction) -> list[Stands]:
        from greetings.build import read_index
        from greetings.voices.catalogue import VOICES

        voice = self._parts.settings.spoken.voice
        index = read_index(self._parts.home).values()
        failed = {each.prompt_id: Reason.from_json(each.failed) for each in index if each.failed}
        for id, (reason, _at, _voice) in self._failed.items():
            if version := PromptStore(tx).by_id(id):
                failed.setdefault(version.place.prompt, reason)
        names, why = sorted(failed), None
        if voice not in VOICES:
            why = because("prompts.unknown_voice", voice=voice, known=tuple(VOICES))
        elif names:
            named = tuple(names[:_NAMED])
            why = because("prompts.voice_fails", count=len(names), prompts=named, why=failed[names[0]])
        others = [each.object for each in AlertStore(tx).open() if each.kind == VOICE_FAILS and each.object != voice]
        return [(VOICE_FAILS, voice, why), *((VOICE_FAILS, other, None) for other in others)]
