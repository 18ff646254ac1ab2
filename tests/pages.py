"""What every page of the portal must be; the test client checks it on each page it fetches."""

import re

import html5lib
from bs4 import BeautifulSoup, Tag
from bs4.builder import HTML5TreeBuilder
from werkzeug.test import TestResponse

Page = BeautifulSoup
STRAIGHT = re.compile(r"\w'\w")
LOOSE = re.compile(r"[^\s\u00a0\u202f«(&/:;?!.][!?;](?:\s|$)|« (?!\u00a0)|\w [:;!?»](?:\s|$)")


class Strict(HTML5TreeBuilder):
    """Build the tree of a valid page, and raise ParseError at the first fault of any other: one reading for both."""

    def feed(self, markup: str) -> None:
        """Read the page; Beautiful Soup calls it."""
        html5lib.HTMLParser(strict=True, tree=self.create_treebuilder).parse(markup)


def plain(text: str) -> str:
    """Return a text with ordinary spaces, apostrophes and minus signs, for comparisons people can type."""
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("\u2212", "-")).strip()


def read_page(response: TestResponse) -> Page:
    """Parse an answer and check it; a fragment is read as the beginning of a page, and checked as far as it goes."""
    html = response.get_data(as_text=True)
    whole = html.lstrip().lower().startswith("<!doctype")
    soup = BeautifulSoup(html if whole else f"<!doctype html>{html}", builder=Strict, store_line_numbers=False)
    tags = soup.find_all(True)
    check_headings(soup, whole)
    check_ids(tags)
    for tag in tags:
        check_action(tag)
        check_phone(tag)
        check_swap(tag)
        check_no_inline(tag)
    check_typography(soup)
    return soup


def check_headings(soup: Page, whole: bool) -> None:
    """One h1 a page, and the title says it."""
    if whole:
        assert soup.html["lang"] == "fr"
        assert soup.title.get_text(strip=True)
    if whole or soup.find("main"):
        assert len(soup.find_all("h1")) == 1, [heading.get_text() for heading in soup.find_all("h1")]


def check_ids(tags: list[Tag]) -> None:
    """No id twice, and what points to an id finds it."""
    ids = [tag["id"] for tag in tags if "id" in tag.attrs]
    assert len(ids) == len(set(ids)), sorted(each for each in ids if ids.count(each) > 1)
    for label in (tag for tag in tags if tag.name == "label"):
        assert label["for"] in ids, label


def check_action(tag: Tag) -> None:
    """Each form says where it goes."""
    if tag.name == "form":
        assert tag.get("action"), tag


def check_phone(tag: Tag) -> None:
    """A number one presses is dialled as it is: digits alone, however the Office writes it."""
    if tag.name == "a" and tag.get("href", "").startswith("tel:"):
        assert re.fullmatch(r"tel:\+?\d+", tag["href"]), tag


def check_swap(tag: Tag) -> None:
    """A link is a link, a form is a form: htmx repeats their address."""
    if "data-hx-get" in tag.attrs:
        if not tag.get("data-hx-trigger"):
            assert tag["data-hx-get"] == tag.get("href", tag.get("action")), tag
        assert tag.get("data-hx-target"), tag
    if "data-hx-post" in tag.attrs:
        assert tag["data-hx-post"] == tag["action"], tag


def check_no_inline(tag: Tag) -> None:
    """The security policy allows no script or style in a page."""
    assert tag.name != "style", tag
    assert tag.name != "script" or tag.get("src"), tag
    assert not [name for name in tag.attrs if name == "style" or name.startswith("on")], tag


def check_typography(soup: Page) -> None:
    """Curly apostrophes and no-break spaces in what is read; nothing left unrendered."""
    text = (soup.body or soup).get_text("\n")
    assert not STRAIGHT.search(text), STRAIGHT.search(text)
    assert not re.search(r"{{|{%", text)
    assert not LOOSE.search(text), repr(text[max(0, LOOSE.search(text).start() - 30) : LOOSE.search(text).end() + 10])
