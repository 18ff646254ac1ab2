"""From the bank's news to the account: which day, which sum, under which name, and what the payment remembers."""

from datetime import date, timedelta

import pytest

from portal.domain.payments import actions, policy, systempay
from portal.domain.payments.models import BankNotification, OnlinePayment
from portal.domain.rents.entries import chosen_of
from portal.domain.rents.models import LedgerEntry
from portal.domain.rents.queries import account_of
from portal.kernel.periods import Month
from tests.bank import SHOP, UUID, body_of, refund_of
from tests.people import NOW, lease_of, rent

pytestmark = pytest.mark.usefixtures("database")
RENT = 45275
OWED = 3 * RENT
LATER = NOW + timedelta(minutes=1)
AUGUST, SEPTEMBER, OCTOBER = (Month(2026, number) for number in (8, 9, 10))


@pytest.fixture
def payment(database, people) -> OnlinePayment:
    """Bruno, who owes August, September and October, chooses September."""
    return begun(people, policy.Choice("terms", (SEPTEMBER,)))


def begun(people, choice: policy.Choice) -> OnlinePayment:
    return actions.start(
        tenant=people.bruno, lease=lease_of(people.bruno), choice=choice, once_key=choice.kind, mode="TEST", at=NOW
    )


def tell(body: bytes, at=LATER) -> str:
    actions.receive(body=body, shop=SHOP, address="194.50.38.6", at=at)
    return BankNotification.select().order_by(BankNotification.id.desc()).get().verdict


def account(people, at=LATER):
    return account_of(lease_of(people.bruno), on=at.date())


def now(payment: OnlinePayment) -> OnlinePayment:
    return OnlinePayment.get_by_id(payment.id)


def entries(payment: OnlinePayment) -> list[tuple[str, str, int, date]]:
    """The entries a payment made, in the order they were written, without the order's number."""
    made = LedgerEntry.select().where(LedgerEntry.business_key.contains(payment.order_number)).order_by(LedgerEntry.id)
    short = [entry.business_key.replace(payment.order_number, "…") for entry in made]
    return [(key, entry.kind, entry.amount_cents, entry.value_on) for key, entry in zip(short, made, strict=True)]


def test_a_payment_remembers_its_entry_the_banks_reference_and_when_it_moved(people, payment):
    tell(body_of(payment, "UNDER_VERIFICATION"))
    told = now(payment)
    assert (told.state, told.changed_at, told.bank_reference, told.entry) == ("pending", LATER, UUID, None)
    tell(body_of(payment), at=LATER + timedelta(minutes=1))
    told = now(payment)
    assert (told.state, told.changed_at, told.bank_reference) == ("paid", LATER + timedelta(minutes=1), UUID)
    assert entries(payment) == [("reglement/…", "payment_received", -RENT, NOW.date())]
    assert told.entry.business_key == f"reglement/{payment.order_number}"


def test_what_the_bank_says_of_a_payment_of_ours_has_no_fault(payment):
    assert policy.fault_of(systempay.read(body_of(payment)), payment, SHOP) == ""


@pytest.mark.parametrize("status", ["UNDER_VERIFICATION", "REFUSED", "ABANDONED", "CANCELLED"])
def test_the_same_news_again_is_known_already_and_moves_nothing(people, payment, status):
    tell(body_of(payment, status))
    assert tell(body_of(payment, status), at=LATER + timedelta(hours=1)) == "repeated"
    assert now(payment).changed_at == LATER


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("REFUSED", "ABANDONED"),
        ("ABANDONED", "UNDER_VERIFICATION"),
        ("CANCELLED", "REFUSED"),
        ("CANCELLED", "ABANDONED"),
    ],
)
def test_news_that_lead_nowhere_from_where_the_payment_stands_are_overtaken(people, payment, first, then):
    tell(body_of(payment, first))
    stood = now(payment).state
    assert (tell(body_of(payment, then)), now(payment).state) == ("overtaken", stood)


