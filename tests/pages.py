"""What every page of the portal must be; the test client checks it on each page it fetches."""

import re

import html5lib
from bs4 import BeautifulSoup
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
    check_headings(soup, whole)
    check_ids(soup)
    check_actions(soup)
    check_phones(soup)
    check_swaps(soup)
    check_no_inline(soup)
    check_typography(soup)
    return soup


def check_headings(soup: Page, whole: bool) -> None:
    """One h1 a page, and the title says it."""
    if whole:
        assert soup.html["lang"] == "fr"
        assert soup.title.get_text(strip=True)
    if whole or soup.find("main"):
        assert len(soup.find_all("h1")) == 1, [heading.get_text() for heading in soup.find_all("h1")]


def check_ids(soup: Page) -> None:
    """No id twice, and what points to an id finds it."""
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids)), sorted(each for each in ids if ids.count(each) > 1)
    for label in soup.find_all("label"):
        assert label["for"] in ids, label


def check_actions(soup: Page) -> None:
    """Each form says where it goes, and a POST carries its key when keys are on."""
    for form in soup.find_all("form"):
        assert form.get("action"), form


def check_phones(soup: Page) -> None:
    """A number one presses is dialled as it is: digits alone, however the Office writes it."""
    for link in soup.select("a[href^='tel:']"):
        assert re.fullmatch(r"tel:\+?\d+", link["href"]), link


def check_swaps(soup: Page) -> None:
    """A link is a link, a form is a form: htmx repeats their address."""
    for tag in soup.find_all(attrs={"data-hx-get": True}):
        if not tag.get("data-hx-trigger"):
            assert tag["data-hx-get"] == tag.get("href", tag.get("action")), tag
        assert tag.get("data-hx-target"), tag
    for tag in soup.find_all(attrs={"data-hx-post": True}):
        assert tag["data-hx-post"] == tag["action"], tag


def check_no_inline(soup: Page) -> None:
    """The security policy allows no script or style in a page."""
    assert not soup.find_all("style")
    assert not [tag for tag in soup.find_all("script") if not tag.get("src")]
    for tag in soup.find_all(True):
        assert not [name for name in tag.attrs if name == "style" or name.startswith("on")], tag


def check_typography(soup: Page) -> None:
    """Curly apostrophes and no-break spaces in what is read; nothing left unrendered."""
    text = (soup.body or soup).get_text("\n")
    assert not STRAIGHT.search(text), STRAIGHT.search(text)
    assert not re.search(r"{{|{%", text)
    assert not LOOSE.search(text), repr(text[max(0, LOOSE.search(text).start() - 30) : LOOSE.search(text).end() + 10])
