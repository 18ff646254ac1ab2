"""The forms of « Mes informations »."""

from wtforms import SelectChoice, SelectMultipleField, StringField
from wtforms.validators import Email, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from portal.domain.news.policy import TOPICS
from portal.web.forms import PortalForm, at_most, needed
from portal.web.password_forms import AgainForm

PHONE = r"^$|^\+?[0-9][0-9 .\-\u00a0]{8,24}$"


class MailChoicesForm(PortalForm):
    """The topics one wants mails about; none is a choice."""

    topics = SelectMultipleField(
        "Je veux un courriel pour",
        choices=[SelectChoice(topic, f"{word} : {like}") for topic, (word, like) in TOPICS.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


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
