"""The forms of the Office's messages."""

from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Optional

from portal.domain.housing.models import Building
from portal.domain.messages import policy, queries
from portal.domain.messages.actions import Words
from portal.domain.people.models import Tenant
from portal.domain.people.queries import tenant_within_reach
from portal.kernel.references import compact_digits
from portal.web.access import the_staff
from portal.web.application import settings
from portal.web.clock import today
from portal.web.forms import DayField, OnceForm, at_most, needed
from portal.web.message_forms import TOO_LONG, MessageForm
from portal.web.uploads import UploadsField

SUBJECT = (needed("Écrivez l’objet du message."), at_most(policy.LONGEST_SUBJECT))


class TenantForm(MessageForm):
    """A message to one tenant, found by the number."""

    leads = ("tenant_number", "subject")
    tenant_number = StringField("Numéro du locataire", [needed("Écrivez le numéro du locataire."), at_most(40)])
    subject = StringField("Objet", SUBJECT)
    tenant: Tenant | None = None

    def validate_tenant_number(self, field: StringField) -> None:
        """Find the tenant, within what the writer may see."""
        number = compact_digits(field.data)
        self.tenant = tenant_within_reach(number=number, staff=the_staff(), on=today())
        if self.tenant is None:
            raise ValidationError("Aucun locataire que vous suivez ne porte ce numéro. Vérifiez-le.")


def place(building: Building) -> str:
    """Return a building as the list names it."""
    return f"{building.residence.name}, {building.name}, {building.address}"


class BuildingForm(OnceForm):
    """A notice to a whole building, urgent when it has a last day.

    The check page adds the files; `changing` says that one comes back from it.
    """

    building = SelectField("Bâtiment", [needed("Choisissez le bâtiment.")])
    subject = StringField("Objet", SUBJECT)
    body = TextAreaField("Message", [needed("Écrivez le message."), at_most(policy.LONGEST_BODY, TOO_LONG)])
    urgent_until = DayField("Alerte : l’afficher en bandeau jusqu’à ce jour compris", [Optional()])
    files = UploadsField("Joindre des photos ou des documents", most=policy.MOST_FILES)
    changing = BooleanField()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.buildings = {str(each.id): each for each in queries.buildings_of(staff=the_staff())}
        named = [SelectChoice(key, place(each)) for key, each in self.buildings.items()]
        self.building.choices = [SelectChoice("", "Choisissez un bâtiment"), *named]

    def validate_urgent_until(self, field: DayField) -> None:
        """Refuse an alert that would be over before it begins."""
        if field.data and field.data < today():
            raise ValidationError("Le dernier jour de l’alerte est déjà passé.")

    @property
    def chosen(self) -> Building:
        """The building chosen."""
        return self.buildings[self.building.data]

    def words(self) -> Words:
        """Return what the verb sends."""
        return Words(self.body.data, self.once_key.data, self.files.checked, settings().uploads)

    def typed(self) -> dict[str, str]:
        """Return what was typed, for the check page to send again."""
        day = self.urgent_until.data
        return {
            "building": self.building.data,
            "subject": self.subject.data,
            "body": self.body.data,
            "urgent_until": day.isoformat() if day else "",
            "once_key": self.once_key.data,
        }
