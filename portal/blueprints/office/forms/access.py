"""The form of one's own access."""

from wtforms import PasswordField, StringField

from portal.web.forms import PortalForm, at_most, needed


class TelephoneForm(PortalForm):
    """The password again, and a first code of the application."""

    current = PasswordField("Votre mot de passe", [needed("Écrivez votre mot de passe."), at_most(300)])
    code = StringField("Code à six chiffres", [needed("Écrivez le code que montre votre application."), at_most(20)])
