"""The WSGI application."""

import os

from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laurels.config.settings")
application = get_wsgi_application()
# Whatever server starts it, it does not serve badges under an origin that they were not signed for.
if problems := run_checks(tags=[Tags.database], databases=["default"]):
    raise ImproperlyConfigured("Laurels does not start:\n" + "\n".join(f"- {p.msg} {p.hint}" for p in problems))
