"""The verbs of the catalogue: draft, edit, publish, retire."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from laurels import clock
from laurels.audit.record import record
from laurels.catalogue import definition, lettering, reading, stackoffer, stackrule, wreath
from laurels.catalogue.definition import Approval
from laurels.catalogue.documents import content_hash
from laurels.catalogue.freezing import draw, frozen_form
from laurels.catalogue.models import Change, Competency, MicroCredential, Version, VersionKind, VersionState
from laurels.errors import Invalid, WrongState
from laurels.people.models import Unit, User
from laurels.people.permissions import require
from laurels.people.system import university

_SMALL_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
)


@transaction.atomic
def draft_micro_credential(unit: Unit, title: str, *, by: User) -> Version:
    """Begin the definition of something that can be earned from the unit by training."""
    version = _drafted(unit, title, VersionKind.MICRO_CREDENTIAL, by)
    record(by, "micro-credential drafted", version, title=version.title)
    return version


@transaction.atomic
def draft_stack(unit: Unit, title: str, *, by: User) -> Version:
    """Begin the definition of a stack, which is earned by other awards."""
    version = _drafted(unit, title, VersionKind.STACK, by)
    record(by, "stack drafted", version, title=version.title)
    return version


def _drafted(unit: Unit, title: str, kind: VersionKind, by: User) -> Version:
    require(by, "edit draft", unit)
    if unit.closed_on is not None:
        raise WrongState(f"{unit.name} is closed, so nothing new can be drafted for it.")
    values, faults = reading.read_fields({"title": title})
    name = str(values.get("title", ""))
    if not name and not faults:
        faults = {"title": ["Give it a title."]}
    if faults:
        raise Invalid(f"The {kind.value} could not be drafted.", fields=faults)
    of = university()
    return Version.objects.create(
        kind=kind,
        micro_credential=MicroCredential.objects.create(unit=unit, created_at=clock.now()),
        change=Change.MAJOR,
        language=of.language,
        country=of.country,
        **_proposed_picture(name),
        **_policy(),
        **values,
    )


@transaction.atomic
def draft_new_version(micro_credential: MicroCredential, change: str, *, by: User) -> Version:
    """Begin the next version of a published micro-credential as a copy of its newest one."""
    require(by, "edit draft", micro_credential.unit)
    if change not in Change.values:
        raise Invalid("Say how much changes.", fields={"change": [f"Choose one of: {', '.join(Change.values)}."]})
    published = list(micro_credential.versions.exclude(number=""))
    if not published:
        raise WrongState("No version of this was approved yet. Change the draft that there is.")
    base = max(published, key=lambda one: definition.order(one.number))
    try:
        with transaction.atomic():
            version = Version.objects.create(
                micro_credential=micro_credential,
                base=base,
                change=change,
                kind=base.kind,
                **{name: getattr(base, name) for name in (*definition.LABELS, *definition.STACK_LABELS)},
                **_policy(),
            )
    except IntegrityError:
        raise WrongState("There is a draft of the next version already. Go on with that one.") from None
    Competency.objects.bulk_create(
        Competency(
            version=version,
            position=one.position,
            **{name: getattr(one, name) for name in definition.COMPETENCY_LABELS},
        )
        for one in base.competencies.all()
    )
    record(by, "new version drafted", version, base=base.number, change=change)
    return version


@transaction.atomic
def edit_draft(
    version: Version,
    fields: Mapping[str, object],
    competencies: Sequence[Mapping[str, object]] | None = None,
    *,
    by: User,
) -> Version:
    """Write the given fields of a draft, complete or not, and all its competencies where they are given."""
    require(by, "edit draft", version.micro_credential.unit)
    values, faults = reading.read_fields(fields)
    outcomes, more = reading.read_competencies([] if competencies is None else competencies)
    if "title" in values and not values["title"]:
        more = {**more, "title": ["Give it a title."]}
    if not faults and values.get("rule"):
        more = {**more, **_rule_faults(version, values["rule"])}
    if faults or more:
        raise Invalid("Some of this cannot be stored. Nothing was changed.", fields={**faults, **more})
    changed = Version.objects.filter(pk=version.pk, state=VersionState.DRAFT).update(**values, **_policy())
    if changed != 1:
        raise _not_open(version)
    if competencies is not None:
        _replace_competencies(version, outcomes)
    version.refresh_from_db()
    record(by, "draft edited", version, fields=sorted(values), competencies=competencies is not None)
    return version


@transaction.atomic
def publish(version: Version, approval: Approval, *, by: User) -> Version:
    """Freeze an approved definition as the next version, with its pictures, in place of the one before."""
    if faults := approval.faults():
        raise Invalid("The approval does not hold, so nothing was published.", fields={"approval": faults})
    version = Version.objects.select_related("micro_credential__unit").get(pk=version.pk)
    if version.state != VersionState.DRAFT:
        raise _not_open(version)
    _refuse_incomplete(version)
    of = version.micro_credential
    if of.slug is None:
        of.slug = _new_slug(version.title)
        of.save(update_fields=["slug"])
    published = of.versions.exclude(number="")
    version.number = definition.next_number([one.number for one in published], version.change)
    version.picture_svg = draw(version)
    version.picture_png = wreath.png(version.picture_svg, wreath.SIZES[0])
    frozen = frozen_form(version)
    changed = Version.objects.filter(pk=version.pk, state=VersionState.DRAFT).update(
        state=VersionState.PUBLISHED,
        number=version.number,
        picture_svg=version.picture_svg,
        picture_png=version.picture_png,
        frozen=frozen,
        content_hash=content_hash(frozen),
        approval=approval.plain(),
        published_at=clock.now(),
    )
    if changed != 1:
        raise _not_open(version)
    of.versions.filter(state=VersionState.PUBLISHED).exclude(pk=version.pk).update(state=VersionState.SUPERSEDED)
    _link_to_stacks()
    version.refresh_from_db()
    record(by, "version published", version, number=version.number, decision=approval.number)
    return version


@transaction.atomic
def retire_version(version: Version, on: date, note: str, *, by: User) -> Version:
    """End a published version from a day on; what was earned until then stays true."""
    require(by, "retire", version.micro_credential.unit)
    day = clock.today(university().zone)
    words = reading.read_fields({"quality_assurance": note})[1].get("quality_assurance", [])
    faults = {"note": words} if words else {}
    if on > day:
        faults["on"] = [f"A version is retired on a day that has come: {day.isoformat()} or earlier."]
    if version.approval and on < Approval.of(version.approval).date:
        faults["on"] = [f"This version was approved on {version.approval['date']}: it cannot end before."]
    if faults:
        raise Invalid("The version was not retired.", fields=faults)
    live = [VersionState.PUBLISHED, VersionState.SUPERSEDED]
    changed = Version.objects.filter(pk=version.pk, state__in=live).update(
        state=VersionState.RETIRED, retired_on=on, teach_out=note.strip()
    )
    if changed != 1:
        raise WrongState("Only a version that was published, and is not retired yet, can be retired.")
    if version.is_stack:
        _link_to_stacks()
    version.refresh_from_db()
    record(by, "version retired", version, on=on.isoformat())
    return version


def _policy() -> dict[str, object]:
    """The university's numbers and scale, which are part of each version."""
    of = university()
    return {"levels": of.levels, "block_minutes": of.block_minutes, "step_minutes": of.step_minutes}


