"""A real browser for tests of pages; they are skipped, saying so, where there is no chromium."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, sync_playwright

REQUIRED = os.environ.get("LAURELS_REQUIRE_BROWSER") == "1"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

# The browser's own loop runs in the thread of the tests; Django would take it for an asynchronous caller.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        words = "There is no chromium here: these pages were not opened in a browser."
        pytest.fail(words) if REQUIRED else pytest.skip(words)
    driver, _ = compute_driver_executable()
    if subprocess.run([driver, "--version"], capture_output=True, check=False).returncode:
        words = "Playwright cannot start here (Debian: apt-get install libatomic1): no page was opened in a browser."
        pytest.fail(words) if REQUIRED else pytest.skip(words)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"]
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield launched
        launched.close()
