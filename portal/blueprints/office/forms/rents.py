"""The forms of an account: a payment, a sum put right, an entry undone. Each is checked on a page before it is kept."""

from datetime import date, timedelta

from wtforms import BooleanField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Optional

from portal.domain.rents.account import Account
from portal.domain.rents.labels import METHOD_LABELS, month_words
from portal.kernel.money import in_euros
from portal.kernel.periods import Month
from portal.web.clock import today
from portal.web.forms import DayField, EuroField, OnceForm, at_most, needed

COUNTER = (
    "virement",
    "cheque",
    "especes",
    "prelevement",
    "tip",
    "carte",
    "caf",
)  # « carte »: at the counter
LONGEST_WORDS = 80
TO_PAY = timedelta(days=30)
CREDIT, DEBIT, REMISSION = "charge_credit", "charge_debit", "remission"
CORRECTIONS = {
    CREDIT: "Régularisation de charges en faveur du locataire",
    DEBIT: "Régularisation de charges que le locataire doit",
    REMISSION: "Remise sur un mois",
    "refund": "Remboursement au locataire",
    "tenant_repairs": "Réparations locatives que le locataire doit",
    "court_costs": "Frais de procédure accordés par un juge",
    "deposit_return": "Dépôt de garantie rendu (bail terminé)",
}
DEBTS = (DEBIT, "tenant_repairs", "court_costs")
DAY_NEEDED = "Écrivez la date."


def said_or_blank(value: str | None) -> str:
    """Nothing chosen is the blank choice, in which case the form's own rule still has its say."""
    return value or ""


class CheckedForm(OnceForm):
    """A form that is shown again on a page to check; `changing` comes back from that page."""

    changing = BooleanField()

    def typed(self) -> dict[str, str]:
        """Return what was typed, for the check page to send again."""
        return {each.name: each.raw_data[0] for each in self if each.raw_data and each.name not in UNSENT}

    def validate_value_on(self, field: DayField) -> None:
        """Refuse a day to come."""
        if field.data and field.data > today():
            raise ValidationError("Cette date est à venir. Écrivez le jour de l’opération.")


UNSENT = ("changing", "csrf_token")


class PaymentForm(CheckedForm):
    """A payment that came in at the Office."""

    amount = EuroField("Montant reçu", [needed("Écrivez le montant reçu.")])
    method = SelectField("Moyen de paiement", [needed("Choisissez le moyen de paiement.")])
    value_on = DayField("Date du paiement", [InputRequired(DAY_NEEDED)], default=today)
    month = SelectField("Mois payé", filters=[said_or_blank])
    words = StringField("Référence ou remarque", [at_most(LONGEST_WORDS)])

    def __init__(self, account: Account, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.method.choices = [("", "Choisissez"), *((each, METHOD_LABELS[each]) for each in COUNTER)]
        self.month.choices = [("", "Le plus ancien d’abord (la règle)"), *_months(account)]

    @property
    def months(self) -> tuple[Month, ...]:
        """The term chosen, if any."""
        return (Month.parse(self.month.data),) if self.month.data else ()

    def validate_month(self, field: SelectField) -> None:
        """Ask for the month of a benefit."""
        if self.method.data == "caf" and not field.data:
            raise ValidationError("Choisissez le mois que paie la CAF.")


class CorrectionForm(CheckedForm):
    """A sum put right on the account, outside the terms."""

    kind = SelectField("Nature", [needed("Choisissez la nature de l’écriture.")])
    amount = EuroField("Montant", [needed("Écrivez le montant.")])
    words = StringField("Motif, tel que le locataire le lira", [needed("Écrivez le motif."), at_most(LONGEST_WORDS)])
    value_on = DayField("Date de l’opération", [InputRequired(DAY_NEEDED)], default=today)
    due_on = DayField("À payer avant le", [Optional()])
    month = SelectField("Mois de la remise", filters=[said_or_blank])

    def __init__(self, account: Account, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [("", "Choisissez"), *CORRECTIONS.items()]
        asked = [(str(term.month), month_words(term.month)) for term in account.terms if term.asked_cents > 0]
        self.month.choices = [("", "Choisissez un mois"), *asked]

    @property
    def signed_cents(self) -> int:
        """The amount, negative when it is in the tenant's favour."""
        return -self.amount.cents if self.kind.data == CREDIT else self.amount.cents

    @property
    def due(self) -> date | None:
        """The last day to pay a debt: the one written, or a month later."""
        return (self.due_on.data or self.value_on.data + TO_PAY) if self.kind.data in DEBTS else None

    @property
    def remission_month(self) -> Month:
        """The month on which the remission bears."""
        return Month.parse(self.month.data)

    def validate_month(self, field: SelectField) -> None:
        """Ask for the month of a remission."""
        if self.kind.data == REMISSION and not field.data:
            raise ValidationError("Choisissez le mois sur lequel porte la remise.")


class UndoForm(OnceForm):
    """Why an entry is undone."""

    reason = StringField("Motif, tel que le locataire le lira", [needed("Écrivez le motif."), at_most(LONGEST_WORDS)])


class RejectionForm(UndoForm):
    """Why, and on which day, a bank took a payment back."""

    value_on = DayField("Date du rejet", [InputRequired(DAY_NEEDED)], default=today)


def _months(account: Account) -> list[tuple[str, str]]:
    """The months a payment may name: those not wholly paid, and the three around today, for the CAF."""
    rests = {term.month: term.rest_cents for term in account.open_terms}
    around = [Month.of(account.on).plus(step) for step in (-2, -1, 0)]
    said = lambda month: f" (reste {in_euros(rests[month])})" if month in rests else ""  # noqa: E731
    return [(str(month), month_words(month) + said(month)) for month in sorted({*rests, *around})]
