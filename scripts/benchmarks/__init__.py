"""Benchmarks. Each module here is one (those with a leading underscore help): `run(say)` yields Results."""
