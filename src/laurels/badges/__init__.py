"""Sign, bake, revoke: the badges of one award, and the keys and lists behind them. Knows no learner's history."""
