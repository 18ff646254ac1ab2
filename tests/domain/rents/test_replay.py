"""What happens on a day and what undoing takes back: the account replayed, entry by entry."""

from datetime import date
from itertools import permutations

import pytest

from portal.domain.rents.allocation import BENEFIT, REFUND, Posting
from portal.domain.rents.replay import replay
from portal.kernel.periods import Month

JANUARY, FEBRUARY, MARCH, APRIL = (Month(2026, number) for number in range(1, 5))
DUE = {month: month.plus(1).first_day.replace(day=10) for month in (JANUARY, FEBRUARY, MARCH, APRIL)}
RENT = 50000
DAY = date(2026, 3, 5)


def call(number, month, cents=RENT, day=None, kind="rent_call"):
    return Posting(number, kind, day or month.last_day.replace(day=26), month, cents, key=f"{number}")


def paid(number, day, cents, *months, kind="payment_received", key=None):
    month, choices = (months[0], ()) if len(months) == 1 else (None, months)
    return Posting(number, kind, day, month, -cents, key=key or f"{number}", choices=choices)


def apart(number, day, cents, due_on=None, key=None):
    return Posting(number, "tenant_repairs", day, None, cents, due_on=due_on, key=key or f"{number}", label="Clé")


def undo(number, posting, day, kind="rejected_payment"):
    return Posting(number, kind, day, posting.month, -posting.amount_cents, reverses_id=posting.id, key=f"{number}")


def went(account):
    """Where each entry's money is: {entry: {month, debt apart or « waits »: cents}}."""
    found = {}
    for debt in [*account.terms, *account.apart]:
        for share in debt.shares:
            place = found.setdefault(share.posting.id, {})
            name = str(debt.month or debt.posting.id)
            place[name] = place.get(name, 0) + share.cents
    for credit in account.credits:
        found.setdefault(credit.posting.id, {})["waits"] = credit.cents
    return found


def rests(account):
    return {str(debt.month or debt.posting.id): debt.rest_cents for debt in [*account.terms, *account.apart]}


def test_terms_are_told_oldest_month_first_and_debts_apart_as_they_fall_due():
    late, early = apart(1, DAY, 300, date(2026, 4, 20)), apart(2, DAY, 200, date(2026, 3, 20))
    account = replay([call(3, MARCH), late, call(4, JANUARY), early, call(5, FEBRUARY)], DUE)
    assert list(rests(account)) == ["2026-01", "2026-02", "2026-03", "2", "1"]


def test_a_benefit_that_the_caf_takes_back_in_a_file_of_rents_is_asked_of_its_month():
    back = Posting(2, BENEFIT, DAY, JANUARY, 8000, key="2")
    assert rests(replay([call(1, JANUARY), back], DUE)) == {"2026-01": RENT + 8000}


def test_a_debt_of_one_cent_is_a_debt():
    assert rests(replay([apart(1, DAY, 1)], DUE)) == {"1": 1}


def test_an_account_is_seen_from_a_day_that_counts_itself():
    entries = [call(1, JANUARY), paid(2, DAY, RENT), call(3, MARCH)]
    assert rests(replay(entries, DUE, on=date(2026, 3, 4))) == {"2026-01": RENT}
    assert rests(replay(entries, DUE, on=DAY)) == {"2026-01": 0}


def test_a_term_without_a_known_day_is_due_the_day_it_was_asked_and_a_debt_apart_too():
    account = replay([call(1, JANUARY), apart(2, DAY, 4200)], {})
    assert [debt.due_on for debt in [*account.terms, *account.apart]] == [date(2026, 1, 26), DAY]
    [asked] = replay([call(1, JANUARY)], DUE).terms
    assert asked.due_on == date(2026, 2, 10)


def test_an_entry_of_a_month_without_a_name_belongs_to_the_month_of_its_day():
    deposit = Posting(2, "security_deposit", date(2026, 1, 3), None, 40000)
    assert rests(replay([call(1, JANUARY), deposit], DUE)) == {"2026-01": RENT + 40000}


