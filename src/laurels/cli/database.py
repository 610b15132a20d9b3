"""Brings the database up to date before a command works with it."""

from django.core.checks import ERROR, run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from laurels.errors import Refused


def waiting() -> list[str]:
    """The names of the migrations that the database still lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def prepare() -> None:
    """Apply the migrations that are lacking; a database that does not answer is refused in plain words."""
    try:
        if waiting():
            call_command("migrate", verbosity=0, interactive=False)
        problems = [problem for problem in run_checks(databases=["default"]) if problem.level >= ERROR]
    except DatabaseError as error:
        raise Refused(f"The database cannot be used: {error}", mend="Look at LAURELS_DATABASE_URL.") from error
    if problems:
        raise Refused("\n".join(" ".join(filter(None, (problem.msg, problem.hint))) for problem in problems))
