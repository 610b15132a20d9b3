"""Stacks: the public page, a learner's progress and what-if, competencies over all awards, the registrar's flags."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from laurels import clock
from laurels.awards import actions, stacking_facts, stacking_sets
from laurels.awards.models import Award, PartFate, StackPart
from laurels.awards.skills import Skill, skills_of
from laurels.awards.stacking import Person, Stack
from laurels.badges.models import BadgeState
from laurels.catalogue import freezing, stackoffer
from laurels.catalogue.documents import LOST
from laurels.catalogue.models import PartsPolicy, Version, VersionState
from laurels.catalogue.stackoutcome import Held, Outcome, Terms, evaluate, next_steps
from laurels.catalogue.stackrule import read
from laurels.catalogue.stackwords import sentence
from laurels.people.models import Address, Unit, User
from laurels.people.permissions import UNIVERSITY, may
from laurels.people.system import university
from laurels.training.models import Enrolment, EnrolmentState, Offering, OfferingState
from laurels.web import stacks_tree
from laurels.web.desk import HttpRequestOfPerson, desk_page
from laurels.web.stacks_tree import Words

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Would:
    """Who would earn a stack as it is drafted: how many people, and of the own unit by name."""

    words: str
    count: int
    names: tuple[str, ...]
    more: int


def would_earn(version: Version) -> Would | None:
    """Who would earn a drafted stack today; None while it has no rule. The lead sees names of the own unit alone."""
    if not version.rule:
        return None
    market, rule = stackoffer.market(), read(version.rule)
    addresses = list(stacking_sets.who_meets(rule, version, market))
    own = Award.objects.filter(address__in=addresses, version__micro_credential__unit=version.micro_credential.unit)
    names = sorted(set(own.filter(live=True).values_list("holder", flat=True)), key=str.casefold)
    count = len(stacking_sets.people(addresses))
    return Would(sentence(rule, market.names()), count, tuple(names[:MOST_NAMED]), max(0, len(names) - MOST_NAMED))


def public_stack(request: HttpRequest, shown: dict[str, Any]) -> HttpResponse:
    """What does this stack show, what adds up to it, and who approved it?"""
    version: Version = shown["version"]
    words = words_of(version, stackoffer.market(), with_offerings=True)
    root = stacks_tree.tree(read(version.rule), words)
    drawn = {"tree": root, "drawing": stacks_tree.drawing(root, version), **facts_of(version)}
    return render(request, "web/stacks/stack.html", {**shown, **drawn})


def facts_of(version: Version) -> dict[str, Any]:
    """What every page of a stack says of it: blocks, the picture in words, what happens when a part is lost."""
    frozen = version.frozen or {}
    return {
        "blocks": frozen["blocks"],
        "hours": frozen["blocks"] * version.block_minutes,
        "made_of": ", ".join(one["title"] for one in frozen["parts"]),
        "lost_words": LOST[PartsPolicy(version.parts_policy)],
    }


def words_of(version: Version, market: stackoffer.Market, *, with_offerings: bool = False, **more: Any) -> Words:
    """Names, sizes and next offerings for the lines of a rule."""
    units = dict(Unit.objects.exclude(slug="").values_list("slug", "name"))
    names = {**units, **market.names()}
    offerings = _offerings() if with_offerings else {}
    return Words(names, freezing.sizes(market), tuple(version.levels), offerings, **more)


def _offerings() -> dict[str, str]:
    """The day on which each micro-credential begins next, in words, by its slug."""
    today = clock.today(university().zone)
    coming = Offering.objects.filter(state=OfferingState.OPEN, starts_on__gte=today).order_by("-starts_on")
    rows = coming.values_list("version__micro_credential__slug", "starts_on")
    return {slug or "": f"{day.day} {day:%B %Y}" for slug, day in rows}


@require_safe
@desk_page
def progress(request: HttpRequestOfPerson, slug: str) -> HttpResponse:
    """What do I hold of this stack, what is missing, and what if I earned more?"""
    versions = Version.objects.filter(kind="stack", state=VersionState.PUBLISHED)
    version = get_object_or_404(versions.select_related("micro_credential__unit"), micro_credential__slug=slug)
    market = stackoffer.market()
    terms = market.terms
    person = person_of(request.user, terms)
    asked = {one for one in request.GET.getlist("add") if one}
    return render(request, "web/stacks/progress.html", _progress(version, market, person, asked))


def _progress(version: Version, market: stackoffer.Market, person: Person, asked: set[str]) -> dict[str, Any]:
    stack, terms = Stack(version, read(version.rule)), market.terms
    held = person.valid()
    offered = [
        stackoffer.fact_of(one, terms)
        for one in market.offered()
        if one.micro_credential_id != version.micro_credential_id
    ]
    told = evaluate(stack.rule, held, terms)
    words = words_of(version, market, with_offerings=True, **_standing(person))
    root = stacks_tree.tree(stack.rule, words, told)
    added = [one for one in offered if one.of in asked]
    return {
        "version": version,
        "unit": version.micro_credential.unit,
        "told": _counted(told),
        "tree": root,
        "drawing": stacks_tree.drawing(root, version),
        "near": [words.names.get(one.of, one.of) for one in next_steps(stack.rule, held, offered, terms)],
        "prize": _prize(version, person),
        "choices": [(one.of, words.names.get(one.of, one.of), one.of in asked) for one in _missing(offered, held)],
        "what_if": what_if(market, held, added, words) if added else None,
        **facts_of(version),
    }


def _missing(offered: Iterable[Held], held: Iterable[Held]) -> list[Held]:
    have = {one.of for one in held}
    return sorted((one for one in offered if one.of not in have), key=lambda one: one.of)


def _counted(told: Outcome) -> Outcome:
    """The node that counts for people: below a `within` the one that it holds."""
    return _counted(told.parts[0]) if len(told.parts) == 1 and told.need == told.parts[0].need else told


def what_if(market: stackoffer.Market, held: list[Held], added: list[Held], words: Words) -> list[str]:
    """The stacks that would be complete with more awards, one leading to the next; those held already left out."""
    have, found = [*held, *added], list[str]()
    owned = {one.of for one in held}
    stacks = {stackoffer.slug_of(one): one for one in market.stacks().values() if one.rule}
    while complete := next(
        (
            slug
            for slug, one in stacks.items()
            if slug not in owned and evaluate(read(one.rule), have, market.terms).met
        ),
        None,
    ):
        owned.add(complete)
        have.append(stackoffer.fact_of(stacks[complete], market.terms))
        found.append(words.names.get(complete, complete))
    return found


def _standing(person: Person) -> dict[str, Any]:
    """What was lost, what is under way, and the titles of what is held, for the lines of a rule."""
    valid = {one.held.of for one in person.owned if one.valid}
    enrolled = Enrolment.objects.filter(address__in=list(person.addresses), state=EnrolmentState.ENROLLED)
    return {
        "lost": frozenset(one.held.of for one in person.owned) - valid,
        "under_way": frozenset(enrolled.values_list("version__micro_credential__slug", flat=True)),
        "titles": {one.key: one.part.title for one in person.owned},
    }


def _prize(version: Version, person: Person) -> dict[str, Any] | None:
    """The learner's own prize, and whether a lost part of it waits for the registrar."""
    mine = [one for one in person.owned if one.micro_credential == version.micro_credential_id and one.live]
    if not mine:
        return None
    flag = StackPart.objects.filter(prize=UUID(mine[-1].key), fate=PartFate.FLAGGED, settled_at=None).first()
    return {"badge": mine[-1].part.badge, "flag": flag}


