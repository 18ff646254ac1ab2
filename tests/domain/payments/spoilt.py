"""Notifications that nobody should believe: true ones spoilt in every way, rubbish, and what a body does prove.

The quick tests take in a hundred or so; `script/drills --only banque` a hundred thousand.
"""

import random
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.domain.payments import systempay
from portal.domain.payments.models import OnlinePayment
from portal.domain.people.models import Tenant
from portal.domain.rents.models import LedgerEntry
from tests.bank import KEY, begin, body_of, fields_of, refund_of

URL = "/banque/notification"
FORM = "application/x-www-form-urlencoded"
STATUSES = sorted(systempay.PAID | systempay.PENDING | systempay.REFUSED | systempay.UNDONE | {"ABANDONED", "", "é"})
OTHER_KEY = "8877665544332211"
LONG = "é" * 300
NASTY = ["", "0", "-1", "9" * 20, "1e9", "\x00", LONG, "TEST", "PRODUCTION", "978", "%", "+", "&", "=", "🏠"]
NAMED = "amount ctx_mode currency operation_type order_id site_id trans_date trans_id".split()


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
    proves = (
        len(fields) == len(pairs)
        and fields.get("signature") == systempay.signature(fields, KEY)
        and all(fields.get(f"vads_{name}") == right[f"vads_{name}"] for name in NAMED)
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


@dataclass
class Payments:
    """Payments that were begun, and what some bodies prove of them."""

    begun: list[OnlinePayment]
    proven: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, tenant: Tenant, how_many: int) -> "Payments":
        """Begin so many payments; those paid already need no other proof. The connection must be open."""
        paid = OnlinePayment.select().where(OnlinePayment.state.in_(("paid", "reversed")))
        proven = {payment.order_number for payment in paid}
        return cls([begin(tenant, 5000 + rank, key=str(rank)) for rank in range(how_many)], proven)

    def take_in(self, client: FlaskClient, bodies: Iterator[bytes]) -> Iterator[tuple[bytes, TestResponse]]:
        """Send bodies to the portal and give each answer."""
        asked = {payment.order_number: payment for payment in self.begun}
        for body in bodies:
            self.proven |= proven_by(body, asked)
            yield body, client.post(URL, data=body, content_type=FORM)

    def wrong(self) -> list[str]:
        """Return the payments that brought what nobody proved, or not what they say; the connection must be open."""
        found = []
        for row in OnlinePayment.select().order_by(OnlinePayment.id):
            brought = brought_by(row)
            told = brought == row.kept_cents and brought in (0, row.amount_cents - row.refunded_cents)
            proven = row.state not in ("paid", "reversed") or row.order_number in self.proven
            if not (told and proven):
                found.append(row.order_number)
        return found


def brought_by(payment: OnlinePayment) -> int:
    """Return what a payment brought to the account, in cents."""
    keys = [f"reglement/{payment.order_number}%", f"rejet/{payment.order_number}%"]
    rows = LedgerEntry.select().where(LedgerEntry.business_key ** keys[0] | LedgerEntry.business_key ** keys[1])
    return -sum(row.amount_cents for row in rows)
