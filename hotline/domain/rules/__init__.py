"""The rules that the hotline keeps: what each says, where it stands, by which figure, and what decides it."""
