"""Online payments, what the bank said of them, and the demonstration bank's post. Amounts are cents."""

from datetime import UTC

from peewee import Check, ForeignKeyField, IntegerField, TextField

from portal.db import Id, InstantField, MaybeId, Model, one_of
from portal.domain.housing.models import Lease
from portal.domain.payments.systempay import MODES
from portal.domain.people.models import Tenant
from portal.domain.rents.models import LedgerEntry
from portal.kernel.periods import Month

WAITING, PENDING, PAID, REFUSED, ABANDONED = "waiting", "pending", "paid", "refused", "abandoned"
LAPSED, CANCELLED, REVERSED = "lapsed", "cancelled", "reversed"
STATES = (WAITING, PENDING, PAID, REFUSED, ABANDONED, LAPSED, CANCELLED, REVERSED)
CHOICES = ("balance", "terms", "sum")
LEAST_CENTS = 100

# What came of a notification: news of a payment, then what the Office should look at.
NEWS = ("paid", "pending", "refused", "abandoned", "undone", "refunded", "repeated", "overtaken")
ODD = (
    *("unreadable", "bad_signature", "not_a_notification", "wrong_mode", "wrong_shop", "unknown_order"),
    *("wrong_transaction", "wrong_currency", "wrong_amount", "wrong_operation", "unknown_status"),
    *("second_payment", "after_undoing", "refund_early", "refund_too_large", "account_refused"),
)
VERDICTS = NEWS + ODD


class MonthsField(TextField):
    """Some months, oldest first, kept as « 2026-06 2026-07 »."""

    def db_value(self, value: tuple[Month, ...]) -> str:
        """Keep the ISO forms."""
        return " ".join(str(month) for month in sorted(value))

    def python_value(self, value: str | None) -> tuple[Month, ...]:
        """Return Months."""
        return tuple(Month.parse(text) for text in (value or "").split())


class OnlinePayment(Model):
    """One try at paying one lease's rent by card. What was asked never changes; `state` only moves along policy.ARROWS.

    `trans_id` is taken from a counter of the UTC day: the bank refuses one it saw that day. `bank_reference` is the
    bank's own number of the transaction, once there is one; `refunded_cents` is what went back to the card.
    """

    order_number = TextField(unique=True)
    lease = ForeignKeyField(Lease, backref="online_payments", index=False, on_delete="RESTRICT")
    tenant = ForeignKeyField(Tenant, backref="online_payments", on_delete="RESTRICT")
    choice = TextField()
    months = MonthsField(default=())
    amount_cents = IntegerField()
    mode = TextField()
    trans_day = TextField()
    trans_id = TextField()
    started_at = InstantField()
    state = TextField(default=WAITING)
    changed_at = InstantField()
    bank_reference = TextField(default="")
    refunded_cents = IntegerField(default=0)
    entry = ForeignKeyField(LedgerEntry, null=True, unique=True, on_delete="RESTRICT")
    once_key = TextField(unique=True)
    entry_id: MaybeId
    lease_id: Id
    tenant_id: Id

    class Meta:
        table_name = "online_payment"
        indexes = (
            (("trans_day", "trans_id"), True),
            (("lease", "started_at"), False),
            (("state", "started_at"), False),
        )
        constraints = [
            one_of("state", *STATES),
            one_of("choice", *CHOICES),
            one_of("mode", *MODES),
            Check(f"amount_cents >= {LEAST_CENTS}"),
            Check("refunded_cents BETWEEN 0 AND amount_cents"),
            Check("length(trans_id) = 6 AND trans_id < '900000'"),
            Check("(state IN ('paid', 'reversed')) = (entry_id IS NOT NULL)"),
        ]

    @property
    def trans_date(self) -> str:
        """The moment the bank was given, as it writes it."""
        return self.started_at.astimezone(UTC).strftime("%Y%m%d%H%M%S")

    @property
    def kept_cents(self) -> int:
        """What the payment brought, refunds taken off; nothing before it is paid."""
        return self.amount_cents - self.refunded_cents if self.state == PAID else 0


class PaymentCounter(Model):
    """How many transaction numbers were given in a UTC day, « 20260704 »."""

    day = TextField(unique=True)
    given = IntegerField()

    class Meta:
        table_name = "payment_counter"
        constraints = [Check("given BETWEEN 0 AND 900000")]


class BankNotification(Model):
    """One notification as it came and what came of it. Triggers refuse to delete it, and to change it but in one way.

    `facts` is JSON: the fields worth keeping, the card's number masked and nothing else of the card. After fifteen
    months they are erased, with the address they came from, and `erased_at` says when; the verdict and the order stay.
    """

    received_at = InstantField()
    address = TextField()
    sha256 = TextField()
    size = IntegerField()
    verdict = TextField()
    payment = ForeignKeyField(OnlinePayment, backref="notifications", null=True, on_delete="RESTRICT")
    order_number = TextField(default="")
    trans_status = TextField(default="")
    bank_reference = TextField(default="")
    amount_cents = IntegerField(null=True)
    facts = TextField(default="{}")
    erased_at = InstantField(null=True)

    class Meta:
        table_name = "bank_notification"
        indexes = ((("verdict", "received_at"), False), (("received_at",), False))
        constraints = [
            one_of("verdict", *VERDICTS),
            Check("erased_at IS NULL OR (facts = '{}' AND address = '')"),
        ]


class DemoNotice(Model):
    """A notification the demonstration bank has to send. The row is the queue; the worker looks at it every second."""

    body = TextField()
    send_at = InstantField()
    tries = IntegerField(default=0)
    sent_at = InstantField(null=True)
    answer = TextField(default="")

    class Meta:
        table_name = "demo_notice"
        indexes = ((("sent_at", "send_at"), False),)