def person_of(user: User, terms: Terms) -> Person:
    """The learner behind an account: all addresses of the person, and the one of the account."""
    addresses = list(Address.objects.filter(Q(person=user) | Q(folded=user.email, person=None)))
    people = stacking_facts.people(addresses, terms)
    owned = tuple(one for each in people for one in each.owned)
    return Person(frozenset(key for each in people for key in each.addresses), owned)


@require_safe
@desk_page
def competencies(request: HttpRequestOfPerson) -> HttpResponse:
    """What can I do, at which level, and which awards show it?"""
    return render(request, "web/stacks/competencies.html", {"skills": my_skills(request.user)})


def my_skills(user: User) -> list[Skill]:
    """The competencies of a learner over all awards, each at its highest level: for this page and for others."""
    addresses = Address.objects.filter(Q(person=user) | Q(folded=user.email, person=None))
    return skills_of(list(addresses.values_list("pk", flat=True)))


@require_safe
@desk_page
def flags(request: HttpRequestOfPerson) -> HttpResponse:
    """Which prizes lost a part, and wait for the registrar?"""
    if not may(request.user, "administer", UNIVERSITY):
        raise Http404
    waiting = StackPart.objects.filter(fate=PartFate.FLAGGED, settled_at=None, prize__live=True)
    related = ("prize__version__micro_credential__unit", "part__version", "prize__badge")
    return render(request, "web/stacks/flags.html", {"flags": waiting.select_related(*related).order_by("lost_at")})


@require_http_methods(["POST"])
@desk_page
def settle(request: HttpRequestOfPerson, pk: str) -> HttpResponse:
    """Keep or revoke a prize that lost a part."""
    if not may(request.user, "administer", UNIVERSITY):
        raise Http404
    prize = get_object_or_404(Award.objects.select_related("badge", "version__micro_credential__unit"), pk=pk)
    keep = request.POST.get("act") == "keep"
    actions.settle_lost_part(prize, keep, request.POST.get("words", ""), by=request.user)
    messages.success(request, "Kept." if keep else "Revoked.")
    return redirect(reverse("stack-flags"))


def parts_shown(award: Award) -> list[dict[str, Any]]:
    """The parts of a stack's prize for its badge page, with their state today; none for another award."""
    found = []
    for one in stacking_facts.parts_of(award.pk):
        ended = one.valid_until is not None and one.valid_until < clock.now()
        state = "revoked" if one.badge.state == BadgeState.REVOKED else "expired" if ended else "valid"
        found.append(
            {
                "title": one.version.title,
                "unit": one.version.micro_credential.unit,
                "badge": one.badge_id,
                "state": state,
            }
        )
    return found
