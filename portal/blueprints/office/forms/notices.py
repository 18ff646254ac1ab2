"""The form of the avis d’échéance of a month: all buildings, or one."""

from wtforms import HiddenField, SelectChoice, SelectField

from portal.blueprints.office.forms.rents import said_or_blank
from portal.domain.papers.printing import Place
from portal.kernel.periods import Month
from portal.web.filters import format_count
from portal.web.forms import PortalForm


class NoticesForm(PortalForm):
    """Which avis to put in one file; those of every building unless one is chosen."""

    mois = HiddenField()
    batiment = SelectField("Bâtiment", default="", coerce=said_or_blank)

    def __init__(self, *, month: Month, places: list[Place]) -> None:
        super().__init__(mois=str(month))
        everywhere = SelectChoice("", "Tous les bâtiments")
        named = [
            SelectChoice(each.code, f"{each.words} ({format_count(each.count, 'avis', 'avis')})") for each in places
        ]
        self.batiment.choices = [everywhere, *named]
