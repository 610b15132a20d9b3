"""The application as `laurels web` runs it: its process ends with the server's own, also when that one was killed."""

import os
import threading
import time

from django.core.wsgi import get_wsgi_application

LOOK_SECONDS = 1.0

application = get_wsgi_application()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    # Nobody is left to stop the server's threads, which hold the port: leave at once.
    os._exit(1)


threading.Thread(target=_end_with, args=(os.getppid(),), name="parent watch", daemon=True).start()
