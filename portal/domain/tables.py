"""Every table of the program, parents first."""

from portal.domain.audit.models import Trace
from portal.domain.claims.models import Claim, ClaimCounter, ClaimEvent, ClaimFollower, ClaimPhoto, ClaimRating
from portal.domain.files.models import StoredFile
from portal.domain.filing.models import ClaimDraft, DraftPhoto, VisitWishes
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease, Lodge, Residence
from portal.domain.messages.models import Attachment, Message, Notice, OutboxMail, Thread
from portal.domain.news.models import MailChoice, News
from portal.domain.papers.models import NoticeBatch, Paper, PaperDoubt, PaperlessConsent, PaperLetter
from portal.domain.payments.models import BankNotification, DemoNotice, OnlinePayment, PaymentCounter
from portal.domain.people.models import (
    Access,
    AccessRequest,
    Letter,
    LetterBatch,
    MailLink,
    SecondFactor,
    SignIn,
    Staff,
    Tenant,
    Throttle,
)
from portal.domain.rents.models import (
    LedgerChoice,
    LedgerEntry,
    RentLine,
    RentTerm,
    RepaymentInstalment,
    RepaymentPlan,
    TermLine,
)
from portal.domain.works.models import Contractor, Order, OrderCounter, Visit

TABLES = (
    *(Lodge, Residence, Building, Dwelling, Lease, Tenant, LeaseHolder),
    *(Staff, Access, SecondFactor, SignIn, AccessRequest, LetterBatch, Letter, MailLink, Throttle),
    *(RentLine, RentTerm, TermLine, LedgerEntry, LedgerChoice, RepaymentPlan, RepaymentInstalment),
    *(Paper, PaperDoubt, PaperLetter, PaperlessConsent, NoticeBatch),
    *(StoredFile, Claim, ClaimEvent, ClaimPhoto, ClaimCounter, ClaimFollower, ClaimRating),
    *(Contractor, Order, OrderCounter, Visit),
    *(ClaimDraft, DraftPhoto, VisitWishes),
    *(Notice, Thread, Message, Attachment, OutboxMail, Trace, News, MailChoice),
    *(OnlinePayment, PaymentCounter, BankNotification, DemoNotice),
)
