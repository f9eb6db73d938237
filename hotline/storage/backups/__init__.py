"""What was done with backups, and a copy of the whole database, made and brought back."""
