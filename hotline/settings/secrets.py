"""Passwords that the machines need among themselves: generated once, never defaults, never in the tree."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from hotline.settings.home import Home
from hotline.settings.secrets_file import SecretsFile, StoredSecrets


@dataclass(frozen=True, slots=True)
class Secrets:
    """`phone_key` is what a phone's SIP password is derived from that was given none of its own; `file` holds those
    that were (see `phone_password`)."""

    ami_password: str
    web_session_key: str
    phone_key: str
    file: SecretsFile | None = field(default=None, compare=False)

    def phone_password(self, extension: str) -> str:
        """The SIP password of an operator's phone as it is now: unlike any other's, unguessable."""
        given = self.file.read().phones.get(extension) if self.file else None
        return given or hmac.new(self.phone_key.encode(), extension.encode(), hashlib.sha256).hexdigest()[:24]

    @property
    def asterisk_http_prefix(self) -> str:
        """The folder below which Asterisk's HTTP server answers. It asks nobody where they come from, and any page in a
        browser on this machine could call it: so who does not know this name finds nothing."""
        return hmac.new(self.phone_key.encode(), b"asterisk http", hashlib.sha256).hexdigest()[:32]

    @property
    def sip_copies_password(self) -> str:
        """What Asterisk's copies of SIP carry, so that the listener believes no other program's."""
        return hmac.new(self.phone_key.encode(), b"copies of sip", hashlib.sha256).hexdigest()[:32]

    @property
    def webhook_root(self) -> str:
        """What the secrets of web hooks are derived from; nothing else signs with it."""
        return hmac.new(self.web_session_key.encode(), b"web hooks", hashlib.sha256).hexdigest()

    @property
    def second_factor_key(self) -> bytes:
        """What the secrets of people's second factors are sealed with in the database; 32 bytes."""
        return hmac.new(self.web_session_key.encode(), b"second factors", hashlib.sha256).digest()

    @property
    def backup_key(self) -> bytes:
        """What a backup's manifest is marked with, so that only our own are brought back from a page."""
        return hmac.new(self.web_session_key.encode(), b"backups", hashlib.sha256).digest()


_WANTED = ("ami_password", "web_session_key", "phone_key")


def load_or_create_secrets(home: Home) -> Secrets:
    """Read HOTLINE_HOME/secrets.toml, or write it with new random values, mode 0600."""
    file = SecretsFile(home.secrets_file)
    named = file.read().named
    if any(name not in named for name in _WANTED):
        named = file.change(_completed).named
    return Secrets(**{name: named[name] for name in _WANTED}, file=file)


def give_phone_password(known: Secrets, extension: str) -> str:
    """A new password for this extension's phone, kept in the secrets' file; the one before lets nobody in once Asterisk
    has been told."""
    return give_phone_passwords(known, [extension])[extension]


def give_phone_passwords(known: Secrets, extensions: Iterable[str]) -> dict[str, str]:
    """The same for several, by extension; the file is written once."""
    assert known.file is not None, "secrets without a file cannot change"
    passwords = {extension: secrets.token_hex(12) for extension in extensions}
    known.file.give_phones(passwords)
    return passwords


def _completed(stored: StoredSecrets) -> StoredSecrets:
    return replace(stored, named={name: stored.named.get(name) or secrets.token_hex(24) for name in _WANTED})
