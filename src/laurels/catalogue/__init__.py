"""What can be earned: definitions, their frozen versions and their pictures."""
