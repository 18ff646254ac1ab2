"""The forms of « Mes quittances »."""

from wtforms import HiddenField
from wtforms.validators import AnyOf

from portal.web.forms import PortalForm


class ConsentForm(PortalForm):
    """Yes or no to quittances by the screen, and the page to come back to."""

    agreed = HiddenField(validators=[AnyOf(("oui", "non"))])
    back = HiddenField(default="quittances")
