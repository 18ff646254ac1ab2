"""An account at the counter: its lines, a payment that comes in, a sum put right. Each is checked before it is kept."""

from flask import flash, url_for
from werkzeug.wrappers import Response

from portal.blueprints.office import blueprint
from portal.blueprints.office.forms.rents import CREDIT, DEBIT, REMISSION, CorrectionForm, PaymentForm
from portal.domain.dossiers.queries import LeaseLine
from portal.domain.errors import DomainError
from portal.domain.rents import actions, corrections, policy
from portal.domain.rents.allocation import BENEFIT, Posting
from portal.domain.rents.models import LedgerEntry
from portal.domain.rents.queries import account_of, statement_of, twins_of
from portal.web.access import the_staff
from portal.web.clock import now, today
from portal.web.htmx import render, see
from portal.web.mine.accounts import staff_account_or_404, staff_account_to_keep_or_404
from portal.web.mine.rents import asked_year

NEW = "nouveau"


@blueprint.get("/loyers/comptes/<ref:number>")
def account(number: str) -> Response:
    """Show an account: what is owed, the terms not paid, the plan, the entries of a year."""
    held = staff_account_or_404(number)
    return render(
        "office/account.html",
        held=held,
        account=account_of(held.lease, on=today()),
        statement=statement_of(held.lease, year=asked_year(), on=today()),
        may_keep=policy.may_keep_accounts(the_staff()),
    )


@blueprint.get("/loyers/comptes/<ref:number>/paiement")
def payment(number: str) -> Response:
    """Show the form of a payment."""
    held = staff_account_to_keep_or_404(number)
    return _payment(held, PaymentForm(account_of(held.lease, on=today())))


@blueprint.post("/loyers/comptes/<ref:number>/paiement")
def check_payment(number: str) -> Response:
    """Say what the payment would pay; nothing is kept yet."""
    held = staff_account_to_keep_or_404(number)
    form = PaymentForm(account_of(held.lease, on=today()))
    if not form.validate():
        return _payment(held, form, 422)
    if form.changing.data:
        return _payment(held, form)
    twins = twins_of(held.lease, amount_cents=form.amount.cents, method=form.method.data, value_on=form.value_on.data)
    after = account_of(held.lease, on=today(), as_if=_posting(form))
    return render("office/check_payment.html", held=held, form=form, after=after, new=NEW, twins=twins)


@blueprint.post("/loyers/comptes/<ref:number>/paiement/enregistrement")
def record_payment(number: str) -> Response:
    """Keep the payment; the same form twice keeps it once."""
    held = staff_account_to_keep_or_404(number)
    form = PaymentForm(account_of(held.lease, on=today()))
    if not form.validate():
        return _payment(held, form, 422)
    try:
        actions.record_payment(
            lease=held.lease,
            reference=form.once_key.data,
            amount_cents=form.amount.cents,
            method=form.method.data,
            value_on=form.value_on.data,
            months=form.months,
            words=form.words.data,
            at=now(),
            staff=the_staff(),
        )
    except DomainError as error:
        form.amount.errors = [str(error)]
        return _payment(held, form, 422)
    flash("Le paiement est enregistré.", "success")
    return see(url_for("office.account", number=number))


@blueprint.get("/loyers/comptes/<ref:number>/ecriture")
def correction(number: str) -> Response:
    """Show the form of a sum to put right."""
    held = staff_account_to_keep_or_404(number)
    return _correction(held, CorrectionForm(account_of(held.lease, on=today())))


@blueprint.post("/loyers/comptes/<ref:number>/ecriture")
def check_correction(number: str) -> Response:
    """Show the entry before it is written; nothing is kept yet."""
    held = staff_account_to_keep_or_404(number)
    account = account_of(held.lease, on=today())
    form = CorrectionForm(account)
    if not form.validate():
        return _correction(held, form, 422)
    if form.changing.data:
        return _correction(held, form)
    return render("office/check_correction.html", held=held, form=form, account=account)


@blueprint.post("/loyers/comptes/<ref:number>/ecriture/enregistrement")
def write_correction(number: str) -> Response:
    """Write the entry; the same form twice writes it once."""
    held = staff_account_to_keep_or_404(number)
    form = CorrectionForm(account_of(held.lease, on=today()))
    if not form.validate():
        return _correction(held, form, 422)
    try:
        _write(held, form)
    except DomainError as error:
        form.amount.errors = [str(error)]
        return _correction(held, form, 422)
    flash("L’écriture est passée au compte.", "success")
    return see(url_for("office.account", number=number))


def _payment(held: LeaseLine, form: PaymentForm, status: int = 200) -> Response:
    return render("office/payment.html", status, held=held, form=form)


def _correction(held: LeaseLine, form: CorrectionForm, status: int = 200) -> Response:
    return render("office/correction.html", status, held=held, form=form)


def _posting(form: PaymentForm) -> Posting:
    """The payment as if it were on the account."""
    month = form.months[0] if form.months else None
    kind = BENEFIT if form.method.data == "caf" else "payment_received"
    return Posting(0, kind, form.value_on.data, month, -form.amount.cents, form.method.data, key=NEW)


def _write(held: LeaseLine, form: CorrectionForm) -> LedgerEntry:
    """Call the verb of the kind chosen."""
    kind, cents, day = form.kind.data, form.amount.cents, form.value_on.data
    common = {
        "lease": held.lease,
        "reference": form.once_key.data,
        "words": form.words.data,
        "at": now(),
        "staff": the_staff(),
    }
    if kind == REMISSION:
        return corrections.grant_remission(month=form.remission_month, amount_cents=cents, **common)
    if kind == "refund":
        return corrections.refund(amount_cents=cents, method="virement", value_on=day, **common)
    if kind == "deposit_return":
        return corrections.return_deposit(amount_cents=cents, value_on=day, **common)
    kind = "charge_adjustment" if kind in (CREDIT, DEBIT) else kind
    return corrections.adjust(kind=kind, amount_cents=form.signed_cents, due_on=form.due, value_on=day, **common)
