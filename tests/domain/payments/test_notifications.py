"""What the bank says, and what becomes of the account: once, exactly, whatever the order and the lies."""

from datetime import timedelta

import pytest
from peewee import IntegrityError

from portal.domain.payments import actions, policy, systempay
from portal.domain.payments.models import BankNotification, OnlinePayment
from portal.domain.people.models import Throttle
from portal.domain.rents.actions import reverse_entry
from portal.domain.rents.models import LedgerEntry
from portal.domain.rents.queries import account_of
from portal.kernel.periods import Month
from tests.bank import KEY, SHOP, body_of, fields_of, refund_of
from tests.people import NOW, lease_of

pytestmark = pytest.mark.usefixtures("database")
OWED = 3 * 45275
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def payment(database, people) -> OnlinePayment:
    """Bruno, who owes three months, pays the oldest."""
    return actions.start(
        tenant=people.bruno,
        lease=lease_of(people.bruno),
        choice=policy.Choice("terms", (Month(2026, 9),)),
        once_key="a",
        mode="TEST",
        at=NOW,
    )


def tell(body: bytes, at=LATER, shop=SHOP) -> str:
    """Let the bank say something and return the verdict."""
    answer = actions.receive(body=body, shop=shop, address="194.50.38.6", at=at)
    verdict = BankNotification.select().order_by(BankNotification.id.desc()).get().verdict
    assert answer.status == (400 if verdict in ("bad_signature", "unreadable") else 200)
    return verdict


def owed(people, at=LATER) -> int:
    """Return what Bruno owes."""
    return account_of(lease_of(people.bruno), on=at.date()).balance_cents


def state(payment: OnlinePayment) -> str:
    return OnlinePayment.get_by_id(payment.id).state


def test_an_authorised_payment_credits_the_terms_that_were_chosen(people, payment):
    assert tell(body_of(payment)) == "paid"
    account = account_of(lease_of(people.bruno), on=NOW.date())
    assert (account.balance_cents, account.term(Month(2026, 9)).rest_cents) == (OWED - 45275, 0)
    entry = LedgerEntry.get(LedgerEntry.business_key == f"reglement/{payment.order_number}")
    assert (entry.method, entry.amount_cents) == ("carte", -45275)
    assert OnlinePayment.get().entry == entry


def test_the_same_news_ten_times_credits_once(people, payment):
    verdicts = [tell(body_of(payment)) for _ in range(10)]
    assert verdicts == ["paid"] + ["repeated"] * 9
    assert tell(body_of(payment, "CAPTURED")) == "repeated"
    assert owed(people) == OWED - 45275


@pytest.mark.parametrize(
    ("status", "verdict", "after"),
    [
        ("REFUSED", "refused", "refused"),
        ("ABANDONED", "abandoned", "abandoned"),
        ("UNDER_VERIFICATION", "pending", "pending"),
        ("CANCELLED", "undone", "cancelled"),
        ("CAPTURE_FAILED", "undone", "cancelled"),
        ("EXPIRED", "undone", "cancelled"),
        ("ACCEPTED", "unknown_status", "waiting"),
        ("authorised", "unknown_status", "waiting"),
        ("", "unknown_status", "waiting"),
    ],
)
def test_what_is_not_paid_credits_nothing(people, payment, status, verdict, after):
    assert (tell(body_of(payment, status)), state(payment)) == (verdict, after)
    assert owed(people) == OWED


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"amount": "45274"}, "wrong_amount"),
        ({"amount": ""}, "wrong_amount"),
        ({"amount": "45275.00"}, "wrong_amount"),
        ({"currency": "840"}, "wrong_currency"),
        ({"site_id": "87654321"}, "wrong_shop"),
        ({"order_id": "PAY-20260101-000000"}, "unknown_order"),
        ({"trans_id": "000099"}, "wrong_transaction"),
        ({"trans_date": "20260101000000"}, "wrong_transaction"),
        ({"operation_type": "VERIFICATION"}, "wrong_operation"),
        ({"operation_type": ""}, "wrong_operation"),
        ({"url_check_src": ""}, "not_a_notification"),
    ],
)
def test_what_is_signed_and_is_not_what_we_asked_credits_nothing(people, payment, changes, verdict):
    assert tell(body_of(payment, **changes)) == verdict
    assert (state(payment), owed(people)) == ("waiting", OWED)


