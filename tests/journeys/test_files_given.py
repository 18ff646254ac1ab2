"""A button that gives a file stays in its page: it may be pressed again."""

from playwright.sync_api import expect


def test_an_avis_can_be_asked_for_twice_where_files_are_saved(portal, new_context, cookie_of, people):
    @portal.after_request
    def save(response):
        """Do what a telephone does with a PDF: keep it, and stay in the page."""
        if response.mimetype == "application/pdf":
            response.headers["Content-Disposition"] = "attachment"
        return response

    context = new_context(viewport={"width": 390, "height": 900})
    context.add_cookies([cookie_of(people.bruno)])
    page = context.new_page()
    page.clock.install()
    page.goto("/espace/quittances")
    avis = page.locator("#centre form[action*='/avis'] button").first
    for _ in range(2):
        with page.expect_download():
            avis.click()
        expect(avis).to_have_attribute("aria-disabled", "true")
        page.clock.fast_forward(5000)  # milliseconds
        expect(avis).not_to_have_attribute("aria-disabled", "true")
