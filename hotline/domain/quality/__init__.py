"""The rules of speech and handling (C1–C8, C12–C14, A8, A10, A13, and Q1–Q3 of the sound) over one talk. Pure."""

from hotline.domain.quality.evaluate import evaluate, with_company
from hotline.domain.quality.material import Finding, JudgedTalk, Levels, Ringing, Stretch
from hotline.domain.quality.rules import Rules
from hotline.domain.quality.talks import RecordingContent, talks_of
from hotline.domain.recordings.transcript import Word

__all__ = [
    "Finding",
    "JudgedTalk",
    "Levels",
    "RecordingContent",
    "Ringing",
    "Rules",
    "Stretch",
    "Word",
    "evaluate",
    "talks_of",
    "with_company",
]
