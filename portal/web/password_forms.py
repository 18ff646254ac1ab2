"""Forms about a password: the present one again, a new one twice; a tenant's and a member of staff's are alike."""

from wtforms import PasswordField
from wtforms.validators import EqualTo

from portal.web.forms import PortalForm, at_most, needed


class AgainForm(PortalForm):
    """What is asked before anything that lets in: the present password."""

    current = PasswordField("Votre mot de passe actuel", [needed("Écrivez votre mot de passe actuel."), at_most(300)])


class NewPasswordForm(PortalForm):
    """A new password, twice."""

    password = PasswordField("Nouveau mot de passe", [needed("Écrivez un nouveau mot de passe."), at_most(300)])
    again = PasswordField(
        "Le même, une deuxième fois",
        [
            needed("Écrivez le nouveau mot de passe une deuxième fois."),
            EqualTo("password", message="Les deux mots de passe ne sont pas les mêmes. Écrivez-les de nouveau."),
        ],
    )


class ChangePasswordForm(AgainForm, NewPasswordForm):
    """The present password, then a new one, twice."""
