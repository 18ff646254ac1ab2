"""The forms of the door."""

from wtforms import PasswordField, StringField
from wtforms.validators import Email

from portal.web.forms import OnceForm, PortalForm, at_most, needed


class SignInForm(PortalForm):
    """Login and password."""

    login = StringField("Identifiant", [needed("Écrivez votre identifiant."), at_most(80)])
    password = PasswordField("Mot de passe", [needed("Écrivez votre mot de passe."), at_most(300)])


class SecondCodeForm(PortalForm):
    """The six digits of the application on the telephone."""

    code = StringField("Code à six chiffres", [needed("Écrivez le code que montre votre application."), at_most(20)])


class CodeForm(OnceForm):
    """The three facts printed on an avis d’échéance."""

    name = StringField("Votre nom", [needed("Écrivez votre nom, comme sur l’avis d’échéance."), at_most(120)])
    dwelling_reference = StringField(
        "Référence du logement",
        [needed("Écrivez la référence du logement, comme sur l’avis d’échéance."), at_most(60)],
    )
    tenant_number = StringField(
        "Numéro de locataire",
        [needed("Écrivez votre numéro de locataire, comme sur l’avis d’échéance."), at_most(40)],
    )


class LostForm(PortalForm):
    """The address to which a link may be sent."""

    email = StringField(
        "Votre adresse de courriel",
        [
            needed("Écrivez votre adresse de courriel."),
            at_most(254),
            Email(message="Cette adresse n’est pas complète. Exemple : prenom.nom@exemple.fr"),
        ],
    )


class LinkForm(PortalForm):
    """A button to press."""
