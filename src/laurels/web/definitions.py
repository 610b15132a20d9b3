"""The editor of definitions: draft, save, see what is missing, look at the picture."""

import hashlib
from collections.abc import Container, Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.catalogue import actions, freezing, hours, icons, wreath
from laurels.catalogue.completeness import MOST_COMPETENCIES, Lack, missing
from laurels.catalogue.definition import freeze
from laurels.catalogue.models import Change, MicroCredential, Version, VersionKind, VersionState
from laurels.errors import Invalid, Refused, WrongState
from laurels.governance import actions as governance
from laurels.governance.models import Application
from laurels.governance.workflow import OPEN, verbs_from
from laurels.people.models import User
from laurels.people.permissions import may
from laurels.web import stacks
from laurels.web.desk import HttpRequestOfPerson, desk_page, sees, unit_at
from laurels.web.forms.definition import Definition
from laurels.web.forms.stack import definition_of
from laurels.web.forms.title import TitleForm
from laurels.web.search import lowest
from laurels.web.unit import page as unit_page

MOST_MINUTES = 1_000_000  # of what is typed for the picture


@require_POST
@desk_page
def begin(request: HttpRequestOfPerson, slug: str) -> HttpResponse:
    """Begin a new micro-credential, or a stack, with its application."""
    unit, form = unit_at(request.user, slug), TitleForm(request.POST)
    title = form.cleaned_data["title"] if form.is_valid() else ""
    try:
        draft = actions.draft_stack if request.POST.get("kind") == VersionKind.STACK else actions.draft_micro_credential
        version = draft(unit, title, by=request.user)
    except Invalid as refusal:
        if not form.errors:
            form.add_error("title", refusal.fields.get("title", [refusal.message]))
        return unit_page(request, unit, form)
    governance.draft_micro_credential_application(version, by=request.user)
    return redirect("definition-edit", version.pk)


@require_POST
@desk_page
def begin_version(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """Begin a new version of an approved micro-credential, with its application."""
    found = get_object_or_404(MicroCredential.objects.select_related("unit"), pk=pk)
    if not sees(request.user, found.unit):
        raise Http404
    change = request.POST.get("change", "")
    version = actions.draft_new_version(found, change if change in Change.values else Change.MINOR, by=request.user)
    governance.draft_micro_credential_application(version, by=request.user)
    return redirect("definition-edit", version.pk)


@require_POST
@desk_page
def apply(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """Begin the application for a definition that has none."""
    application = governance.draft_micro_credential_application(draft_at(request.user, pk), by=request.user)
    return redirect("application", application.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def edit(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """What does this micro-credential say, and what is still missing?"""
    version = draft_at(request.user, pk)
    if request.method != "POST":
        application = open_application(version)
        if application is not None and "edit" not in verbs_from(application.state):
            return redirect("application", application.pk)
        return _page(request, version, definition_of(version))
    given = definition_of(version, request.POST)
    act = request.POST.get("act", "save")
    if act.startswith(("add", "remove")):
        return _page(request, version, given.changed(act), typing=True)
    if not given.is_valid() or not _saved(request, version, given):
        return _page(request, version, given, status=422)
    messages.success(request, "Saved.")
    application = open_application(version)
    return redirect("application", application.pk) if act == "go on" and application else redirect(request.path)


def _saved(request: HttpRequestOfPerson, version: Version, given: Definition) -> bool:
    try:
        if request.POST.get("seen") != seen(version):
            raise WrongState("Somebody saved this meanwhile. Your text is kept below. Compare, then save again.")
        application = open_application(version)
        if application is not None:
            governance.edit_definition(application, given.fields(), given.competencies(), by=request.user)
        else:
            actions.edit_draft(version, given.fields(), given.competencies(), by=request.user)
    except Refused as refusal:
        given.form.add_error(None, " ".join(filter(None, (refusal.message, refusal.mend))))
        given.refuse(getattr(refusal, "fields", {}))
        return False
    return True


def _page(
    request: HttpRequest, version: Version, given: Definition, status: int = 200, typing: bool = False
) -> HttpResponse:
    lacks = missing(version, list(version.competencies.all()))
    shown = {
        "version": version,
        "unit": version.micro_credential.unit,
        "definition": given,
        "most": MOST_COMPETENCIES,
        "typing": typing,
        "would": stacks.would_earn(version) if version.is_stack else None,
        "seen": seen(version),
        "application": open_application(version),
        "lacks": _by_field([lack for lack in lacks if lack.mandatory]),
        "mandatory": [lack for lack in lacks if lack.mandatory],
        "advised": [lack for lack in lacks if not lack.mandatory],
    }
    return render(request, "web/desk/definition.html", shown, status=status)


def _by_field(lacks: Sequence[Lack]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for lack in lacks:
        found.setdefault(lack.field, []).append(lack.words)
    return found


def draft_at(user: User, pk: int) -> Version:
    """A draft of a unit that this person leads; everything else answers as missing."""
    drafts = Version.objects.filter(state=VersionState.DRAFT).select_related("micro_credential__unit")
    version = get_object_or_404(drafts.prefetch_related("competencies"), pk=pk)
    if not may(user, "edit draft", version.micro_credential.unit):
        raise Http404
    return version


def open_application(version: Version) -> Application | None:
    """The application that is under way for this draft."""
    return Application.objects.filter(version=version, state__in=OPEN).select_related("unit", "version").first()


def seen(version: Version) -> str:
    """What the editor's reader has seen: changes when anybody saves."""
    return hashlib.sha256(repr(freeze(version)).encode()).hexdigest()[:32]


@require_safe
@desk_page
def preview(request: HttpRequestOfPerson, pk: int) -> HttpResponse:
    """The picture as the draft, or what is typed at this moment, would give it."""
    version = draft_at(request.user, pk)
    typed = request.GET.dict() if request.GET else {}
    levels = request.GET.getlist("level") or [competency.level for competency in version.competencies.all()]
    level = lowest(levels, version.levels) or version.levels[0]
    given = {
        "form": wreath.form_of(level, version.levels),
        "monogram": typed.get("monogram", version.monogram)[:3],
        "ribbon": typed.get("short_title", version.short_title)[:24],
        "icon": _offered(typed.get("icon"), icons.ICONS, version.icon),
        "colours": _offered(typed.get("colours"), wreath.PALETTES, version.colours),
    }
    drawing = freezing.drawn(version, max(1, _minutes(version, typed) // version.block_minutes), given)
    return HttpResponse(
        drawing, content_type="image/svg+xml", headers={"Content-Security-Policy": "default-src 'none'"}
    )


def _offered(name: str | None, offered: Container[str], saved: str) -> str:
    """The choice that is typed at this moment; what is not offered counts as saved."""
    return name if name is not None and (not name or name in offered) else saved


def _minutes(version: Version, typed: Mapping[str, str]) -> int:
    """The training asked for, by what is typed at this moment; what cannot be read counts as saved."""
    total = 0
    for name in ("contact_minutes", "practice_minutes", "independent_minutes"):
        try:
            total += min(hours.minutes_of(typed[name]), MOST_MINUTES) if typed.get(name) else 0
        except ValueError:
            total += getattr(version, name)
    return total if typed else version.minutes
