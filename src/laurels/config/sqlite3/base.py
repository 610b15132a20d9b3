"""Django 5.2 thinks of 999 values a statement, SQLite's limit of long ago; Django 6 asks, and this can go then."""

import sqlite3

from django.db.backends.sqlite3 import base, features
from django.utils.functional import cached_property


class DatabaseFeatures(features.DatabaseFeatures):
    """What this SQLite can do."""

    @cached_property
    def max_query_params(self) -> int:  # type: ignore[override]
        """How many values one statement takes: rows are written by the thousand where that is allowed."""
        self.connection.ensure_connection()
        limit: int = self.connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        return limit


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with these features."""

    features_class = DatabaseFeatures
