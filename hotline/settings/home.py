"""Where an instance keeps its state: one folder, HOTLINE_HOME."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

#: The tree the program runs from: config/, greetings/ and scripts/ stand in it.
TREE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one instance. `create` makes them; nothing else is written outside."""

    root: Path

    @classmethod
    def from_environment(cls) -> Home:
        """HOTLINE_HOME, or `var` in the tree."""
        return cls(Path(os.environ.get("HOTLINE_HOME") or TREE / "var").resolve())

    @property
    def settings_file(self) -> Path:
        return self.root / "hotline.toml"

    @property
    def secrets_file(self) -> Path:
        """Generated at the first start, mode 0600: AMI and SIP passwords, the web session key."""
        return self.root / "secrets.toml"

    @property
    def database_file(self) -> Path:
        return self.root / "hotline.db"

    @property
    def asterisk(self) -> Path:
        """The private Asterisk's own folders: etc, log, run, spool, data."""
        return self.root / "asterisk"

    @property
    def cel_database(self) -> Path:
        """The CEL database: what cel_sqlite3_custom writes, a section name in its config being the file name."""
        return self.asterisk / "log" / "cel.db"

    @property
    def sounds(self) -> Path:
        """Asterisk's sounds folder; a language each below it."""
        return self.asterisk / "data" / "sounds"

    @property
    def site_greetings(self) -> Path:
        """The site's own prompts: manifest.toml and <language>/<id>.wav; they come before the built ones."""
        return self.root / "greetings"

    @property
    def models(self) -> Path:
        """Speech models, a folder each."""
        return self.root / "models"

    @property
    def voices(self) -> Path:
        """Packages of voices, a folder each (docs/voices.md)."""
        return self.root / "voices"

    @property
    def archive(self) -> Path:
        """Images for discs, until somebody has taken them away (E2)."""
        return self.root / "archive"

    @property
    def backups(self) -> Path:
        """Backups, unless [backups] folder names another place."""
        return self.root / "backups"

    @property
    def speech_queue(self) -> Path:
        """What hands out transcribing on this machine."""
        return self.root / "speech-queue.db"

    @property
    def cards(self) -> Path:
        """The site's own script cards (TOML); they come before those of config/cards."""
        return self.root / "cards"

    @property
    def cases(self) -> Path:
        """The site's own kinds of cases (TOML); each comes before the one of the same code in config/cases."""
        return self.root / "cases"

    @property
    def incoming(self) -> Path:
        """Where Asterisk writes recordings while calls last (raw, both channels interleaved)."""
        return self.root / "recordings" / "incoming"

    @property
    def recordings(self) -> Path:
        """Where finished recordings are kept, by date."""
        return self.root / "recordings" / "store"

    @property
    def log(self) -> Path:
        return self.root / "log"

    def create(self) -> None:
        """Make the folders, readable by their owner alone: they hold personal data."""
        self.root.mkdir(parents=True, exist_ok=True)
        self.root.chmod(0o700)
        for folder in (self.asterisk, self.sounds, self.site_greetings, self.incoming, self.recordings, self.log):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