def test_debts_of_one_day_are_paid_months_first_by_name_and_apart_by_their_key():
    due = date(2026, 4, 1)
    entries = [apart(1, DAY, 100, due, "b"), apart(2, DAY, 100, due, "a"), call(3, FEBRUARY, 100, day=DAY)]
    entries.append(call(4, JANUARY, 100, day=DAY))
    account = replay([*entries, paid(9, date(2026, 4, 2), 250)], {JANUARY: due, FEBRUARY: due})
    assert went(account) == {9: {"2": 100, "1": 100, "2026-01": 50}}


# On one day, whatever the order they were written in
def of_a_day(*entries):
    accounts = [replay(order, DUE) for order in permutations(entries)]
    assert all(repr(account) == repr(accounts[0]) for account in accounts)
    return accounts[0]


def test_of_a_day_what_is_asked_comes_before_what_comes_in():
    assert rests(of_a_day(call(1, JANUARY, day=DAY), paid(2, DAY, RENT))) == {"2026-01": 0}


def test_of_a_day_a_benefit_pays_before_the_tenant():
    account = of_a_day(call(1, JANUARY), paid(2, DAY, RENT), paid(3, DAY, 20000, JANUARY, kind=BENEFIT))
    assert went(account) == {3: {"2026-01": 20000}, 2: {"2026-01": 30000, "waits": 20000}}


def test_of_a_day_the_tenants_choice_pays_before_money_without_a_word():
    account = of_a_day(call(1, JANUARY), call(4, FEBRUARY), paid(2, DAY, RENT), paid(3, DAY, RENT, JANUARY))
    assert went(account) == {3: {"2026-01": RENT}, 2: {"2026-02": RENT}}


def test_of_a_day_who_chose_several_terms_pays_before_who_chose_one():
    several, one = paid(2, DAY, RENT, JANUARY, FEBRUARY), paid(3, DAY, RENT, JANUARY)
    assert went(of_a_day(call(1, JANUARY), call(4, FEBRUARY), one, several)) == {
        2: {"2026-01": RENT},
        3: {"2026-02": RENT},
    }


def test_of_a_day_what_comes_in_pays_before_it_goes_back():
    account = of_a_day(call(1, JANUARY), paid(2, DAY, 60000), Posting(3, REFUND, DAY, None, 10000, key="3"))
    assert went(account) == {2: {"2026-01": RENT, "3": 10000}}
    assert (account.balance_cents, account.credit_cents) == (0, 0)


def test_of_two_payments_of_a_day_the_smallest_pays_first():
    account = of_a_day(call(1, JANUARY), paid(2, DAY, 30000, key="a"), paid(3, DAY, 20001, key="b"))
    assert went(account) == {3: {"2026-01": 20001}, 2: {"2026-01": 29999, "waits": 1}}


def test_of_a_day_what_is_undone_had_paid():
    payment = paid(2, DAY, RENT)
    account = of_a_day(call(1, JANUARY), payment, undo(3, payment, DAY), paid(4, DAY, 100))
    assert went(account) == {4: {"2026-01": 100}}


def test_an_entry_is_never_undone_before_it_was_made():
    payment = paid(2, DAY, RENT)
    early = undo(3, payment, date(2026, 3, 1))
    assert rests(replay([call(1, JANUARY), payment, early], DUE)) == {"2026-01": RENT}
    assert went(replay([call(1, JANUARY), payment, early], DUE)) == {}


def test_what_undoes_an_entry_of_another_account_is_an_entry_like_another():
    stray = Posting(3, "rejected_payment", DAY, JANUARY, 700, reverses_id=99, key="3")
    assert rests(replay([call(1, JANUARY), stray], DUE)) == {"2026-01": RENT, "3": 700}


def test_a_benefit_waits_for_its_month_and_then_pays_later_ones_by_their_day():
    benefit = paid(9, date(2026, 1, 5), 120000, FEBRUARY, kind=BENEFIT)
    assert went(replay([call(1, JANUARY), benefit], DUE)) == {9: {"waits": 120000}}
    account = replay([call(1, JANUARY), benefit, call(4, APRIL), call(2, FEBRUARY), call(3, MARCH)], DUE)
    assert went(account) == {9: {"2026-02": RENT, "2026-03": RENT, "2026-04": 20000}}


