"""Proofs of a document: how they are made, and whether they hold."""