def test_a_forged_or_spoilt_notification_credits_nothing(people, payment):
    assert tell(body_of(payment, key="8877665544332211")) == "bad_signature"
    assert tell(body_of(payment).replace(b"vads_amount=45275", b"vads_amount=99900")) == "bad_signature"
    assert tell(body_of(payment, key="")) == "bad_signature"
    assert tell(b"\xff\xfe\x00") == "unreadable"
    assert owed(people) == OWED


def test_a_test_notification_never_pays_in_production_and_the_other_way_round(people, payment):
    both = {"TEST": KEY, "PRODUCTION": "8877665544332211"}
    production = systempay.Shop("00000000", "PRODUCTION", both)
    assert tell(body_of(payment), shop=production) == "wrong_mode"
    real = body_of(payment, ctx_mode="PRODUCTION", key=both["PRODUCTION"])
    assert tell(real, shop=production) == "wrong_mode"  # the payment itself was begun in test
    assert tell(real, shop=systempay.Shop("00000000", "TEST", both)) == "wrong_mode"
    assert tell(body_of(payment), shop=systempay.Shop("00000000", "", both)) == "wrong_mode"
    assert tell(body_of(payment, ctx_mode="")) == "bad_signature"
    assert owed(people) == OWED


def test_a_shop_without_a_key_believes_nobody(people, payment):
    assert tell(body_of(payment, key=""), shop=systempay.Shop("00000000", "TEST", {"TEST": ""})) == "bad_signature"


@pytest.mark.parametrize("first", ["REFUSED", "ABANDONED", "UNDER_VERIFICATION"])
def test_a_second_try_on_the_banks_page_may_succeed(people, payment, first):
    tell(body_of(payment, first, trans_uuid="1" * 32))
    assert tell(body_of(payment)) == "paid"
    assert owed(people) == OWED - 45275


@pytest.mark.parametrize("late", ["REFUSED", "ABANDONED", "UNDER_VERIFICATION"])
def test_older_news_that_come_after_the_payment_change_nothing(people, payment, late):
    tell(body_of(payment))
    assert tell(body_of(payment, late)) == "overtaken"
    assert (state(payment), owed(people)) == ("paid", OWED - 45275)


def test_a_payment_without_news_lapses_and_may_still_be_paid(people, payment):
    after = NOW + timedelta(minutes=30)
    assert policy.state_of(payment, at=after - timedelta(seconds=1)) == "waiting"
    assert policy.state_of(payment, at=after) == "lapsed"
    assert [actions.lapse(at=after), actions.lapse(at=after)] == [1, 0]
    assert tell(body_of(payment), at=after) == "paid"
    assert owed(people) == OWED - 45275


def test_a_late_notification_counts_from_the_day_the_tenant_paid(people, payment):
    tell(body_of(payment, effective_creation_date="20261123100200"), at=NOW + timedelta(days=4))
    assert OnlinePayment.get().entry.value_on == NOW.date()


@pytest.mark.parametrize("told", ["20200101000000", "29991231000000", "hier"])
def test_a_day_that_cannot_be_is_not_believed(people, payment, told):
    tell(body_of(payment, effective_creation_date=told))
    assert OnlinePayment.get().entry.value_on == NOW.date()


@pytest.mark.parametrize("status", ["CANCELLED", "CAPTURE_FAILED", "EXPIRED"])
def test_a_payment_undone_is_taken_back_once(people, payment, status):
    tell(body_of(payment))
    assert [tell(body_of(payment, status)), tell(body_of(payment, status))] == ["undone", "repeated"]
    assert (state(payment), owed(people)) == ("reversed", OWED)
    assert tell(body_of(payment)) == "overtaken"
    assert owed(people) == OWED


def test_a_cancellation_that_comes_before_the_payment_wins_over_it(people, payment):
    tell(body_of(payment, "CANCELLED"))
    assert tell(body_of(payment)) == "overtaken"
    assert owed(people) == OWED


def test_money_captured_after_a_failed_capture_is_credited(people, payment):
    tell(body_of(payment, "CAPTURE_FAILED"))
    assert tell(body_of(payment, "CAPTURED")) == "paid"
    assert owed(people) == OWED - 45275


def test_another_try_that_was_cancelled_takes_nothing_back(people, payment):
    tell(body_of(payment))
    assert tell(body_of(payment, "CANCELLED", trans_uuid="2" * 32)) == "overtaken"
    assert owed(people) == OWED - 45275


def test_a_second_transaction_of_the_same_order_is_for_the_office_to_see(people, payment):
    tell(body_of(payment))
    assert tell(body_of(payment, trans_uuid="2" * 32)) == "second_payment"
    assert owed(people) == OWED - 45275


