"""What the tests of the platform share."""

import os
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

HOST, PORT = "127.0.0.1", 5432
USERS = ("postgres", "root")


@pytest.fixture(scope="session")
def postgres_server():
    """A connection to the server on this machine that lets us in without a password; skipped where there is none."""
    reasons = []
    for user in USERS:
        try:
            with psycopg.connect(
                host=HOST, port=PORT, user=user, dbname="postgres", connect_timeout=2, autocommit=True
            ) as connection:
                yield connection
                return
        except psycopg.OperationalError as error:
            reasons.append(f"{user}: {str(error).splitlines()[0]}")
    pytest.skip(f"No PostgreSQL at {HOST}:{PORT} lets us in ({'; '.join(reasons)}).")


@pytest.fixture
def postgres_url(postgres_server):
    """The address of an empty database of one test."""
    name = f"laurels_{uuid4().hex[:12]}"
    postgres_server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield f"postgres://{postgres_server.info.user}@{HOST}:{PORT}/{name}"
    postgres_server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request, tmp_path):
    """The address of an empty database of one test: a file, and then the server's, for processes of their own."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'laurels.sqlite3'}"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def own_environment(tmp_path, database_url):
    """The environment of a process that works with that database."""
    return os.environ | {
        "LAURELS_VAR": str(tmp_path),
        "LAURELS_DATABASE_URL": database_url,
        "LAURELS_LEASE_SECONDS": "3",
        "DJANGO_SETTINGS_MODULE": "laurels.config.settings",
    }
