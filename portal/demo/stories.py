"""What happens in the imported office: its accounts kept, its mail, its réclamations, its payments and its papers."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from portal.db import db
from portal.demo import accesses, begun, books, cards, grievances, mail, papers, staff
from portal.demo.accesses import Access
from portal.demo.chance import Chance
from portal.demo.neighbourhood import households
from portal.domain.papers.drafts import Desk
from portal.kernel.clock import paris_day

Progress = Callable[[str, int, int], None]


def tell(*, chance: Chance, desk: Desk, at: datetime, progress: Progress) -> tuple[list[Access], list[str]]:
    """Tell every story by the Office's own verbs.

    Return the accesses opened, and what could not be told: a short account has no old debt, a young one no quittance.
    """
    with db.atomic():
        progress("Plans et remises", 0, 0)
        hired, homes = staff.hire(), households(paris_day(at))
        left_out = books.keep(homes, hired, at)
        mail.write(chance, homes, hired, at, partial(progress, "Messages"))
        grievances.file(chance, homes, hired, at, partial(progress, "Réclamations"))
        begun.leave(homes, at)
        left_out += cards.pay(chance, homes, at)
        opened = accesses.open_all(homes, hired, at)
        papers.ask(chance, homes, at, partial(progress, "Accords"))
    # each paper in its own transaction: it is at its end that one which is no longer true is withdrawn
    left_out += papers.draw(homes, desk, at)
    return opened, left_out
