"""What each command does; `cli` loads the one that was asked for."""
