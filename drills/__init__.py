"""Drills: longer proofs than a test may be. Each prints one JSON line; status 0 when what it shows holds."""
