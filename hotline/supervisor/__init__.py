"""Starts the hotline's processes, watches them, ends them: what `hotline up` does."""
