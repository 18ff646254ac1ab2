"""The demonstration shows accounts that files cannot tell: plans, a remission, repairs to pay."""

import pytest

from portal.domain.dossiers.accounts import followed_plans
from portal.domain.rents.models import LedgerEntry, RentTerm
from portal.domain.rents.posting import preview_month
from portal.kernel.periods import Month
from tests.demo.conftest import AT

pytestmark = pytest.mark.usefixtures("office")


def test_one_plan_is_followed_and_one_is_late():
    late = [each.account.plan.late_cents(on=AT.date()) for each in followed_plans(on=AT.date())]
    assert len(late) == 2
    assert [bool(cents) for cents in sorted(late)] == [False, True]


def test_there_is_a_remission_a_bounce_a_late_benefit_and_repairs_to_pay():
    kinds = {entry.kind for entry in LedgerEntry.select(LedgerEntry.kind).distinct()}
    assert {"remission", "rejected_payment", "tenant_repairs"} <= kinds
    assert LedgerEntry.select().where(LedgerEntry.method == "caf").exists()


def test_the_month_that_runs_is_partly_asked():
    preview = preview_month(month=Month(2026, 11), on=AT.date())
    assert preview.posted == RentTerm.select().where(RentTerm.month == Month(2026, 11)).count() > 0
    assert preview.calls
    assert preview.without_lines == []
