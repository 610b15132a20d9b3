"""The trace: who did what to what."""
