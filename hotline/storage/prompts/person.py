"""G3: what callers hear is the company's own, spoken by its people or a machine."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.prompts.tables import emergency_announcement, prompt_sound, prompt_version, voice_task

COLUMNS = (
    PersonalTable(prompt_sound, nothing={Holds.HASH: "sha256", Holds.TECHNICAL: "content"}),
    PersonalTable(
        prompt_version,
        nothing={
            Holds.CODE: "language origin from_day to_day",
            Holds.SETTING: "prompt line voice",
            Holds.WORK: "words",
            Holds.HASH: "sha256",
            Holds.STAFF: "made_by",
        },
    ),
    PersonalTable(
        emergency_announcement,
        nothing={
            Holds.CODE: "origin",
            Holds.SETTING: "lines",
            Holds.WORK: "words",
            Holds.HASH: "sha256",
            Holds.STAFF: "made_by ended_by",
        },
    ),
    PersonalTable(voice_task, nothing={Holds.SETTING: "package", Holds.STAFF: "asked_by", Holds.TECHNICAL: "problem"}),
)
