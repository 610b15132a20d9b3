"""Canonical forms by template: most of what an issuer signs is the same in every badge, so it is canonicalized once."""
