"""Passwords that the machines need among themselves: generated once, never defaults, never in the tree."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tomllib
from dataclasses import dataclass

from hotline.settings.home import Home


@dataclass(frozen=True, slots=True)
class Secrets:
    """`phone_key` is what each phone's SIP password is derived from (see `phone_password`)."""

    ami_password: str
    web_session_key: str
    phone_key: str

    def phone_password(self, extension: str) -> str:
        """The SIP password of an operator's phone: stable, unlike any other's, unguessable without the key."""
        return hmac.new(self.phone_key.encode(), extension.encode(), hashlib.sha256).hexdigest()[:24]

    @property
    def asterisk_http_prefix(self) -> str:
        """The folder below which Asterisk's HTTP server answers. It asks nobody where they come from, and any page in a
        browser on this machine could call it: so who does not know this name finds nothing."""
        return hmac.new(self.phone_key.encode(), b"asterisk http", hashlib.sha256).hexdigest()[:32]

    @property
    def sip_copies_password(self) -> str:
        """What Asterisk's copies of SIP carry, so that the listener believes no other program's."""
        return hmac.new(self.phone_key.encode(), b"copies of sip", hashlib.sha256).hexdigest()[:32]


def load_or_create_secrets(home: Home) -> Secrets:
    """Read HOTLINE_HOME/secrets.toml, or write it with new random values, mode 0600."""
    wanted = ("ami_password", "web_session_key", "phone_key")
    known: dict[str, str] = {}
    if home.secrets_file.exists():
        known = tomllib.loads(home.secrets_file.read_text("utf-8"))
    if any(name not in known for name in wanted):
        known = {name: known.get(name) or secrets.token_hex(24) for name in wanted}
        text = "# Generated; delete a line to have a new one made at the next start.\n"
        text += "".join(f'{name} = "{known[name]}"\n' for name in wanted)
        draft = home.secrets_file.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(text, "utf-8")
        os.replace(draft, home.secrets_file)
    return Secrets(**{name: known[name] for name in wanted})
