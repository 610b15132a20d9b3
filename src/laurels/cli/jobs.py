"""`laurels jobs`: what failed for good, and starting it anew."""

import click

from laurels.cli import database
from laurels.cli.accounts import account
from laurels.jobs.models import Job, JobState
from laurels.people import actions


def run(retry: bool, numbers: tuple[int, ...] = (), by: str = "") -> int:
    """List the failed jobs, or start them anew."""
    database.prepare()
    if retry:
        begun = actions.restart_jobs(numbers or None, by=account(by))
        click.echo(f"{len(begun)} jobs wait again: the worker does them." if begun else "No job has failed.")
        return 0
    for job in Job.objects.filter(state=JobState.FAILED).order_by("pk"):
        click.echo(f"{job.pk:>6}  {job.name:<28} {job.finished_at:%Y-%m-%d %H:%M}  {' '.join(job.error.split())}")
    waiting = Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING]).count()
    click.echo(f"{Job.objects.filter(state=JobState.FAILED).count()} failed, {waiting} waiting.")
    return 0
