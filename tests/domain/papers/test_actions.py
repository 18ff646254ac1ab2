"""A paper is drawn up once, numbered without a hole, and never changes; what makes it false withdraws it."""

from datetime import date, timedelta

import apsw
import pytest
from peewee import IntegrityError, OperationalError

from portal.config import Office
from portal.db import db
from portal.domain.housing.queries import leases_of
from portal.domain.papers import actions, queries
from portal.domain.papers.content import loaded
from portal.domain.papers.drafts import Desk, NoSlipError, NotPaidError
from portal.domain.papers.keys import Key, Keyring
from portal.domain.papers.models import RECEIPT, Paper
from portal.domain.papers.verification import verify
from portal.domain.rents.actions import record_payment, reject_payment, reverse_entry
from portal.domain.rents.models import LedgerEntry
from portal.kernel.periods import Month
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
KEYS = Keyring((Key(1, b"first"),))
DESK = Desk(Office(), KEYS, "http://localhost/verification")
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


def lease(tenant):
    return leases_of(tenant=tenant)[0]


def quittance(tenant, month=OCTOBER, at=NOW):
    return actions.draw_up_receipt(lease=lease(tenant), month=month, desk=DESK, at=at)


def payment_of(tenant, month):
    number = lease(tenant).number
    return LedgerEntry.get(LedgerEntry.business_key == f"payment:{number}:{month}")


def bounce(tenant, month=OCTOBER):
    return reject_payment(
        payment=payment_of(tenant, month), reference="1", reason="provision insuffisante", value_on=NOW.date(), at=NOW
    )


def test_asked_again_it_is_the_same_paper(people):
    assert quittance(people.aminata).id == quittance(people.aminata, at=NOW + timedelta(days=30)).id


def test_each_kind_is_numbered_by_year_without_a_hole(people):
    with pytest.raises(NotPaidError):
        quittance(people.bruno)
    first, second = quittance(people.aminata), quittance(people.charlie)
    notice = actions.draw_up_notice(lease=lease(people.bruno), month=OCTOBER, desk=DESK, at=NOW)
    next_year = quittance(people.aminata, SEPTEMBER, NOW + timedelta(days=60))
    numbers = [paper.number for paper in (first, second, notice, next_year)]
    assert numbers == ["Q-2026-000001", "Q-2026-000002", "A-2026-000001", "Q-2027-000001"]


def test_a_number_whose_transaction_failed_is_given_again(people):
    with db.atomic() as transaction:
        quittance(people.aminata)
        transaction.rollback()
    assert quittance(people.charlie).number == "Q-2026-000001"


def test_what_it_says_is_kept_whatever_becomes_of_the_tenant(people):
    paper = quittance(people.aminata)
    people.aminata.used_name = "Autre"
    people.aminata.save()
    assert loaded(Paper.get_by_id(paper.id).snapshot).recipient.names == ("Mme Aminata KEÏTA",)


@pytest.mark.parametrize("change", [{"number": "Q-2026-999999"}, {"snapshot": "{}"}, {"rank": 9}, {"code": "x"}])
def test_a_paper_is_never_changed(people, change):
    paper = quittance(people.aminata)
    for more in ({}, {"withdrawn_at": NOW, "withdrawn_reason": "x"}):
        with pytest.raises((IntegrityError, OperationalError, apsw.Error), match="never changed"):
            Paper.update(**change, **more).where(Paper.id == paper.id).execute()
    with pytest.raises((IntegrityError, OperationalError, apsw.Error), match="never deleted"):
        Paper.delete().where(Paper.id == paper.id).execute()


def test_a_bounced_payment_withdraws_its_quittance_in_the_same_transaction(people):
    paper, other = quittance(people.aminata), quittance(people.aminata, SEPTEMBER)
    bounce(people.aminata)
    paper = Paper.get_by_id(paper.id)
    assert (paper.withdrawn_at, paper.withdrawn_reason) == (NOW, "un paiement a été rejeté par la banque")
    assert Paper.get_by_id(other.id).stands
    with pytest.raises(NotPaidError):
        quittance(people.aminata)


