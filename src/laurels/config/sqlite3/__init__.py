"""Django's SQLite, told how many values this SQLite takes in one statement."""
