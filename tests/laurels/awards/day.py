"""The day on which all tests of awards happen."""

import datetime

NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
TODAY = NOW.date()
