"""The floor for supervisors, and the display on its wall."""
