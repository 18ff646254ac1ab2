"""Every address of the portal, filled in with what belongs to Aminata."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from flask import Flask
from PIL import Image
from werkzeug.routing import Rule

from portal.config import ClaimDelays, Office
from portal.domain.claims import actions as claims
from portal.domain.claims import following
from portal.domain.claims.models import Claim, ClaimPhoto
from portal.domain.claims.recording import Act
from portal.domain.files.actions import CheckedFile
from portal.domain.filing import actions as filing
from portal.domain.filing.models import DraftPhoto
from portal.domain.housing.queries import leases_of
from portal.domain.messages import actions as messages
from portal.domain.messages.models import Attachment, Notice
from portal.domain.papers import actions as papers
from portal.domain.papers import consents
from portal.domain.papers.drafts import Desk
from portal.domain.papers.keys import keyring
from portal.domain.people.models import Letter, LetterBatch, Staff, Tenant
from portal.domain.rents.models import LedgerEntry
from portal.domain.works import visits
from portal.domain.works.models import Contractor, Order
from portal.kernel.periods import Month
from tests.bank import begin
from tests.people import NOW, People, lease_of

MONTH = "2026-09"  # Aminata paid it; Charlie was not asked for it
SIDES = ("public", "access", "tenant", "office", "bank", "demo_bank")


@dataclass(frozen=True)
class Belongings:
    """The ids of Aminata's objects, as they stand in addresses."""

    claim: str
    photo: int
    draft_photo: int
    thread: int
    attachment: int
    service_order: str
    work_order: str
    tenant: str
    notice: int
    paper: str
    entry: int
    staff: int
    batch: int
    visit: int
    to_follow: str  # filed by Bruno, in the hall they share
    followed: str
    payment: str
    month: str = MONTH
    move: str = "confier"
    lease: str = "B-0001"
    lodge: str = "PEU"


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
    assert not rule.arguments or rule.rule in OWN, f"{rule.rule}: say in OWN what its ids are"
    values = {name: getattr(own, what) for name, what in OWN.get(rule.rule, {}).items()}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def reader(people: People, side: str) -> Tenant | Staff:
    """Return who looks at the pages of a side: « accounts » are the Office's pages kept for the accountant."""
    return {"tenant": people.aminata, "office": people.admin, "accounts": people.accountant}[side]


def pages(app: Flask, side: str, own: Belongings) -> list[str]:
    """Return the addresses of a side that answer a GET."""
    named = rules(app, "office" if side == "accounts" else side)
    getting = [rule for rule in named if "GET" in rule.methods and (rule.endpoint in ACCOUNTS) == (side == "accounts")]
    return [address(app, rule, own) for rule in getting if not any(word in rule.rule for word in SECRETS)]


def furnish(people: People, folder: Path, rows: int = 1) -> Belongings:
    """Give Aminata so many claims, threads and orders, each with a photo or a file; the connection must be open."""
    photo = CheckedFile("évier.jpg", "image/jpeg", picture())
    for rank in range(rows):
        claim = _claim(people, folder, rank, photo)
        thread = _thread(people, folder, rank, photo)
        payment = begin(people.aminata, key=f"p{rank}")
        service_order, work_order = (_order(people, kind, rank, claim) for kind in ("OS", "BT"))
    return Belongings(
        claim=claim.number,
        photo=ClaimPhoto.select().order_by(ClaimPhoto.id.desc()).get().id,
        draft_photo=_draft_photo(people, folder, photo),
        thread=thread.id,
        attachment=Attachment.select().order_by(Attachment.id.desc()).get().id,
        service_order=service_order.number,
        work_order=work_order.number,
        tenant=people.aminata.number,
        visit=_visit(people, claim),
        to_follow=_of_the_hall(people, "h1"),
        followed=_followed(people),
        payment=payment.order_number,
        notice=_notice(people).id,
        paper=_paper(people, folder.parent),
        entry=LedgerEntry.get(LedgerEntry.kind == "payment_received", LedgerEntry.lease == lease_of(people.aminata)).id,
        staff=people.technical.id,
        batch=_batch(people).id,
    )


def picture(colour: str = "navy") -> bytes:
    """Return a small true photo."""
    content = BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "JPEG")
    return content.getvalue()


