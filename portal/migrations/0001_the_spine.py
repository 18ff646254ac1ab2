"""The first tables, as they were when the program was born. Statements are frozen: they never follow the models."""

from portal.db import PortalDatabase

TABLES = """
CREATE TABLE tenant (
    id INTEGER NOT NULL PRIMARY KEY, number TEXT NOT NULL, title TEXT NOT NULL, family_name TEXT NOT NULL,
    used_name TEXT NOT NULL, first_name TEXT NOT NULL, phone TEXT NOT NULL, email TEXT NOT NULL,
    email_confirmed_at TEXT
) STRICT;
CREATE TABLE lodge (
    id INTEGER NOT NULL PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, address TEXT NOT NULL,
    phone TEXT NOT NULL, email TEXT NOT NULL, hours TEXT NOT NULL
) STRICT;
CREATE TABLE staff (
    id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, function TEXT NOT NULL,
    email TEXT NOT NULL, lodge_id INTEGER, FOREIGN KEY (lodge_id) REFERENCES lodge (id) ON DELETE RESTRICT,
    CHECK (role IN ('administrator', 'manager', 'accountant', 'technical', 'caretaker')),
    CHECK ((role = 'caretaker') = (lodge_id IS NOT NULL))
) STRICT;
CREATE TABLE access (
    id INTEGER NOT NULL PRIMARY KEY, login TEXT NOT NULL, password_hash TEXT NOT NULL, tenant_id INTEGER,
    staff_id INTEGER, opened_at TEXT NOT NULL, password_set_at TEXT NOT NULL, closed_at TEXT,
    FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT,
    FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE RESTRICT,
    CHECK ((tenant_id IS NULL) <> (staff_id IS NULL))
) STRICT;
CREATE TABLE access_request (
    id INTEGER NOT NULL PRIMARY KEY, asked_at TEXT NOT NULL, outcome TEXT NOT NULL, address TEXT NOT NULL,
    name TEXT NOT NULL, dwelling_reference TEXT NOT NULL, tenant_number TEXT NOT NULL, tenant_id INTEGER,
    FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT,
    CHECK (outcome IN ('opened', 'letter', 'mismatch', 'already', 'throttled'))
) STRICT;
CREATE TABLE residence (
    id INTEGER NOT NULL PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, lodge_id INTEGER NOT NULL,
    FOREIGN KEY (lodge_id) REFERENCES lodge (id) ON DELETE RESTRICT
) STRICT;
CREATE TABLE building (
    id INTEGER NOT NULL PRIMARY KEY, code TEXT NOT NULL, residence_id INTEGER NOT NULL, name TEXT NOT NULL,
    address TEXT NOT NULL, postcode TEXT NOT NULL, city TEXT NOT NULL,
    FOREIGN KEY (residence_id) REFERENCES residence (id) ON DELETE RESTRICT
) STRICT;
CREATE TABLE notice (
    id INTEGER NOT NULL PRIMARY KEY, subject TEXT NOT NULL, body TEXT NOT NULL, building_id INTEGER,
    written_by_id INTEGER NOT NULL, written_at TEXT NOT NULL, urgent_until TEXT, once_key TEXT NOT NULL,
    FOREIGN KEY (building_id) REFERENCES building (id) ON DELETE RESTRICT,
    FOREIGN KEY (written_by_id) REFERENCES staff (id) ON DELETE RESTRICT
) STRICT;
CREATE TABLE thread (
    id INTEGER NOT NULL PRIMARY KEY, tenant_id INTEGER NOT NULL, subject TEXT NOT NULL, service TEXT NOT NULL,
    notice_id INTEGER, began_at TEXT NOT NULL, last_at TEXT NOT NULL, office_last_id INTEGER NOT NULL,
    tenant_last_id INTEGER NOT NULL, tenant_read_id INTEGER NOT NULL, tenant_read_at TEXT,
    office_read_id INTEGER NOT NULL, FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT,
    FOREIGN KEY (notice_id) REFERENCES notice (id) ON DELETE RESTRICT
) STRICT;
CREATE TABLE message (
    id INTEGER NOT NULL PRIMARY KEY, thread_id INTEGER NOT NULL, written_at TEXT NOT NULL, side TEXT NOT NULL,
    author TEXT NOT NULL, staff_id INTEGER, body TEXT NOT NULL, once_key TEXT NOT NULL,
    FOREIGN KEY (thread_id) REFERENCES thread (id) ON DELETE RESTRICT,
    FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE RESTRICT, CHECK (side IN ('tenant', 'office'))
) STRICT;
CREATE TABLE stored_file (
    id INTEGER NOT NULL PRIMARY KEY, path TEXT NOT NULL, name TEXT NOT NULL, content_type TEXT NOT NULL,
    size INTEGER NOT NULL, sha256 TEXT NOT NULL, stored_at TEXT NOT NULL,
    CHECK (content_type IN ('image/jpeg', 'image/png', 'image/webp', 'application/pdf'))
) STRICT;
CREATE TABLE attachment (
    id INTEGER NOT NULL PRIMARY KEY, message_id INTEGER NOT NULL, file_id INTEGER NOT NULL,
    FOREIGN KEY (message_id) REFERENCES message (id) ON DELETE RESTRICT,
    FOREIGN KEY (file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
) STRICT;
CREATE TABLE dwelling (
    id INTEGER NOT NULL PRIMARY KEY, reference TEXT NOT NULL, building_id INTEGER NOT NULL, stair TEXT NOT NULL,
    floor TEXT NOT NULL, door TEXT NOT NULL, kind TEXT NOT NULL, area_centi_m2 INTEGER, built_in INTEGER,
    energy_class TEXT NOT NULL, climate_class TEXT NOT NULL, maximum_rent_cents INTEGER,
    FOREIGN KEY (building_id) REFERENCES building (id) ON DELETE RESTRICT
) STRICT;
CREATE TABLE lease (
    id INTEGER NOT NULL PRIMARY KEY, number TEXT NOT NULL, dwelling_id INTEGER NOT NULL, starts_on TEXT NOT NULL,
    ends_on TEXT, term_mode TEXT NOT NULL, due_day INTEGER NOT NULL,
    FOREIGN KEY (dwelling_id) REFERENCES dwelling (id) ON DELETE RESTRICT,
    CHECK (term_mode IN ('in_arrears', 'in_advance')), CHECK (due_day BETWEEN 1 AND 31),
    CHECK (ends_on IS NULL OR ends_on >= starts_on)
) STRICT;
CREATE TABLE claim (
    id INTEGER NOT NULL PRIMARY KEY, number TEXT NOT NULL, lease_id INTEGER NOT NULL, filed_by_id INTEGER NOT NULL,
    lodge_id INTEGER NOT NULL, place TEXT NOT NULL, nature TEXT NOT NULL, description TEXT NOT NULL,
    filed_at TEXT NOT NULL, state TEXT NOT NULL, changed_at TEXT NOT NULL, once_key TEXT NOT NULL,
    FOREIGN KEY (lease_id) REFERENCES lease (id) ON DELETE RESTRICT,
    FOREIGN KEY (filed_by_id) REFERENCES tenant (id) ON DELETE RESTRICT,
    FOREIGN KEY (lodge_id) REFERENCES lodge (id) ON DELETE RESTRICT,
    CHECK (state IN ('deposee', 'accusee', 'en_cours', 'intervention_planifiee', 'intervention_realisee',
        'attente_locataire', 'close', 'refusee', 'annulee', 'rouverte')),
    CHECK (place IN ('dwelling', 'shared', 'outside')),
    CHECK (nature IN ('plomberie', 'electricite', 'chauffage_eau_chaude', 'ascenseur', 'serrurerie_menuiserie',
        'humidite_infiltration', 'nuisibles', 'parties_communes_proprete', 'eclairage_interphone_acces',
        'espaces_verts', 'encombrants_dechets', 'stationnement', 'nuisances_voisinage', 'securite_incivilites',
        'facturation_loyer_charges', 'administratif', 'travaux_adaptation', 'decence', 'autre'))
) STRICT;
CREATE TABLE claim_counter (
    id INTEGER NOT NULL PRIMARY KEY, year INTEGER NOT NULL, last INTEGER NOT NULL
) STRICT;
CREATE TABLE claim_event (
    id INTEGER NOT NULL PRIMARY KEY, claim_id INTEGER NOT NULL, happened_at TEXT NOT NULL, state TEXT NOT NULL,
    author TEXT NOT NULL, tenant_id INTEGER, staff_id INTEGER, public_words TEXT NOT NULL,
    internal_words TEXT NOT NULL, once_key TEXT, FOREIGN KEY (claim_id) REFERENCES claim (id) ON DELETE RESTRICT,
    FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT,
    FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE RESTRICT,
    CHECK (state IN ('', 'deposee', 'accusee', 'en_cours', 'intervention_planifiee', 'intervention_realisee',
        'attente_locataire', 'close', 'refusee', 'annulee', 'rouverte'))
) STRICT;
CREATE TABLE claim_photo (
    id INTEGER NOT NULL PRIMARY KEY, claim_id INTEGER NOT NULL, event_id INTEGER NOT NULL, file_id INTEGER NOT NULL,
    rank INTEGER NOT NULL, FOREIGN KEY (claim_id) REFERENCES claim (id) ON DELETE RESTRICT,
    FOREIGN KEY (event_id) REFERENCES claim_event (id) ON DELETE RESTRICT,
    FOREIGN KEY (file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
) STRICT;
CREATE TABLE contractor (
    id INTEGER NOT NULL PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, siret TEXT NOT NULL,
    phone TEXT NOT NULL, trade TEXT NOT NULL
) STRICT;
CREATE TABLE lease_holder (
    id INTEGER NOT NULL PRIMARY KEY, lease_id INTEGER NOT NULL, tenant_id INTEGER NOT NULL, rank INTEGER NOT NULL,
    FOREIGN KEY (lease_id) REFERENCES lease (id) ON DELETE RESTRICT,
    FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT
) STRICT;
CREATE TABLE ledger_entry (
    id INTEGER NOT NULL PRIMARY KEY, lease_id INTEGER NOT NULL, business_key TEXT NOT NULL, kind TEXT NOT NULL,
    entered_on TEXT NOT NULL, value_on TEXT NOT NULL, month TEXT, label TEXT NOT NULL, amount_cents INTEGER NOT NULL,
    method TEXT NOT NULL, reverses_id INTEGER, recorded_at TEXT NOT NULL,
    FOREIGN KEY (lease_id) REFERENCES lease (id) ON DELETE RESTRICT,
    FOREIGN KEY (reverses_id) REFERENCES ledger_entry (id) ON DELETE RESTRICT, CHECK (amount_cents <> 0),
    CHECK (kind IN ('rent_call', 'housing_benefit', 'benefit_recall', 'security_deposit', 'payment_received',
        'rejected_payment', 'reversal')),
    CHECK (method IN ('', 'virement', 'prelevement', 'cheque', 'especes', 'carte', 'tip', 'caf')),
    CHECK (month IS NULL OR length(month) = 7)
) STRICT;
CREATE TABLE letter (
    id INTEGER NOT NULL PRIMARY KEY, tenant_id INTEGER NOT NULL, kind TEXT NOT NULL, asked_at TEXT NOT NULL,
    printed_at TEXT, FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT,
    CHECK (kind IN ('access_opened', 'access_code'))
) STRICT;
CREATE TABLE mail_link (
    id INTEGER NOT NULL PRIMARY KEY, token_hash TEXT NOT NULL, kind TEXT NOT NULL, tenant_id INTEGER NOT NULL,
    email TEXT NOT NULL, made_at TEXT NOT NULL, expires_at TEXT NOT NULL, used_at TEXT,
    FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT,
    CHECK (kind IN ('confirm_email', 'new_password'))
) STRICT;
CREATE TABLE works_order (
    id INTEGER NOT NULL PRIMARY KEY, number TEXT NOT NULL, kind TEXT NOT NULL, issued_on TEXT NOT NULL,
    dwelling_id INTEGER, building_id INTEGER, contractor_id INTEGER NOT NULL, trade TEXT NOT NULL,
    subject TEXT NOT NULL, planned_on TEXT, slot TEXT NOT NULL, execution_days INTEGER, state TEXT NOT NULL,
    done_on TEXT, tenant_share_cents INTEGER, claim_id INTEGER,
    FOREIGN KEY (dwelling_id) REFERENCES dwelling (id) ON DELETE RESTRICT,
    FOREIGN KEY (building_id) REFERENCES building (id) ON DELETE RESTRICT,
    FOREIGN KEY (contractor_id) REFERENCES contractor (id) ON DELETE RESTRICT,
    FOREIGN KEY (claim_id) REFERENCES claim (id) ON DELETE RESTRICT, CHECK (kind IN ('OS', 'BT')),
    CHECK (state IN ('absent', 'annule', 'clos', 'controle', 'emis', 'en_cours', 'facture', 'fait', 'notifie',
        'receptionne', 'receptionne_reserves', 'rendez_vous')),
    CHECK ((dwelling_id IS NULL) <> (building_id IS NULL))
) STRICT;
CREATE TABLE outbox_mail (
    id INTEGER NOT NULL PRIMARY KEY, message_id TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL,
    text TEXT NOT NULL, html TEXT NOT NULL, queued_at TEXT NOT NULL, tries INTEGER NOT NULL,
    next_try_at TEXT NOT NULL, sent_at TEXT, failed_at TEXT, last_error TEXT NOT NULL
) STRICT;
CREATE TABLE rent_line (
    id INTEGER NOT NULL PRIMARY KEY, lease_id INTEGER NOT NULL, nature TEXT NOT NULL, label TEXT NOT NULL,
    starts_on TEXT NOT NULL, ends_on TEXT, amount_cents INTEGER NOT NULL,
    FOREIGN KEY (lease_id) REFERENCES lease (id) ON DELETE RESTRICT
) STRICT;
CREATE TABLE rent_term (
    id INTEGER NOT NULL PRIMARY KEY, lease_id INTEGER NOT NULL, month TEXT NOT NULL, issued_on TEXT NOT NULL,
    due_on TEXT NOT NULL, FOREIGN KEY (lease_id) REFERENCES lease (id) ON DELETE RESTRICT, CHECK (length(month) = 7)
) STRICT;
CREATE TABLE sign_in (
    id INTEGER NOT NULL PRIMARY KEY, token_hash TEXT NOT NULL, access_id INTEGER NOT NULL, began_at TEXT NOT NULL,
    expires_at TEXT NOT NULL, FOREIGN KEY (access_id) REFERENCES access (id) ON DELETE RESTRICT
) STRICT;
CREATE TABLE term_line (
    id INTEGER NOT NULL PRIMARY KEY, term_id INTEGER NOT NULL, nature TEXT NOT NULL, label TEXT NOT NULL,
    amount_cents INTEGER NOT NULL, FOREIGN KEY (term_id) REFERENCES rent_term (id) ON DELETE RESTRICT
) STRICT;
CREATE TABLE throttle (
    id INTEGER NOT NULL PRIMARY KEY, key TEXT NOT NULL, tries INTEGER NOT NULL, last_at TEXT NOT NULL, until TEXT
) STRICT;
CREATE TABLE trace (
    id INTEGER NOT NULL PRIMARY KEY, happened_at TEXT NOT NULL, act TEXT NOT NULL, staff_id INTEGER,
    tenant_id INTEGER, by_tenant_id INTEGER, detail TEXT NOT NULL,
    FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE RESTRICT,
    FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT,
    FOREIGN KEY (by_tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT
) STRICT;
CREATE UNIQUE INDEX tenant_number ON tenant (number);
CREATE UNIQUE INDEX lodge_code ON lodge (code);
CREATE INDEX staff_lodge_id ON staff (lodge_id);
CREATE UNIQUE INDEX access_login ON access (login);
CREATE UNIQUE INDEX access_tenant_id ON access (tenant_id);
CREATE UNIQUE INDEX access_staff_id ON access (staff_id);
CREATE INDEX access_request_tenant_id ON access_request (tenant_id);
CREATE UNIQUE INDEX residence_code ON residence (code);
CREATE INDEX residence_lodge_id ON residence (lodge_id);
CREATE UNIQUE INDEX building_code ON building (code);
CREATE INDEX building_residence_id ON building (residence_id);
CREATE INDEX notice_building_id ON notice (building_id);
CREATE INDEX notice_written_by_id ON notice (written_by_id);
CREATE UNIQUE INDEX notice_once_key ON notice (once_key);
CREATE INDEX thread_notice_id ON thread (notice_id);
CREATE INDEX thread_tenant_id_last_at ON thread (tenant_id, last_at);
CREATE INDEX thread_last_at ON thread (last_at);
CREATE INDEX message_thread_id ON message (thread_id);
CREATE INDEX message_staff_id ON message (staff_id);
CREATE UNIQUE INDEX message_once_key ON message (once_key);
CREATE UNIQUE INDEX stored_file_path ON stored_file (path);
CREATE INDEX attachment_message_id ON attachment (message_id);
CREATE UNIQUE INDEX attachment_file_id ON attachment (file_id);
CREATE UNIQUE INDEX dwelling_reference ON dwelling (reference);
CREATE INDEX dwelling_building_id ON dwelling (building_id);
CREATE UNIQUE INDEX lease_number ON lease (number);
CREATE INDEX lease_dwelling_id ON lease (dwelling_id);
CREATE UNIQUE INDEX claim_number ON claim (number);
CREATE INDEX claim_lease_id ON claim (lease_id);
CREATE INDEX claim_filed_by_id ON claim (filed_by_id);
CREATE INDEX claim_lodge_id ON claim (lodge_id);
CREATE UNIQUE INDEX claim_once_key ON claim (once_key);
CREATE INDEX claim_lease_id_changed_at ON claim (lease_id, changed_at);
CREATE UNIQUE INDEX claim_counter_year ON claim_counter (year);
CREATE INDEX claim_event_claim_id ON claim_event (claim_id);
CREATE INDEX claim_event_tenant_id ON claim_event (tenant_id);
CREATE INDEX claim_event_staff_id ON claim_event (staff_id);
CREATE UNIQUE INDEX claim_event_once_key ON claim_event (once_key);
CREATE INDEX claim_photo_claim_id ON claim_photo (claim_id);
CREATE INDEX claim_photo_event_id ON claim_photo (event_id);
CREATE UNIQUE INDEX claim_photo_file_id ON claim_photo (file_id);
CREATE UNIQUE INDEX contractor_code ON contractor (code);
CREATE INDEX lease_holder_lease_id ON lease_holder (lease_id);
CREATE INDEX lease_holder_tenant_id ON lease_holder (tenant_id);
CREATE UNIQUE INDEX lease_holder_lease_id_tenant_id ON lease_holder (lease_id, tenant_id);
CREATE UNIQUE INDEX ledger_entry_business_key ON ledger_entry (business_key);
CREATE INDEX ledger_entry_reverses_id ON ledger_entry (reverses_id);
CREATE INDEX ledger_entry_lease_id_value_on ON ledger_entry (lease_id, value_on);
CREATE INDEX letter_tenant_id ON letter (tenant_id);
CREATE UNIQUE INDEX mail_link_token_hash ON mail_link (token_hash);
CREATE INDEX mail_link_tenant_id ON mail_link (tenant_id);
CREATE UNIQUE INDEX works_order_number ON works_order (number);
CREATE INDEX works_order_dwelling_id ON works_order (dwelling_id);
CREATE INDEX works_order_building_id ON works_order (building_id);
CREATE INDEX works_order_contractor_id ON works_order (contractor_id);
CREATE INDEX works_order_claim_id ON works_order (claim_id);
CREATE UNIQUE INDEX outbox_mail_message_id ON outbox_mail (message_id);
CREATE INDEX rent_line_lease_id ON rent_line (lease_id);
CREATE UNIQUE INDEX rent_line_lease_id_nature_label_starts_on ON rent_line (lease_id, nature, label, starts_on);
CREATE UNIQUE INDEX rent_term_lease_id_month ON rent_term (lease_id, month);
CREATE UNIQUE INDEX sign_in_token_hash ON sign_in (token_hash);
CREATE INDEX sign_in_access_id ON sign_in (access_id);
CREATE UNIQUE INDEX term_line_term_id_nature_label ON term_line (term_id, nature, label);
CREATE UNIQUE INDEX throttle_key ON throttle (key);
CREATE INDEX trace_staff_id ON trace (staff_id);
CREATE INDEX trace_tenant_id ON trace (tenant_id);
CREATE INDEX trace_by_tenant_id ON trace (by_tenant_id);
CREATE INDEX trace_tenant_id_happened_at ON trace (tenant_id, happened_at);
"""

# The account is append-only: a mistake is corrected by a reversing entry, never by a change.
TRIGGERS = """
CREATE TRIGGER ledger_entry_never_changes BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END;
CREATE TRIGGER ledger_entry_never_goes BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger entries are never deleted'); END;
CREATE TRIGGER trace_never_changes BEFORE UPDATE ON trace
BEGIN SELECT RAISE(ABORT, 'traces are never changed'); END;
"""


def up(migrator: object, db: PortalDatabase) -> None:
    """Create every table, its indexes and its guards."""
    db.connection().execute(TABLES + TRIGGERS)
