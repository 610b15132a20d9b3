"""Badges as JSON: one file for each standard, the contexts they use, and the check of their shape."""
