"""How a session with Asterisk can end before its time."""

from __future__ import annotations


class SessionEnded(Exception):
    """Nothing more can be said or set on this call from here; the dialplan goes on with it."""


class CallerGone(SessionEnded):
    """The caller hung up, or Asterisk took the call away (its guard ran out)."""


class PeerFault(SessionEnded):
    """What is at the other end is silent, or does not speak AGI."""