def test_a_benefit_without_a_month_is_that_of_its_day_and_never_pays_a_debt_apart():
    benefit = paid(9, date(2026, 2, 27), 60000, kind=BENEFIT)
    account = replay([call(1, JANUARY), call(2, FEBRUARY), apart(3, DAY, 4200), benefit], DUE)
    assert went(account) == {9: {"2026-02": RENT, "waits": 10000}}


def test_the_terms_a_tenant_chose_are_paid_in_the_order_chosen_then_the_first_due():
    entries = [call(1, JANUARY), call(2, FEBRUARY), call(3, MARCH)]
    account = replay([*entries, paid(9, date(2026, 4, 5), 120000, MARCH, FEBRUARY)], DUE)
    assert went(account) == {9: {"2026-03": RENT, "2026-02": RENT, "2026-01": 20000}}


def test_what_is_over_waits_while_a_chosen_term_is_not_asked_yet():
    payment = paid(9, DAY, 80000, FEBRUARY, MARCH)
    entries = [call(1, JANUARY), call(2, FEBRUARY), payment]
    assert went(replay(entries, DUE)) == {9: {"2026-02": RENT, "waits": 30000}}
    account = replay([*entries, call(3, MARCH, 20000)], DUE)
    assert went(account) == {9: {"2026-02": RENT, "2026-03": 20000, "2026-01": 10000}}


def test_a_choice_means_nothing_for_what_asks():
    remission = Posting(2, "remission", DAY, FEBRUARY, -4000, choices=(JANUARY,), key="2")
    assert rests(replay([call(1, FEBRUARY), remission], DUE)) == {"2026-02": RENT - 4000}
    assert remission.chosen == ()
    assert paid(3, DAY, 1).chosen == ()
    assert (paid(3, DAY, 1, MARCH).chosen, paid(3, DAY, 1, MARCH, JANUARY).chosen) == ((MARCH,), (MARCH, JANUARY))


def test_credits_pay_in_the_order_they_came():
    account = replay([paid(1, date(2026, 1, 2), 30000), paid(2, date(2026, 1, 3), 30000), call(3, JANUARY)], DUE)
    assert went(account) == {1: {"2026-01": 30000}, 2: {"2026-01": 20000, "waits": 10000}}


def test_a_term_is_paid_the_day_its_last_cent_came_and_no_more_paid_once_it_is_reopened():
    payment = paid(2, date(2026, 2, 12), RENT)
    bounced = [call(1, JANUARY), payment, undo(3, payment, date(2026, 2, 20))]
    assert replay(bounced[:2], DUE).terms[0].paid_on == date(2026, 2, 12)
    assert replay(bounced, DUE).terms[0].paid_on is None
    assert replay([*bounced, paid(4, DAY, RENT)], DUE).terms[0].paid_on == DAY
    recalled = [call(1, JANUARY), payment, call(5, JANUARY, 100, day=DAY, kind="benefit_recall")]
    assert replay(recalled, DUE).terms[0].paid_on is None
    assert replay([*recalled, paid(4, date(2026, 3, 9), 100)], DUE).terms[0].paid_on == date(2026, 3, 9)


def test_a_term_already_paid_stays_paid_since_the_first_day_when_less_is_asked_of_it():
    remission = Posting(3, "remission", DAY, JANUARY, -4000, key="3")
    [term] = replay([call(1, JANUARY), paid(2, date(2026, 2, 12), RENT), remission], DUE).terms
    assert (term.paid_on, term.rest_cents) == (date(2026, 2, 12), 0)


