"""The demonstration is made whole or made again, never over a real office, and holds all a visitor should see."""

import csv
import shutil
import stat
from pathlib import Path

import pytest

from portal import config, db
from portal.demo import maker, stories
from portal.demo.maker import Wish, make
from portal.domain.claims.models import STATES, Claim, ClaimEvent
from portal.domain.errors import DomainError
from portal.domain.filing.models import ClaimDraft, VisitWishes
from portal.domain.housing.models import Dwelling
from portal.domain.housing.queries import leases_of
from portal.domain.messages.models import Message, Notice, Thread
from portal.domain.messages.queries import mailbox_of
from portal.domain.papers.models import Paper, PaperlessConsent, PaperLetter
from portal.domain.people import passwords
from portal.domain.people.models import Access, Role, Tenant
from portal.domain.rents.policy import may_have_receipt
from portal.domain.rents.queries import account_of
from portal.domain.works.models import Order
from tests.demo.conftest import AT, FIRST_OF_DECEMBER, SMALL, quiet

COLUMNS = ["role", "login", "password", "name", "dwelling_reference", "tenant_number", "remark"]


def cut_short(*_args, **_kwargs) -> None:
    """What Ctrl-C does."""
    raise KeyboardInterrupt


def accesses(data: Path) -> list[dict[str, str]]:
    with (data / "demo-acces.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def contents(data: Path, without: tuple[str, ...] = ("access", "schema_migration")) -> dict[str, list[tuple]]:
    db.use(data / "portal.sqlite")
    with db.db.connection_context():
        sql = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        names = [name for (name,) in db.db.execute_sql(sql).fetchall() if not name.startswith(without)]
        found = {name: db.db.execute_sql(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names}
        signed = {paper.code for paper in Paper.select(Paper.code)}  # by a key of its own: no two are alike
        return {
            name: [tuple(cell for cell in row if cell not in signed) for row in rows] for name, rows in found.items()
        }


def test_the_accesses_are_in_a_file_only_its_owner_reads(demonstration):
    data, opened = demonstration
    assert stat.S_IMODE((data / "demo-acces.csv").stat().st_mode) == 0o600
    assert list(accesses(data)[0]) == COLUMNS
    assert [access["login"] for access in accesses(data)] == [access.login for access in opened]


def test_there_is_an_access_for_each_role_and_a_tenant_without_one(demonstration):
    roles = [access["role"] for access in accesses(demonstration[0])]
    assert set(roles) == {"tenant", *Role.ALL}
    without = [access for access in accesses(demonstration[0]) if not access["login"]]
    assert [(access["name"], access["password"]) for access in without] == [("M. Văn Hùng NGUYỄN", "")]
    assert len(without[0]["dwelling_reference"]) == 12
    assert len(without[0]["tenant_number"]) == 4


@pytest.mark.usefixtures("office")
def test_the_passwords_open_the_accesses(demonstration):
    for access in accesses(demonstration[0]):
        if access["login"]:
            assert passwords.is_right(access["password"], Access.get(login=access["login"]).password_hash)


def test_only_a_handful_of_accesses_are_opened(office):
    assert Access.select().count() < 12


def test_the_settings_say_demonstration_and_how_long_the_numbers_are(demonstration):
    settings = config.load(demonstration[0])
    assert settings.demo
    assert (settings.references.dwelling_digits, settings.references.tenant_digits) == (12, 4)


def test_the_guest_is_up_to_date_with_several_paid_terms(office):
    account = account_of(leases_of(tenant=office)[0], on=AT.date())
    assert account.balance_cents == 0
    assert [may_have_receipt(term) for term in account.terms] == [True] * 14


def test_the_guest_has_something_unread_and_an_urgent_notice(office):
    threads = Thread.select().where(Thread.tenant == office)
    assert threads.where(Thread.office_last_id > Thread.tenant_read_id).count() >= 1
    assert [thread.subject for thread in mailbox_of(tenant=office, on=AT.date()).urgent] == ["Ascenseur à l’arrêt"]


def test_the_guest_has_claims_in_several_states_and_an_order_of_each_kind(office):
    claims = Claim.select().where(Claim.filed_by == office)
    assert len({claim.state for claim in claims}) >= 4
    dwelling = Dwelling.get(reference="001010104001")
    assert Order.select().where(Order.dwelling == dwelling, Order.kind == "BT", Order.claim.is_null(False)).count() >= 1
    assert Order.select().where(Order.building == dwelling.building, Order.kind == "OS").count() >= 1


def test_the_neighbour_has_things_of_his_own_that_the_guest_must_not_see(office):
    neighbour = Tenant.get(family_name="de Almeida")
    assert Claim.select().where(Claim.filed_by == neighbour).exists()
    assert Thread.select().where(Thread.tenant == neighbour, Thread.notice.is_null()).exists()
    assert Order.select().where(Order.dwelling == Dwelling.get(reference="001010104002")).exists()


def test_the_tenant_in_arrears_owes_terms_that_are_due(demonstration, office):
    tenant = Tenant.get(number=demonstration[1][1].tenant_number)
    account = account_of(leases_of(tenant=tenant)[0], on=AT.date())
    assert account.overdue_cents > 50_000
    assert 8 <= sum(may_have_receipt(term) for term in account.terms) < 14


@pytest.mark.usefixtures("office")
def test_every_state_of_a_claim_is_met():
    assert {claim.state for claim in Claim.select(Claim.state).distinct()} == set(STATES)


@pytest.mark.usefixtures("office")
def test_a_claim_is_in_the_state_of_its_last_event_and_nothing_is_to_come():
    for claim in Claim.select():
        events = list(claim.events.order_by(ClaimEvent.happened_at, ClaimEvent.id))
        states = [event.state for event in events if event.state]
        assert (states[0], states[-1]) == ("deposee", claim.state)
        assert max(event.happened_at for event in events if event.verb != "note") == claim.changed_at
        assert events[-1].happened_at <= AT


@pytest.mark.usefixtures("office")
def test_each_thread_knows_its_last_messages_and_what_was_read():
    for thread in Thread.select():
        messages = list(thread.messages.order_by(Message.id))
        for side in ("office", "tenant"):
            ids = [message.id for message in messages if message.side == side]
            assert getattr(thread, f"{side}_last_id") == max(ids, default=0)
        assert (thread.began_at, thread.last_at) == (messages[0].written_at, messages[-1].written_at)
        assert thread.last_at <= AT


@pytest.mark.usefixtures("office")
def test_a_notice_reaches_every_holder_of_the_building():
    notice = Notice.get(subject="Ascenseur à l’arrêt")
    assert notice.threads.count() == len({thread.tenant_id for thread in notice.threads}) > 20


def test_every_phase_tells_how_far_it_is_up_to_its_end(small):
    phases: dict[str, list[tuple[int, int]]] = {}
    for name, done, total in small[2]:
        phases.setdefault(name, []).append((done, total))
    assert {
        "Logements et baux",
        "Fichiers de l’Office",
        "Réclamations",
        "Accords",
        "Mise en place",
        "termes.csv, enregistrement",
    } <= set(phases)
    for told in ([each for each in phase if each[1]] for phase in phases.values()):
        assert told == sorted(told)
        assert not told or told[-1][0] == told[-1][1]


def test_the_same_seed_and_moment_give_the_same_office(small, tmp_path):
    make(data=tmp_path, wish=SMALL, at=FIRST_OF_DECEMBER, progress=quiet)
    assert contents(tmp_path) == contents(small[0])


@pytest.mark.usefixtures("untold")
def test_a_demonstration_takes_the_place_of_a_former_one(small, tmp_path):
    shutil.copytree(small[0], tmp_path, dirs_exist_ok=True)
    make(data=tmp_path, wish=Wish(dwellings=14, months=2), at=AT, progress=quiet)
    assert len(contents(tmp_path)["dwelling"]) == 14
    assert len(accesses(tmp_path)) == 0


def test_over_a_real_office_the_demonstration_is_refused_and_nothing_moves(tmp_path):
    config.save(
        tmp_path, {"mode": "production", "base_url": "https://x.example", "office": {"name": "O", "phone": "1"}}
    )
    (tmp_path / "portal.sqlite").write_bytes(b"the office's data")
    with pytest.raises(DomainError, match="vrai Office"):
        make(data=tmp_path, wish=SMALL, at=AT, progress=quiet)
    assert (tmp_path / "portal.sqlite").read_bytes() == b"the office's data"


def test_over_a_database_without_settings_the_demonstration_is_refused(tmp_path):
    (tmp_path / "portal.sqlite").write_bytes(b"whose data?")
    with pytest.raises(DomainError, match="sans réglages"):
        make(data=tmp_path, wish=SMALL, at=AT, progress=quiet)


@pytest.mark.usefixtures("untold")
@pytest.mark.parametrize(
    ("where", "what"), [(maker, "import_folder"), (stories, "tell"), (config, "save"), (maker, "_write_accesses")]
)
def test_cut_short_it_is_not_trusted_and_the_next_run_makes_it_whole(small, tmp_path, monkeypatch, where, what):
    shutil.copytree(small[0], tmp_path, dirs_exist_ok=True)
    (tmp_path / "portal.toml").unlink()
    (tmp_path / "demo-en-cours").mkdir()
    with monkeypatch.context() as cut:
        cut.setattr(where, what, cut_short)
        with pytest.raises(KeyboardInterrupt):
            make(data=tmp_path, wish=Wish(dwellings=16, months=1), at=AT, progress=quiet)
    assert not (tmp_path / "portal.toml").exists()
    make(data=tmp_path, wish=Wish(dwellings=16, months=1), at=AT, progress=quiet)
    assert config.load(tmp_path).demo
    assert len(contents(tmp_path)["dwelling"]) == 16
    assert not (tmp_path / "demo-en-cours").exists()


def test_two_demonstrations_are_not_made_at_once(tmp_path):
    with maker._alone(tmp_path), pytest.raises(DomainError, match="en cours"):
        make(data=tmp_path, wish=SMALL, at=AT, progress=quiet)


@pytest.mark.usefixtures("office")
def test_a_visitor_finds_papers_of_each_kind_one_withdrawn_and_one_to_be_posted():
    assert {paper.kind for paper in Paper.select()} == {"receipt", "notice", "slip"}
    [withdrawn] = [paper for paper in Paper.select() if not paper.stands]
    assert withdrawn.withdrawn_reason == "un paiement a été rejeté par la banque"
    assert PaperLetter.select().count() == 1
    assert {answer.agreed for answer in PaperlessConsent.select()} == {0, 1}


def test_one_of_the_cast_has_begun_a_reclamation_another_said_when_she_is_home(office):
    draft = ClaimDraft.get()
    assert (draft.tenant.family_name, draft.nature) == ("Lefèvre", "chauffage_eau_chaude")
    assert VisitWishes.get().claim.filed_by == office