def test_paid_again_a_new_quittance_with_a_new_number(people):
    first = quittance(people.aminata)
    bounce(people.aminata)
    record_payment(
        lease=lease(people.aminata), reference="again", amount_cents=45275, method="carte", value_on=NOW.date(), at=NOW
    )
    second = quittance(people.aminata)
    assert (first.number, second.number) == ("Q-2026-000001", "Q-2026-000002")
    assert loaded(second.snapshot).settlements[0].means == "carte bancaire"


def test_a_reversed_entry_withdraws_the_quittance_too(people):
    paper = quittance(people.aminata)
    entry = payment_of(people.aminata, OCTOBER)
    reverse_entry(entry=entry, reason="Mauvais compte", at=NOW, staff=people.accountant)
    assert Paper.get_by_id(paper.id).withdrawn_reason == "une écriture du compte a été annulée"


def test_a_sum_added_to_a_month_withdraws_its_quittance(people):
    paper = quittance(people.aminata)
    with db.atomic():
        LedgerEntry.create(
            lease=lease(people.aminata),
            business_key="late",
            kind="rent_call",
            entered_on=NOW.date(),
            value_on=NOW.date(),
            month=OCTOBER,
            label="Complément",
            amount_cents=100,
            recorded_at=NOW,
        )
    assert Paper.get_by_id(paper.id).withdrawn_reason == "ce mois n’est plus entièrement payé"


def test_a_rejection_that_a_file_brings_in_sql_withdraws_the_quittance(people):
    paper, paid = quittance(people.aminata), payment_of(people.aminata, OCTOBER)
    with db.atomic():
        db.connection().execute(
            """
            INSERT INTO ledger_entry (lease_id, business_key, kind, entered_on, value_on, label, amount_cents, method,
                reverses_id, recorded_at)
            SELECT lease_id, 'rejet/9', 'rejected_payment', '2026-11-20', '2026-11-20', 'Virement rejeté',
                -amount_cents, method, id, '2026-11-23T10:00:00Z' FROM ledger_entry WHERE id = ?
            """,
            (paid.id,),
        )
    assert Paper.get_by_id(paper.id).withdrawn_reason == "un paiement a été rejeté par la banque"


def test_the_next_month_leaves_the_quittances_alone(people):
    paper = quittance(people.aminata)
    with db.atomic():
        LedgerEntry.create(
            lease=lease(people.aminata),
            business_key="next",
            kind="rent_call",
            entered_on=date(2026, 11, 30),
            value_on=date(2026, 11, 30),
            month=Month(2026, 11),
            label="Loyer",
            amount_cents=45275,
            recorded_at=NOW,
        )
    assert Paper.get_by_id(paper.id).stands


def test_an_entry_that_leaves_a_doubt_unsettled_cannot_be_kept(people, monkeypatch):
    quittance(people.aminata)
    monkeypatch.setattr(db, "before_commit", [])
    with pytest.raises(IntegrityError):
        bounce(people.aminata)
    assert queries.valid_paper(kind=RECEIPT, lease=lease(people.aminata), month=OCTOBER)


def test_a_part_payment_gives_a_slip_that_a_bounce_withdraws(people):
    paid = record_payment(
        lease=lease(people.bruno), reference="part", amount_cents=10000, method="cheque", value_on=NOW.date(), at=NOW
    )
    slip = actions.draw_up_slip(lease=lease(people.bruno), entry=paid, desk=DESK, at=NOW)
    says = loaded(slip.snapshot)
    assert [(part.month, part.cents, part.rest_cents) for part in says.portions] == [(Month(2026, 8), 10000, 35275)]
    assert says.is_conditional
    assert says.groups == ()  # never split between rent and charges
    reject_payment(payment=paid, reference="2", reason="", value_on=NOW.date(), at=NOW)
    assert not Paper.get_by_id(slip.id).stands


def test_a_payment_that_paid_its_month_gives_no_slip(people):
    with pytest.raises(NoSlipError):
        actions.draw_up_slip(lease=lease(people.aminata), entry=payment_of(people.aminata, OCTOBER), desk=DESK, at=NOW)


def test_a_code_is_known_after_the_key_has_changed_and_not_without_it(people):
    paper = quittance(people.aminata)
    rotated = Keyring((*KEYS.keys, Key(2, b"second")))
    assert verify(code=paper.code.lower(), keys=rotated).initials == "A. K."
    assert verify(code=paper.code, keys=Keyring((Key(2, b"second"),))) is None
    assert verify(code="0000-0000-0000", keys=rotated) is None
