"""The Office's first page, the help and the legal pages."""

from flask import Response
from flask_login import current_user

from portal.blueprints.public import blueprint
from portal.domain.housing import queries as housing
from portal.web.clock import today
from portal.web.htmx import render

# The anchors are the last word of the space's addresses: /espace/quittances opens /aide#quittances.
HELP_TOPICS = (
    ("urgence", "En cas d’urgence"),
    ("acces", "Entrer dans mon espace"),
    ("espace", "La page d’accueil"),
    ("messages", "Mes messages"),
    ("reclamations", "Mes réclamations"),
    ("informations", "Mes informations"),
    ("quittances", "Mes quittances"),
    ("compte", "Mon compte"),
    ("paiement", "Payer mon loyer"),
    ("logement", "Mon logement"),
    ("ordres-de-service", "Ordres de service"),
    ("bons-de-travaux", "Bons de travaux"),
    ("glossaire", "Les mots de l’Office"),
)


@blueprint.get("/")
def home() -> Response:
    """Show the Office's first page, with the door to the tenants' space."""
    return render("public/home.html")


@blueprint.get("/aide")
def help_page() -> Response:
    """Show the help, one section a page of the space; a tenant finds their loge in it."""
    tenant = current_user.tenant if current_user.is_authenticated else None
    lodges = housing.lodges_of(tenant=tenant, on=today()) if tenant else []
    return render("public/help.html", topics=HELP_TOPICS, lodges=lodges)


@blueprint.get("/mentions-legales")
def legal() -> Response:
    """Say who publishes the site (law 2004-575, art. 6 III)."""
    return render("public/legal.html")


@blueprint.get("/donnees-personnelles")
def privacy() -> Response:
    """Say what is kept on a person and their rights (GDPR, art. 13)."""
    return render("public/privacy.html")


@blueprint.get("/accessibilite")
def accessibility() -> Response:
    """Declare the state of accessibility (decree 2019-768)."""
    return render("public/accessibility.html")
