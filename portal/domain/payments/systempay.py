"""Systempay's hosted payment form: what we ask, how it is signed, what its notifications say.

Nothing here knows the database or the web. The signature covers the values joined by « + » in the order of the names,
not the names: whoever holds one signed set may give its values other names. Hence two rules: no value we sign holds a
« + » nor words a tenant chose, and a notification is believed only if it says it is one (`vads_url_check_src`).
"""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from urllib.parse import parse_qsl

TEST, PRODUCTION = "TEST", "PRODUCTION"
MODES = (TEST, PRODUCTION)
PAYMENT_PAGE = "https://paiement.systempay.fr/vads-payment/"
EURO = "978"
PREFIX = "vads_"
SIGNATURE = "signature"
MOMENT = "%Y%m%d%H%M%S"
LONGEST_BODY = 64 * 1024
MOST_FIELDS = 250
MOST_DIGITS = 12

PAID = frozenset({"AUTHORISED", "CAPTURED"})
PENDING = frozenset(
    "AUTHORISED_TO_VALIDATE WAITING_AUTHORISATION WAITING_AUTHORISATION_TO_VALIDATE UNDER_VERIFICATION INITIAL "
    "WAITING_FOR_PAYMENT SUSPENDED".split()
)
REFUSED = frozenset({"REFUSED", "NOT_CREATED"})
UNDONE = frozenset({"CANCELLED", "EXPIRED", "CAPTURE_FAILED"})
ABANDONED = frozenset({"ABANDONED"})


class News(StrEnum):
    """What a notification announces of a transaction."""

    PAID = "paid"
    PENDING = "pending"
    REFUSED = "refused"
    ABANDONED = "abandoned"
    UNDONE = "undone"
    UNKNOWN = "unknown"


class UnreadableError(ValueError):
    """The body of a notification is no form the bank could have sent."""


@dataclass(frozen=True)
class Shop:
    """Our shop at the bank: its number, the mode it works in, the key of each mode ("" for none)."""

    site_id: str
    mode: str
    keys: Mapping[str, str] = field(repr=False, default_factory=dict)

    def key_of(self, mode: str) -> str:
        """Return the key of a mode, "" for a mode that has none."""
        return self.keys.get(mode, "")


@dataclass(frozen=True)
class Notice:
    """A notification, read: `amount_cents` is None when it is no amount."""

    fields: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """Return a field by its name without « vads_ », "" when it is not there."""
        return self.fields.get(PREFIX + name, "")

    @property
    def amount_cents(self) -> int | None:
        """The amount of the operation."""
        return _cents(self["amount"])

    @property
    def is_refund(self) -> bool:
        """Whether money goes back to the card."""
        return self["operation_type"] == "CREDIT"

    @property
    def is_debit(self) -> bool:
        """Whether money comes from the card (an abandoned payment may say nothing of it)."""
        return self["operation_type"] == "DEBIT" or (self["operation_type"] == "" and self.news is not News.PAID)

    @property
    def news(self) -> News:
        """What the status announces; a status nobody knows announces nothing."""
        for news, statuses in _NEWS.items():
            if self["trans_status"] in statuses:
                return news
        return News.UNKNOWN

    @property
    def reference(self) -> str:
        """What tells this transaction from every other one of the order."""
        return self["trans_uuid"] or f"{self['trans_date']}-{self['trans_id']}"

    @property
    def made_at(self) -> datetime | None:
        """When the bank made the transaction, if it says so."""
        try:
            return datetime.strptime(self["effective_creation_date"], MOMENT).replace(tzinfo=UTC)
        except ValueError:
            return None

    def is_signed_by(self, key: str) -> bool:
        """Say whether the key signed these fields, in a time that does not depend on them."""
        given = self.fields.get(SIGNATURE, "").encode()
        return bool(key) and hmac.compare_digest(given, signature(self.fields, key).encode())


_NEWS = {
    News.PAID: PAID,
    News.PENDING: PENDING,
    News.REFUSED: REFUSED,
    News.ABANDONED: ABANDONED,
    News.UNDONE: UNDONE,
}


def signature(fields: Mapping[str, str], key: str) -> str:
    """Return the signature of the `vads_` fields: HMAC-SHA-256 of their values in the order of the names, in base64."""
    values = [fields[name] for name in sorted(fields) if name.startswith(PREFIX)]
    return b64encode(hmac.digest(key.encode(), "+".join([*values, key]).encode(), sha256)).decode()


def signed(fields: Mapping[str, str], key: str) -> dict[str, str]:
    """Return fields with their signature."""
    return {**fields, SIGNATURE: signature(fields, key)}


def request(
    *, shop: Shop, order_number: str, trans_id: str, at: datetime, amount_cents: int, customer: str, return_url: str
) -> dict[str, str]:
    """Return the signed fields that ask the bank for one immediate payment in euros.

    The bank learns the tenant's number and nothing else of the person. Raises ValueError for a value with a « + ».
    """
    fields = {
        "vads_action_mode": "INTERACTIVE",
        "vads_amount": str(amount_cents),
        "vads_capture_delay": "0",
        "vads_ctx_mode": shop.mode,
        "vads_currency": EURO,
        "vads_cust_id": customer,
        "vads_language": "fr",
        "vads_order_id": order_number,
        "vads_page_action": "PAYMENT",
        "vads_payment_config": "SINGLE",
        "vads_return_mode": "GET",
        "vads_site_id": shop.site_id,
        "vads_trans_date": moment(at),
        "vads_trans_id": trans_id,
        "vads_url_return": return_url,
        "vads_validation_mode": "0",
        "vads_version": "V2",
    }
    if any("+" in value for value in fields.values()):
        raise ValueError("a signed value with a plus sign could be taken apart and given other names")
    return signed(fields, shop.key_of(shop.mode))


def moment(at: datetime) -> str:
    """Write an instant as the bank does: UTC, « 20260704081500 »."""
    return at.astimezone(UTC).strftime(MOMENT)


def read(body: bytes) -> Notice:
    """Read the body of a notification: blank values count, for they are signed.

    Raises UnreadableError when it is too long, not UTF-8, or names a field twice.
    """
    if len(body) > LONGEST_BODY:
        raise UnreadableError("too long")
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS, separator="&"
        )
    except ValueError as error:
        raise UnreadableError("not a form in UTF-8") from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise UnreadableError("a field comes twice")
    return Notice(fields)


def _cents(text: str) -> int | None:
    plain = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if plain else None