def _proposed_picture(title: str) -> dict[str, str]:
    words = [word for word in title.replace("-", " ").split() if word.casefold() not in _SMALL_WORDS]
    letters = "".join(word[0] for word in words[:2] if word[0].isalnum())
    fits = len(title) <= 24 and not lettering.ribbon_faults(title)
    return {"short_title": title if fits else "", "monogram": letters}


def _replace_competencies(version: Version, outcomes: Sequence[Mapping[str, object]]) -> None:
    kept = {one.position: one for one in version.competencies.all()}
    for position, values in enumerate(outcomes, start=1):
        if position in kept:
            Competency.objects.filter(pk=kept.pop(position).pk).update(**values)
        else:
            Competency.objects.create(version=version, position=position, **values)
    version.competencies.filter(position__in=kept).delete()


def _rule_faults(version: Version, plain: object) -> dict[str, list[str]]:
    """Why this cannot be the rule of the draft, by field."""
    if not version.is_stack:
        return {"rule": ["Only a stack has a rule: this is earned by training."]}
    found = stackoffer.faults(version, stackrule.read(plain))  # type: ignore[arg-type]
    return {"rule": found} if found else {}


def _link_to_stacks() -> None:
    """Note beside each version the stacks that an award of it can bear on, so that an award need not look for them."""
    market = stackoffer.market()
    stacks = list(market.stacks().values())
    changed = []
    for one in market.versions.values():
        counts_to = stackoffer.bearing(one, stacks, market.terms)
        if counts_to != one.counts_to:
            one.counts_to = counts_to
            changed.append(one)
    Version.objects.bulk_update(changed, ["counts_to"])


def _refuse_incomplete(version: Version) -> None:
    if found := stackoffer.faults(version):
        raise Invalid(f"It cannot be published yet. {found[0]}", fields={"rule": found})
    lacks = [one for one in definition.missing(version, list(version.competencies.all())) if one.mandatory]
    if lacks:
        fields: dict[str, list[str]] = {}
        for one in lacks:
            fields.setdefault(one.field, []).append(one.words)
        raise Invalid(f"It cannot be published yet. {lacks[0].words}", fields=fields)


def _not_open(version: Version) -> WrongState:
    number = Version.objects.values_list("number", flat=True).get(pk=version.pk)
    return WrongState(
        f"Version {number} was approved and can never be changed.",
        mend="Draft a new version: the difference is shown to the committee.",
    )


def _new_slug(title: str) -> str:
    """An address of its own for the title: drawn once, never changed."""
    stem = slugify(title)[:70].strip("-") or "micro-credential"
    taken = set(MicroCredential.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, count = stem, 1
    while slug in taken:
        count += 1
        slug = f"{stem}-{count}"
    return slug
