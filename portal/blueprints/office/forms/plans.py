"""The forms of a repayment plan."""

from datetime import timedelta

from wtforms import BooleanField, HiddenField, StringField, ValidationError
from wtforms.validators import InputRequired, NumberRange

from portal.domain.rents import policy
from portal.domain.rents.allocation import Instalment
from portal.web.clock import today
from portal.web.forms import DayField, NumberField, OnceForm, PortalForm, at_most, needed

MOST_INSTALMENTS = 36  # three years: what a court may give (law of 6 July 1989, art. 24 V)
LATEST_START = timedelta(days=62)
HOW_MANY = f"Écrivez un nombre d’échéances, de 1 à {MOST_INSTALMENTS}."


class PlanForm(OnceForm):
    """How an old debt is spread: so many monthly instalments from a day. `debt_cents` is what was checked."""

    count = NumberField(
        "Nombre d’échéances", [InputRequired(HOW_MANY), NumberRange(1, MOST_INSTALMENTS, HOW_MANY)], default=12
    )
    first_on = DayField("Date de la première échéance", [InputRequired("Écrivez la date.")])
    debt_cents = HiddenField()
    changing = BooleanField()

    def validate_first_on(self, field: DayField) -> None:
        """A first instalment within two months."""
        if field.data and not today() < field.data <= today() + LATEST_START:
            raise ValidationError("La première échéance est après aujourd’hui, dans les deux mois.")

    def instalments(self, debt_cents: int) -> list[Instalment]:
        """Return the instalments the form describes; they add up to the debt."""
        return policy.even_instalments(debt_cents, count=self.count.data, first_on=self.first_on.data)

    @property
    def shown_cents(self) -> int:
        """The debt that the check page showed; 0 without one."""
        said = self.debt_cents.data or ""
        return int(said) if said.isascii() and said.isdigit() and len(said) < len("1000000000") else 0

    def is_checked_for(self, debt_cents: int) -> bool:
        """Say whether the debt is the one that was shown on the check page."""
        if self.shown_cents == debt_cents:
            return True
        self.count.errors = ["La dette a changé entre-temps. Vérifiez de nouveau les échéances."]
        return False

    def typed(self, debt_cents: int) -> dict[str, str]:
        """Return what was typed, for the check page to send again."""
        return {
            "count": str(self.count.data),
            "first_on": self.first_on.data.isoformat(),
            "debt_cents": str(debt_cents),
            "once_key": self.once_key.data,
        }


class EndPlanForm(PortalForm):
    """Why a plan is ended."""

    reason = StringField("Motif, tel que le locataire le lira", [needed("Écrivez le motif."), at_most(80)])
