"""The accountant prepares a month's avis, sees the worker finish, and takes the file."""

from playwright.sync_api import expect
from pypdf import PdfReader

from portal.db import db
from portal.web.notice_batches import make_next


def test_the_accountant_prepares_a_months_avis(portal, open_page, cookie_of, people, sound, scripts):
    page = open_page()
    page.context.add_cookies([cookie_of(people.accountant)])
    page.goto("/bureau/loyers")
    page.get_by_role("link", name="Préparer les avis").first.click()
    page.get_by_role("button", name="Préparer les avis d’octobre").click()
    files = page.locator("#notice-batches")
    expect(files).to_contain_text("0 sur 4")
    sound(page)
    with db.connection_context():
        make_next(app=portal, clock=portal.clock)
    if not scripts:
        files.get_by_role("link", name="Actualiser").click()
    expect(files.locator(".download")).to_be_visible()
    if scripts:
        expect(page.locator("#status")).to_have_text("La préparation des avis est finie.")
    sound(page)
    with page.expect_download() as given:
        files.locator(".download").click()
    assert len(PdfReader(given.value.path()).pages) == 4