@pytest.mark.parametrize(
    ("made", "told_at", "day"),
    [
        ("20261123100000", NOW + timedelta(days=3), date(2026, 11, 23)),  # the very second it was begun
        ("20261123095959", NOW + timedelta(days=3), date(2026, 11, 26)),  # a second before: cannot be
        ("20261125230000", NOW + timedelta(days=3), date(2026, 11, 26)),  # midnight in Paris
        ("20261125225959", NOW + timedelta(days=3), date(2026, 11, 25)),
        ("20261126100001", NOW + timedelta(days=3), date(2026, 11, 26)),  # after we were told: cannot be
        ("", NOW + timedelta(days=3), date(2026, 11, 26)),
    ],
)
def test_a_payment_counts_from_the_day_the_bank_says_in_paris_if_that_can_be(people, payment, made, told_at, day):
    tell(body_of(payment, effective_creation_date=made), at=told_at)
    assert now(payment).entry.value_on == day


def test_a_payment_undone_after_a_refund_in_part_takes_back_what_was_left_and_no_more(people, payment):
    tell(body_of(payment))
    tell(refund_of(payment, 5000))
    assert tell(body_of(payment, "CANCELLED"), at=LATER + timedelta(days=1)) == "undone"
    told = now(payment)
    assert (told.state, told.refunded_cents, told.kept_cents) == ("reversed", RENT, 0)
    assert account(people, LATER + timedelta(days=1)).balance_cents == OWED
    assert entries(payment)[-1] == (f"rejet/…/{UUID}", "rejected_payment", RENT - 5000, date(2026, 11, 24))


def test_what_is_left_of_a_refund_in_part_is_credited_anew_as_if_it_alone_had_been_paid(people, payment):
    tell(body_of(payment))
    told_at = NOW + timedelta(days=9)
    tell(refund_of(payment, 5000, "a" * 32), at=told_at)
    assert entries(payment) == [
        ("reglement/…", "payment_received", -RENT, NOW.date()),
        (f"rejet/…/{'a' * 32}", "rejected_payment", RENT, told_at.date()),
        (f"reglement/…/{'a' * 32}", "payment_received", 5000 - RENT, NOW.date()),
    ]
    told = now(payment)
    assert (told.state, told.refunded_cents, told.changed_at) == ("paid", 5000, told_at)
    assert told.entry.business_key == f"reglement/{payment.order_number}/{'a' * 32}"
    taken_back = LedgerEntry.get(LedgerEntry.kind == "rejected_payment")
    assert taken_back.label == "Paiement par carte rejeté\u00a0: rendu sur la carte"
    assert (told.entry.method, told.entry.label) == ("carte", "Paiement par carte\u00a0: reste après remboursement")


def test_what_is_left_of_a_payment_that_chose_no_month_stays_on_the_terms_it_had_paid(people):
    payment = begun(people, policy.Choice("sum", cents=RENT + 10000))
    tell(body_of(payment))
    tell(refund_of(payment, 2000))
    assert [(str(term.month), term.rest_cents) for term in account(people).open_terms] == [
        ("2026-09", RENT - 8000),
        ("2026-10", RENT),
    ]
    assert chosen_of(now(payment).entry) == (AUGUST, SEPTEMBER)


def test_what_is_left_of_a_payment_waits_for_no_rent_that_a_file_calls_ahead(people):
    rent(lease_of(people.bruno), Month(2026, 11), pays=False)  # on 30 November, a week from now
    payment = begun(people, policy.Choice("sum", cents=OWED + 10000))
    tell(body_of(payment))
    tell(refund_of(payment, 2000))
    assert chosen_of(now(payment).entry) == (AUGUST, SEPTEMBER, OCTOBER)


