"""What every page has in common: its title, its landmarks, its headers, and nothing inline."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from laurels.web.urls import urlpatterns
from tests.faces.house import House

pytestmark = pytest.mark.django_db


class Page(HTMLParser):
    """Counts what must be there once, and what must not be there."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "style" or "style" in given or any(name.startswith("on") for name in given):
            self.wrong.append(f"inline style or script: <{tag} {given}>")
        if tag == "script" and not str(given.get("src", "")).startswith("/static/"):
            self.wrong.append("inline script")
        if tag in ("link", "img") and not str(given.get("href") or given.get("src")).startswith(
            ("/", "http://localhost:8000/")
        ):
            self.wrong.append(f"from another host: {given}")


def everything(house: House, client: Client) -> dict[str, str]:
    """Every page that answers GET, as somebody who may see it."""
    award = house.award()
    version = award.version
    house.more()
    draft = house.draft
    slug = version.micro_credential.slug
    roster = award.roster_row.roster
    pages = {
        house.lead: [
            *(
                "/",
                "/?q=nothing",
                f"/micro-credentials/{slug}",
                f"/units/{house.unit.slug}",
                f"/badges/{award.badge_id}",
            ),
            *("/verify", "/sign-in", f"/decisions/{house.application.decision.number}", "/nothing-here"),
            *(reverse("unit-desk", args=[house.unit.slug]), reverse("awards", args=[house.unit.slug])),
            *(reverse("definition-edit", args=[draft.pk]), reverse("application", args=[house.application.pk])),
            *(reverse("roster-new", args=[version.pk]), reverse("roster", args=[roster.pk])),
            *(reverse("version-retire", args=[version.pk]), reverse("award-revoke", args=[award.pk])),
            *(reverse("application-edit", args=[house.open.pk]), reverse("application-withdraw", args=[house.open.pk])),
        ],
        house.member: [reverse("committee-desk"), reverse("application", args=[house.before.pk])],
        house.chair: [reverse("review", args=[house.before.pk]), reverse("decide", args=[house.before.pk])],
    }
    found = {}
    for person, paths in pages.items():
        client.force_login(person)
        found |= {path: client.get(path, follow=True).content.decode() for path in paths}
    return found


@pytest.fixture
def pages(client: Client) -> dict[str, str]:
    return everything(House(), client)


def test_every_page_has_one_heading_one_main_and_nothing_inline(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        page = Page(text)
        assert page.tags.count("h1") == 1, path
        assert page.tags.count("main") == 1, path
        assert not page.wrong, (path, page.wrong)
        assert len(page.ids) == len(set(page.ids)), (path, [one for one in page.ids if page.ids.count(one) > 1])
        assert '<a class="skip" href="#main">' in text, path


def test_every_title_ends_with_the_university(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        found = re.search(r"<title>(.+?)</title>", text, re.DOTALL)
        assert found, path
        assert re.fullmatch(r"\S.*\S – National University of Example", found[1]), (path, found[1])


def test_titles_differ(pages: dict[str, str]) -> None:
    titles = [re.search(r"<title>(.+?)</title>", text, re.DOTALL)[1] for text in pages.values()]  # type: ignore[index]
    twice = {title for title in titles if titles.count(title) > 1}
    assert twice <= {"What can I learn here? – National University of Example"}  # with and without a search


def test_a_demonstration_says_so_on_every_page(client: Client, settings: Settings, pages: dict[str, str]) -> None:
    words = "Demonstration: the micro-credentials, people and numbers are samples."
    assert not any(words in text for text in pages.values())
    settings.DEMO = True
    for path in ("/", "/verify", "/sign-in", "/nothing-here", "/desk"):
        assert words in client.get(path, follow=True).content.decode(), path


def test_every_answer_carries_the_policy(client: Client) -> None:
    for path in ("/", "/verify", "/sign-in", "/nothing-here"):
        answer = client.get(path)
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_no_two_pages_have_one_name() -> None:
    names = [page.name for page in urlpatterns]
    assert len(names) == len(set(names))
