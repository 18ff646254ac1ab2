"""What holds of every account, whatever happened to it and in whatever order it was written down."""

from datetime import date, timedelta
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.rents.allocation import BENEFIT, Apart, Instalment, Plan, Posting
from portal.domain.rents.policy import may_have_receipt
from portal.domain.rents.replay import replay
from portal.kernel.periods import Month
from tests.domain.rents.independent import Witness

FIRST, LAST = date(2025, 1, 1), date(2026, 6, 1)
MONTHS = [Month(2025, 1).plus(step) for step in range(8)]
DUE = {month: month.plus(1).first_day.replace(day=10) for month in MONTHS}
# few days and few sums: what happens on the same day, for the same amount, is where an order could count
days = st.integers(0, 25).map(lambda step: FIRST + timedelta(days=20 * step))
cents = st.sampled_from((5000, 25000, 50000)) | st.integers(1, 90000)
PAID = ("payment_received", BENEFIT, "deposit_return")
# made once: making what draws takes longer than drawing
months_asked = st.lists(st.sampled_from(MONTHS), unique=True, min_size=1)
called = st.integers(-9000, 60000).filter(bool)
kinds = st.sampled_from([*PAID, "payment_received", "tenant_repairs", "refund", "remission"])
choices = st.lists(st.sampled_from(MONTHS), unique=True, max_size=3)
delays = st.integers(0, 200)
planned = st.sampled_from((True, False, False))
agreed_after, last_steps = st.integers(0, 120), st.integers(2, 6)
parts_asked = st.integers(1, 30000)
ended_after = st.none() | st.none() | st.integers(0, 600)


@cache
def ranks(count):
    return st.integers(0, count - 1)


@cache
def few_ranks(count):
    return st.lists(st.integers(0, count - 1), unique=True, max_size=3)


@st.composite
def histories(draw, most=10):
    """Calls (some in the tenant's favour), debts apart, payments with or without a choice, benefits, what undoes."""
    asked = draw(months_asked)
    facts = [("rent_call", month.last_day, month, draw(called), ()) for month in asked]
    for _ in range(draw(ranks(most + 1))):
        kind = draw(kinds)
        month = asked[draw(ranks(len(asked)))] if kind in (BENEFIT, "remission") else None
        sign = 1 if kind in ("tenant_repairs", "refund") else -1
        choice = draw(choices) if kind == "payment_received" else ()
        facts.append((kind, draw(days), month, sign * draw(cents), choice))
    postings = [
        Posting(number, kind, day, month, amount, key=f"{number:03d}", choices=tuple(chosen))
        for number, (kind, day, month, amount, chosen) in enumerate(facts, start=1)
    ]
    for undone in [postings[rank] for rank in draw(few_ranks(len(postings)))]:
        postings.append(undo(undone, undone.value_on + timedelta(days=draw(delays)), len(postings) + 1))
    return postings


def undo(posting, day, number):
    kind = "rejected_payment" if posting.kind in PAID[:2] else "reversal"
    return Posting(
        number, kind, day, posting.month, -posting.amount_cents, reverses_id=posting.id, key=f"undo-{posting.key}"
    )


@st.composite
def plans(draw):
    """No plan, or one, agreed after most of the calls, that may have been ended."""
    if draw(planned):
        return []
    agreed = date(2025, 6, 15) + timedelta(days=draw(agreed_after))
    steps = range(1, draw(last_steps))
    parts = [Instalment(agreed + timedelta(days=30 * step), draw(parts_asked)) for step in steps]
    ended = draw(ended_after)
    return [Plan(1, agreed, tuple(parts), agreed + timedelta(days=ended) if ended is not None else None)]


def debts(account):
    return [*account.terms, *account.apart]


def shares(account):
    """What each entry brought, by entry and debt."""
    found = {}
    for term in debts(account):
        for share in term.shares:
            place = (share.posting.key, str(term.month or term.posting.key))
            found[place] = found.get(place, 0) + share.cents
    return found


def waiting(account):
    found = {}
    for credit in account.credits:
        found[credit.posting.key] = found.get(credit.posting.key, 0) + credit.cents
    return found


@given(histories(most=20))
def test_a_witness_who_replays_the_account_in_another_way_finds_the_same(postings):
    account, witness = replay(postings, DUE), Witness(DUE).play(postings)
    assert shares(account) == witness.shares
    assert waiting(account) == witness.held
    assert {str(debt.month or debt.posting.key): debt.rest_cents for debt in debts(account)} == witness.rests


@given(histories(), plans(), days)
def test_the_balance_is_the_sum_of_the_entries_on_any_day(postings, agreed, day):
    seen = [each for each in postings if each.value_on <= day]
    account = replay(seen, DUE, agreed, on=day)
    assert account.balance_cents == sum(each.amount_cents for each in seen)


@given(histories(), plans())
def test_no_debt_is_paid_beyond_what_it_asks(postings, agreed):
    for debt in debts(replay(postings, DUE, agreed)):
        assert 0 <= debt.covered_cents <= debt.asked_cents + debt.given_cents
        assert 0 <= debt.frozen_cents <= debt.rest_cents
        assert all(share.cents > 0 for share in debt.shares)


