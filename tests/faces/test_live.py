"""What pages do by themselves where there is JavaScript, under the strict policy."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from laurels.awards import actions as awards
from laurels.awards.basis import attestation
from laurels.jobs import outbox
from tests.faces.browsing import signed_in
from tests.faces.house import House, with_keys

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_picture_of_a_definition_follows_what_is_typed(browser: Browser, live_server: LiveServer) -> None:
    house = House()
    house.more()
    page = signed_in(browser.new_context(), house.lead, live_server).new_page()
    page.goto(live_server.url + reverse("definition-edit", args=[house.draft.pk]))
    with page.expect_response(lambda answer: "monogram=Rt" in answer.url) as drawn:
        page.get_by_label("Monogram").fill("Rt")
    assert drawn.value.status == 200
    assert drawn.value.headers["content-type"] == "image/svg+xml"
    with page.expect_response(lambda answer: "icon=leaf" in answer.url and "colours=plum" in answer.url) as drawn:
        page.get_by_label("Leaf", exact=True).check()
        page.get_by_label("Plum", exact=True).check()
    assert drawn.value.status == 200
    page.context.close()


def test_a_running_roster_shows_its_end_by_itself(browser: Browser, live_server: LiveServer) -> None:
    house = House()
    roster = house.roster()
    with_keys()
    awards.confirm_roster(roster, attestation(roster.version), by=house.lead)
    page = signed_in(browser.new_context(), house.lead, live_server).new_page()
    page.goto(live_server.url + reverse("roster", args=[roster.pk]))
    expect(page.get_by_text("Awarded: 0 of 1.")).to_be_visible()
    outbox.run_pending()
    expect(page.get_by_text("Done: 1 award.")).to_be_visible(timeout=15_000)
    page.context.close()


def test_a_badge_page_sees_by_itself_that_it_was_signed(browser: Browser, live_server: LiveServer) -> None:
    award = House().award(sign=False)
    page = browser.new_page()
    page.goto(live_server.url + reverse("badge", args=[award.badge_id]))
    expect(page.get_by_text("This badge is being signed.")).to_be_visible()
    outbox.run_pending()
    expect(page.get_by_text("Valid. This badge is genuine and in force.")).to_be_visible(timeout=15_000)
    page.close()
