"""How far each rule is kept: rates, trends and marks of what verdicts add up to, and the report that is signed."""
