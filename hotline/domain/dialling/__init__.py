"""The call that we dial (拨出): over a callback trunk, never over the line's own (A3)."""
