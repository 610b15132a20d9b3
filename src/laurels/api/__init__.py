"""The face for programs: documents at their permanent addresses."""
