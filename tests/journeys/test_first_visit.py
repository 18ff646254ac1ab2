"""A tenant's first visit, from the Office's page to the last « Se déconnecter », and the Office's answer."""

import re

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import STAFF_PASSWORD
from tests.pages import plain

NADIAS_DWELLING = "000004000003"


def see_ones_account(page: Page) -> None:
    """Open the account, then the same words everybody reads there."""
    steps.menu(page, "Mon compte")
    expect(page.locator("h1")).to_have_text("Mon compte")
    expect(page.locator(".lead")).to_contain_text("Vous êtes à jour")


def see_ones_claim(page: Page, number: str) -> None:
    """Find a claim in the list, and its story."""
    steps.menu(page, "Mes réclamations")
    expect(page.locator(".row__link")).to_contain_text(number)
    page.locator(".row__link").click()
    expect(page.locator(".timeline")).to_contain_text("L’eau coule sous l’évier.")


def answer_from_the_office(office: Page, sound) -> None:
    """Sign in as the manager, find the tenant, read the answer and its photo, reply."""
    steps.sign_in(office, "marc", STAFF_PASSWORD, "/bureau/connexion")
    sound(office)
    steps.find_the_tenant(office, "Nadia de Almeida-Şahin")
    sound(office)
    office.locator("#centre a.row__link[href^='/bureau/messages/']").first.click()
    expect(office.locator(".thread")).to_contain_text("voici l’évier")
    steps.see_the_photo(office.locator(".thread"))
    steps.answer(office, "Le plombier passe jeudi.")
    sound(office)


def mark_of(page: Page):
    """Return the places where the home says how many messages are not read."""
    menu = page.locator("#unread" if page.locator("#menu summary").is_visible() else "#unread-menu")
    return menu, page.locator("#home-unread")


def see_the_mark_come(home: Page, scripts: bool) -> None:
    """See the unread marks of a home that stayed open; without JavaScript they come with the next page."""
    if not scripts:
        home.reload()
    for mark in mark_of(home):
        expect(mark).to_contain_text("1")
    if scripts:
        assert home.evaluate("window.neverLeft") is True
    expect(home.locator("#home-unread")).to_contain_text("1 message non lu")


def test_a_first_visit_and_the_offices_answer(open_page, people, sound, scripts):
    page, home = open_page(), open_page()
    login, password = steps.ask_for_a_code(page, people.nadia, NADIAS_DWELLING)
    sound(page)
    page.reload()
    expect(page.locator("body")).not_to_contain_text(password)
    steps.sign_in(page, login, password)
    expect(page.locator("h1")).to_have_text("Vous êtes chez vous")
    sound(page)
    steps.read_the_first_message(page)
    steps.answer(page, "Merci, voici l’évier.", steps.PHOTO)
    steps.see_the_photo(page.locator(".thread"))
    sound(page)
    see_ones_account(page)
    number = steps.file_a_claim(page, sound, scripts)
    sound(page)
    see_ones_claim(page, number)
    sound(page)

    steps.sign_in(home, login, password)
    expect(home.locator("#home-unread")).to_contain_text("Aucun message non lu")
    if scripts:
        home.evaluate("window.neverLeft = true")
    answer_from_the_office(open_page(), sound)
    see_the_mark_come(home, scripts)

    page.locator("#help-link").click()
    expect(page.locator("h1")).to_have_text("Aide")
    page.go_back()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.locator("#flashes")).to_contain_text("Vous êtes déconnecté")
    page.goto("/espace")
    expect(page).to_have_url(re.compile("/acces"))


def test_a_quittance_opened_from_its_page_is_a_sound_paper(open_page, people):
    page = open_page()
    steps.sign_in(page, *steps.ask_for_a_code(page, people.nadia, NADIAS_DWELLING))
    paper, amounts = steps.open_the_last_quittance(page)
    text = plain(paper.pages[0].extract_text())
    assert len(paper.pages) == 1
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert paper.trailer["/Root"]["/Lang"].lower().startswith("fr")
    assert steps.fonts_outside(paper) == []
    assert amounts
    for words in ("Nadia DE ALMEIDA-ŞAHIN", "Libellé", "À conserver au moins trois ans", *amounts):
        assert words in text
