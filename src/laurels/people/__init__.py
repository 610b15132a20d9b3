"""People, units, roles and addresses."""
