"""Letters for a window envelope: each kind has its template, and a batch is one PDF, a page a letter."""

from flask import Response, render_template, url_for

from portal.domain.housing import queries as housing
from portal.domain.people import letters
from portal.domain.people.credentials import Credentials
from portal.domain.people.letters import Sheet
from portal.domain.people.models import Tenant
from portal.web import pdf
from portal.web.application import STATIC, settings
from portal.web.clock import today
from portal.web.sending import kept

# A template is given `tenant`, `dwelling`, `letter`, `given` (the password, or none), `today` and `url`.
TEMPLATES = {
    letters.OPENED: "pdf/access_opened_letter.html",
    letters.CODE: "pdf/access_letter.html",
}


def drawn(sheets: list[Sheet]) -> bytes:
    """Return one PDF of letters, a page each."""
    pages = [
        _html(TEMPLATES[sheet.letter.kind], sheet.letter.tenant, sheet.dwelling, letter=sheet.letter, given=sheet.given)
        for sheet in sheets
    ]
    return pdf.draw_all(pages, STATIC)


def access_letter(*, tenant: Tenant, given: Credentials) -> Response:
    """Answer with the letter that gives a tenant the login and password, at the address of the running dwelling."""
    leases = housing.leases_of(tenant=tenant)
    dwelling = leases[0].dwelling if leases else None
    html = _html(TEMPLATES[letters.CODE], tenant, dwelling, letter=None, given=given)
    return kept(pdf.draw(html, STATIC), f"acces-{tenant.number}.pdf")


def _html(template: str, tenant: Tenant, dwelling: object, **context: object) -> str:
    url = settings().base_url + url_for("access.sign_in")
    return render_template(template, tenant=tenant, dwelling=dwelling, today=today(), url=url, **context)
