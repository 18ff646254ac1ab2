"""Our shop at the bank, as the settings describe it, the way a payment takes."""

from flask import Response, request, url_for

from portal.domain.payments import systempay
from portal.domain.payments.models import OnlinePayment
from portal.domain.payments.systempay import PRODUCTION, TEST, Shop
from portal.web.application import settings
from portal.web.security import POLICY


def the_shop() -> Shop:
    """Return our shop. Where nobody may pay online it works in no mode, so that no notification ever counts."""
    portal = settings()
    keys = {TEST: portal.bank.test_key, PRODUCTION: portal.bank.production_key}
    return Shop(portal.bank.site_id, portal.bank.mode if portal.pays_online else "", keys)


def bank_page() -> str:
    """Return the address of the bank's payment page; the demonstration bank is on this very site."""
    return url_for("demo_bank.card") if settings().bank.demo else settings().bank.url


def bank_form(payment: OnlinePayment) -> dict[str, str]:
    """Return the signed fields that take a payment to the bank's page."""
    return systempay.request(
        shop=the_shop(),
        order_number=payment.order_number,
        trans_id=payment.trans_id,
        at=payment.started_at,
        amount_cents=payment.amount_cents,
        customer=payment.tenant.number,
        return_url=site() + url_for("tenant.online_payment", number=payment.order_number),
    )


def site() -> str:
    """Return the address of this site: the settings', but in a demonstration the one the visitor really uses."""
    portal = settings()
    return request.host_url.rstrip("/") if portal.bank.demo else portal.base_url.rstrip("/")


def let_go_to_the_bank(response: Response) -> Response:
    """Let the forms of this one page lead to the bank."""
    bank = settings().bank
    if not bank.demo:
        policy = POLICY.replace("form-action 'self'", f"form-action 'self' {bank.origin}")
        response.headers["Content-Security-Policy"] = policy
    return response
