"""What things are made by, and keep: kinds of cases, questionnaires."""
