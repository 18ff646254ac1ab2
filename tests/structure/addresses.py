"""Every address of the portal, filled in with what belongs to Aminata."""

from flask import Flask
from werkzeug.routing import Rule

from portal.domain.people.models import Staff, Tenant
from tests.fixtures import Belongings
from tests.people import People

SIDES = ("public", "access", "tenant", "office", "bank", "demo_bank")
# Rule → the values that make it an address of Aminata's. A rule that is missing here fails the tests that try them all.
OWN = {
    "/espace/messages/<number:id>": {"id": "thread"},
    "/espace/messages/pieces/<number:id>": {"id": "attachment"},
    "/espace/quittances/<month:month>": {"month": "month"},
    "/espace/quittances/<month:month>/quittance": {"month": "month"},
    "/espace/quittances/<month:month>/poste": {"month": "month"},
    "/espace/quittances/<month:month>/avis": {"month": "month"},
    "/espace/quittances/recus/<number:entry_id>": {"entry_id": "entry"},
    "/espace/papiers/<ref:number>.pdf": {"number": "paper"},
    "/espace/reclamations/<ref:number>": {"number": "claim"},
    "/espace/reclamations/<ref:number>/envoyee": {"number": "claim"},
    "/espace/reclamations/photos/<number:photo_id>": {"photo_id": "photo"},
    "/espace/reclamations/nouvelle/photos/<number:photo_id>": {"photo_id": "draft_photo"},
    "/espace/reclamations/nouvelle/photos/<number:photo_id>/vignette": {"photo_id": "draft_photo"},
    "/espace/reclamations/nouvelle/photos/<number:photo_id>/retirer": {"photo_id": "draft_photo"},
    "/espace/reclamations/<ref:number>/repare": {"number": "claim"},
    "/espace/reclamations/<ref:number>/pas-repare": {"number": "claim"},
    "/espace/reclamations/<ref:number>/retrait": {"number": "claim"},
    "/espace/reclamations/<ref:number>/avis": {"number": "claim"},
    "/espace/reclamations/<ref:number>/suivre": {"number": "to_follow"},
    "/espace/reclamations/<ref:number>/suivie": {"number": "followed"},
    "/espace/reclamations/<ref:number>/ne-plus-suivre": {"number": "followed"},
    "/espace/reclamations/<ref:number>/dossier.pdf": {"number": "claim"},
    "/espace/reclamations/photos/<number:photo_id>/vignette": {"photo_id": "photo"},
    "/espace/ordres-de-service/<ref:number>.pdf": {"number": "service_order"},
    "/espace/bons-de-travaux/<ref:number>.pdf": {"number": "work_order"},
    "/espace/reclamations/passages/<number:id>.ics": {"id": "visit"},
    "/espace/reclamations/passages/<number:id>/accord": {"id": "visit"},
    "/espace/reclamations/passages/<number:id>/venus": {"id": "visit"},
    "/espace/reclamations/passages/<number:id>/personne": {"id": "visit"},
    "/espace/reclamations/passages/<number:id>/autre-moment": {"id": "visit"},
    "/espace/ordres-de-service/<ref:number>": {"number": "service_order"},
    "/espace/bons-de-travaux/<ref:number>": {"number": "work_order"},
    "/bureau/reclamations/<ref:number>": {"number": "claim"},
    "/bureau/reclamations/<ref:number>/<ref:move>": {"number": "claim", "move": "move"},
    "/bureau/reclamations/photos/<number:photo_id>": {"photo_id": "photo"},
    "/bureau/loges/<ref:lodge_code>": {"lodge_code": "lodge"},
    "/bureau/ordres/<ref:number>": {"number": "work_order"},
    "/bureau/ordres/<ref:number>/etat": {"number": "work_order"},
    "/espace/paiement/<ref:number>": {"number": "payment"},
    "/espace/paiement/<ref:number>/banque": {"number": "payment"},
    "/espace/paiement/<ref:number>/suite": {"number": "payment"},
    "/bureau/messages/<number:id>": {"id": "thread"},
    "/bureau/messages/<number:id>/classer": {"id": "thread"},
    "/bureau/messages/pieces/<number:id>": {"id": "attachment"},
    "/bureau/messages/avis/<number:id>": {"id": "notice"},
    "/bureau/courriers/lots/<number:id>": {"id": "batch"},
    "/bureau/equipe/<number:id>/acces": {"id": "staff"},
    "/bureau/equipe/<number:id>/acces/donne": {"id": "staff"},
    "/bureau/equipe/<number:id>/fermeture": {"id": "staff"},
    "/bureau/equipe/<number:id>/telephone": {"id": "staff"},
    "/bureau/loyers/comptes/<ref:number>": {"number": "lease"},
    "/bureau/loyers/comptes/<ref:number>/papiers": {"number": "lease"},
    "/bureau/loyers/comptes/<ref:number>/papiers/<month:month>": {"number": "lease", "month": "month"},
    "/bureau/loyers/comptes/<ref:number>/papiers/<ref:paper>.pdf": {"number": "lease", "paper": "paper"},
    "/bureau/loyers/comptes/<ref:number>/paiement": {"number": "lease"},
    "/bureau/loyers/comptes/<ref:number>/paiement/enregistrement": {"number": "lease"},
    "/bureau/loyers/comptes/<ref:number>/ecriture": {"number": "lease"},
    "/bureau/loyers/comptes/<ref:number>/ecriture/enregistrement": {"number": "lease"},
    "/bureau/loyers/comptes/<ref:number>/plan": {"number": "lease"},
    "/bureau/loyers/comptes/<ref:number>/plan/accord": {"number": "lease"},
    "/bureau/loyers/comptes/<ref:number>/plan/fin": {"number": "lease"},
    "/bureau/loyers/ecritures/<number:id>/rejet": {"id": "entry"},
    "/bureau/loyers/ecritures/<number:id>/annulation": {"id": "entry"},
    "/bureau/locataires/<ref:number>": {"number": "tenant"},
    "/bureau/locataires/<ref:number>/consultations": {"number": "tenant"},
    "/bureau/locataires/<ref:number>/acces": {"number": "tenant"},
    "/bureau/locataires/<ref:number>/acces/donne": {"number": "tenant"},
    "/bureau/locataires/<ref:number>/acces/lettre.pdf": {"number": "tenant"},
    "/bureau/locataires/<ref:number>/acces/fermeture": {"number": "tenant"},
}
ACCOUNTS = (
    *("office.month", "office.payment", "office.correction", "office.rejection", "office.reversal", "office.plan"),
    *("office.ending", "office.notices_to_print", "office.notices_news", "office.notices_file"),
)
# Addresses whose argument is a secret that was sent by mail, or printed: they belong to whoever holds it.
SECRETS = ("<token>", "<string:token>", "<ref:code>")
HELD = {
    "/verification/<ref:code>": {"code": "code"},
    "/acces/courriel/<token>": {"token": "confirmation"},
    "/acces/nouveau/<token>": {"token": "renewal"},
}


