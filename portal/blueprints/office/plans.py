"""Repayment plans at the counter: agreed after a look at their instalments, ended with a reason."""

from flask import flash, url_for
from werkzeug.wrappers import Response

from portal.blueprints.office import blueprint
from portal.blueprints.office.forms.plans import EndPlanForm, PlanForm
from portal.domain.errors import DomainError
from portal.domain.rents import plans
from portal.domain.rents.queries import account_of
from portal.web.access import the_staff
from portal.web.clock import now, today
from portal.web.htmx import render, see
from portal.web.mine.accounts import staff_account_to_keep_or_404


@blueprint.get("/loyers/comptes/<ref:number>/plan")
def plan(number: str) -> Response:
    """Show the debt that a plan would spread, and how to spread it."""
    held = staff_account_to_keep_or_404(number)
    account = account_of(held.lease, on=today())
    return render("office/plan.html", held=held, account=account, form=PlanForm())


@blueprint.post("/loyers/comptes/<ref:number>/plan")
def check_plan(number: str) -> Response:
    """Show the instalments, which add up to the debt; nothing is agreed yet."""
    held = staff_account_to_keep_or_404(number)
    account, form = account_of(held.lease, on=today()), PlanForm()
    if not form.validate():
        return render("office/plan.html", 422, held=held, account=account, form=form)
    if form.changing.data or not account.spreadable_cents:
        return render("office/plan.html", held=held, account=account, form=form)
    parts = form.instalments(account.spreadable_cents)
    return render("office/check_plan.html", held=held, account=account, form=form, instalments=parts)


@blueprint.post("/loyers/comptes/<ref:number>/plan/accord")
def agree_plan(number: str) -> Response:
    """Note the plan; the same form twice notes it once, and a debt that changed meanwhile is checked again."""
    held = staff_account_to_keep_or_404(number)
    account, form = account_of(held.lease, on=today()), PlanForm()
    debt = account.spreadable_cents or form.shown_cents
    if not form.validate() or not form.is_checked_for(debt):
        return render("office/plan.html", 422, held=held, account=account, form=form)
    try:
        plans.agree_plan(
            lease=held.lease,
            instalments=form.instalments(debt),
            once_key=form.once_key.data,
            at=now(),
            staff=the_staff(),
        )
    except DomainError as error:
        form.count.errors = [str(error)]
        return render("office/plan.html", 422, held=held, account=account, form=form)
    flash("Le plan d’apurement est enregistré. Le locataire le voit sur son compte.", "success")
    return see(url_for("office.account", number=number))


@blueprint.get("/loyers/comptes/<ref:number>/plan/fin")
def ending(number: str) -> Response:
    """Ask for the reason, and to confirm, before a plan is ended."""
    held = staff_account_to_keep_or_404(number)
    return render("office/end_plan.html", held=held, account=account_of(held.lease, on=today()), form=EndPlanForm())


@blueprint.post("/loyers/comptes/<ref:number>/plan/fin")
def end_plan(number: str) -> Response:
    """End the plan: what is left of the debt is due now."""
    held = staff_account_to_keep_or_404(number)
    form = EndPlanForm()
    if not form.validate():
        account = account_of(held.lease, on=today())
        return render("office/end_plan.html", 422, held=held, account=account, form=form)
    plans.end_plan(lease=held.lease, reason=form.reason.data, at=now(), staff=the_staff())
    flash("Le plan d’apurement a pris fin : le reste de la dette est dû.", "success")
    return see(url_for("office.account", number=number))
