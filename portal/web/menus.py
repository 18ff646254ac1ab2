"""The menus: the tenant's grey column in two parts, and the Office's."""

from dataclasses import dataclass, field

from flask import request, url_for

from portal.domain.dossiers.waiting import waiting_for
from portal.domain.messages import queries as messages
from portal.domain.messages.models import Thread
from portal.domain.payments.policy import may_read_payments
from portal.domain.people import policy
from portal.domain.people.models import Staff, Tenant
from portal.domain.rents.policy import may_read_accounts
from portal.web.clock import now, today

VIEW = (
    ("Mes messages", "tenant.inbox", "mail"),
    ("Mes réclamations", "tenant.claims", "tool"),
    ("Mes informations", "tenant.profile", "user"),
    ("Mes quittances", "tenant.receipts", "receipt"),
    ("Mon compte", "tenant.account", "coin-euro"),
    ("Mon logement", "tenant.dwelling", "home"),
    ("Ordres de service", "tenant.service_orders", "clipboard-list"),
    ("Bons de travaux", "tenant.work_orders", "hammer"),
)
SEND = (
    ("Une réclamation à ma loge", "tenant.new_claim", "send"),
    ("Payer mon loyer", "tenant.pay", "credit-card"),
)
OFFICE = (
    ("Rechercher", "office.home", "search"),
    ("Réclamations", "office.claims", "tool"),
    ("Messages", "office.inbox", "mail"),
    ("Écrire", "office.write", "send"),
    ("Loyers", "office.rents", "coin-euro"),
    ("Demandes d’accès", "office.access_requests", "key"),
    ("Courriers à imprimer", "office.letters", "printer"),
    ("Loges", "office.lodges", "building-community"),
    ("Équipe", "office.team", "users"),
    ("Paiements en ligne", "office.payments", "credit-card"),
    ("Mon accès", "office.my_access", "id-badge"),
)
# Pages that are reached from another entry than the one their address begins with.
UNDER = dict.fromkeys(("office.order", "office.report_order", "office.advance_order"), "office.claims")
# The entries that are not for everybody: who may go there, as the views themselves ask.
KEPT = {
    "office.rents": may_read_accounts,
    "office.access_requests": policy.may_read_requests,
    "office.letters": policy.may_print_letters,
    "office.lodges": policy.may_close_lodges,
    "office.team": policy.may_manage_staff,
    "office.payments": may_read_payments,
}


@dataclass(frozen=True)
class Item:
    """One line of a menu."""

    label: str
    url: str
    icon: str
    current: bool
    unread: int = 0


@dataclass(frozen=True)
class Menu:
    """A menu as the layouts draw it, and what came with it: how much is unread, and the urgent notices."""

    view: list[Item] = field(default_factory=list)
    send: list[Item] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    unread: int = 0
    urgent: list[Thread] = field(default_factory=list)


def menu_of(blueprint: str | None) -> Menu | None:
    """Return the menu of a side, with its unread count, or nothing where there is none."""
    from portal.web.signin import me

    person = me()
    if blueprint == "tenant" and person and person.tenant:
        return tenant_menu(person.tenant)
    if blueprint == "office" and person and person.staff:
        return office_menu(person.staff)
    return None


def tenant_menu(tenant: Tenant) -> Menu:
    """Return the two parts of a tenant's column, with what is unread."""
    mailbox = messages.mailbox_of(tenant=tenant, on=today())
    view, send = items(VIEW, {"tenant.inbox": mailbox.unread}), items(SEND, {})
    return Menu(view=_most_specific(view, send), send=send, unread=mailbox.unread, urgent=mailbox.urgent)


def office_menu(staff: Staff) -> Menu:
    """Return the menu of a member of staff: where the role may go, and what waits there, counted in one query."""
    waits = waiting_for(staff=staff, at=now(), on=today())
    open_to = tuple(entry for entry in OFFICE if entry[1] not in KEPT or KEPT[entry[1]](staff))
    counted = {"office.inbox": waits.unread, "office.letters": waits.letters, "office.claims": waits.claims}
    return Menu(items=items(open_to, counted), unread=waits.unread)


def items(entries: tuple, unread: dict[str, int]) -> list[Item]:
    """Build the lines, the current one being the longest address that begins this page's."""
    urls = [url_for(endpoint) for _, endpoint, _ in entries]
    path = url_for(UNDER[request.endpoint]) if request.endpoint in UNDER else request.path
    here = max((url for url in urls if (path + "/").startswith(url + "/")), key=len, default=None)
    return [
        Item(label, url, icon, url == here, unread.get(endpoint, 0))
        for (label, endpoint, icon), url in zip(entries, urls, strict=True)
    ]


def _most_specific(view: list[Item], send: list[Item]) -> list[Item]:
    """Leave one current line in the whole menu: « nouvelle réclamation » is not « mes réclamations »."""
    if not any(item.current for item in send):
        return view
    return [Item(item.label, item.url, item.icon, False, item.unread) for item in view]


def help_url() -> str:
    """Return the help of this page: the section named after the last word of its menu address."""
    words = request.path.strip("/").split("/")
    section = words[1] if len(words) > 1 and words[0] == "espace" else words[0]
    return url_for("public.help_page", _anchor=section or None)
