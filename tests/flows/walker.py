"""A person with a browser that knows no JavaScript: opens pages, follows links, fills in forms, presses buttons.

Everything goes through HTTP (Django's test client, with forged requests refused); only what a page offers can be done.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

_VOID = {"input", "img", "br", "meta", "link", "hr"}


@dataclass
class Button:
    """A button that submits its form."""

    words: str
    name: str
    value: str


@dataclass
class Form:
    """A form with what is filled in already."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, set[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    buttons: list[Button] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """Every field that can be filled in."""
        return {*self.values, *self.choices, *self.files}


class Page(HTMLParser):
    """What a page holds for somebody who reads and clicks."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.words = ""
        self._open: list[tuple[str, dict[str, str]]] = []
        self._text: list[str] = []
        self._marks: list[int] = []
        self._select = ""
        self.feed(html)
        self.words = " ".join("".join(self._text).split())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif tag == "input" and self.forms:
            self._input(self.forms[-1], given)
        elif tag == "select" and self.forms:
            self._select = given.get("name", "")
            self.forms[-1].values.setdefault(self._select, [])
        elif tag == "option" and self._select:
            self.forms[-1].choices.setdefault(self._select, set()).add(given.get("value", ""))
            if "selected" in given or not self.forms[-1].values[self._select]:
                self.forms[-1].values[self._select] = [given.get("value", "")]
        if tag not in _VOID:
            self._open.append((tag, given))
            self._marks.append(len(self._text))

    def _input(self, form: Form, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if kind == "file":
            form.files.add(name)
        elif kind in ("radio", "checkbox"):
            form.choices.setdefault(name, set()).add(given.get("value", "on"))
            if "checked" in given:
                form.values.setdefault(name, []).append(given.get("value", "on"))
        elif name:
            form.values.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, given = self._open.pop()
            text = "".join(self._text[self._marks.pop() :])
            self._closed(name, given, text)
            if name == tag:
                return

    def _closed(self, tag: str, given: dict[str, str], text: str) -> None:
        words = " ".join(text.split())
        if tag == "a":
            self.links.append((words, given.get("href", "")))
        elif tag == "button" and self.forms:
            self.forms[-1].buttons.append(Button(words, given.get("name", ""), given.get("value", "")))
        elif tag == "textarea" and self.forms:
            self.forms[-1].values.setdefault(given.get("name", ""), []).append(text.removeprefix("\n"))
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1][0] not in ("style", "script"):
            self._text.append(data)


class Walker:
    """One person at one browser."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.address = "/"
        self.answer: HttpResponse = HttpResponse()
        self.page = Page("")

    def open(self, address: str, *, status: int = 200) -> "Walker":
        """Open an address, and follow where it leads."""
        target = urlsplit(urljoin(self.address, address))
        path = target.path + (f"?{target.query}" if target.query else "")
        return self._arrive(path, self.client.get(path, headers={"Accept": "text/html"}), status)

    def follow(self, words: str, *, status: int = 200) -> "Walker":
        """Click the link with these words."""
        found = [address for text, address in self.page.links if text == words]
        assert found, f"there is no link “{words}” on {self.address}: {[text for text, _ in self.page.links]}"
        return self.open(found[0], status=status)

    def press(self, words: str, /, *, status: int = 200, **given: Any) -> "Walker":
        """Fill in what is given and press the button with these words; what the page has filled in already stays."""
        form, button = self._button(words)
        values = {name: list(held) for name, held in form.values.items()}
        for name, value in given.items():
            assert name in form.names, f"the form has no field “{name}”: {sorted(form.names)}"
            self._refuse_unknown_choice(form, name, value)
            values[name] = [value]
        if button.name:
            values[button.name] = [button.value]
        target = urljoin(self.address, form.action or self.address)
        if form.method == "get":
            answer = self.client.get(target, values)
        else:
            # A form is posted under the page's own origin, as a browser does.
            answer = self.client.post(target, values, headers={"Origin": "http://testserver", "Accept": "text/html"})
        return self._arrive(target, answer, status)

    def sees(self, *words: str) -> "Walker":
        """The page says all of this."""
        for one in words:
            assert one in self.page.words, f"“{one}” is not on {self.address}:\n{self.page.words}"
        return self

    def sees_no(self, *words: str) -> "Walker":
        """The page says none of this."""
        for one in words:
            assert one not in self.page.words, f"“{one}” is on {self.address}"
        return self

    def may_press(self, words: str) -> bool:
        """Whether the page offers this button."""
        return any(button.words == words for form in self.page.forms for button in form.buttons)

    def _button(self, words: str) -> tuple[Form, Button]:
        for form in self.page.forms:
            for button in form.buttons:
                if button.words == words:
                    return form, button
        offered = [button.words for form in self.page.forms for button in form.buttons]
        raise AssertionError(f"there is no button “{words}” on {self.address}: {offered}")

    def _refuse_unknown_choice(self, form: Form, name: str, value: Any) -> None:
        if name in form.choices:
            assert str(value) in form.choices[name], f"“{value}” cannot be chosen for {name}: {form.choices[name]}"

    def _arrive(self, address: str, answer: Any, status: int) -> "Walker":
        for _ in range(5):
            if answer.status_code not in (301, 302, 303):
                break
            address = urljoin(address, answer["Location"])
            answer = self.client.get(address, headers={"Accept": "text/html"})
        self.address, self.answer = address, answer
        html = answer.getvalue().decode() if answer["Content-Type"].startswith("text/html") else ""
        self.page = Page(html)
        assert answer.status_code == status, f"{address} answered {answer.status_code}: {self.page.words[:600]}"
        return self


def signed_in(name: str) -> Walker:
    """A walker who signed in with one click as this sample person (LAURELS_DEMO must be on)."""
    return Walker().open("/sign-in").press(f"Sign in as {name}")


def file(name: str, content: bytes, kind: str = "text/csv") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type=kind)
