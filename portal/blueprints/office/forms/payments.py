"""What the list of online payments should hold, as its address says it."""

from datetime import date, timedelta

from flask import request
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import Optional

from portal.domain.payments.models import STATES
from portal.domain.payments.queries import Wish
from portal.web.forms import DayField, PortalForm

A_MONTH = timedelta(days=31)
WORDS = {
    "waiting": "En cours",
    "pending": "En vérification",
    "paid": "Payés",
    "refused": "Refusés",
    "abandoned": "Abandonnés",
    "lapsed": "Sans suite",
    "cancelled": "Annulés",
    "reversed": "Remboursés ou annulés après paiement",
}


class PaymentsForm(PortalForm):
    """A period, a state, and words: all optional; nonsense in the address is as if nothing were asked."""

    class Meta(PortalForm.Meta):
        csrf = False

    du = DayField("Du", [Optional()])
    au = DayField("Au", [Optional()])
    etat = SelectField(
        "État",
        choices=[SelectChoice("", "Tous"), *(SelectChoice(state, WORDS[state]) for state in STATES)],
        validate_choice=False,
    )
    q = StringField("Commande, bail, nom ou numéro de locataire")

    @classmethod
    def of_address(cls) -> "PaymentsForm":
        """Read the filters of the address."""
        return cls(formdata=request.args)

    def wish(self, today: date) -> Wish:
        """Return what to list: the last month when no day is asked."""
        until = self.au.data or today
        since = self.du.data or until - A_MONTH
        state = self.etat.data if self.etat.data in STATES else ""
        return Wish(min(since, until), max(since, until), state, (self.q.data or "")[:100])
