"""The small model that knows espeak's voices, and utterances with their words."""

from __future__ import annotations

import csv
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "fixtures" / "vosk-tiny"
MODEL = FOLDER / "model"


def samples() -> list[tuple[Path, str]]:
    """(file, what is said in it, without blanks), of voices that the model was not trained on."""
    with (FOLDER / "samples" / "samples.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [(FOLDER / "samples" / row["file"], row["transcript"].replace(" ", "")) for row in rows]
