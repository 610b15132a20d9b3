"""`drills/run NAME [options]`: runs the drill of that name, a module here with `main(arguments) -> result`.

The result is printed as one JSON line; its member `passed` decides the exit status.
"""

import importlib
import json
import pkgutil
import sys
import time

import drills


def main() -> int:
    """Run one drill."""
    known = sorted(one.name for one in pkgutil.iter_modules(drills.__path__) if not one.name.startswith("_"))
    if len(sys.argv) < 2 or sys.argv[1] not in known:
        print(f"Usage: drills/run NAME [options]; the drills are: {', '.join(known)}", file=sys.stderr)
        return 2
    started = time.perf_counter()
    result = importlib.import_module(f"drills.{sys.argv[1]}").main(sys.argv[2:])
    print(json.dumps({"drill": sys.argv[1], **result, "seconds": round(time.perf_counter() - started, 1)}))
    return 0 if result["passed"] else 1


if __name__ == "__main__":
    sys.exit(main())
