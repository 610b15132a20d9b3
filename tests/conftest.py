"""The environment of every test, set before anything reads it: a home of its own, and one fixed origin.

Django is set up only where it is installed, so that the library's tests run without it.
"""

import os
import shutil
import tempfile
from importlib import import_module
from importlib.util import find_spec

import pytest

_var = tempfile.mkdtemp(prefix="laurels-tests-")
_database = os.environ.get("LAURELS_DATABASE_URL")
for _name in [name for name in os.environ if name.startswith("LAURELS_")]:
    del os.environ[_name]
os.environ["LAURELS_VAR"] = _var
os.environ["LAURELS_BASE_URL"] = "http://localhost:8000"
if _database:
    os.environ["LAURELS_DATABASE_URL"] = _database


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Set Django up before a test module is imported."""
    if find_spec("django") and find_spec("laurels"):
        os.environ["DJANGO_SETTINGS_MODULE"] = "laurels.config.settings"
        import_module("django").setup()


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_var, ignore_errors=True)
