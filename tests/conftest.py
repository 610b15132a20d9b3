"""The environment of every test, set before anything reads it: a home of its own, and one fixed origin.

Django is set up only where it is installed, so that the library's tests run without it.
"""

import os
import shutil
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import hypothesis
import pytest

# How long an example takes says how busy the machine is, and nothing of the code. Developers meet other examples each
# time; where a change is judged (CI is set), the same ones, so that the same commit gets the same answer.
hypothesis.settings.register_profile("laurels", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("laurels")

_var = tempfile.mkdtemp(prefix="laurels-tests-")
(Path(_var) / "static").mkdir()
# What the caller may choose: the database, and that a missing browser is a failure.
_kept = {"LAURELS_DATABASE_URL", "LAURELS_REQUIRE_BROWSER"}
for _name in [name for name in os.environ if name.startswith("LAURELS_") and name not in _kept]:
    del os.environ[_name]
os.environ["LAURELS_VAR"] = _var
os.environ["LAURELS_BASE_URL"] = "http://localhost:8000"


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Set Django up before a test module is imported."""
    if find_spec("django") and find_spec("laurels"):
        os.environ["DJANGO_SETTINGS_MODULE"] = "laurels.config.settings"
        import_module("django").setup()


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request: pytest.FixtureRequest) -> None:
    """Give each process of the tests a database of its own on a server; on SQLite each has one in its memory anyway.

    In the place of pytest-django's fixture, which knows SQLite only by the name of Django's own backend.
    """
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    database = import_module("django.db").connections.databases["default"]
    if worker and not import_module("django.conf").settings.SQLITE:
        database.setdefault("TEST", {})["NAME"] = f"test_{database['NAME']}_{worker}"


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_var, ignore_errors=True)
