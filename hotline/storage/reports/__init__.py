"""Facts and sums that the figures are counted from, and the SQL of each figure."""
