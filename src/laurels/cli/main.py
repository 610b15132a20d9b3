"""`laurels`: the whole command line on one screen. A command's body is loaded only when it runs, so --help is quick."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

import click

from laurels.errors import Refused

USAGE = 3
# The roles of people.models.Role, with a hyphen for a blank: known here without Django, for --help.
ROLES = ("instructor", "assessor", "lead", "committee-member", "chair", "deputy-chair", "registrar")
BY_REGISTRAR = click.option("--by", "by", required=True, metavar="ADDRESS", help="The registrar who asks for it.")
OF_UNIT = click.option("--unit", default="", metavar="SLUG", help="Where; roles of the university need none.")


def run(body: str, /, **options: Any) -> int:
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
    """Award a roster: a dry run of every row of FILE (CSV or XLSX), then, once attested, awards and badges."""
    return run("award", file=file, version=version, by=by, yes=yes, result=result)


@laurels.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", "by", required=True, metavar="ADDRESS", help="The assessor whose verdicts they are.")
@click.option("--yes", is_flag=True, help="Store them without being asked.")
def assess(file: Path, by: str, yes: bool) -> int:
    """Store results of assessments from FILE (CSV or XLSX), after a dry run of every row.

    Its columns: enrolment or address, competency, level, words; and perhaps indicators, micro-credential.
    """
    return run("assess", file=file, by=by, yes=yes)


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
@BY_REGISTRAR
def keys_rotate(unit: str, by: str) -> int:
    """Give UNIT (its slug, or "university") a new signing key; what the old one signed stays valid."""
    return run("keys", unit=unit, by=by)


@laurels.command()
@click.argument("name")
@click.option(
    "--address", required=True, metavar="URL", help="Where badges live for ever; the same as LAURELS_BASE_URL."
)
@click.option("--short-name", required=True, help="As it is called in short, at most 40 characters.")
@click.option("--email", required=True, metavar="ADDRESS", help="The public contact address.")
@click.option("--mission", default="", help="The mission, in the university's own words.")
@click.option("--mission-file", type=click.File(encoding="utf-8"), help="Read the mission from this file instead.")
@click.option("--registrar", required=True, metavar="ADDRESS", help="The address of the first registrar.")
@click.option("--registrar-name", required=True, metavar="NAME")
@click.option("--zone", help="The time zone that days are counted in, such as America/Los_Angeles.  [default: UTC]")
@click.option("--place", help="Where it is, as its pages say it.")
@click.option("--country", help="Two letters.  [default: US]")
@click.option("--accreditor", help="Who accredits it.")
@click.option("--body", help="Who decides.  [default: Committee on Micro-credentials]")
@click.option("--quorum", type=click.IntRange(1), help="Reviews before a decision.  [default: 2]")
def found(mission: str, mission_file: TextIO | None, **given: Any) -> int:
    """Found the university NAME: its unit, signing key, rubric, policy and first registrar. Safe to repeat."""
    if bool(mission) == (mission_file is not None):
        raise click.UsageError("Give the mission: either --mission or --mission-file.")
    try:
        words = mission_file.read() if mission_file is not None else mission
    except UnicodeDecodeError as error:
        raise click.UsageError("The mission's file is not text in UTF-8.") from error
    return run("found", mission=words, **given)


@laurels.group()
def unit() -> None:
    """List and open units."""


@unit.command("list")
def unit_list() -> int:
    """List the university and its units."""
    return run("units", slug=None, name="", email="", description="", by="")


@unit.command("add")
@click.argument("slug")
@click.argument("name")
@click.option("--email", required=True, metavar="ADDRESS", help="The public contact address.")
@click.option("--description", default="", help="What it teaches, for its page.")
@BY_REGISTRAR
def unit_add(**given: str) -> int:
    """Open the unit NAME, with a signing key. SLUG stands in the addresses of its badges and never changes."""
    return run("units", **given)


@laurels.group()
def person() -> None:
    """List people, give them accounts, roles, and links to choose a password."""


@person.command("list")
def person_list() -> int:
    """List everybody with an account, and their roles."""
    return run("persons", act="list")


@person.command("add")
@click.argument("address")
@click.argument("name")
@click.option("--role", default="", type=click.Choice(ROLES))
@OF_UNIT
@BY_REGISTRAR
def person_add(**given: str) -> int:
    """Give the person NAME an account, perhaps with a role, and print a link to choose a password."""
    return run("persons", act="add", **given)


@person.command("role")
@click.argument("address")
@click.argument("role", type=click.Choice(ROLES))
@OF_UNIT
@BY_REGISTRAR
def person_role(**given: str) -> int:
    """Give a person a role in a unit, or in the university."""
    return run("persons", act="role", **given)


@person.command("end-role")
@click.argument("address")
@click.argument("role", type=click.Choice(ROLES))
@OF_UNIT
@BY_REGISTRAR
def person_end_role(**given: str) -> int:
    """End a person's role."""
    return run("persons", act="end-role", **given)


@person.command("link")
@click.argument("address")
@BY_REGISTRAR
def person_link(**given: str) -> int:
    """Print a new link with which a person chooses a password."""
    return run("persons", act="link", **given)


@laurels.group()
def jobs() -> None:
    """List the work that failed for good, and start it anew."""


@jobs.command("list")
def jobs_list() -> int:
    """List the failed jobs with their errors."""
    return run("jobs", retry=False)


@jobs.command("retry")
@click.argument("numbers", nargs=-1, type=int)
@BY_REGISTRAR
def jobs_retry(numbers: tuple[int, ...], by: str) -> int:
    """Start failed jobs anew: those with these NUMBERS, or all."""
    return run("jobs", retry=True, numbers=numbers, by=by)


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
