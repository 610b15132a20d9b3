"""The environment of every test, set before anything reads it: a home of its own, and one fixed origin.

Django is set up only where it is installed, so that the library's tests run without it.
"""

import os
import shutil
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

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


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_var, ignore_errors=True)
