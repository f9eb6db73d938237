"""The Asterisk Manager Interface: a parser without I/O, a session that takes in events, an adapter for
actions."""
