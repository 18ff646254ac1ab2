"""A manager adds a telephone, leaves, and comes back with its code; then an Office that asks for one at the door."""

from dataclasses import replace
from datetime import timedelta

import pyotp
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import STAFF_PASSWORD

DOOR = "/bureau/connexion"


def code_of(portal, letters: str, seconds: int = 0) -> str:
    """Return what the telephone shows in so many seconds."""
    return pyotp.TOTP(letters.replace(" ", "")).at(portal.clock.now() + timedelta(seconds=seconds))


def give(page: Page, code: str, button: str) -> None:
    """Write a code and send it."""
    page.locator("#code").fill(code)
    page.get_by_role("button", name=button).click()


def test_a_manager_adds_a_telephone_and_comes_back_with_its_code(open_page, portal, sound):
    page = open_page()
    steps.sign_in(page, "marc", STAFF_PASSWORD, DOOR)
    steps.menu(page, "Mon accès")
    page.get_by_role("link", name="Ajouter mon téléphone").click()
    letters = page.locator(".qr__letters").inner_text()
    sound(page)
    page.locator("#current").fill(STAFF_PASSWORD)
    give(page, code_of(portal, letters), "Ajouter ce téléphone")
    expect(page.locator("#centre")).to_contain_text("Active depuis")
    page.get_by_role("button", name="Se déconnecter").click()
    steps.sign_in(page, "marc", STAFF_PASSWORD, DOOR)
    expect(page.locator("h1")).to_have_text("Le code de votre téléphone")
    sound(page)
    give(page, code_of(portal, letters, 30), "Se connecter")
    expect(page.locator(".top__who")).to_contain_text("Marc Petit")


def test_a_role_that_must_sets_its_telephone_up_at_the_door(open_page, portal, sound):
    portal.portal = replace(portal.portal, access=replace(portal.portal.access, second_factor="manager"))
    page = open_page()
    steps.sign_in(page, "marc", STAFF_PASSWORD, DOOR)
    expect(page.locator("h1")).to_have_text("Votre téléphone pour vous connecter")
    sound(page)
    give(page, code_of(portal, page.locator(".qr__letters").inner_text()), "Terminer et se connecter")
    expect(page.locator(".top__who")).to_contain_text("Marc Petit")