def test_refunds_add_up_to_the_payment_and_not_to_a_cent_more(people, payment):
    tell(body_of(payment))
    assert tell(refund_of(payment, 20000, "a" * 32)) == "refunded"
    assert tell(refund_of(payment, RENT - 20000 + 1, "b" * 32)) == "refund_too_large"
    assert now(payment).refunded_cents == 20000
    assert tell(refund_of(payment, 1, "c" * 32)) == "refunded", "one cent is something"
    assert tell(refund_of(payment, RENT - 20001, "d" * 32)) == "refunded"
    assert (now(payment).state, now(payment).refunded_cents) == ("reversed", RENT)
    assert account(people).balance_cents == OWED


def test_refunds_that_come_before_their_payment_are_given_back_once_each_when_it_comes(people, payment):
    told = [refund_of(payment, 5000, "b" * 32), refund_of(payment, 3000, "a" * 32), refund_of(payment, 3000, "a" * 32)]
    assert [tell(body) for body in told] == ["refund_early"] * 3
    assert now(payment).state == "waiting"
    other = actions.start(
        tenant=people.charlie,
        lease=lease_of(people.charlie),
        choice=policy.Choice("sum", cents=4000),
        once_key="z",
        mode="TEST",
        at=NOW,
    )
    assert tell(refund_of(other, 1000)) == "refund_early"
    assert tell(body_of(payment), at=NOW + timedelta(days=1)) == "paid"
    assert (now(payment).state, now(payment).refunded_cents) == ("paid", 8000)
    assert [key for key, *_ in entries(payment)] == [
        "reglement/…",
        f"rejet/…/{'b' * 32}",
        f"reglement/…/{'b' * 32}",
        f"rejet/…/{'a' * 32}",
        f"reglement/…/{'a' * 32}",
    ]
    assert account(people, NOW + timedelta(days=1)).balance_cents == OWED - RENT + 8000
    assert now(other).state == "waiting"


def test_a_refund_that_came_first_and_was_not_done_waits_for_nothing(people, payment):
    assert tell(refund_of(payment, 5000, status="UNDER_VERIFICATION")) == "overtaken"
    tell(body_of(payment))
    assert now(payment).refunded_cents == 0


@pytest.mark.parametrize(
    ("status", "uuid", "verdict"),
    [
        ("AUTHORISED", UUID, "overtaken"),  # the news of before its cancellation
        ("CAPTURED", UUID, "after_undoing"),  # its money was taken after all: for the Office to see
        ("AUTHORISED", "2" * 32, "after_undoing"),
        ("CAPTURED", "2" * 32, "after_undoing"),
    ],
)
def test_money_that_comes_after_a_payment_was_undone_is_for_the_office_to_see(people, payment, status, uuid, verdict):
    tell(body_of(payment))
    tell(body_of(payment, "CANCELLED"))
    assert tell(body_of(payment, status, trans_uuid=uuid)) == verdict
    assert (now(payment).state, account(people).balance_cents) == ("reversed", OWED)


@pytest.mark.parametrize(
    ("status", "uuid", "verdict"),
    [
        ("AUTHORISED", UUID, "overtaken"),
        ("CAPTURED", UUID, "paid"),
        ("AUTHORISED", "2" * 32, "paid"),  # another try of the same order
        ("CAPTURED", "2" * 32, "paid"),
    ],
)
def test_of_what_was_cancelled_before_it_was_paid_only_captured_money_or_another_try_is_credited(
    people, payment, status, uuid, verdict
):
    tell(body_of(payment, "CANCELLED"))
    assert tell(body_of(payment, status, trans_uuid=uuid)) == verdict
    assert account(people).balance_cents == (OWED - RENT if verdict == "paid" else OWED)
    assert now(payment).bank_reference == (uuid if verdict == "paid" else UUID)


def test_the_cancellation_of_a_second_try_that_was_the_paid_one_takes_it_back(people, payment):
    tell(body_of(payment, "REFUSED", trans_uuid="1" * 32))
    tell(body_of(payment, trans_uuid="2" * 32))
    assert tell(body_of(payment, "CANCELLED", trans_uuid="1" * 32)) == "overtaken"
    assert tell(body_of(payment, "CANCELLED", trans_uuid="2" * 32)) == "undone"
    assert account(people).balance_cents == OWED
