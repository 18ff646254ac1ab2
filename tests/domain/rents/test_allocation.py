"""Which payment paid which term (Code civil, art. 1342-10)."""

from datetime import date
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.rents.allocation import Posting
from portal.domain.rents.replay import replay
from portal.kernel.periods import Month

JANUARY, FEBRUARY, MARCH = (Month(2026, number) for number in (1, 2, 3))
DUE = {month: month.plus(1).first_day.replace(day=10) for month in (JANUARY, FEBRUARY, MARCH)}
numbers = count(1)


def call(month, cents=50000, kind="rent_call"):
    return Posting(next(numbers), kind, month.last_day.replace(day=26), month, cents)


def paid(day, cents, month=None, method="virement", kind="payment_received"):
    return Posting(next(numbers), kind, day, month, -cents, method)


def rejected(payment, day):
    return Posting(next(numbers), "rejected_payment", day, payment.month, -payment.amount_cents, "", payment.id)


def rests(*postings):
    return {str(term.month): term.rest_cents for term in replay(postings, DUE).terms}


def test_a_payment_without_a_word_goes_to_the_oldest_debt():
    assert rests(call(JANUARY), call(FEBRUARY), paid(date(2026, 3, 5), 50000)) == {"2026-01": 0, "2026-02": 50000}


def test_a_payment_goes_to_the_term_the_tenant_named():
    named = paid(date(2026, 3, 5), 50000, FEBRUARY)
    assert rests(call(JANUARY), call(FEBRUARY), named) == {"2026-01": 50000, "2026-02": 0}


def test_what_is_over_pays_the_next_term():
    account = replay([call(JANUARY), paid(date(2026, 2, 5), 60000), call(FEBRUARY)], DUE)
    assert [term.rest_cents for term in account.terms] == [0, 40000]
    assert account.balance_cents == 40000


def test_a_payment_before_its_term_waits_for_it():
    early = paid(date(2026, 2, 20), 50000, FEBRUARY)
    assert rests(call(JANUARY), early, call(FEBRUARY)) == {"2026-01": 50000, "2026-02": 0}


def test_a_housing_benefit_never_pays_an_older_debt():
    benefit = paid(date(2026, 3, 5), 20000, FEBRUARY, "caf", "housing_benefit")
    assert rests(call(JANUARY), call(FEBRUARY, 15000), benefit) == {"2026-01": 50000, "2026-02": 0}


def test_a_benefit_too_large_pays_the_next_month():
    benefit = paid(date(2026, 2, 26), 20000, FEBRUARY, "", "housing_benefit")
    assert rests(call(FEBRUARY, 15000), benefit, call(MARCH, 15000)) == {"2026-02": 0, "2026-03": 10000}


def test_a_rejected_payment_reopens_its_own_term_and_no_other():
    first, second = paid(date(2026, 2, 10), 50000), paid(date(2026, 3, 10), 50000)
    bounced = rejected(first, date(2026, 3, 15))
    assert rests(call(JANUARY), call(FEBRUARY), first, second, bounced) == {"2026-01": 50000, "2026-02": 0}


def test_a_reversed_call_frees_its_payment_for_the_others():
    asked = call(JANUARY)
    reversal = Posting(next(numbers), "reversal", date(2026, 3, 20), JANUARY, -50000, "", asked.id)
    account = replay([asked, paid(date(2026, 2, 10), 50000), call(FEBRUARY), reversal], DUE)
    assert [term.rest_cents for term in account.terms] == [0, 0]


def test_a_term_in_the_tenants_favour_pays_the_next():
    assert rests(call(JANUARY, -8000), call(FEBRUARY)) == {"2026-01": 0, "2026-02": 42000}


def test_a_term_is_paid_the_day_its_last_cent_came():
    halves = (paid(date(2026, 2, 3), 25000), paid(date(2026, 2, 12), 25000))
    [term] = replay([call(JANUARY), *halves], DUE).terms
    assert term.paid_on == date(2026, 2, 12)
    assert [share.cents for share in term.shares] == [25000, 25000]


