"""The form that closes a loge."""

from wtforms import BooleanField, SelectChoice, SelectField
from wtforms.validators import Optional

from portal.domain.housing.models import Lodge
from portal.web.forms import DayField, PortalForm, needed


class ClosingForm(PortalForm):
    """From when, until when, and who stands in."""

    closed_from = DayField("Fermée à partir du", [needed("Choisissez le premier jour de fermeture.")])
    closed_until = DayField("Jusqu’au (compris)", [Optional()])
    replaced_by = SelectField("Remplacée par", validators=[Optional()])
    opening = BooleanField()

    def __init__(self, *args: object, others: list[Lodge], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.others = {each.code: each for each in others}
        named = [SelectChoice(code, each.name) for code, each in self.others.items()]
        self.replaced_by.choices = [SelectChoice("", "Personne"), *named]

    @property
    def chosen(self) -> Lodge | None:
        """The stand-in, if any."""
        return self.others.get(self.replaced_by.data or "")
