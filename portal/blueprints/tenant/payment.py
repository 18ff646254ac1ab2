"""« Payer mon loyer »: what is owed, the ways to pay it, the way to the bank and back, the tries so far."""

from flask import Response, g, request, url_for

from portal.blueprints.tenant import blueprint
from portal.blueprints.tenant.forms.payment import PayForm
from portal.domain.errors import DomainError
from portal.domain.payments import actions, policy, queries
from portal.domain.payments.models import PENDING, WAITING, OnlinePayment
from portal.domain.rents.queries import account_of
from portal.web.access import the_tenant
from portal.web.application import settings
from portal.web.bank import bank_form, bank_page, let_go_to_the_bank
from portal.web.clock import now, today
from portal.web.htmx import render, see
from portal.web.mine.payments import my_payment_or_404
from portal.web.mine.rents import Leases, my_leases_or_404

UNDER_WAY = (WAITING, PENDING)


@blueprint.route("/paiement", methods=["GET", "POST"])
def pay() -> Response:
    """Show what is owed and the ways to pay it; begin a payment."""
    leases = my_leases_or_404()
    account, tries = account_of(leases.chosen, on=today()), my_tries(leases)
    form, is_open = PayForm(), settings().pays_online
    form.offer(account.open_terms)
    if is_open and form.validate_on_submit():
        try:
            return see(url_for("tenant.go_to_bank", number=begin(form, leases).order_number))
        except DomainError as refusal:
            form.refuse(str(refusal))
    return render(
        "tenant/pay.html",
        422 if form.errors else 200,
        form=form,
        leases=leases,
        account=account,
        asked_cents=policy.asked_cents(account),
        most_cents=policy.most_cents(account),
        tries=tries,
        under_way=next((payment for payment, state in tries if state in UNDER_WAY), None),
        is_open=is_open,
    )


def my_tries(leases: Leases) -> list[tuple[OnlinePayment, str]]:
    """Return the payments begun for the chosen lease, the latest first, each with where it stands now."""
    return [(each, policy.state_of(each, at=now())) for each in queries.tries_of(lease=leases.chosen)]


def begin(form: PayForm, leases: Leases) -> OnlinePayment:
    """Begin the payment the form asks for."""
    return actions.start(
        tenant=the_tenant(),
        lease=leases.chosen,
        choice=form.chosen(),
        once_key=form.once_key.data,
        mode=settings().bank.mode,
        at=now(),
    )


@blueprint.get("/paiement/<ref:number>/banque")
def go_to_bank(number: str) -> Response:
    """Lead to the bank's page, by a form that leaves at once where scripts run; once news has come, show them."""
    mine = my_payment_or_404(number)
    portal = settings()
    if mine.state != WAITING or not portal.pays_online or mine.payment.mode != portal.bank.mode:
        return see(url_for("tenant.online_payment", number=number))
    page = render("tenant/go_to_bank.html", payment=mine.payment, address=bank_page(), fields=bank_form(mine.payment))
    return let_go_to_the_bank(page)


@blueprint.get("/paiement/<ref:number>")
def online_payment(number: str) -> Response:
    """Say where a payment stands; the browser coming back from the bank lands here, and what it brings is not read."""
    mine = my_payment_or_404(number)
    if "vads_order_id" in request.args:
        return see(url_for("tenant.online_payment", number=number))  # the bank's words leave the address
    account = account_of(mine.leases.chosen, on=today())
    return render(
        "tenant/online_payment.html",
        mine=mine,
        account=account,
        paid_terms=policy.terms_paid_by(account, mine.payment),
        is_open=settings().pays_online,
    )


@blueprint.get("/paiement/<ref:number>/suite")
def payment_news(number: str) -> Response:
    """Answer the page that waits: nothing while there is no news, else the order to load itself again."""
    g.background = True
    mine = my_payment_or_404(number)
    shown = request.args.get("vu", ""), request.args.get("conseil", "")
    if mine.state in UNDER_WAY and shown == (mine.state, "1" if mine.needs_advice else ""):
        return Response(status=204)
    return Response(headers={"HX-Refresh": "true"}, mimetype="text/plain")
