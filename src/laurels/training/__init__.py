"""Training: offerings and meetings, enrolments, the hours ledger, evidence and its assessment."""
