"""The moment at which these tests happen."""

import datetime

NOW = datetime.datetime(2027, 3, 12, 17, 30, tzinfo=datetime.UTC)
