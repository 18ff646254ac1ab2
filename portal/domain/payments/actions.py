"""Start a payment, take in what the bank says of it, let go of those nobody speaks of, forget what was said."""

import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from peewee import fn

from portal.db import InstantField, db
from portal.domain.errors import DomainError, TooManyTriesError
from portal.domain.housing.models import Lease
from portal.domain.payments import policy, settlement, systempay
from portal.domain.payments.models import LAPSED, ODD, WAITING, BankNotification, OnlinePayment, PaymentCounter
from portal.domain.payments.systempay import Notice, Shop, UnreadableError
from portal.domain.people import throttles
from portal.domain.people.models import Tenant
from portal.domain.rents.queries import account_of
from portal.kernel.clock import paris_day

NUMBERS_A_DAY = 900_000  # from there on they are the bank's own
STARTS = throttles.Hourly("payment_start", 60)  # a day's numbers are for everybody
RUBBISH_ADDRESS = throttles.Hourly("bank_rubbish_address", 500)
RUBBISH_ALL = throttles.Hourly("bank_rubbish", 3000)

# What is kept of a notification; nothing of the card but its brand and its masked number.
KEPT = (
    *("amount", "auth_number", "auth_result", "card_brand", "card_number", "ctx_mode", "currency"),
    *("effective_creation_date", "extra_result", "operation_type", "order_id", "payment_src", "result"),
    *("sequence_number", "site_id", "trans_date", "trans_id", "trans_status", "trans_uuid", "url_check_src"),
    "warranty_result",
)
LONGEST_FACT = 80
WORDS_KEPT = "+15 months"  # what the Office has to answer for with the bank; the books need none of it

log = logging.getLogger(__name__)


class UsedKeyError(DomainError):
    """The one-time key of a form was used for something else."""

    sentence = "Cette page a expiré. Rechargez-la, puis recommencez."


@dataclass(frozen=True)
class Answer:
    """What the bank is answered: a status and a line of plain text that its back office keeps."""

    status: int
    words: str


NOT_OURS = Answer(400, "Signature ou contenu non reconnu.")


def start(
    *, tenant: Tenant, lease: Lease, choice: policy.Choice, once_key: str, mode: str, at: datetime
) -> OnlinePayment:
    """Begin a payment: its amount, order number and transaction number are fixed together; sent twice, it begins once.

    Raises WrongAmountError for a sum that cannot be paid, UsedKeyError for the key of another payment, and
    TooManyTriesError for who begins more than sixty an hour.
    """
    throttles.count((STARTS, str(tenant.id)), at=at)
    with db.atomic():
        begun = OnlinePayment.get_or_none(OnlinePayment.once_key == once_key)
        if begun:
            if (begun.tenant_id, begun.lease_id) != (tenant.id, lease.id):
                raise UsedKeyError
            return begun
        cents = policy.amount_of(account_of(lease, on=paris_day(at)), choice)
        day = at.astimezone(UTC).strftime("%Y%m%d")
        trans_id = next_trans_id(day)
        return OnlinePayment.create(
            order_number=f"PAY-{day}-{trans_id}",
            lease=lease,
            tenant=tenant,
            choice=choice.kind,
            months=choice.months,
            amount_cents=cents,
            mode=mode,
            trans_day=day,
            trans_id=trans_id,
            started_at=at,
            changed_at=at,
            once_key=once_key,
        )


def next_trans_id(day: str) -> str:
    """Take the next transaction number of a UTC day, inside the transaction that begins the payment."""
    PaymentCounter.insert(day=day, given=0).on_conflict_ignore().execute()
    given = PaymentCounter.get(PaymentCounter.day == day).given
    if given >= NUMBERS_A_DAY:
        raise DomainError("Trop de paiements ont été commencés aujourd’hui. Réessayez demain.")
    PaymentCounter.update(given=given + 1).where(PaymentCounter.day == day).execute()
    return f"{given:06d}"


