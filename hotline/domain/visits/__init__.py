"""Return visits (回访): each customer is asked how it went, by somebody who had nothing to do with it (E1-E11)."""
