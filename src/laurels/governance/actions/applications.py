"""What a lead does with an application: draft, edit, hand in, withdraw."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from laurels import clock
from laurels.audit.record import record
from laurels.catalogue.actions import edit_draft
from laurels.catalogue.definition import freeze
from laurels.catalogue.models import Version, VersionState
from laurels.catalogue.quotation import quoted
from laurels.errors import Invalid, WrongState
from laurels.governance import news, rubric, submissions, workflow
from laurels.governance.authority import in_force
from laurels.governance.models import Application, Kind, Rubric, State, Submission
from laurels.people.models import Unit, User
from laurels.people.permissions import require
from laurels.people.system import university


@transaction.atomic
def draft_authority_application(unit: Unit, answers: Mapping[str, Any], *, by: User) -> Application:
    """Begin the unit's application for issuing authority."""
    require(by, "apply", unit)
    kept = _kept(Kind.AUTHORITY, answers)
    same = Application.objects.filter(unit=unit, kind=Kind.AUTHORITY)
    application = _drafted(same, "issuing authority", Application(kind=Kind.AUTHORITY, unit=unit, answers=kept), by=by)
    record(by, "application drafted", application, kind=application.kind)
    return application


@transaction.atomic
def draft_micro_credential_application(version: Version, *, by: User) -> Application:
    """Begin the application for approval of a drafted version, be it a micro-credential or a stack."""
    unit = version.micro_credential.unit
    require(by, "apply", unit)
    if version.state != VersionState.DRAFT:
        raise WrongState(
            f"Version {version.number} was approved already, and is never edited.", mend="Draft a new version."
        )
    same = Application.objects.filter(version__micro_credential=version.micro_credential_id)
    kind = Kind.STACK if version.is_stack else Kind.MICRO_CREDENTIAL
    made = Application(kind=kind, unit=unit, version=version)
    application = _drafted(same, quoted(version.title), made, by=by)
    record(by, "application drafted", application, kind=application.kind, version=version.pk)
    return application


@transaction.atomic
def edit_application(application: Application, answers: Mapping[str, Any], *, by: User) -> Application:
    """Change the answers of a draft, or of an application with changes asked for."""
    require(by, workflow.right_for("edit"), application.unit)
    kept = {**application.answers, **_kept(application.kind, answers)}
    workflow.move(application, "edit", answers=kept)
    record(by, "application edited", application, fields=sorted(answers))
    return application


@transaction.atomic
def edit_definition(
    application: Application, fields: Mapping[str, Any], competencies: Sequence[Mapping[str, Any]], *, by: User
) -> Application:
    """Change the definition that an application is about, while the application may be edited."""
    require(by, workflow.right_for("edit"), application.unit)
    workflow.hold(application, "edit")
    version = submissions.definition_of(application)
    if version is None:
        raise WrongState("An application for issuing authority has no definition.")
    edit_draft(version, fields, competencies, by=by)
    record(by, "definition of the application edited", application)
    return application


@transaction.atomic
def submit_application(application: Application, *, by: User) -> Submission:
    """Hand the application in to the committee, and freeze what was handed in."""
    require(by, workflow.right_for("submit"), application.unit)
    workflow.hold(application, "submit")
    version = submissions.definition_of(application)
    lacking = submissions.lacking(application, version)
    if lacking:
        raise Invalid("It cannot be handed in yet: something is missing.", fields=lacking)
    if version is not None:
        in_force(application.unit, version, clock.today(university().zone))
    moment = clock.now()
    scale = application.rubric or _rubric_in_force()
    workflow.move(application, "submit", round=application.round + 1, submitted_at=moment, rubric=scale)
    content = submissions.content(application.answers, freeze(version) if version is not None else None)
    submission = Submission.objects.create(
        application=application, round=application.round, content=content, at=moment, by=by
    )
    record(by, "application submitted", application, round=application.round)
    news.submitted(application)
    return submission


@transaction.atomic
def withdraw_application(application: Application, *, by: User) -> Application:
    """Take the application back before it is decided."""
    require(by, workflow.right_for("withdraw"), application.unit)
    was = application.state
    workflow.move(application, "withdraw")
    record(by, "application withdrawn", application, was=was)
    if was in (State.SUBMITTED, State.UNDER_REVIEW):
        news.withdrawn(application)
    return application


def _kept(kind: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    kept = submissions.cleaned(kind, answers)
    malformed = submissions.malformed(kind, kept)
    if malformed:
        raise Invalid("Some answers cannot be kept.", fields=malformed)
    return kept


def _drafted(same: QuerySet[Application], what: str, made: Application, *, by: User) -> Application:
    """Write the draft, unless an application for the same is under way (the database holds that against races)."""
    made.applicant, made.created_at = by, clock.now()
    refused = WrongState(
        f"There is an application for {what} under way already.", mend="Go on with that one, or withdraw it."
    )
    if same.filter(state__in=workflow.OPEN).exists():
        raise refused
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise refused from None
    return made


def _rubric_in_force() -> Rubric:
    """The newest rubric; with the first application of a new university, the default one is written."""
    newest = Rubric.objects.order_by("-number").first()
    if newest is None:
        default = {"criteria": rubric.DEFAULT, "least_mean": rubric.LEAST_MEAN, "since": clock.now()}
        newest, _ = Rubric.objects.get_or_create(number=1, defaults=default)
    return newest
