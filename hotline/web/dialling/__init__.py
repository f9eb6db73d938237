"""The call that we dial (拨出)."""
