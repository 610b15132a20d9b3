"""Laurels: micro-credentials that a university approves, and badges that anyone can verify."""
