"""Who may use each address. A new one fails here until somebody decides."""

from collections.abc import Iterator

import pytest
from flask import Flask, templating
from jinja2 import Environment

from portal.domain.people.models import Role
from portal.web import htmx
from tests.structure.addresses import SECRETS, SIDES, address, rules
from tests.structure.hostile import undrawn

DOORS = ("/acces", "/bureau/connexion")
ENDS_SESSIONS = ("access.sign_out", "office.do_close_access")  # other tests hold them
ANYONE, TENANT, STAFF = "anyone", "tenant", Role.ALL
HANDS_OVER = (Role.ADMINISTRATOR, Role.MANAGER, Role.CARETAKER)
KEEPS_ACCOUNTS = (Role.ADMINISTRATOR, Role.ACCOUNTANT)
READS_REQUESTS = (Role.ADMINISTRATOR, Role.MANAGER)
RUNS_THE_OFFICE = (Role.ADMINISTRATOR,)
READS_ACCOUNTS = (Role.ADMINISTRATOR, Role.MANAGER, Role.ACCOUNTANT)
WRITES_ACCOUNTS = (Role.ACCOUNTANT,)

MAP = {
    ANYONE: """
        public.home public.help_page public.legal public.privacy public.accessibility public.health public.robots
        public.favicon public.verification public.verified
        access.sign_in access.do_sign_in access.sign_out access.request_code access.do_request_code access.code_given
        access.code_posted access.lost access.send_link access.link_sent access.new_password access.set_new_password
        access.confirm_email access.do_confirm_email access.staff_sign_in access.do_staff_sign_in
        access.second_step access.do_second_step
        bank.notification demo_bank.card demo_bank.answer
    """,
    TENANT: """
        tenant.home tenant.inbox tenant.thread tenant.answer tenant.attachment tenant.new_thread tenant.open_thread
        tenant.unread tenant.claims tenant.claim tenant.claim_filed tenant.claim_photo
        tenant.new_claim tenant.begin_claim tenant.claim_lease tenant.claim_place tenant.claim_nature
        tenant.claim_advice tenant.claim_same tenant.claim_description tenant.claim_photos tenant.draft_photo
        tenant.draft_thumbnail tenant.remove_draft_photo tenant.claim_visit tenant.claim_details tenant.claim_check
        tenant.send_claim tenant.drop_claim tenant.do_drop_claim
        tenant.service_order_pdf tenant.work_order_pdf tenant.claim_dossier tenant.claim_thumbnail
        tenant.visit_calendar tenant.profile tenant.mail_choices tenant.choose_mails
        tenant.looks tenant.email tenant.change_email tenant.ask_remove_email tenant.remove_email
        tenant.password tenant.change_password
        tenant.phone tenant.change_phone tenant.receipts tenant.term tenant.account tenant.pay
        tenant.answer_consent tenant.draw_receipt tenant.post_receipt tenant.draw_notice tenant.draw_slip tenant.paper
        tenant.dwelling tenant.say_repaired tenant.ask_not_repaired tenant.say_not_repaired tenant.ask_withdraw
        tenant.withdraw tenant.rate tenant.ask_follow tenant.follow tenant.followed_claim tenant.unfollow
        tenant.agree_to_visit tenant.say_they_came tenant.say_nobody_came
        tenant.ask_other_time tenant.propose_other_time
        tenant.service_orders tenant.service_order tenant.work_orders tenant.work_order
        tenant.draw_year tenant.year_zip tenant.year_pdf tenant.statement_pdf tenant.statement_csv
        tenant.go_to_bank tenant.online_payment tenant.payment_news
    """,
    STAFF: """
        office.claims office.claim office.claim_photo office.new_claim office.file_claim office.claim_move
        office.make_claim_move office.order office.report_order office.advance_order
        office.my_access office.my_password office.change_my_password office.my_telephone office.set_up_my_telephone
        office.home office.search office.inbox office.thread office.answer office.attachment office.write office.send
        office.notices_sent office.notice office.settle
        office.write_to_building office.check_notice office.send_notice office.tenant office.looks
    """,
    HANDS_OVER: """
        office.give_access office.do_give_access office.access_given office.access_letter office.close_access
        office.do_close_access
    """,
    READS_REQUESTS: """
        office.lodges office.lodge office.close_lodge
        office.access_requests office.letters office.print_letters office.print_again office.posted_receipts
        office.print_receipts
    """,
    RUNS_THE_OFFICE: """
        office.team office.give_staff_password office.do_give_staff_password office.staff_password_given
        office.close_staff_access office.do_close_staff_access office.forget_telephone office.do_forget_telephone
    """,
    KEEPS_ACCOUNTS: "office.payments office.payments_file office.odd_notifications",
    READS_ACCOUNTS: "office.rents office.account office.papers office.draw_receipt office.duplicate",
    WRITES_ACCOUNTS: """
        office.month office.post_month office.payment office.check_payment office.record_payment office.correction
        office.check_correction office.write_correction office.rejection office.reject_payment office.reversal
        office.reverse_entry office.plan office.check_plan office.agree_plan office.ending office.end_plan
        office.notices_to_print office.prepare_notices office.notices_news office.notices_file
    """,
}
WHO = {endpoint: who for who, endpoints in MAP.items() for endpoint in endpoints.split()}


