"""A visit with the keyboard alone: everything is reached, the focus is seen, and it is where the reader is."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import WIDTHS

LONGEST_WAY = 60  # presses of Tab to cross a page


@pytest.fixture(params=["wide", "narrow"])
def page(request: pytest.FixtureRequest, new_context: Callable, cookie_of: Callable, people, own) -> Page:
    """Aminata's home, on a desk's screen then on a telephone's with a keyboard."""
    context = new_context(troubled=True, viewport={"width": WIDTHS[request.param], "height": 900})
    context.add_cookies([cookie_of(people.aminata)])
    page = context.new_page()
    page.goto("/espace")
    return page


def tab_to(page: Page, target) -> None:
    """Press Tab until an element has the focus; the ring is seen at each step."""
    for _ in range(LONGEST_WAY):
        page.keyboard.press("Tab")
        ring = page.evaluate(RING)
        assert ring, page.evaluate("document.activeElement.outerHTML")
        if target.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"{target} is out of the keyboard's reach")


# Whether what has the focus shows it: its own outline, or that of the label that stands for it. What the page itself
# gave the focus to (a title, a summary) is no step of the keyboard: Tab never leads there.
RING = """() => {
  const at = document.activeElement;
  const ring = each => getComputedStyle(each);
  const seen = each => ring(each).outlineStyle !== "none" && parseFloat(ring(each).outlineWidth) >= 2;
  if (at === document.body || at.tabIndex < 0) return true;
  return seen(at) || Boolean(at.nextElementSibling && seen(at.nextElementSibling));
}"""


def test_the_first_key_leads_past_the_menu(page):
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('centre').contains(document.activeElement)")


def test_a_page_that_comes_in_place_takes_the_focus_and_back_gives_the_first_one_again(page):
    link = page.locator("#centre").get_by_role("link", name="Afficher mes messages")
    tab_to(page, link)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Mes messages")
    expect(page.locator("h1")).to_be_focused()
    expect(page).to_have_title(re.compile("^Mes messages"))
    expect(page.locator("#status")).to_have_text("Mes messages")
    page.go_back()
    expect(page).to_have_title(re.compile("^Vous êtes chez vous"))
    expect(page.locator("h1")).to_have_text("Vous êtes chez vous")
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Mes messages")


def test_the_menu_is_opened_and_followed(page):
    toggle = page.locator("#menu summary")
    if toggle.is_visible():
        tab_to(page, toggle)
        page.keyboard.press("Space")
    tab_to(page, page.locator("#menu").get_by_role("link", name="Mon compte"))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Mon compte")
    expect(page.locator("h1")).to_be_focused()


def test_a_form_with_errors_leads_from_its_summary_to_the_field(page):
    page.goto("/espace/messages/nouveau")
    tab_to(page, page.locator("main [type=submit]"))
    page.keyboard.press("Enter")
    expect(page.locator(".summary")).to_be_focused()
    tab_to(page, page.locator(".summary a").first)
    page.keyboard.press("Enter")
    expect(page.locator("#subject")).to_be_focused()
    page.keyboard.press("ArrowDown")
    tab_to(page, page.locator("#body"))
    page.keyboard.type("Bonjour, ma porte ferme mal.")
    tab_to(page, page.locator("main [type=submit]"))
    page.keyboard.press("Enter")
    expect(page.locator(".message--mine")).to_contain_text("ma porte ferme mal")


def test_signing_in_and_out_asks_for_no_mouse(page):
    leave = page.get_by_role("button", name="Se déconnecter")
    tab_to(page, leave)
    page.keyboard.press("Enter")
    expect(page.locator("#flashes")).to_contain_text("Vous êtes déconnecté")
    tab_to(page, page.locator("#login"))
    page.keyboard.type("aminata")
    tab_to(page, page.locator("#password"))
    page.keyboard.type("faux")
    page.keyboard.press("Enter")
    expect(page.locator(".summary")).to_be_focused()
    expect(page.locator("#login")).to_have_value("aminata")
