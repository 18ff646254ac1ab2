"""The demonstration bank: it signs with the test key, and its notifications are rows the worker sends over HTTP."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlencode

from portal.db import db
from portal.domain.errors import DomainError
from portal.domain.payments import systempay
from portal.domain.payments.models import DemoNotice
from portal.domain.payments.systempay import TEST, Notice, Shop

ACCEPT, REFUSE, ABANDON, LATE, TWICE, TAMPER = "accept", "refuse", "abandon", "late", "twice", "tamper"
WAYS = (ACCEPT, REFUSE, ABANDON, LATE, TWICE, TAMPER)
LATENESS = timedelta(minutes=3)
PAUSE = timedelta(seconds=5)
TRIES = 60
ANSWER_KEPT = 200
ONLY_NOTIFIED = ("vads_url_check_src", "vads_hash")  # the browser coming back does not have them
STATUS = {REFUSE: ("REFUSED", "05", "51"), ABANDON: ("ABANDONED", "17", "")}


class RefusedFormError(DomainError):
    """The form that came is not one our portal signed."""

    sentence = "La banque de démonstration ne reconnaît pas cette demande de paiement. Recommencez depuis votre espace."


def read(*, fields: Mapping[str, str], shop: Shop) -> Notice:
    """Return what is asked of the bank, as a real one would check it. Raises RefusedFormError for anything else."""
    asked = Notice(dict(fields))
    ours = asked.is_signed_by(shop.key_of(TEST)) and asked["ctx_mode"] == TEST and asked["site_id"] == shop.site_id
    if not ours or asked.amount_cents is None:
        raise RefusedFormError
    return asked


def decide(*, asked: Notice, way: str, shop: Shop, at: datetime) -> str:
    """Carry out the button that was pressed and return the address the browser goes back to.

    The notifications wait in a table, for the worker to send.
    """
    body = notification(asked=asked, way=way, shop=shop, at=at)
    with db.atomic():
        for _ in range(2 if way == TWICE else 1):
            DemoNotice.create(body=body, send_at=at + LATENESS if way == LATE else at)
    shown = {name: value for name, value in _news(asked, way, at).items() if name not in ONLY_NOTIFIED}
    return f"{asked['url_return']}?{urlencode(systempay.signed(shown, shop.key_of(TEST)))}"


def notification(*, asked: Notice, way: str, shop: Shop, at: datetime) -> str:
    """Return the body of the notification of a button, signed; « tamper » changes the amount after the signature."""
    stamped = systempay.signed(_news(asked, way, at), shop.key_of(TEST))
    if way == TAMPER:
        stamped["vads_amount"] = str(int(stamped["vads_amount"]) + 100)
    return urlencode(stamped)


def due(*, at: datetime, most: int = 20) -> list[DemoNotice]:
    """Return the notifications whose turn it is, the oldest first."""
    waiting = DemoNotice.sent_at.is_null() & (DemoNotice.send_at <= at) & (DemoNotice.tries < TRIES)
    return list(DemoNotice.select().where(waiting).order_by(DemoNotice.send_at, DemoNotice.id).limit(most))


def mark(*, notice: DemoNotice, answer: str, final: bool, at: datetime) -> None:
    """Note what came of sending a notification; without an answer it is sent again a little later."""
    DemoNotice.update(
        tries=notice.tries + 1, answer=answer[:ANSWER_KEPT], sent_at=at if final else None, send_at=at + PAUSE
    ).where(DemoNotice.id == notice.id).execute()


def _news(asked: Notice, way: str, at: datetime) -> dict[str, str]:
    """Write the fields of a notification, as Systempay names them."""
    status, result, authorisation = STATUS.get(way, ("AUTHORISED", "00", "00"))
    echoed = (
        *("amount", "ctx_mode", "currency", "cust_id", "language", "order_id", "page_action", "payment_config"),
        *("action_mode", "site_id", "trans_date", "trans_id", "version"),
    )
    fields = {f"vads_{name}": asked[name] for name in echoed}
    fields |= {
        "vads_auth_result": authorisation,
        "vads_effective_creation_date": systempay.moment(at),
        "vads_extra_result": "",
        "vads_hash": sha256(f"{asked['order_id']}{at}".encode()).hexdigest(),
        "vads_payment_src": "EC",
        "vads_result": result,
        "vads_sequence_number": "1",
        "vads_trans_status": status,
        "vads_url_check_src": "PAY",
    }
    if way != ABANDON:  # a card was shown
        fields |= {
            "vads_auth_number": "3fd070",
            "vads_bank_label": "Banque de démonstration",
            "vads_card_brand": "CB",
            "vads_card_number": "497010XXXXXX0014",
            "vads_operation_type": "DEBIT",
            "vads_trans_uuid": sha256(asked["signature"].encode() + way.encode()).hexdigest()[:32],
        }
    return fields