def test_a_refund_is_taken_back_once(people, payment):
    tell(body_of(payment))
    assert [tell(refund_of(payment, 45275)), tell(refund_of(payment, 45275))] == ["refunded", "repeated"]
    assert (state(payment), owed(people)) == ("reversed", OWED)


def test_a_refund_in_parts_leaves_the_rest_on_the_terms_it_paid(people, payment):
    tell(body_of(payment))
    assert tell(refund_of(payment, 5000, "a" * 32)) == "refunded"
    assert tell(refund_of(payment, 5000, "a" * 32)) == "repeated"
    account = account_of(lease_of(people.bruno), on=NOW.date())
    assert (account.balance_cents, account.term(Month(2026, 9)).rest_cents) == (OWED - 40275, 5000)
    assert tell(refund_of(payment, 40275, "b" * 32)) == "refunded"
    assert (state(payment), owed(people)) == ("reversed", OWED)


def test_a_refund_that_comes_before_its_payment_waits_for_it(people, payment):
    assert [tell(refund_of(payment, 5000)) for _ in range(2)] == ["refund_early", "refund_early"]
    assert tell(body_of(payment)) == "paid"
    assert owed(people) == OWED - 40275
    assert tell(refund_of(payment, 5000)) == "repeated"


def test_no_more_is_given_back_than_was_paid(people, payment):
    tell(body_of(payment))
    tell(refund_of(payment, 40000, "a" * 32))
    assert tell(refund_of(payment, 40000, "b" * 32)) == "refund_too_large"
    assert tell(refund_of(payment, 45276, "c" * 32)) == "wrong_amount"
    assert tell(refund_of(payment, 0, "d" * 32)) == "wrong_amount"
    assert owed(people) == OWED - 5275


def test_a_refund_that_is_not_done_moves_nothing(people, payment):
    tell(body_of(payment))
    assert tell(refund_of(payment, 45275, status="REFUSED")) == "overtaken"
    assert owed(people) == OWED - 45275


def test_what_the_office_undid_by_hand_is_not_undone_twice(people, payment):
    tell(body_of(payment))
    reverse_entry(entry=OnlinePayment.get().entry, reason="erreur", at=LATER, staff=people.accountant)
    assert tell(refund_of(payment, 45275)) == "account_refused"
    assert owed(people) == OWED


def test_nothing_of_the_card_is_kept_but_its_masked_number(people, payment):
    secret = {"card_number": "4970101234567890", "expiry_year": "2031", "threeds_cavv": "CAVV", "identifier": "TOKEN"}
    tell(body_of(payment, **secret))
    kept = BankNotification.get().facts
    assert "non masqué" in kept
    assert not [word for word in ("4970101234567890", "2031", "CAVV", "TOKEN", KEY) if word in kept]
    tell(body_of(payment))
    assert "497010XXXXXX0014" in BankNotification.select().order_by(BankNotification.id.desc()).get().facts


def test_the_log_is_only_ever_added_to(people, payment):
    tell(body_of(payment))
    with pytest.raises(IntegrityError, match="never changed"):
        BankNotification.update(verdict="refused").execute()
    with pytest.raises(IntegrityError, match="never deleted"):
        BankNotification.delete().execute()


def test_what_a_payment_asked_never_changes_and_a_credit_is_never_forgotten(people, payment):
    with pytest.raises(IntegrityError, match="never changed"):
        OnlinePayment.update(amount_cents=100).execute()
    tell(body_of(payment))
    with pytest.raises(IntegrityError, match="only ever reversed"):
        OnlinePayment.update(state="refused", entry=None).execute()


def test_rubbish_is_noted_up_to_a_limit_and_the_banks_words_always(people, payment):
    for many in (1, 499, 500, 501):
        Throttle.update(tries=many - 1).where(Throttle.last_at == LATER).execute()  # as many came
        actions.receive(body=b"rubbish", shop=SHOP, address="203.0.113.9", at=LATER)
    assert BankNotification.select().count() == 3
    assert tell(body_of(payment)) == "paid"


def test_a_notification_is_not_made_of_the_values_of_a_form(people, payment):
    """The signature does not cover the names: what we sign must hold nothing to build a payment from."""
    asked = systempay.request(
        shop=SHOP,
        order_number=payment.order_number,
        trans_id=payment.trans_id,
        at=NOW,
        amount_cents=45275,
        customer="0002",
        return_url="https://portail.example/espace/paiement/x",
    )
    needed = {fields_of(payment)[f"vads_{name}"] for name in ("trans_status", "operation_type", "url_check_src")}
    assert not needed & set(asked.values())
