"""Who earned what, and why: awards, one by one or by roster."""
