"""What start-up refuses, and with which words."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from laurels.config import unsafe

KEY = base64.b64encode(bytes(range(32))).decode()
SAFE = {
    "LAURELS_ENV": "production",
    "LAURELS_BASE_URL": "https://badges.university.example",
    "LAURELS_SECRET_KEY": "k3J9-x2Lq8vN4mZ7tR1wB6yP0sD5fG-hUcE",
    "LAURELS_KEY_ENCRYPTION_KEY": KEY,
}


def start(tmp_path, given):
    """Read the settings in a process of their own, as every command does."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LAURELS_")}
    return subprocess.run(
        [sys.executable, "-c", "import laurels.config.settings as s; print(s.BASE_URL, s.HOME)"],
        env=environment | {"LAURELS_VAR": str(tmp_path)} | given,
        capture_output=True,
        text=True,
    )


def test_safe_production_settings_start(tmp_path):
    started = start(tmp_path, SAFE)
    assert started.returncode == 0, started.stderr
    assert started.stdout.startswith("https://badges.university.example ")


def test_a_development_machine_starts_without_any_setting(tmp_path):
    started = start(tmp_path, {})
    assert started.returncode == 0, started.stderr
    assert (tmp_path / "session.key").stat().st_mode & 0o077 == 0


def test_every_unsafe_setting_is_named_at_once(tmp_path):
    started = start(
        tmp_path,
        {
            "LAURELS_ENV": "production",
            "LAURELS_BASE_URL": "http://badges.university.example",
            "LAURELS_DEMO": "1",
            "LAURELS_DEBUG": "1",
            "LAURELS_HOSTS": "*",
        },
    )
    assert started.returncode != 0
    for name in ("DEMO", "DEBUG", "HOSTS", "BASE_URL", "SECRET_KEY", "KEY_ENCRYPTION_KEY"):
        assert f"- LAURELS_{name}" in started.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("LAURELS_ENV", "prod", "LAURELS_ENV is 'prod': say development or production."),
        ("LAURELS_SECRET_KEY", "", "LAURELS_SECRET_KEY is missing or guessable"),
        ("LAURELS_SECRET_KEY", "too short", "LAURELS_SECRET_KEY is missing or guessable"),
        ("LAURELS_SECRET_KEY", "a" * 50, "LAURELS_SECRET_KEY is missing or guessable"),
        ("LAURELS_KEY_ENCRYPTION_KEY", "", "LAURELS_KEY_ENCRYPTION_KEY is missing"),
        ("LAURELS_KEY_ENCRYPTION_KEY", "c2hvcnQ=", "LAURELS_KEY_ENCRYPTION_KEY is ill-formed"),
        ("LAURELS_HOSTS", ".university.example", "LAURELS_HOSTS holds a wildcard"),
        ("LAURELS_DEMO", "1", "LAURELS_DEMO=1"),
        ("LAURELS_DEBUG", "1", "LAURELS_DEBUG=1"),
        ("LAURELS_DATABASE_URL", "mysql://u:p@127.0.0.1/x", "LAURELS_DATABASE_URL names another database"),
        ("LAURELS_LEASE_SECONDS", "0", "LAURELS_LEASE_SECONDS must be at least 1."),
    ],
)
def test_it_refuses_one_unsafe_setting_among_safe_ones(tmp_path, name, value, words):
    started = start(tmp_path, SAFE | {name: value})
    assert started.returncode != 0
    assert words in started.stderr


@pytest.mark.parametrize(
    "base_url",
    ["https://badges.university.example", "http://localhost:8000", "http://127.0.0.1:8123", "http://[::1]:8"],
)
def test_it_takes_an_origin(base_url):
    assert unsafe.origin(base_url).hostname


@pytest.mark.parametrize(
    "base_url",
    [
        "",
        "badges.university.example",
        "ftp://university.example",
        "https://",
        "https://university.example/badges",
        "https://university.example?x=1",
        "https://university.example#x",
        "https://user@university.example",
        "https://University.example",
        "https://university.example:443",
        "https://university.example:99999",
        "https://[::1",
        "https://two words.example",
        "https://ünivers.example",
        "https://*.example",
        "https://university.example\n",
    ],
)
def test_it_refuses_what_is_no_origin_or_another_spelling_of_one(base_url):
    with pytest.raises(ImproperlyConfigured, match="LAURELS_BASE_URL"):
        unsafe.origin(base_url)


def test_it_refuses_sqlite_on_a_network_disk_in_production(tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/home {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(unsafe, "MOUNTS", mounts)
    names = ("SECRET_KEY", "ALLOWED_HOSTS", "LEASE_SECONDS", "BASE_URL", "DEBUG", "DEMO")
    given = {name: getattr(settings, name) for name in names} | {
        "ENVIRONMENT": "production",
        "PRODUCTION": True,
        "KEY_ENCRYPTION_KEY": KEY,
    }
    given["DATABASES"] = {"default": {"ENGINE": unsafe.ENGINES[0], "NAME": str(tmp_path / "laurels.sqlite3")}}
    with pytest.raises(ImproperlyConfigured, match="network disk \\(nfs4\\)"):
        unsafe.refuse(given)
    assert unsafe._network_disk(Path("/laurels.sqlite3")) == ""


def test_each_origin_has_a_home_of_its_own(tmp_path):
    homes = {
        start(tmp_path, {"LAURELS_BASE_URL": url}).stdout.split()[1]
        for url in ("http://localhost:8000", "http://localhost:8001", "https://localhost:8000")
    }
    assert len(homes) == 3


@pytest.mark.parametrize(
    ("name", "value"), [("BROKER_URL", "kafka://broker"), ("BROKER_URL", "sqs://x"), ("CACHE_URL", "memcached://x")]
)
def test_a_service_that_cannot_be_used_is_refused(tmp_path, name, value):
    started = start(tmp_path, {f"LAURELS_{name}": value})
    assert started.returncode != 0
    assert f"- LAURELS_{name} names another service: use redis://… or" in started.stderr


def test_a_broker_without_celery_is_refused(tmp_path, monkeypatch):
    given = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    monkeypatch.setattr(unsafe, "find_spec", lambda package: None)
    with pytest.raises(ImproperlyConfigured, match=r"LAURELS_BROKER_URL needs the package celery"):
        unsafe.refuse(given | {"BROKER_URL": "amqp://broker//"})


def test_without_a_broker_nothing_of_celery_is_loaded(tmp_path):
    code = (
        "import sys, django; django.setup(); from laurels.jobs import outbox, worker; "
        "sys.exit(sorted(name for name in sys.modules if name.split('.')[0] in ('celery', 'kombu', 'redis')) or 0)"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LAURELS_")}
    environment |= {"LAURELS_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "laurels.config.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