def rules(app: Flask, *sides: str) -> list[Rule]:
    """Return the rules of some sides, static files left out, in a stable order."""
    wanted = sides or SIDES
    every = [rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in wanted]
    return sorted(every, key=lambda rule: (rule.rule, rule.endpoint))


def with_ids(app: Flask, side: str) -> list[Rule]:
    """Return the rules of a side whose address names an object."""
    return [rule for rule in rules(app, side) if rule.arguments and not any(word in rule.rule for word in SECRETS)]


def address(app: Flask, rule: Rule, own: Belongings) -> str:
    """Return the address of a rule for Aminata's objects."""
    known = OWN | HELD
    assert not rule.arguments or rule.rule in known, f"{rule.rule}: say in OWN what its ids are"
    values = {name: getattr(own, what) for name, what in known.get(rule.rule, {}).items()}
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def reader(people: People, side: str) -> Tenant | Staff:
    """Return who looks at the pages of a side: « accounts » are the Office's pages kept for the accountant."""
    return {"tenant": people.aminata, "office": people.admin, "accounts": people.accountant}[side]


def pages(app: Flask, side: str, own: Belongings) -> list[str]:
    """Return the addresses of a side that answer a GET."""
    named = rules(app, "office" if side == "accounts" else side)
    getting = [rule for rule in named if "GET" in rule.methods and (rule.endpoint in ACCOUNTS) == (side == "accounts")]
    return [address(app, rule, own) for rule in getting if not any(word in rule.rule for word in SECRETS)]


def held(app: Flask, side: str, own: Belongings) -> list[str]:
    """Return the addresses of a side that answer a GET to whoever holds their secret."""
    secret = [rule for rule in rules(app, side) if "GET" in rule.methods and any(word in rule.rule for word in SECRETS)]
    return [address(app, rule, own) for rule in secret]
