"""The forms of « Mes informations »."""

from wtforms import PasswordField, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import Email, EqualTo, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from portal.domain.news.policy import TOPICS
from portal.web.forms import PortalForm, at_most, needed

PHONE = r"^$|^\+?[0-9][0-9 .\-\u00a0]{8,24}$"


class MailChoicesForm(PortalForm):
    """The topics one wants mails about; none is a choice."""

    topics = SelectMultipleField(
        "Je veux un courriel pour",
        choices=[SelectChoice(topic, f"{word} : {like}") for topic, (word, like) in TOPICS.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class AgainForm(PortalForm):
    """What is asked before anything that lets in: the present password."""

    current = PasswordField("Votre mot de passe actuel", [needed("Écrivez votre mot de passe actuel."), at_most(300)])


class PhoneForm(AgainForm):
    """A telephone number, or none."""

    leads = ("phone",)
    phone = StringField(
        "Numéro de téléphone",
        [at_most(30), Regexp(PHONE, message="Écrivez un numéro complet. Exemple : 06 12 34 56 78")],
    )


class EmailForm(AgainForm):
    """An address to be confirmed by a link."""

    leads = ("email",)
    email = StringField(
        "Adresse de courriel",
        [
            needed("Écrivez votre adresse de courriel."),
            at_most(254),
            Email(message="Cette adresse n’est pas complète. Exemple : prenom.nom@exemple.fr"),
        ],
    )


class PasswordForm(AgainForm):
    """A new password, twice."""

    password = PasswordField("Nouveau mot de passe", [needed("Écrivez un nouveau mot de passe."), at_most(300)])
    again = PasswordField(
        "Le même, une deuxième fois",
        [
            needed("Écrivez le nouveau mot de passe une deuxième fois."),
            EqualTo("password", message="Les deux mots de passe ne sont pas les mêmes. Écrivez-les de nouveau."),
        ],
    )
