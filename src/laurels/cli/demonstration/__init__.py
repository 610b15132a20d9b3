"""The demonstration: the sample university, made by the same acts that a real one uses."""
