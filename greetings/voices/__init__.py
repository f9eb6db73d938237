"""Voices: who speaks what nobody has recorded. espeak-ng is always there; others are installed (`hotline voice`)."""