@given(histories(), plans())
def test_every_cent_of_a_payment_pays_a_debt_or_waits_and_none_of_an_undone_one(postings, agreed):
    account = replay(postings, DUE, agreed)
    undone = {each.reverses_id for each in postings}
    brought, held = shares(account), waiting(account)
    for payment in (each for each in postings if each.kind in PAID):
        total = sum(sum_ for (key, _), sum_ in brought.items() if key == payment.key) + held.get(payment.key, 0)
        assert total == (0 if payment.id in undone else -payment.amount_cents)


@given(histories(), plans())
def test_a_quittance_exists_only_for_a_term_wholly_covered(postings, agreed):
    for term in replay(postings, DUE, agreed).terms:
        covered = sum(share.cents for share in term.shares)
        assert may_have_receipt(term) == (term.asked_cents > 0 and 0 < covered == term.asked_cents + term.given_cents)
        assert (term.paid_on is not None) == (term.rest_cents == 0)


@given(histories(), plans(), st.randoms())
def test_the_order_of_writing_does_not_count(postings, agreed, chance):
    ids = chance.sample(range(1, 1000), len(postings))
    new = {each.id: number for each, number in zip(postings, ids, strict=True)}
    written = [each._replace(id=new[each.id], reverses_id=new.get(each.reverses_id)) for each in postings]
    chance.shuffle(written)
    first, second = replay(postings, DUE, agreed), replay(written, DUE, agreed)
    assert shares(first) == shares(second)
    assert waiting(first) == waiting(second)
    assert [term.paid_on for term in first.terms] == [term.paid_on for term in second.terms]


@given(histories(), plans(), cents, st.lists(st.sampled_from(MONTHS), unique=True, max_size=3))
def test_a_payment_that_bounces_leaves_all_as_it_was(postings, agreed, amount, months):
    end = max([LAST, *(each.value_on for each in postings)]) + timedelta(days=400)
    payment = Posting(900, "payment_received", end, None, -amount, key="new", choices=tuple(months))
    before = replay(postings, DUE, agreed, on=end)
    after = replay([*postings, payment, undo(payment, end, 901)], DUE, agreed, on=end)
    assert repr((before.terms, before.apart, before.plans)) == repr((after.terms, after.apart, after.plans))
    assert waiting(before) == waiting(after)


@given(histories(), plans(), st.data())
def test_a_bounce_takes_back_its_own_and_leaves_what_others_paid(postings, agreed, data):
    undone = {each.reverses_id for each in postings}
    payments = [each for each in postings if each.kind in PAID[:2] and each.id not in undone]
    if not payments:
        return
    end = max([LAST, *(each.value_on for each in postings)]) + timedelta(days=400)
    payment = data.draw(st.sampled_from(payments))
    before = replay(postings, DUE, agreed, on=end)
    after = replay([*postings, undo(payment, end, 901)], DUE, agreed, on=end)
    kept = {place: sum_ for place, sum_ in shares(before).items() if place[0] != payment.key}
    assert all(shares(after).get(place, 0) >= sum_ for place, sum_ in kept.items())
    assert all(key != payment.key for key, _ in shares(after))


@given(histories(), plans(), cents, st.lists(st.sampled_from(MONTHS), unique=True, min_size=1, max_size=3))
def test_the_choice_of_the_tenant_wins(postings, agreed, amount, months):
    end = max([LAST, *(each.value_on for each in postings)]) + timedelta(days=400)
    payment = Posting(900, "payment_received", end, None, -amount, key="new", choices=tuple(months))
    account = replay([*postings, payment], DUE, agreed, on=end)
    rests = {term.month: term.rest_cents for term in account.terms}
    brought = {place for key, place in shares(account) if key == "new"}
    for rank, month in enumerate(months):
        if rests.get(month, 0):
            assert brought <= {str(each) for each in months[: rank + 1]}
    if any(month not in rests for month in months):  # a term not asked yet: what is left waits for it
        assert brought <= {str(each) for each in months}


@given(histories(), plans())
def test_a_benefit_never_pays_an_older_month_nor_anything_but_rent(postings, agreed):
    account = replay(postings, DUE, agreed)
    for term in debts(account):
        for share in term.shares:
            if share.posting.kind == BENEFIT and not (isinstance(term, Apart) and term.posting.kind == "refund"):
                assert term.month is not None
                assert term.month >= share.posting.month


@given(histories(), plans())
def test_money_without_a_word_waits_only_when_nothing_is_due(postings, agreed):
    account = replay(postings, DUE, agreed)
    if any(not credit.posting.chosen and credit.posting.kind == "payment_received" for credit in account.credits):
        assert sum(debt.due_cents for debt in debts(account)) == 0


@given(histories(), plans(), days)
def test_the_instalments_add_up_to_the_debt_the_plan_took_over(postings, agreed, day):
    account = replay([each for each in postings if each.value_on <= day], DUE, agreed, on=day)
    for run in account.plans:
        assert 0 <= run.left_cents <= run.start_cents <= run.plan.total_cents
        assert sum(step.asked_cents for step in run.steps) == run.start_cents
        assert sum(step.paid_cents for step in run.steps) == run.done_cents
        if run.running:
            assert run.left_cents == sum(debt.frozen_cents for debt in debts(account))
