"""Files of evidence without a row, and rows without their file."""

from dataclasses import dataclass
from datetime import timedelta

from laurels import clock
from laurels.training import files
from laurels.training.models import Evidence

# A file is written before its row: one as young as this may belong to a request that is still under way.
GRACE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Strays:
    """Names of files that no row names, and rows (by key) whose file is gone."""

    files: tuple[str, ...]
    rows: tuple[str, ...]


def strays() -> Strays:
    """Compare what is kept with what is written down."""
    found = set(files.all_names())  # before the rows: whatever is added meanwhile has both
    rows = Evidence.objects.exclude(stored=None).exclude(stored="").values_list("stored", "pk")
    named = {str(name): str(key) for name, key in rows.iterator()}
    old = clock.now() - GRACE
    alone = sorted(name for name in found - named.keys() if files.kept_at(name, default=clock.now()) < old)
    lacking = (name for name in named.keys() - found if not files.is_kept(name))
    return Strays(tuple(alone), tuple(sorted(named[name] for name in lacking)))


def sweep() -> Strays:
    """Take away the files that no row names; the rows without a file stay, to be mended from a backup."""
    found = strays()
    for name in found.files:
        if not Evidence.objects.filter(stored=name).exists():
            files.forget(name)
    return found
