"""The phone by which an administrator tries the line from the browser: a caller, and in no figure."""

from __future__ import annotations

#: What Asterisk's files call it; no extension has letters.
CALLER = "caller"
