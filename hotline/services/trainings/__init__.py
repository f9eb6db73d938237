"""Trainings and exams: who has passed what, and until when it counts (F11)."""
