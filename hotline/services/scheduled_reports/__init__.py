"""Reports that are made by themselves: due, made, sent, opened, confirmed."""
