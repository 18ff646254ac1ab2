"""Our shop at the bank, as the settings describe it, the way a payment takes, the file of what was paid."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime

from flask import Response, request, url_for

from portal.domain.payments import policy, systempay
from portal.domain.payments.models import OnlinePayment
from portal.domain.payments.systempay import PRODUCTION, TEST, Shop
from portal.kernel.clock import PARIS
from portal.kernel.money import in_digits
from portal.web.application import settings
from portal.web.filters import format_day_short, format_time
from portal.web.security import POLICY

BOM = "\ufeff"  # without it a spreadsheet reads the accents wrong
COLUMNS = (
    *("Commencé le", "Heure", "Payé le", "Commande", "Transaction", "Référence de la banque", "État"),
    *("Montant", "Remboursé", "Gardé", "Bail", "N° locataire", "Locataire"),
)


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


def statement_csv(payments: Iterable[OnlinePayment], *, at: datetime, words: Mapping[str, tuple[str, str]]) -> str:
    """Return payments as a French spreadsheet reads them: semicolons, decimal commas, one line a payment."""
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerow(COLUMNS)
    for each in payments:
        local = each.started_at.astimezone(PARIS)
        table.writerow(
            [
                format_day_short(local.date()),
                format_time(each.started_at),
                format_day_short(each.entry.value_on) if each.entry else "",
                each.order_number,
                f"{each.trans_day}-{each.trans_id}",
                _told(each.bank_reference),
                words[policy.state_of(each, at=at)][0],
                in_digits(each.amount_cents),
                in_digits(each.refunded_cents),
                in_digits(each.kept_cents),
                _told(each.lease.number),
                _told(each.tenant.number),
                _told(each.tenant.full_name),
            ]
        )
    return BOM + text.getvalue()


def _told(text: str) -> str:
    """Keep a spreadsheet from taking somebody's name for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
