"""What templates say with: dates with their zone, hours in words, marks of state, and the parts of a form."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.forms import BoundField
from django.template import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from laurels import clock
from laurels.badges.addresses import issuer_page
from laurels.catalogue import addresses, hours, wreath
from laurels.catalogue.models import Version
from laurels.catalogue.quotation import quoted
from laurels.people.models import Unit
from laurels.training.models import HoursEntry
from laurels.web.desk import desks_of, slug_of

register = template.Library()

_MARKS = {
    "passed": '<circle class="disc" cx="12" cy="12" r="10"/><path class="stroke" d="M7.2 12.4 10.5 15.8 16.9 8.8"/>',
    "failed": '<path class="octagon" d="M7.9 2H16.1L22 7.9V16.1L16.1 22H7.9L2 16.1V7.9Z"/>'
    '<path class="stroke" d="M8.4 8.4 15.6 15.6M15.6 8.4 8.4 15.6"/>',
    "unknown": '<path class="diamond" d="M12 1.6 22.4 12 12 22.4 1.6 12Z"/>'
    '<path class="ask" d="M9.5 9.6a2.5 2.5 0 1 1 3.6 2.25c-.75.37-1.1.8-1.1 1.65"/>'
    '<circle class="dot" cx="12" cy="16.4" r="1.2"/>',
    "none": '<path class="dash" d="M6 12H18"/>',
}
_SAME = {"valid": "passed", "invalid": "failed", "good": "passed", "bad": "failed"}


@register.simple_tag
def mark(state: str) -> SafeString:
    """The mark of a state; the word stands beside it in the template."""
    shapes = _MARKS.get(_SAME.get(state, state), _MARKS["none"])
    return format_html(
        '<svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(shapes),  # noqa: S308 - shapes are ours
    )


def _spell(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@register.filter
def day(value: date | str | None) -> SafeString:
    """A day as "12 March 2027"."""
    if not value:
        return SafeString("")
    moment = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), _spell(moment))


@register.filter
def moment(value: datetime | None, zone: str = "UTC") -> SafeString:
    """A moment as "12 March 2027, 09:30 (America/Los_Angeles)", in the given zone."""
    if value is None:
        return SafeString("")
    local = value.astimezone(ZoneInfo(zone or "UTC"))
    return format_html(
        '<time datetime="{}">{}, {}</time> <span class="soft">({})</span>',
        value.isoformat(),
        _spell(local),
        f"{local:%H:%M}",
        (zone or "UTC").replace("_", " "),
    )


@register.filter
def day_of(value: datetime | None, zone: str = "UTC") -> SafeString:
    """The day of a moment in the given zone, with the exact moment on hover."""
    if value is None:
        return SafeString("")
    local = value.astimezone(ZoneInfo(zone or "UTC"))
    title = f"{local:%H:%M} {zone}"
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), title, _spell(local.date()))


@register.filter
def times(starts_at: datetime, entry: HoursEntry) -> str:
    """The local times of an entry with a span, with their zone."""
    zone = ZoneInfo(entry.zone)
    ends_at = entry.ends_at or starts_at
    return f"{starts_at.astimezone(zone):%H:%M}–{ends_at.astimezone(zone):%H:%M} ({entry.zone.replace('_', ' ')})"


@register.filter
def ago(value: datetime | None) -> str:
    """How long something waits, in days."""
    if value is None:
        return ""
    days = (clock.now() - value).days
    return "today" if days < 1 else "since yesterday" if days == 1 else f"for {days} days"


@register.filter
def hours_words(minutes: int | None) -> str:
    """Minutes as "7 h 30 min"."""
    return hours.words(minutes or 0)


_LANGUAGES = {"en": "English", "es": "Spanish", "fr": "French", "de": "German", "zh": "Chinese", "pt": "Portuguese"}


@register.filter
def language_name(code: str) -> str:
    """A language by its English name, where we know it; else its code."""
    return _LANGUAGES.get(code.partition("-")[0], code)


@register.simple_tag
def picture(version: Version, form: str = "svg") -> str:
    """The permanent address of a version's picture."""
    address = addresses.picture_png if form == "png" else addresses.picture_svg
    return address(version.micro_credential.slug or "", version.number)


@register.filter
def page_of(unit: Unit) -> str:
    """The public page of a unit; the university's is the first page."""
    return issuer_page(unit)


@register.filter
def desk_slug(unit: Unit) -> str:
    """A unit as the addresses of desks name it."""
    return slug_of(unit)


@register.filter
def at_key(mapping: dict[str, object] | None, key: str) -> object:
    """The value of a mapping under a key that the template holds in a variable."""
    return (mapping or {}).get(key, "")


@register.filter
def tight(value: float | None) -> str:
    """A number without empty decimals: 2, 2.5."""
    return "" if value is None else f"{float(value):.2f}".rstrip("0").rstrip(".")


@register.filter
def within(statement: str) -> str:
    """A statement as it stands within a sentence: "Plan a week" becomes "plan a week", "ECG" stays."""
    return statement[:1].lower() + statement[1:] if statement[1:2].islower() else statement


@register.filter
def in_quotes(title: str) -> str:
    """A title within a sentence, in quotation marks."""
    return quoted(title)


@register.filter
def many(count: int, words: str) -> str:
    """A count with its noun: 3|many:"block,blocks" is "3 blocks"."""
    one, _, more = words.partition(",")
    return f"{count} {one if count == 1 else more}"


@register.inclusion_tag("web/parts/field.html")
def field(bound: BoundField, size: str = "", lacks: dict[str, list[str]] | None = None) -> dict[str, object]:
    """One field with its label, help, what is missing and what is wrong; groups of choices become a fieldset."""
    return _about(bound, size, lacks)


@register.inclusion_tag("web/parts/pictures.html")
def pictures(bound: BoundField, version: Version, lacks: dict[str, list[str]] | None = None) -> dict[str, object]:
    """A choice for the picture of a definition: each answer a card with a little picture and its name."""
    cards = [(one, _swatch(bound.name, str(one.data["value"]), version)) for one in bound.subwidgets]
    return {**_about(bound, "", lacks), "cards": cards}


def _swatch(name: str, value: str, version: Version) -> SafeString:
    if name == "icon":
        drawing = wreath.swatch(value, version.monogram)
    else:
        middle = {"icon": version.icon, "monogram": version.monogram}
        drawing = wreath.svg(blocks=2, form="half", ribbon="", colours=value, **middle)
    quiet = drawing.decode().replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return mark_safe(quiet)  # noqa: S308 - shapes and outlines are ours, letters are drawn


def _about(bound: BoundField, size: str, lacks: dict[str, list[str]] | None) -> dict[str, object]:
    return {
        "field": bound,
        "size": size,
        "grouped": bound.use_fieldset,
        # A draft may lack anything: its pages say what is missing instead of what is optional.
        "optional": not bound.field.required and not getattr(bound.form, "is_draft", False),
        "lacks": (lacks or {}).get(bound.name, []),
        "errors_id": f"{bound.auto_id}_error",
        "help_id": f"{bound.auto_id}_helptext",
    }


@register.inclusion_tag("web/parts/desk_line.html", takes_context=True)
def desk_line(context: RequestContext) -> dict[str, object]:
    """The line under the masthead of a desk: whose desk it is, the person's other desks, signing out."""
    request = context["request"]
    return {"request": request, "person": request.user, "desks": desks_of(request.user)}