def test_a_remission_after_the_payment_frees_what_is_too_much_and_a_bounce_takes_that_back_too():
    payment = paid(date(2026, 2, 10), 50000)
    remission = Posting(next(numbers), "remission", date(2026, 2, 15), JANUARY, -3000)
    account = replay([call(JANUARY), payment, remission], DUE)
    assert (account.credit_cents, account.credits[0].posting) == (3000, payment)
    bounced = replay([call(JANUARY), payment, remission, rejected(payment, date(2026, 2, 20))], DUE)
    assert (bounced.credit_cents, bounced.terms[0].rest_cents) == (0, 47000)


def test_of_two_payments_alike_the_reference_says_which_comes_first():
    first, second = (
        Posting(number, "payment_received", date(2026, 3, 5), None, -50000, key=key)
        for number, key in ((901, "b"), (902, "a"))
    )
    account = replay([call(JANUARY), call(FEBRUARY), first, second], DUE)
    assert [term.shares[0].posting.key for term in account.terms] == ["a", "b"]


def test_of_a_day_the_payment_that_chose_comes_first():
    chosen, other = paid(date(2026, 3, 5), 50000, JANUARY), paid(date(2026, 3, 5), 50000)
    account = replay([call(JANUARY), call(FEBRUARY), other, chosen], DUE)
    assert [term.shares[0].posting for term in account.terms] == [chosen, other]


def test_a_debt_apart_is_no_part_of_a_month_and_is_paid_when_it_falls_due():
    repairs = Posting(next(numbers), "tenant_repairs", date(2026, 2, 12), None, 4200, due_on=date(2026, 3, 1))
    account = replay([call(JANUARY), call(FEBRUARY), repairs, paid(date(2026, 3, 5), 54200)], DUE)
    assert [term.rest_cents for term in account.terms] == [0, 50000]
    assert account.apart[0].rest_cents == 0


@st.composite
def accounts(draw):
    """Up to two years of terms, payments, benefits and rejections."""
    months = [Month(2025, 1).plus(step) for step in range(draw(st.integers(1, 24)))]
    days = st.dates(date(2025, 1, 1), date(2027, 6, 1))
    cents = st.integers(1, 90000)
    postings = [call(month, draw(st.integers(-20000, 90000).filter(bool))) for month in months]
    named = st.sampled_from([None, *months])
    for _ in range(draw(st.integers(0, 12))):
        postings.append(paid(draw(days), draw(cents), draw(named)))
    payments = postings[len(months) :]
    if payments:
        for payment in draw(st.lists(st.sampled_from(payments), unique=True, max_size=3)):
            postings.append(rejected(payment, draw(days)))
    for _ in range(draw(st.integers(0, 6))):
        month = draw(st.sampled_from(months))
        postings.append(paid(draw(days), draw(cents), month, "caf", "housing_benefit"))
    return postings


@given(accounts())
def test_no_cent_is_lost_or_made(postings):
    account = replay(postings, {})
    assert account.balance_cents == sum(posting.amount_cents for posting in postings)
    assert all(share.cents > 0 for term in account.terms for share in term.shares)


@given(accounts())
def test_what_was_received_is_shared_out_or_waits(postings):
    account = replay(postings, {})
    shared = sum(term.covered_cents - term.given_cents for term in account.terms)
    received = -sum(posting.amount_cents for posting in postings if posting.kind != "rent_call")
    asked_less = sum(term.given_cents for term in account.terms)
    assert shared + account.credit_cents == received
    assert asked_less >= 0


@given(accounts())
def test_a_term_is_paid_when_and_only_when_it_is_wholly_covered(postings):
    for term in replay(postings, {}).terms:
        assert (term.paid_on is not None) == (term.covered_cents == term.asked_cents + term.given_cents)
        assert term.rest_cents >= 0


@given(accounts(), st.randoms())
def test_the_order_of_writing_does_not_count(postings, chance):
    shuffled = chance.sample(postings, len(postings))
    assert repr(replay(shuffled, {})) == repr(replay(postings, {}))
