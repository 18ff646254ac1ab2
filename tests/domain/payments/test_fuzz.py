"""Thousands of spoilt notifications: never a fault, never a cent that the key did not sign for the amount asked.

PORTAL_FUZZ says how many (3 000 without it); the full run is `PORTAL_FUZZ=100000 script/test tests/domain/payments`.
"""

import os
import random
import string
from urllib.parse import parse_qsl, urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.db import db
from portal.domain.payments import systempay
from portal.domain.payments.models import BankNotification, OnlinePayment
from portal.domain.payments.systempay import Notice
from portal.domain.rents.models import LedgerEntry
from tests.bank import KEY, begin, body_of, fields_of, refund_of

URL = "/banque/notification"
HOW_MANY = int(os.environ.get("PORTAL_FUZZ", "3000"))
STATUSES = sorted(systempay.PAID | systempay.PENDING | systempay.REFUSED | systempay.UNDONE | {"ABANDONED", "", "é"})
OTHER_KEY = "8877665544332211"
NASTY = [
    "",
    "0",
    "-1",
    "99999999999999999999",
    "1e9",
    "\x00",
    "é" * 300,
    "TEST",
    "PRODUCTION",
    "978",
    "%",
    "+",
    "&",
    "=",
    "🏠",
]


def proven_by(body: bytes, payments: dict[str, OnlinePayment]) -> set[str]:
    """Return the number of the payment that a body proves was made as asked, by other means than the portal's."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=250)
    except ValueError:
        return set()
    fields = dict(pairs)
    payment = payments.get(fields.get("vads_order_id", ""))
    if payment is None:
        return set()
    right = fields_of(payment) | {"vads_trans_status": fields.get("vads_trans_status", "")}
    named = "amount ctx_mode currency operation_type order_id site_id trans_date trans_id".split()
    proves = (
        len(fields) == len(pairs)
        and fields.get("signature") == systempay.signature(fields, KEY)
        and all(fields.get(f"vads_{name}") == right[f"vads_{name}"] for name in named)
        and bool(fields.get("vads_url_check_src"))
        and fields.get("vads_trans_status") in ("AUTHORISED", "CAPTURED")
    )
    return {payment.order_number} if proves else set()


class Mutant:
    """Makes notifications from true ones: changed before or after the signature, cut, doubled, shuffled, re-signed."""

    def __init__(self, seed: int, payments: list[OnlinePayment]) -> None:
        self.draws, self.payments = random.Random(seed), payments

    def body(self) -> bytes:
        """Return the next one."""
        payment = self.draws.choice(self.payments)
        ways = (self.changed, self.resigned, self.renamed, self.bytes_flipped, self.cut, self.rubbish, self.refund)
        return self.draws.choice(ways)(payment)

    def fields(self, payment: OnlinePayment) -> dict[str, str]:
        return fields_of(payment, self.draws.choice(STATUSES), trans_uuid=self.draws.choice(["a", "b", ""]) * 32)

    def spoilt(self, fields: dict[str, str]) -> dict[str, str]:
        for _ in range(self.draws.randrange(1, 4)):
            name = self.draws.choice(sorted(fields))
            what = self.draws.randrange(4)
            if what == 0:
                del fields[name]
            elif what == 1:
                fields[name] = self.draws.choice(NASTY)
            elif what == 2:
                fields[name] += self.draws.choice(string.printable)
            else:
                fields[f"vads_{self.draws.choice(NASTY)}"] = self.draws.choice(NASTY)
        return fields

    def changed(self, payment: OnlinePayment) -> bytes:
        return urlencode(self.spoilt(systempay.signed(self.fields(payment), KEY))).encode()

    def resigned(self, payment: OnlinePayment) -> bytes:
        key = self.draws.choice((KEY, KEY, OTHER_KEY, ""))
        return urlencode(systempay.signed(self.spoilt(self.fields(payment)), key)).encode()

    def renamed(self, payment: OnlinePayment) -> bytes:
        """Keep what is signed, the values in their order, and give them other names, cut or joined elsewhere."""
        fields = systempay.signed(self.fields(payment), KEY)
        joined = "+".join(fields[name] for name in sorted(fields) if name.startswith("vads_"))
        pieces = joined.split("+")
        names = sorted(self.draws.sample(sorted(fields), min(len(fields), len(pieces) - 1)))
        values = [*pieces[: len(names) - 1], "+".join(pieces[len(names) - 1 :])]
        return urlencode([*zip(names, values, strict=True), ("signature", fields["signature"])]).encode()

    def bytes_flipped(self, payment: OnlinePayment) -> bytes:
        body = bytearray(body_of(payment, self.draws.choice(STATUSES)))
        for _ in range(self.draws.randrange(1, 5)):
            body[self.draws.randrange(len(body))] = self.draws.randrange(256)
        return bytes(body)

    def cut(self, payment: OnlinePayment) -> bytes:
        body = body_of(payment)
        start, end = sorted(self.draws.choices(range(len(body)), k=2))
        return self.draws.choice((body[start:end], body + body[start:end], body[:start] + body[end:]))

    def rubbish(self, _payment: OnlinePayment) -> bytes:
        return self.draws.randbytes(self.draws.randrange(300))

    def refund(self, payment: OnlinePayment) -> bytes:
        return refund_of(payment, self.draws.choice((0, 1, 2500, 5000, 5001, -1)), self.draws.choice("xyz") * 32)


def account(payments: list[OnlinePayment]) -> dict[str, int]:
    """Return what each payment brought to the account, in cents."""
    brought = {}
    for payment in payments:
        keys = [f"reglement/{payment.order_number}%", f"rejet/{payment.order_number}%"]
        rows = LedgerEntry.select().where(LedgerEntry.business_key ** keys[0] | LedgerEntry.business_key ** keys[1])
        brought[payment.order_number] = -sum(row.amount_cents for row in rows)
    return brought


def test_spoilt_notifications_never_break_anything_nor_bring_a_cent(client, people):
    with db.connection_context():
        payments = [begin(people.bruno, 5000 + rank, key=str(rank)) for rank in range(40)]
    mutant, proven = Mutant(20261123, payments), set()
    asked = {payment.order_number: payment for payment in payments}
    for _ in range(HOW_MANY):
        body = mutant.body()
        status = client.post(URL, data=body, content_type="application/x-www-form-urlencoded").status_code
        assert status in (200, 400), body
        proven |= proven_by(body, asked)
    with db.connection_context():
        brought = account(payments)
        states = {each.order_number: each.state for each in OnlinePayment.select()}
        for payment in payments:
            row = OnlinePayment.get_by_id(payment.id)
            assert brought[payment.order_number] == row.kept_cents, row.order_number
            assert brought[payment.order_number] in (0, payment.amount_cents - row.refunded_cents)
        assert {number for number, state in states.items() if state in ("paid", "reversed")} <= proven
        assert proven, "some mutants must be true, or nothing was tried"
        assert BankNotification.select().count() <= HOW_MANY


@settings(max_examples=max(200, HOW_MANY // 20), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
def test_nothing_that_is_not_signed_is_believed(client, body):
    assert client.post(URL, data=body, content_type="application/x-www-form-urlencoded").status_code == 400


def test_the_values_of_a_true_notification_under_other_names_prove_nothing_else(client, people):
    with db.connection_context():
        small, large = begin(people.bruno, 100, key="s"), begin(people.bruno, 100_000, key="l")
        client_body = dict(parse_qsl(body_of(small).decode(), keep_blank_values=True))
        mutant = Mutant(1, [small])
    for _ in range(300):
        client.post(URL, data=mutant.renamed(small), content_type="application/x-www-form-urlencoded")
    with db.connection_context():
        assert OnlinePayment.get_by_id(large.id).state == "waiting"
    assert Notice(client_body).is_signed_by(KEY)
