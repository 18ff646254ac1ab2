"""The online payments: the list, what each day brought, the file for the bank's statement, the odd notifications."""

from flask import Response, abort

from portal.blueprints.office import blueprint
from portal.blueprints.office.forms.payments import PaymentsForm
from portal.blueprints.office.payments_table import HEADINGS, rows_of
from portal.domain.payments import policy, queries
from portal.domain.payments.models import STATES
from portal.web.access import the_staff
from portal.web.clock import now, today
from portal.web.htmx import render
from portal.web.paging import page_number
from portal.web.sending import kept_table

STATE_WORDS = {
    "waiting": ("En cours", "wait"),
    "pending": ("En vérification", "wait"),
    "paid": ("Payé", "done"),
    "refused": ("Refusé", "alert"),
    "abandoned": ("Abandonné", "neutral"),
    "lapsed": ("Sans suite", "neutral"),
    "cancelled": ("Annulé", "neutral"),
    "reversed": ("Remboursé ou annulé", "info"),
}
VERDICT_WORDS = {
    "unreadable": "Contenu illisible : ce n’est sans doute pas la banque.",
    "bad_signature": "Signature fausse : ce n’est pas la banque, ou la clé n’est plus la bonne.",
    "not_a_notification": "Signée, mais ce n’est pas une notification (un retour de navigateur).",
    "wrong_mode": "Autre mode que celui du portail (essai ou production).",
    "wrong_shop": "Autre boutique que la nôtre.",
    "unknown_order": "Commande inconnue du portail. Si elle est payée, passez le règlement à la main.",
    "wrong_transaction": "La transaction n’est pas celle de la commande.",
    "wrong_currency": "Autre monnaie que l’euro.",
    "wrong_amount": "Montant différent de celui demandé. S’il est payé, réglez-le avec la banque.",
    "wrong_operation": "Opération que le portail ne connaît pas.",
    "unknown_status": "État que le portail ne connaît pas.",
    "second_payment": "Deuxième paiement de la même commande : un seul est crédité. Remboursez l’autre.",
    "after_undoing": "Paiement annoncé après son annulation : rien n’est crédité. Vérifiez à la banque.",
    "refund_early": "Remboursement annoncé avant le paiement : il sera repris avec lui.",
    "refund_too_large": "Remboursement plus grand que le paiement : rien n’est repris.",
    "account_refused": "Le compte l’a refusée (écriture déjà annulée à la main ?). Vérifiez le compte.",
}


def read_wish() -> tuple[PaymentsForm, queries.Wish]:
    """Return the filters of the address; staff who do not keep the accounts get a 403."""
    if not policy.may_read_payments(the_staff()):
        abort(403)
    form = PaymentsForm.of_address()
    return form, form.wish(today())


@blueprint.get("/paiements")
def payments() -> Response:
    """List the online payments of a period, the latest first, with what each day brought."""
    form, wish = read_wish()
    page = queries.payments_of_office(wish=wish, at=now(), page=page_number())
    return render(
        "office/payments.html",
        form=form,
        wish=wish,
        page=page,
        states=[(each, policy.state_of(each, at=now())) for each in page.payments],
        totals=queries.day_totals(wish=wish),
        odd=queries.count_odd(at=now()),
        words=STATE_WORDS,
        known_states=STATES,
    )


@blueprint.get("/paiements.csv")
def payments_file() -> Response:
    """Give the list as a file that a spreadsheet opens, to compare with the bank's statement."""
    _, wish = read_wish()
    rows = queries.payments_for_statement(wish=wish, at=now())
    table = rows_of(rows, at=now(), words=STATE_WORDS)
    return kept_table(HEADINGS, table, f"paiements-{wish.since}-{wish.until}.csv")


@blueprint.get("/paiements/notifications")
def odd_notifications() -> Response:
    """List what the bank, or somebody else, sent and that changed no account, with what to do."""
    if not policy.may_read_payments(the_staff()):
        abort(403)
    number = page_number()
    notifications, more = queries.odd_notifications(at=now(), page=number)
    return render(
        "office/bank_notifications.html", notifications=notifications, number=number, more=more, words=VERDICT_WORDS
    )
