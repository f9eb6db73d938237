"""How far the rules are kept: the page of the rules, one rule's page, and the report that examiners sign (F5)."""