@pytest.fixture(autouse=True)
def blank(monkeypatch) -> Iterator[None]:
    """Write nothing on pages nor papers, and count nothing for the menus: here it counts who is given one."""
    monkeypatch.setattr(Environment, "get_or_select_template", lambda *_, **_how: None)
    monkeypatch.setattr(templating, "_render", lambda *_: "")
    monkeypatch.setattr(htmx, "menu_of", lambda _side: None)
    with undrawn():
        yield


def answers(app: Flask, client, own) -> dict[str, set[int]]:
    """Return, for each endpoint, the statuses a person gets from it."""
    found: dict[str, set[int]] = {}
    for rule in rules(app):
        url = rule.rule if any(word in rule.rule for word in SECRETS) else address(app, rule, own)
        for method in rule.methods & {"GET", "POST"}:
            if rule.endpoint in ENDS_SESSIONS:
                continue
            with client.open(url, method=method) as answer:
                to_a_door = (answer.location or "").split("?")[0] in DOORS and not rule.endpoint.startswith("access.")
                found.setdefault(rule.endpoint, set()).add(403 if to_a_door else answer.status_code)
    return found


def opened(found: dict[str, set[int]]) -> set[str]:
    """Return the endpoints that did not turn the person away."""
    return {endpoint for endpoint, statuses in found.items() if 403 not in statuses}


def expected(*keys: object) -> set[str]:
    """Return the endpoints the map opens to somebody."""
    return {endpoint for endpoint, who in WHO.items() if who in keys and endpoint not in ENDS_SESSIONS}


def test_every_endpoint_is_on_the_map_and_no_other(app):
    assert {rule.endpoint for rule in rules(app)} == set(WHO)
    every = {rule.endpoint.split(".")[0] for rule in app.url_map.iter_rules()}
    assert every == {*SIDES, "static"}


def test_a_visitor_gets_only_what_is_for_anyone(app, client, own):
    assert opened(answers(app, client, own)) == expected(ANYONE)


def test_a_tenant_never_gets_to_the_offices_side(app, client_of, people, own):
    assert opened(answers(app, client_of(people.aminata), own)) == expected(ANYONE, TENANT)


@pytest.mark.parametrize("name", ["admin", "manager", "accountant", "technical", "loge"])
def test_staff_get_what_their_role_allows(app, client_of, people, own, name):
    staff = getattr(people, name)
    allowed = [who for who in MAP if isinstance(who, tuple) and staff.role in who]
    assert opened(answers(app, client_of(staff), own)) == expected(ANYONE, *allowed)
