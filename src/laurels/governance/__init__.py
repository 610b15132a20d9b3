"""How a unit gets leave to issue: applications, reviews, decisions, issuing authority."""
