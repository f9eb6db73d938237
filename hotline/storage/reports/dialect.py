"""The few words of SQL that SQLite and PostgreSQL do not share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """`name` as SQLAlchemy calls it."""

    name: str

    @property
    def _is_sqlite(self) -> bool:
        return self.name == "sqlite"

    def day(self, moment: str) -> str:
        """The day of Asia/Shanghai as text. China has had one zone, eight hours before UTC, since 1991."""
        if self._is_sqlite:
            # Without the fraction, which SQLite rounds: the last half millisecond of a day would be in the next.
            return f"date(substr({moment}, 1, 19), '+8 hours')"
        return f"to_char({moment} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')"

    def milliseconds(self, earlier: str, later: str) -> str:
        if self._is_sqlite:
            return f"CAST(round((julianday({later}) - julianday({earlier})) * 86400000.0) AS INTEGER)"
        return f"CAST(round(extract(epoch FROM {later} - {earlier}) * 1000) AS BIGINT)"

    def joined(self, words: str) -> str:
        """All of a group with blanks between, in no order; those that are NULL are left out, and "" where all are."""
        if self._is_sqlite:
            return f"COALESCE(group_concat({words}, ' '), '')"
        return f"COALESCE(string_agg({words}, ' '), '')"

    def week_before(self, moment: str) -> str:
        if self._is_sqlite:
            return f"strftime('%Y-%m-%d %H:%M:%f', {moment}, '-7 days')"
        return f"{moment} - INTERVAL '7 days'"


def person_at(extension: str, moment: str) -> str:
    """Who had the extension then."""
    return (
        f"(SELECT t.person_id FROM tenure t WHERE t.extension = {extension}"
        f" AND (t.since IS NULL OR t.since <= {moment}) AND (t.until IS NULL OR t.until > {moment}) LIMIT 1)"
    )


def person_of(username: str) -> str:
    return f"(SELECT p.id FROM person p JOIN user_account u ON u.id = p.user_id WHERE u.username = {username} LIMIT 1)"
