"""The form that says what one pays."""

from collections.abc import Iterable

from wtforms import HiddenField, SelectChoice, SelectMultipleField, StringField, ValidationError
from wtforms.validators import AnyOf
from wtforms.widgets import CheckboxInput, ListWidget

from portal.domain.payments.models import CHOICES
from portal.domain.payments.policy import Choice
from portal.domain.rents.allocation import Term
from portal.kernel.money import parse_euros
from portal.kernel.periods import Month
from portal.web.filters import format_euros, format_month
from portal.web.forms import OnceForm


class PayForm(OnceForm):
    """What to pay: all that is asked, chosen months, or another sum."""

    choice = HiddenField(validators=[AnyOf(CHOICES, message="Choisissez ce que vous voulez payer.")])
    months = SelectMultipleField(
        "Quels mois ?", choices=[], widget=ListWidget(), option_widget=CheckboxInput(), validate_choice=False
    )
    amount = StringField("Quelle somme ?")
    cents = 0

    def offer(self, terms: Iterable[Term]) -> None:
        """Offer the months that are not wholly paid."""
        self.months.choices = [
            SelectChoice(str(term.month), f"{format_month(term.month)} : {format_euros(term.rest_cents)}")
            for term in terms
        ]

    def validate_months(self, field: SelectMultipleField) -> None:
        """Ask for one month at least, when months are what one pays."""
        if self.choice.data == "terms":
            offered = {choice.value for choice in field.choices}
            if not field.data or not set(field.data) <= offered:
                raise ValidationError("Cochez au moins un mois de la liste.")

    def validate_amount(self, field: StringField) -> None:
        """Read the sum, when a sum is what one pays."""
        if self.choice.data == "sum":
            try:
                self.cents = parse_euros(field.data or "")
            except ValueError:
                raise ValidationError("Écrivez une somme en euros, par exemple 50 ou 50,25.") from None

    def chosen(self) -> Choice:
        """Return the choice, as the domain knows it."""
        months = tuple(Month.parse(text) for text in self.months.data) if self.choice.data == "terms" else ()
        return Choice(self.choice.data, months, self.cents)

    def refuse(self, sentence: str) -> None:
        """Say why the choice cannot be paid, where it was made."""
        field = {"terms": self.months, "sum": self.amount}.get(self.choice.data, self.choice)
        field.errors = [sentence]
