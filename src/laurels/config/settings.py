"""All settings, in one file, read from the environment with the prefix LAURELS_."""

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path

import environ

from laurels.config import unsafe

env = environ.Env()

_checkout = Path(__file__).resolve().parents[3]
VAR = Path(
    env.str("LAURELS_VAR", default=str((_checkout if (_checkout / "pyproject.toml").exists() else Path.cwd()) / "var"))
)
ENVIRONMENT = env.str("LAURELS_ENV", default="development")
PRODUCTION = ENVIRONMENT == "production"
DEMO = env.bool("LAURELS_DEMO", default=False)
DEBUG = env.bool("LAURELS_DEBUG", default=False)

# The public origin. Badges live under it for ever; where the server listens may differ.
BASE_URL = env.str("LAURELS_BASE_URL", default="http://localhost:8000").rstrip("/")
_origin = unsafe.origin(BASE_URL)
HOST = _origin.hostname or ""
ALLOWED_HOSTS = sorted({HOST, "localhost", "127.0.0.1", "[::1]", *env.list("LAURELS_HOSTS", default=[])})
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# One home for each origin: two demonstrations under two origins never mix.
HOME = VAR / "at" / BASE_URL.replace("://", "-").replace(":", "-").replace("/", "-")
SECRET_KEY_FILE = VAR / "secret.key"
KEY_ENCRYPTION_KEY = env.str("LAURELS_KEY_ENCRYPTION_KEY", default="")


def _session_secret() -> str:
    given: str = env.str("LAURELS_SECRET_KEY", default="")
    if given or PRODUCTION:
        return given
    path = VAR / "session.key"
    if not path.exists():
        # Written aside and linked into place whole: of two processes that start at once, the first one's stays.
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"session.key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text()


SECRET_KEY = _session_secret()

# A worker that is killed lets its job go when the lease lapses.
LEASE_SECONDS = env.int("LAURELS_LEASE_SECONDS", default=30)

# With a broker the worker is Celery's; the outbox stays the truth. Installations that share one have own queues.
BROKER_URL = env.str("LAURELS_BROKER_URL", default="")
BROKER_QUEUE = env.str("LAURELS_BROKER_QUEUE", default="laurels")

# What all processes count together, such as guesses of a recipient; else each process counts for itself.
CACHE_URL = env.str("LAURELS_CACHE_URL", default="")
if CACHE_URL:
    CACHES = {
        "default": {
            "BACKEND": "laurels.config.cache.SharedCache",
            "LOCATION": CACHE_URL,
            "KEY_PREFIX": f"laurels:{HOST}",
        }
    }

DATABASE_URL = env.str("LAURELS_DATABASE_URL", default=f"sqlite:///{HOME / 'laurels.sqlite3'}")
DATABASES = {"default": environ.Env.db_url_config(DATABASE_URL)}
SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if SQLITE:
    DATABASES["default"]["ENGINE"] = "laurels.config.sqlite3"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    _file = Path(DATABASES["default"]["NAME"])
    if _file.name != ":memory:":
        _file.parent.mkdir(parents=True, exist_ok=True)
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

INSTALLED_APPS = [
    "laurels.config.apps.ConfigConfig",
    "laurels.web.apps.WebConfig",
    "laurels.training.apps.TrainingConfig",
    "laurels.awards.apps.AwardsConfig",
    "laurels.governance.apps.GovernanceConfig",
    "laurels.badges.apps.BadgesConfig",
    "laurels.catalogue.apps.CatalogueConfig",
    "laurels.people.apps.PeopleConfig",
    "laurels.jobs.apps.JobsConfig",
    "laurels.audit.apps.AuditConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "laurels.web.security.headers",
    "laurels.web.uploads.limit",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "laurels.web.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "laurels.config.urls"
WSGI_APPLICATION = "laurels.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "laurels.web.site.context",
            ],
        },
    }
]

AUTH_USER_MODEL = "people.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "catalogue"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Evidence lies outside of every folder that is served; each file is asked for by right.
EVIDENCE_ROOT = HOME / "evidence"
# Django's own limit on what is posted without files; a file is written aside beyond 1 MB, and refused beyond the most.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_COOKIE_NAME = "laurels"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _origin.scheme == "https" and not DEMO
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("LAURELS_BEHIND_PROXY", default=False) else None
)
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

EMAIL_CONFIG = env.email_url("LAURELS_EMAIL_URL", default="filemail://" if not PRODUCTION else "smtp://localhost:25")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_FILE_PATH = str(HOME / "mail")
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST", "")
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
# A mail server that does not answer may not outlast the lease of the job.
EMAIL_TIMEOUT = 10
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
DEFAULT_FROM_EMAIL = env.str("LAURELS_FROM", default=f"laurels@{HOST or 'localhost'}")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LAURELS_LOG", default="WARNING")},
}

unsafe.refuse(globals())
