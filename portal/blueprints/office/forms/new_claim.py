"""A réclamation taken down for a tenant, at the counter, by telephone or from a letter."""

from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError

from portal.blueprints.office.forms.claims import CHANNEL_CHOICES, LONGEST, NATURE_CHOICES, PLACE_CHOICES
from portal.domain.housing.models import Lease
from portal.domain.housing.queries import current, leases_of
from portal.domain.people.models import Tenant
from portal.domain.people.queries import tenant_within_reach
from portal.kernel.references import compact_digits
from portal.web.access import the_staff
from portal.web.clock import today
from portal.web.forms import OnceForm, at_most, chosen, needed
from portal.web.uploads import UploadsField


class NewClaimForm(OnceForm):
    """Who, how, where, what; the lease is asked for when the tenant has several."""

    tenant_number = StringField("Numéro du locataire", [needed("Écrivez le numéro du locataire."), at_most(40)])
    channel = RadioField("Comment l’a-t-il dit ?", choices=CHANNEL_CHOICES, validators=[chosen("Choisissez comment.")])
    place = RadioField("Où est le problème ?", choices=PLACE_CHOICES, validators=[chosen("Choisissez où.")])
    nature = SelectField("De quoi s’agit-il ?", choices=NATURE_CHOICES, validators=[needed("Choisissez la nature.")])
    description = TextAreaField("Ce que dit le locataire", [needed("Écrivez ce que dit le locataire."), LONGEST])
    lease = SelectField("Quel logement ?", choices=[SelectChoice("", "Choisissez")], default="")
    photos = UploadsField("Photos", most=6, pdf=False)
    tenant: Tenant | None = None
    leases: list[Lease] = []

    def validate_tenant_number(self, field: StringField) -> None:
        """Find the tenant, within what the writer may see, and the leases that run."""
        number = compact_digits(field.data)
        self.tenant = tenant_within_reach(number=number, staff=the_staff(), on=today())
        if self.tenant is None:
            raise ValidationError("Aucun locataire que vous suivez ne porte ce numéro. Vérifiez-le.")
        self.leases = current(leases_of(tenant=self.tenant), on=today())
        if not self.leases:
            raise ValidationError("Ce locataire n’a pas de bail en cours.")

    def offer(self) -> None:
        """Offer the tenant's leases before the choice is read; with only one there is nothing to choose."""
        number = compact_digits(self.tenant_number.data or "")
        tenant = tenant_within_reach(number=number, staff=the_staff(), on=today()) if number else None
        self.leases = current(leases_of(tenant=tenant), on=today()) if tenant else []
        named = [SelectChoice(each.number, each.dwelling.building.address) for each in self.leases]
        self.lease.choices = [SelectChoice("", "Choisissez"), *named]
        if len(self.leases) == 1:
            self.lease.data = self.leases[0].number

    def validate_lease(self, field: SelectField) -> None:
        """Ask which dwelling when there are several."""
        if len(self.leases) > 1 and not field.data:
            raise ValidationError("Choisissez le logement.")

    @property
    def chosen_lease(self) -> Lease:
        """The lease it is about."""
        return next(lease for lease in self.leases if lease.number == self.lease.data)
