"""« Mes messages »: the threads with the Office, their files, and the mark of those not read."""

from flask import Response, flash, g, request, url_for
from wtforms import SelectChoice, SelectField

from portal.blueprints.tenant import blueprint
from portal.db import noting
from portal.domain.messages import actions, policy, queries
from portal.domain.messages.models import Thread
from portal.web.access import the_tenant
from portal.web.clock import now
from portal.web.forms import needed
from portal.web.htmx import render, render_part, see
from portal.web.menus import tenant_menu
from portal.web.message_forms import MessageForm
from portal.web.mine.messages import my_attachment_or_404, my_thread_or_404
from portal.web.paging import page_number, within
from portal.web.uploads import file_response


class NewThreadForm(MessageForm):
    """A new thread: what it is about, then words and files."""

    leads = ("subject",)

    subject = SelectField(
        "Sujet",
        [needed("Choisissez le sujet de votre message.")],
        choices=[SelectChoice(key, words) for key, words in (("", "Choisissez un sujet"), *policy.subjects())],
    )


@blueprint.get("/messages")
def inbox() -> Response:
    """Show the threads, the latest first."""
    page = queries.inbox_of(tenant=the_tenant(), page=page_number())
    within(page.number, page.pages)
    return render("tenant/inbox.html", page=page)


@blueprint.get("/messages/non-lus")
def unread() -> Response:
    """Give the marks of what is not read, asked every few seconds; nothing when the page already says so."""
    g.background = True
    menu = tenant_menu(the_tenant())
    if request.args.get("vu") == str(menu.unread):
        return Response(status=204)
    on_home = request.headers.get("HX-Current-URL", "").rstrip("/").endswith(url_for("tenant.home"))
    return render_part("tenant/_unread.html", menu=menu, on_home=on_home)


@blueprint.get("/messages/nouveau")
def new_thread() -> Response:
    """Show the form of a new thread."""
    return render("tenant/new_thread.html", form=NewThreadForm())


@blueprint.post("/messages/nouveau")
def open_thread() -> Response:
    """Open a thread; the same form twice opens one."""
    form = NewThreadForm()
    if not form.validate():
        return render("tenant/new_thread.html", 422, form=form)
    thread = actions.open_thread(tenant=the_tenant(), subject=form.subject.data, words=form.words(), at=now())
    return see(url_for("tenant.thread", id=thread.id, _anchor="dernier"))


@blueprint.get("/messages/<number:id>")
def thread(id: int) -> Response:
    """Show a thread, which is then read."""
    found = my_thread_or_404(id)
    if found.is_unread_by_tenant:
        with noting():
            actions.read_as_tenant(thread=found, at=now())
    return show(found, MessageForm())


@blueprint.post("/messages/<number:id>")
def answer(id: int) -> Response:
    """Add an answer; the same form twice adds one."""
    found = my_thread_or_404(id)
    form = MessageForm()
    if not form.validate():
        return show(found, form, 422)
    actions.answer_as_tenant(thread=found, words=form.words(), at=now())
    flash("Votre réponse est envoyée. L’Office la lira à la prochaine ouverture.", "success")
    return see(url_for("tenant.thread", id=id, _anchor="dernier"))


@blueprint.get("/messages/pieces/<number:id>")
def attachment(id: int) -> Response:
    """Give a file of a thread."""
    return file_response(my_attachment_or_404(id).file)


def show(found: Thread, form: MessageForm, status: int = 200) -> Response:
    """Render a thread with its answer form."""
    return render("tenant/thread.html", status, thread=found, messages=queries.messages_of(thread=found), form=form)
