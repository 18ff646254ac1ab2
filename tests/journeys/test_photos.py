"""The photos of a réclamation on a telephone: made smaller, sent one by one, tried again alone."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

GUIDE = "/espace/reclamations/nouvelle"


def photo(name: str, size: tuple[int, int], tint: str) -> dict:
    """Return a photo that weighs what a photo weighs."""
    made, out = Image.effect_noise(size, 90).convert("RGB"), BytesIO()
    made.paste(tint, (0, 0, size[0] // 2, size[1] // 2))
    made.save(out, "JPEG", quality=80)
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


@pytest.fixture
def page(browser, address, people, cookie_of):
    """Aminata's telephone, on the page of the photos, with what it sends counted."""
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 850}, locale="fr-FR")
    page = context.new_page()
    page.weights = []
    page.on("request", lambda sent: page.weights.append(len(sent.post_data_buffer or b"")))
    context.add_cookies([cookie_of(people.aminata)])
    page.goto(GUIDE)
    for label, button in (
        ("", "Je ne suis pas en danger, continuer"),
        ("Dans mon logement", "Continuer"),
        ("Plomberie, fuite d’eau", "Continuer"),
        ("", "J’ai compris, continuer"),
    ):
        if label:
            page.get_by_label(label).check()
        page.locator("main").get_by_role("button", name=button).click()
    page.locator("#description").fill("L’eau coule.")
    page.locator("main").get_by_role("button", name="Continuer").click()
    expect(page.locator("#photo-form[data-started]")).to_be_visible()
    yield page
    context.close()


def test_a_large_photo_is_made_smaller_before_it_leaves(page):
    large = photo("grande.jpg", (4032, 3024), "red")
    page.locator("#photos").set_input_files(large)
    expect(page.locator("#photo-list li")).to_have_count(1, timeout=30_000)
    assert max(page.weights) < len(large["buffer"]) / 2


def test_one_that_fails_is_tried_again_alone_and_a_lie_is_refused(page):
    tries = []

    def cut_the_second(route):
        if route.request.method == "POST":
            tries.append(1)
        route.abort() if len(tries) == 2 else route.continue_()

    page.route(f"**{GUIDE}/photos", cut_the_second)
    lie = {"name": "menteur.jpg", "mimeType": "image/jpeg", "buffer": b"<html>"}
    page.locator("#photos").set_input_files([photo("a.jpg", (80, 60), "red"), photo("b.jpg", (80, 60), "blue"), lie])
    expect(page.locator(".photo-list__line--wrong")).to_have_count(2)
    expect(page.locator(".photo-list__said").last).to_contain_text("n’a pas pu être lu")
    page.get_by_role("button", name="Réessayer b.jpg").click()
    expect(page.locator("#photo-list li")).to_have_count(2)
    expect(page.get_by_role("button", name="Réessayer")).to_have_count(0)


def test_one_chosen_before_the_script_had_come_leaves_too(page):
    def choose_first(script):
        page.locator("#photos").set_input_files(photo("a.jpg", (80, 60), "red"))
        script.continue_()

    page.route("**/photos.js*", choose_first)
    page.reload()
    expect(page.locator("#photo-list li")).to_have_count(1)


def test_going_on_waits_for_the_photos_that_are_leaving(page):
    page.locator("#photos").set_input_files(photo("grande.jpg", (3000, 2000), "red"))
    page.locator("[value=next]").click()
    expect(page.locator("h1")).to_have_text("Si quelqu’un doit venir chez vous", timeout=30_000)
    page.go_back()
    expect(page.locator("#photo-list li")).to_have_count(1)
