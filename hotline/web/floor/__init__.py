"""The floor for supervisors, and its wallboards."""
