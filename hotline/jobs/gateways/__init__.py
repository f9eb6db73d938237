"""What brings a notification to a mail server or a gateway, and tells surely what became of it."""
