"""The histories of tests/stories/, as the ledger tells them."""

from datetime import date

import pytest

from portal.domain.rents.policy import OVERDUE, PAID, PARTLY_PAID, SPREAD, may_have_receipt
from tests.stories import corrections, payments, plans, tenancies
from tests.stories.household import AUGUST, JUNE, MAY, OCTOBER, SEPTEMBER

pytestmark = pytest.mark.usefixtures("database")
TODAY = date(2026, 11, 23)


def test_the_worked_example_asks_366_01_for_june_and_386_01_in_all(people):
    story = payments.worked_example(people)
    account = story.account(date(2026, 6, 30))
    june = account.term(JUNE)
    assert june.rest_cents == 36601
    assert account.term(MAY).rest_cents == 2000
    assert account.balance_cents == 38601
    assert june.due_on == date(2026, 7, 10)
    assert june.benefit_cents == 19800


def test_a_term_paid_in_part_gives_no_quittance(people):
    account = payments.paid_in_part(people).account(TODAY)
    october = account.term(OCTOBER)
    assert (october.tenant_cents, october.rest_cents, account.state(october)) == (25000, 25000, PARTLY_PAID)
    assert not may_have_receipt(october)


def test_a_bounce_takes_back_the_quittance_of_its_month_and_no_other(people):
    story = payments.bounced_after_the_receipt(people)
    assert may_have_receipt(story.account(date(2026, 11, 15)).term(OCTOBER))
    account = story.account(TODAY)
    assert not may_have_receipt(account.term(OCTOBER))
    assert may_have_receipt(account.term(SEPTEMBER))
    assert account.state(account.term(OCTOBER)) == OVERDUE
    assert account.balance_cents == 50000  # and no cost on top


def test_a_late_benefit_pays_its_own_month_and_not_the_older_debt(people):
    story = payments.late_benefit(people)
    assert story.rests(date(2026, 11, 4)) == {"2026-08": 50000, "2026-09": 20000, "2026-10": 50000}
    assert story.rests(TODAY) == {"2026-08": 50000, "2026-09": 0, "2026-10": 50000}
    assert story.account(TODAY).term(SEPTEMBER).benefit_cents == 20000


def test_what_was_paid_too_much_waits_and_pays_the_next_month(people):
    story = payments.paid_too_much(people)
    before = story.account(date(2026, 10, 20))
    assert (before.balance_cents, before.credit_cents) == (-10000, 10000)
    assert story.rests(TODAY) == {"2026-09": 0, "2026-10": 40000}


def test_two_leases_of_one_tenant_are_two_accounts(people):
    home, parking = tenancies.two_leases(people)
    assert home.account(TODAY).balance_cents == 100000
    assert parking.account(TODAY).balance_cents == 0
    assert parking.account(TODAY).term(OCTOBER).due_on == date(2026, 10, 5)


def test_who_enters_during_a_month_owes_its_days_the_deposit_and_has_no_reduction_yet(people):
    story = tenancies.entered_during_the_month(people)
    entries = {entry.kind: entry.amount_cents for entry in story.lease.entries if entry.month == SEPTEMBER}
    assert entries == {"rent_call": 26667 + 6667, "security_deposit": 40000}
    assert story.rests(TODAY)["2026-10"] == 50000 - 4909


def test_who_leaves_during_a_month_owes_its_days(people):
    assert tenancies.left_during_the_month(people).rests(TODAY) == {"2026-09": 50000, "2026-10": 12903 + 3226}


def test_an_adjustment_in_the_tenants_favour_pays_what_is_owed(people):
    story = corrections.adjusted_in_favour(people)
    account = story.account(TODAY)
    assert account.term(OCTOBER).rest_cents == account.balance_cents == 42000


def test_a_plan_spreads_the_old_debt_and_the_rent_of_the_month_is_due_as_ever(people):
    story = plans.with_a_plan(people)
    account = story.account(TODAY)
    assert [step.rest_cents for step in account.plan.steps] == [0, *[25000] * 5]
    assert story.rests(TODAY) == {"2026-06": 25000, "2026-07": 50000, "2026-08": 50000, "2026-09": 0, "2026-10": 50000}
    assert account.state(account.term(AUGUST)) == SPREAD
    assert account.balance_cents == 175000
    assert account.spread_cents == 125000
    assert account.due_cents == 50000 + 25000  # October, and the instalment of 15 November


def test_co_tenants_share_one_account(people):
    story = tenancies.co_tenants(people)
    account = story.account(TODAY)
    assert account.state(account.term(OCTOBER)) == PAID
    assert [share.posting.method for share in account.term(OCTOBER).shares] == ["virement", "cheque"]


def test_the_deposit_pays_the_repairs_of_who_moved_out_and_the_rest_goes_back(people):
    story = tenancies.moved_out(people)
    repaired = story.account(date(2026, 10, 20))
    assert (repaired.balance_cents, repaired.apart) == (-28000, [])
    account = story.account(TODAY)
    assert (account.balance_cents, account.credit_cents) == (0, 0)