def _claim(people: People, folder: Path, rank: int, photo: CheckedFile):
    claim = claims.file_claim(
        tenant=people.aminata, lease=leases_of(tenant=people.aminata)[0], place="dwelling", nature="plomberie",
        description="Fuite sous l’évier.", once_key=f"c{rank}", at=NOW, delays=ClaimDelays(), folder=folder,
        photos=[photo],
    )  # fmt: skip
    for more in range(rank + 1):
        claims.add_words(
            claim=claim,
            tenant=people.aminata,
            words="Toujours là.",
            once_key=f"w{rank}-{more}",
            at=NOW,
            delays=ClaimDelays(),
            folder=folder,
        )
    return claim


def _draft_photo(people: People, folder: Path, photo: CheckedFile) -> int:
    lease = leases_of(tenant=people.aminata)[0]
    draft = filing.begin(tenant=people.aminata, leases=[lease], at=NOW)
    filing.answer(
        draft=draft, at=NOW, place="dwelling", nature="plomberie", advice_for="dwelling:plomberie",
        description="Fuite sous l’évier.", photos_done=1, entry="present", home_when="Le matin.", details_done=1,
    )  # fmt: skip
    filing.add_photos(draft=draft, photos=[photo], at=NOW, folder=folder)
    return DraftPhoto.get().id


def _visit(people: People, claim) -> int:
    span = visits.Span(NOW.date() + timedelta(days=2), "08:00", "10:00")
    return visits.propose(staff=people.technical, claim=claim, span=span, act=Act(NOW, ClaimDelays(), once_key="v")).id


def _of_the_hall(people: People, key: str) -> str:
    return claims.file_claim(
        tenant=people.bruno, lease=leases_of(tenant=people.bruno)[0], place="shared", nature="ascenseur",
        description="En panne.", once_key=key, at=NOW, delays=ClaimDelays(),
    ).number  # fmt: skip


def _followed(people: People) -> str:
    number = _of_the_hall(people, "h2")
    following.follow(claim=Claim.get(number=number), tenant=people.aminata, at=NOW)
    return number


def _thread(people: People, folder: Path, rank: int, photo: CheckedFile):
    words = messages.Words("Bonjour.", f"m{rank}", [photo], folder)
    thread = messages.write_to_tenant(
        tenant=people.aminata, author="Votre loge", subject="Votre demande", words=words, at=NOW, staff=people.loge
    )
    later = messages.Words("Merci.", f"r{rank}", [photo], folder)
    messages.answer_as_tenant(thread=thread, words=later, at=NOW + timedelta(seconds=1))
    return thread


def _batch(people: People) -> LetterBatch:
    """A batch of the neighbour's building, so that nothing of Aminata's is in it."""
    batch = LetterBatch.create(made_at=NOW, once_key="b" * 32)
    Letter.create(tenant=people.charlie, kind="access_opened", asked_at=NOW, printed_at=NOW, batch=batch)
    return batch


def _notice(people: People) -> Notice:
    building = leases_of(tenant=people.aminata)[0].dwelling.building
    return messages.write_to_building(
        building=building, staff=people.loge, subject="Coupure d’eau", words=messages.Words("Demain.", "n"),
        urgent_until=None, on=NOW.date(), at=NOW,
    )  # fmt: skip


def _paper(people: People, data: Path) -> str:
    consents.answer(tenant=people.aminata, agreed=True, at=NOW - timedelta(days=1))
    desk = Desk(Office(), keyring(data), "http://localhost/verification")
    lease = leases_of(tenant=people.aminata)[0]
    return papers.draw_up_receipt(lease=lease, month=Month.parse(MONTH), desk=desk, at=NOW).number


def _order(people: People, kind: str, rank: int, claim) -> Order:
    contractor, _ = Contractor.get_or_create(code="PV", defaults={"name": "Plomberie Varin", "trade": "plomberie"})
    return Order.create(
        number=f"{kind}-2026-{rank}", kind=kind, issued_on=NOW.date(), dwelling=lease_of(people.aminata).dwelling,
        contractor=contractor, trade="plomberie", subject="Changer le siphon", state="emis",
        planned_on=NOW.date() + timedelta(days=3), slot="matin", claim=claim,
    )  # fmt: skip
