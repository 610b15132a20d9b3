"""axe finds nothing: every page in a real browser, in both themes, on a desk and on a phone."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from laurels.people.models import User
from tests.faces.browsing import signed_in
from tests.faces.house import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS: list[dict[str, Any]] = [
    {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
]


def problems(context: BrowserContext, server: LiveServer, paths: list[str]) -> list[str]:
    """What axe, the console and the width of the page have to say about each page."""
    found: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: found.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    for path in paths:
        page.goto(server.url + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        result = Axe().run(page)
        for violation in result.response["violations"]:
            places = [node["target"] for node in violation["nodes"]][:3]
            found.append(f"{path}: {violation['id']}: {violation['help']} {places}")
        width, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if width > window:
            found.append(f"{path}: {width} px wide in a window of {window} px")
    return found


def check(browser: Browser, server: LiveServer, paths: list[str], user: User | None = None) -> None:
    found = []
    for look in LOOKS:
        context = browser.new_context(**look)
        if user is not None:
            signed_in(context, user, server)
        found += problems(context, server, paths)
        context.close()
    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_pages_for_everyone(browser: Browser, live_server: LiveServer) -> None:
    house = House()
    award = house.award()
    version = award.version
    paths = [
        "/",
        "/?q=cooking&level=foundational",
        "/?q=nothing",
        reverse("micro-credential", args=[version.micro_credential.slug]),
        reverse("unit", args=[house.unit.slug]),
        reverse("badge", args=[award.badge_id]),
        reverse("decision", args=[house.application.decision.number]),
        reverse("verify"),
        reverse("sign-in"),
    ]
    check(browser, live_server, paths)


def test_axe_finds_nothing_on_a_verdict(browser: Browser, live_server: LiveServer) -> None:
    house = House()
    award = house.award()
    for look in LOOKS:
        for given in (f"{settings.BASE_URL}/badges/{award.badge_id}", "{}", ""):
            context = browser.new_context(**look)
            page = context.new_page()
            page.goto(live_server.url + reverse("verify"))
            page.get_by_label("Or paste its address or text").fill(given)
            page.get_by_role("button", name="Check").click()
            page.wait_for_selector("[autofocus]")
            result = Axe().run(page)
            assert result.violations_count == 0, result.generate_report()
            assert page.evaluate("document.activeElement.hasAttribute('autofocus')")
            context.close()


def test_axe_finds_nothing_on_the_desks(browser: Browser, live_server: LiveServer) -> None:
    house = House()
    award = house.award()
    house.more()
    version, roster = award.version, award.roster_row.roster
    lead = [
        reverse("unit-desk", args=[house.unit.slug]),
        reverse("awards", args=[house.unit.slug]),
        reverse("definition-edit", args=[house.draft.pk]),
        reverse("application", args=[house.application.pk]),
        reverse("application", args=[house.open.pk]),
        reverse("application-edit", args=[house.open.pk]),
        reverse("application-withdraw", args=[house.open.pk]),
        reverse("roster-new", args=[version.pk]),
        reverse("roster", args=[roster.pk]),
        reverse("version-retire", args=[version.pk]),
        reverse("award-revoke", args=[award.pk]),
    ]
    check(browser, live_server, lead, house.lead)


def test_axe_finds_nothing_on_the_committees_pages(browser: Browser, live_server: LiveServer) -> None:
    house = House()
    house.published()
    house.more()
    before = house.before.pk
    check(browser, live_server, [reverse("committee-desk"), reverse("application", args=[before])], house.member)
    check(browser, live_server, [reverse("review", args=[before]), reverse("decide", args=[before])], house.chair)
    check(browser, live_server, [reverse("review", args=[before])], house.other)
    check(browser, live_server, [reverse("desk")], house.registrar)


def test_everything_of_a_page_can_be_reached_with_the_keyboard(browser: Browser, live_server: LiveServer) -> None:
    house = House()
    house.published()
    page = browser.new_page()
    page.goto(live_server.url)
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("(document.activeElement.getAttribute('href') || document.activeElement.id || '')"))
    assert {"#main", "/verify", "/desk", "q", "/micro-credentials/whole-food-cooking"} <= reached
    page.close()
