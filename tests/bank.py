"""What the bank writes to the portal, in tests: notifications of a payment, signed or spoilt."""

from urllib.parse import urlencode

from portal.domain.housing.models import Lease
from portal.domain.payments import actions, systempay
from portal.domain.payments.models import OnlinePayment
from portal.domain.payments.policy import Choice
from portal.domain.people.models import Tenant
from tests.people import NOW, lease_of

KEY, SITE = "1122334455667788", "00000000"
UUID = "5f3c7f0a9f2e4f7f8a2b9d2c1e0f4a11"
SHOP = systempay.Shop(SITE, "TEST", {"TEST": KEY})


def begin(tenant: Tenant, cents: int = 5000, key: str = "a", at=NOW, lease: Lease | None = None) -> OnlinePayment:
    """Begin a payment of a sum; the connection must be open."""
    lease, choice = lease or lease_of(tenant), Choice("sum", cents=cents)
    return actions.start(tenant=tenant, lease=lease, choice=choice, once_key=key, mode="TEST", at=at)


def fields_of(payment: OnlinePayment, status: str = "AUTHORISED", **changes: str) -> dict[str, str]:
    """Return the fields of a notification; `changes` name fields without « vads_ »."""
    told = {
        "amount": str(payment.amount_cents),
        "auth_result": "00",
        "card_brand": "CB",
        "ctx_mode": "TEST",
        "card_number": "497010XXXXXX0014",
        "currency": "978",
        "effective_creation_date": "",
        "extra_result": "",
        "hash": "0f" * 32,
        "operation_type": "DEBIT",
        "order_id": payment.order_number,
        "result": "00",
        "site_id": SITE,
        "trans_date": payment.trans_date,
        "trans_id": payment.trans_id,
        "trans_status": status,
        "trans_uuid": UUID,
        "url_check_src": "PAY",
        "version": "V2",
    }
    return {f"vads_{name}": value for name, value in (told | changes).items()}


def body_of(payment: OnlinePayment, status: str = "AUTHORISED", key: str = KEY, **changes: str) -> bytes:
    """Return the body of a signed notification."""
    return urlencode(systempay.signed(fields_of(payment, status, **changes), key)).encode()


def refund_of(payment: OnlinePayment, cents: int, uuid: str = "r" * 32, status: str = "CAPTURED") -> bytes:
    """Return the body of a refund's notification: a transaction of its own, made from the bank's back office."""
    own = {"amount": str(cents), "operation_type": "CREDIT", "trans_uuid": uuid, "url_check_src": "MERCH_BO"}
    return body_of(payment, status, trans_id="900123", trans_date="20261123120000", **own)