def receive(*, body: bytes, shop: Shop, address: str, at: datetime) -> Answer:
    """Take in a notification: check it, note it with its verdict, and credit what it proves, all or nothing.

    Sent again, shuffled or from several processes at once, it changes nothing more. Whatever is not signed by the
    bank is noted up to a limit (anyone may write here) and answered 400; what is signed is always noted.
    """
    try:
        notice = systempay.read(body)
    except UnreadableError:
        return _put_aside(body, Notice({}), "unreadable", address, at)
    if not notice.is_signed_by(shop.key_of(notice["ctx_mode"])):
        return _put_aside(body, notice, "bad_signature", address, at)
    with db.atomic():
        payment = OnlinePayment.get_or_none(OnlinePayment.order_number == notice["order_id"])
        fault = policy.fault_of(notice, payment, shop)
        verdict = fault if fault or payment is None else _settled(notice, payment, at)
        _note(body, notice, verdict, address, at, payment)
    if verdict in ODD:
        log.warning("bank notification to look at: %s", verdict)
    return Answer(200, f"Notification prise en compte : {verdict}.")


def lapse(*, at: datetime) -> int:
    """Mark « sans suite » the payments nobody spoke of for thirty minutes; return how many there were."""
    silent = (OnlinePayment.state == WAITING) & (OnlinePayment.started_at <= at - policy.PATIENCE)
    with db.atomic():
        payments = list(OnlinePayment.select().where(silent).order_by(OnlinePayment.id))
        for payment in payments:
            settlement.move(payment, LAPSED, at)
    return len(payments)


def erase_old_words(*, at: datetime) -> int:
    """Erase what notifications received fifteen months ago say, and where they came from; return how many there were.

    When they came, their verdict, order, state, reference, amount and fingerprint stay (RGPD, art. 5-1 e: a datum is
    kept no longer than its use).
    """
    due_at = fn.strftime("%Y-%m-%dT%H:%M:%SZ", BankNotification.received_at, WORDS_KEPT)
    old = BankNotification.erased_at.is_null() & (due_at <= InstantField().db_value(at))
    with db.atomic():
        return BankNotification.update(facts="{}", address="", erased_at=at).where(old).execute()


def _settled(notice: Notice, payment: OnlinePayment, at: datetime) -> str:
    """Apply right news; when the account refuses them (an entry undone by hand), the Office has to look."""
    try:
        with db.atomic():
            return settlement.apply(notice=notice, payment=payment, at=at)
    except DomainError:
        return "account_refused"


def _put_aside(body: bytes, notice: Notice, verdict: str, address: str, at: datetime) -> Answer:
    try:
        network = throttles.network_of(address)
        throttles.count((RUBBISH_ADDRESS, network), (RUBBISH_ALL, ""), at=at)
    except TooManyTriesError:
        return NOT_OURS
    _note(body, notice, verdict, address, at, None)
    log.warning("bank notification refused: %s", verdict)
    return NOT_OURS


def _note(body: bytes, notice: Notice, verdict: str, address: str, at: datetime, payment: OnlinePayment | None) -> None:
    facts = {name: fact for name in KEPT if (fact := _kept(name, notice[name]))}
    BankNotification.create(
        received_at=at,
        address=address,
        sha256=sha256(body).hexdigest(),
        size=len(body),
        verdict=verdict,
        payment=payment,
        order_number=facts.get("order_id", ""),
        trans_status=facts.get("trans_status", ""),
        bank_reference=_kept("trans_uuid", notice.reference),
        amount_cents=notice.amount_cents,
        facts=json.dumps(facts, ensure_ascii=False),
    )


def _kept(name: str, text: str) -> str:
    """Return a fact as it is kept: short, printable; a card number that is not masked is not kept at all."""
    if name == "card_number" and sum(letter.isdigit() for letter in text) > 10:
        return "non masqué : effacé"
    return "".join(letter for letter in text if letter.isprintable())[:LONGEST_FACT]
