"""`laurels`: the whole command line on one screen. A command's body is loaded only when it runs, so --help is quick."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from laurels.errors import Refused

USAGE = 3


def run(body: str, **options: Any) -> int:
    """Open the house (settings and Django), then run a command's body with its options; answers the exit status."""
    import_module("laurels.cli.house").enter()
    status: int = import_module(f"laurels.cli.{body}").run(**options) or 0
    return status


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def laurels() -> None:
    """Laurels: micro-credentials that a university approves, and badges that anyone can verify.

    Settings come from the environment, each with the prefix LAURELS_; docs/reference/settings.md lists them.
    """


@laurels.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="Requests at one time.")
@click.option("--worker/--no-worker", default=True, show_default=True, help="Run the worker as a child process.")
def serve(host: str, port: int, threads: int, worker: bool) -> int:
    """Bring the database up to date and serve the site, with a worker beside it."""
    return run("serve", host=host, port=port, threads=threads, worker=worker)


@laurels.command()
@click.option("--lifeline", "lifeline_from", type=int, hidden=True, help="End when this pipe of the parent breaks.")
def worker(lifeline_from: int | None) -> int:
    """Do the work that waits in the outbox: sign, mail, award rosters."""
    return run("worker", lifeline_from=lifeline_from)


@laurels.command(hidden=True)
@click.option("--host", required=True)
@click.option("--port", required=True, type=int)
@click.option("--threads", required=True, type=int)
@click.option("--lifeline", "lifeline_from", type=int)
def web(host: str, port: int, threads: int, lifeline_from: int | None) -> int:
    """Serve the site alone: the part of `laurels serve` that answers requests."""
    return run("web", host=host, port=port, threads=threads, lifeline_from=lifeline_from)


@laurels.command()
@click.option("--json", "as_json", is_flag=True, help="Print var/demo.json instead of tables.")
def demo(as_json: bool) -> int:
    """Make the sample university and walk the whole journey. Safe to repeat."""
    return run("demo", as_json=as_json)


@laurels.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--version", "version", required=True, metavar="SLUG[@NUMBER]", help="What was completed.")
@click.option("--by", "by", required=True, metavar="ADDRESS", help="The lead or assessor who attests it.")
@click.option("--yes", is_flag=True, help="Attest without being asked.")
@click.option("--result", type=click.Path(dir_okay=False, path_type=Path), help="Write the result file (CSV) here.")
def award(file: Path, version: str, by: str, yes: bool, result: Path | None) -> int:
    """Award a roster: a dry run of every row of FILE (CSV), then, once attested, awards and badges."""
    return run("award", file=file, version=version, by=by, yes=yes, result=result)


@laurels.command()
@click.argument("source")
@click.option("--recipient", metavar="ADDRESS", help="Also ask: was it awarded to this e-mail address?")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def verify(source: str, recipient: str | None, as_json: bool) -> int:
    """Say whether a badge is genuine. SOURCE: a file (PNG, SVG, JSON), an address, a text, or - for standard input.

    Exit status: 0 valid, 1 not valid, 2 cannot be told, 3 wrong use.
    """
    return run("verify", source=source, recipient=recipient, as_json=as_json)


@laurels.group()
def keys() -> None:
    """List and rotate the signing keys of units."""


@keys.command("list")
def keys_list() -> int:
    """List every unit's signing keys."""
    return run("keys", unit=None, by=None)


@keys.command("rotate")
@click.argument("unit")
@click.option("--by", "by", required=True, metavar="ADDRESS", help="The registrar who asks for it.")
def keys_rotate(unit: str, by: str) -> int:
    """Give UNIT (its slug, or "university") a new signing key; what the old one signed stays valid."""
    return run("keys", unit=unit, by=by)


@laurels.command()
@click.option("--badges", default=20, show_default=True, type=click.IntRange(0), help="Badges to verify.")
def check(badges: int) -> int:
    """Ask whether everything is in order: settings, database, keys, jobs, documents, status lists, a few badges."""
    return run("check", badges=badges)


def main() -> None:
    """Run the command line; wrong use exits with 3, a refusal with 1, both with one plain sentence."""
    try:
        status = laurels.main(standalone_mode=False)
    except click.UsageError as error:
        error.show()
        status = USAGE
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except Refused as refusal:
        click.echo(" ".join(part for part in (refusal.message, refusal.mend) if part), err=True)
        for field, messages in getattr(refusal, "fields", {}).items():
            click.echo(f"  {field}: {' '.join(messages)}", err=True)
        status = 1
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        status = 130
    sys.exit(status if isinstance(status, int) else 0)
