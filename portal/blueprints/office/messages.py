"""The Office's post: what tenants wrote, the answers, and messages to one tenant or to a whole building."""

from flask import Response, flash, request, url_for

from portal.blueprints.office import blueprint
from portal.blueprints.office.forms.messages import BuildingForm, TenantForm
from portal.db import noting
from portal.domain.errors import DomainError
from portal.domain.messages import actions, notices, queries
from portal.domain.messages.models import Thread
from portal.web.access import the_staff
from portal.web.clock import now, today
from portal.web.filters import format_count
from portal.web.htmx import render, see
from portal.web.message_forms import MessageForm
from portal.web.mine.messages import staff_attachment_or_404, staff_notice_or_404, staff_thread_or_404
from portal.web.paging import page_number, within
from portal.web.uploads import file_response

STATES = {"tous": queries.ALL}


@blueprint.get("/messages")
def inbox() -> Response:
    """Show the threads that wait for an answer; `?etat=tous` shows them all, these first."""
    state = request.args.get("etat", "")
    what = STATES.get(state, queries.TO_ANSWER)
    page = queries.inbox_of_office(staff=the_staff(), what=what, on=today(), page=page_number())
    within(page.number, page.pages)
    return render("office/inbox.html", page=page, to_answer=what == queries.TO_ANSWER)


@blueprint.get("/messages/avis")
def notices_sent() -> Response:
    """Show the notices to buildings: whom they reached, who has read, who has answered."""
    page = notices.notices_of(staff=the_staff(), page=page_number())
    within(page.number, page.pages)
    return render("office/notices.html", page=page)


@blueprint.get("/messages/avis/<number:id>")
def notice(id: int) -> Response:
    """Show one notice and, tenant by tenant, what became of it."""
    found = staff_notice_or_404(id)
    return render("office/notice.html", notice=found, threads=notices.threads_of(notice=found))


@blueprint.get("/messages/<number:id>")
def thread(id: int) -> Response:
    """Show a thread, which the Office has then read."""
    found = staff_thread_or_404(id)
    if found.tenant_last_id > found.office_read_id:
        with noting():
            actions.read_as_office(thread=found)
    return show(found, MessageForm())


@blueprint.post("/messages/<number:id>")
def answer(id: int) -> Response:
    """Answer in the name of one's function; the same form twice answers once."""
    found = staff_thread_or_404(id)
    form = MessageForm()
    if not form.validate():
        return show(found, form, 422)
    actions.answer_as_office(thread=found, staff=the_staff(), words=form.words(), at=now())
    return see(url_for("office.thread", id=id, _anchor="dernier"))


@blueprint.post("/messages/<number:id>/classer")
def settle(id: int) -> Response:
    """Mark a thread as asking for no answer, until the tenant writes again."""
    actions.settle(thread=staff_thread_or_404(id))
    flash("C’est classé : ce message n’attend plus de réponse.", "success")
    return see(url_for("office.inbox"))


@blueprint.get("/messages/pieces/<number:id>")
def attachment(id: int) -> Response:
    """Give a file of a thread."""
    return file_response(staff_attachment_or_404(id).file)


@blueprint.get("/ecrire")
def write() -> Response:
    """Show the form of a message to one tenant; `?locataire=` fills in the number."""
    return render("office/write.html", form=TenantForm(tenant_number=request.args.get("locataire", "")))


@blueprint.post("/ecrire")
def send() -> Response:
    """Write to one tenant; the same form twice writes once."""
    form = TenantForm()
    if not (form.validate() and form.tenant):
        return render("office/write.html", 422, form=form)
    staff = the_staff()
    opened = actions.write_to_tenant(
        tenant=form.tenant, author=staff.function, staff=staff, subject=form.subject.data, words=form.words(), at=now()
    )
    flash("Le message est envoyé.", "success")
    return see(url_for("office.thread", id=opened.id))


@blueprint.get("/ecrire/batiment")
def write_to_building() -> Response:
    """Show the form of a notice to a whole building."""
    return render("office/write_building.html", form=BuildingForm())


@blueprint.post("/ecrire/batiment")
def check_notice() -> Response:
    """Say whom the notice would reach before it leaves; nothing is sent yet."""
    form = BuildingForm()
    if not form.validate():
        return render("office/write_building.html", 422, form=form)
    if form.changing.data:
        return render("office/write_building.html", form=form)
    return check(form)


@blueprint.post("/ecrire/batiment/envoi")
def send_notice() -> Response:
    """Write to every tenant of a building; the same form twice writes once."""
    form = BuildingForm()
    if not form.validate():
        only_files = set(form.errors) == {"files"}
        return check(form, 422) if only_files else render("office/write_building.html", 422, form=form)
    try:
        notice = actions.write_to_building(
            building=form.chosen,
            staff=the_staff(),
            subject=form.subject.data,
            words=form.words(),
            urgent_until=form.urgent_until.data,
            on=today(),
            at=now(),
        )
    except DomainError as error:
        form.building.errors = [str(error)]
        return render("office/write_building.html", 422, form=form)
    reached = format_count(queries.count_threads_of(notice=notice), "locataire", "locataires")
    flash(f"Le message est envoyé à {reached}.", "success")
    return see(url_for("office.notice", id=notice.id))


def check(form: BuildingForm, status: int = 200) -> Response:
    """Render a notice as its tenants will read it, with who they are."""
    tenants = queries.tenants_in(building=form.chosen, on=today())
    return render("office/check_notice.html", status, form=form, building=form.chosen, tenants=tenants, at=now())


def show(found: Thread, form: MessageForm, status: int = 200) -> Response:
    """Render a thread with its answer form."""
    return render("office/thread.html", status, thread=found, messages=queries.messages_of(thread=found), form=form)
