"""A tenant's first visit, from the Office's page to the last « Se déconnecter », and the Office's answer."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import STAFF_PASSWORD
from tests.structure.addresses import picture

PHOTO = {"name": "évier.jpg", "mimeType": "image/jpeg", "buffer": picture()}


def menu(page, label: str) -> None:
    """Follow a line of the menu, opening it first on a telephone."""
    toggle = page.locator("#menu summary")
    if toggle.is_visible() and not page.locator(".menu__toggle[open]").count():
        toggle.click()
    page.locator("#menu").get_by_role("link", name=label).click()


def ask_for_a_code(page, tenant, reference: str) -> tuple[str, str]:
    """Ask for a code from the Office's first page; return the login and the password that are shown."""
    page.goto("/")
    page.locator(".hero").get_by_role("link", name="Espace locataires").click()
    page.get_by_role("link", name="Demander un code d").click()
    page.locator("#name").fill(tenant.family_name)
    page.locator("#dwelling_reference").fill(reference)
    page.locator("#tenant_number").fill(tenant.number)
    page.get_by_role("button", name="Valider").click()
    expect(page.locator("h1")).to_have_text("Ça y est c’est terminé, vous êtes enregistré")
    return page.locator("#credential-1").inner_text().strip(), page.locator("#credential-2").inner_text().strip()


def sign_in(page, login: str, password: str, door: str = "/acces") -> None:
    """Come in by a door."""
    page.goto(door)
    page.locator("#login").fill(login)
    page.locator("#password").fill(password)
    page.locator("main [type=submit]").click()


def answer_with_a_photo(page, sound) -> None:
    """Read the first message and answer it."""
    page.locator("#centre").get_by_role("link", name="Afficher mes messages").click()
    expect(page).to_have_url(re.compile("/espace/messages$"))
    page.locator(".row__link").first.click()
    page.locator("#body").fill("Merci, voici l’évier.")
    page.locator("#files").set_input_files(PHOTO)
    page.get_by_role("button", name="Envoyer la réponse").click()
    expect(page.locator(".message--mine")).to_contain_text("voici l’évier")
    sound(page)


def press(page, name: str, sound) -> None:
    """Look at the page, then press one of its buttons and wait for another page."""
    sound(page)
    before = page.locator("h1").inner_text()
    page.locator("main").get_by_role("button", name=name, exact=True).click()
    if name != "Ajouter les photos choisies":
        expect(page.locator("h1")).not_to_have_text(before)


def file_a_claim(page, sound) -> None:
    """Send a réclamation to the loge and find it in the list."""
    menu(page, "Une réclamation à ma loge")
    press(page, "Je ne suis pas en danger, continuer", sound)
    page.get_by_label("Dans mon logement").check()
    press(page, "Continuer", sound)
    page.get_by_label("Plomberie, fuite d’eau").check()
    press(page, "Continuer", sound)
    press(page, "J’ai compris, continuer", sound)
    page.locator("#description").fill("L’eau coule sous l’évier.")
    press(page, "Continuer", sound)
    page.locator("#photos").set_input_files(PHOTO)
    if page.get_by_role("button", name="Ajouter les photos choisies").is_visible():
        press(page, "Ajouter les photos choisies", sound)
    expect(page.locator(".photo-list__line")).to_have_count(1)
    press(page, "Continuer", sound)
    page.get_by_label("Je préfère être présent").check()
    page.locator("#home_when").fill("Le matin.")
    press(page, "Continuer", sound)
    press(page, "Continuer", sound)
    press(page, "Envoyer la réclamation", sound)
    number = page.locator(".confirmation__number").inner_text()
    menu(page, "Mes réclamations")
    expect(page.locator(".row__link")).to_contain_text(number)
    sound(page)
    page.locator(".row__link").click()
    expect(page.locator(".timeline")).to_contain_text("L’eau coule sous l’évier.")
    sound(page)


def answer_from_the_office(office, sound) -> None:
    """Sign in as the manager, read the tenant's message, answer it."""
    sign_in(office, "marc", STAFF_PASSWORD, "/bureau/connexion")
    expect(office).to_have_url(re.compile("/bureau$"))
    sound(office)
    menu(office, "Messages")
    office.locator(".row__link").first.click()
    expect(office.locator(".thread")).to_contain_text("voici l’évier")
    office.locator("#body").fill("Le plombier passe jeudi.")
    office.get_by_role("button", name="Envoyer la réponse").click()
    expect(office.locator(".message--mine").last).to_contain_text("jeudi")
    sound(office)


def test_a_first_visit_and_the_offices_answer(open_page, people, sound):
    page = open_page()
    login, password = ask_for_a_code(page, people.nadia, "000004000003")
    sound(page)
    page.reload()
    expect(page.locator("body")).not_to_contain_text(password)

    sign_in(page, login, password)
    expect(page.locator("h1")).to_have_text("Vous êtes chez vous")
    sound(page)
    answer_with_a_photo(page, sound)
    menu(page, "Mon compte")
    expect(page.locator("h1")).to_have_text("Mon compte")
    sound(page)
    file_a_claim(page, sound)
    answer_from_the_office(open_page(), sound)
    menu(page, "Mes messages")
    expect(page.locator(".row--unread")).to_have_count(1)

    page.locator("#help-link").click()
    expect(page.locator("h1")).to_have_text("Aide")
    page.go_back()
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/espace")
    expect(page).to_have_url(re.compile("/acces"))
