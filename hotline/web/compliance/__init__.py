"""The page of the rules, one rule's page, and the report that examiners sign (F5)."""