def test_a_term_that_asks_less_gives_back_the_latest_payments_first_then_its_own():
    entries = [call(1, JANUARY), paid(2, date(2026, 2, 1), 30000), paid(3, date(2026, 2, 2), 20000)]
    less = Posting(4, "remission", DAY, JANUARY, -25000, key="4")
    account = replay([*entries, less], DUE)
    assert went(account) == {2: {"2026-01": 25000, "waits": 5000}, 3: {"waits": 20000}}
    nothing = Posting(4, "remission", DAY, JANUARY, -(RENT + 700), key="4")
    account = replay([*entries, nothing, call(5, FEBRUARY, 50600, day=DAY)], DUE)
    assert (account.terms[0].given_cents, account.terms[0].rest_cents) == (700, 0)
    assert went(account) == {3: {"2026-02": 20000}, 2: {"2026-02": 30000}, 4: {"2026-02": 600, "waits": 100}}


@pytest.mark.parametrize("used", [0, RENT])
def test_a_term_in_the_tenants_favour_that_is_undone_takes_back_what_it_had_passed_on(used):
    favour = call(1, JANUARY, -8000)
    entries = [favour, call(2, FEBRUARY, used)] if used else [favour]
    account = replay([*entries, undo(3, favour, DAY, "reversal")], DUE)
    assert (account.terms[0].given_cents, account.terms[0].rest_cents, account.credit_cents) == (0, 0, 0)
    assert account.balance_cents == used


def test_a_term_in_the_tenants_favour_that_had_paid_several_takes_all_of_it_back_when_it_is_undone():
    favour = call(1, JANUARY, -8000)
    entries = [favour, call(2, FEBRUARY, 5000), call(3, MARCH, 2000), undo(4, favour, date(2026, 4, 1), "reversal")]
    account = replay(entries, DUE)
    assert (account.terms[0].given_cents, rests(account)) == (0, {"2026-01": 0, "2026-02": 5000, "2026-03": 2000})
    assert (went(account), account.balance_cents) == ({}, 7000)


def test_a_call_that_is_undone_frees_what_had_paid_it_for_the_others():
    asked = call(1, JANUARY)
    account = replay([asked, paid(2, DAY, RENT), undo(3, asked, date(2026, 3, 6), "reversal")], DUE)
    assert (rests(account), went(account)) == ({"2026-01": 0}, {2: {"waits": RENT}})


def test_money_goes_back_out_of_what_waits_whatever_it_waits_for_and_the_rest_is_owed_again():
    chosen, word = paid(2, DAY, 30000, APRIL), paid(3, DAY, 10000)
    refund = Posting(4, REFUND, date(2026, 3, 9), None, 45000, key="4")
    account = replay([chosen, word, refund], DUE)
    assert went(account) == {2: {"4": 30000}, 3: {"4": 10000}}
    assert (account.apart[0].rest_cents, account.apart[0].paid_on, account.balance_cents) == (5000, None, 5000)
    part = replay([chosen, word, refund._replace(amount_cents=30001)], DUE)
    assert went(part) == {2: {"4": 30000}, 3: {"4": 1, "waits": 9999}}
    assert part.apart[0].paid_on == date(2026, 3, 9)


def test_a_payment_is_taken_back_from_every_term_it_had_paid_and_from_what_waits():
    payment, other = paid(2, DAY, 130000), paid(3, date(2026, 3, 6), 20000)
    entries = [call(1, JANUARY), call(4, FEBRUARY), payment, other]
    account = replay([*entries, undo(5, payment, date(2026, 3, 7))], DUE)
    assert went(account) == {3: {"2026-01": 20000}}
    assert rests(account) == {"2026-01": 30000, "2026-02": RENT}


def test_what_others_paid_stays_where_it_was_when_a_payment_is_undone():
    payment, other = paid(2, DAY, RENT), paid(3, date(2026, 3, 6), 20000)
    account = replay([call(1, JANUARY), call(4, FEBRUARY), payment, other, undo(5, payment, date(2026, 3, 7))], DUE)
    assert went(account) == {3: {"2026-02": 20000}}


def test_a_debt_apart_has_its_own_words_and_a_term_has_none():
    account = replay([call(1, JANUARY), apart(2, DAY, 4200)], DUE)
    assert (account.terms[0].label, account.apart[0].label) == ("", "Clé")
