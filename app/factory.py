"""Puts the application together. The only module that knows every other."""

from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import tasks
from app import config, connections
from app.api import token_views as api_tokens
from app.api import views as api
from app.approvals import views as approvals
from app.assessment import city_views as assessments
from app.assessment import views as assessment
from app.assets import borrowed_views as borrowed
from app.assets import views as assets_pages
from app.audit import views as audit
from app.auth import office_views as offices
from app.auth import views as auth
from app.backups import commands as backup_commands
from app.banking import views as banking
from app.cash import book_views as cash_books
from app.cash import category_views as cash_words
from app.cash import entry_views as cash_entries
from app.cash import officer_views as own_pocket
from app.cash import shift_views as shifts
from app.cash import views as cash
from app.companions import assignment_views as assignments
from app.companions import cooperative_views as visits_here
from app.companions import finding_views as companion_findings
from app.companions import monthly_views as companion_reports
from app.companions import plan_views as visit_plans
from app.companions import training_views as trainings
from app.companions import views as companions
from app.departures import views as departures
from app.dues import collection_views as collection
from app.dues import commands as dues_commands
from app.dues import passive_views as passive
from app.dues import payer_views as payers
from app.dues import payment_views as payments
from app.dues import reminder_views as reminders
from app.dues import views as dues
from app.extensions import babel, csrf, db, limiter, login, select_locale
from app.findings import views as findings
from app.home import views as home
from app.inspection import cooperative_views as inspected
from app.inspection import views as inspections
from app.launch import city_views as launch
from app.launch import meeting_views as meetings
from app.launch import views as documents
from app.ledger import closing_views as closing
from app.ledger import commands as ledger_commands
from app.ledger import entry_views as entries
from app.ledger import opening_views as opening
from app.ledger import views as ledger
from app.members import commands as members_commands
from app.members import import_views as imports
from app.members import views as members
from app.open import publication_views as publications
from app.open import views as open_data
from app.platform import announcement_views as announcements
from app.platform import commands as platform_commands
from app.platform import identity_views as identity
from app.platform import job_views as runs
from app.platform import particulars_views as particulars
from app.platform import people_views as people
from app.platform import settings_views as settings_pages
from app.platform import views as operator
from app.privacy import member_views as my_data
from app.privacy import views as privacy
from app.public import views as public
from app.receipts import views as receipts
from app.registers import entry_views as register_entries
from app.registers import views as registers
from app.savings import opening_views as opening_savings
from app.savings import statement_views as savings_statements
from app.savings import views as savings
from app.simkopdes import commands as simkopdes_commands
from app.simkopdes import cooperative_views as simkopdes_sheet
from app.simkopdes import views as ministry
from app.statements import account_views as account_books
from app.statements import note_views as notes
from app.statements import tax_views as taxes
from app.statements import views as statements
from app.supervision import commands as supervision_commands
from app.supervision import views as city
from app.supervision import week_views as week
from app.web import (
    access,
    addresses,
    assets,
    compression,
    errors,
    health,
    security,
    templating,
    uploads,
)
from tenants import resolution

# Pages of one cooperative, under /k/<slug>; and pages of the platform, under /.
TENANT_BLUEPRINTS = (
    home.bp,
    imports.bp,
    members.bp,
    savings.bp,
    savings_statements.bp,
    departures.bp,
    payments.bp,
    dues.bp,
    collection.bp,
    reminders.bp,
    passive.bp,
    payers.bp,
    receipts.bp,
    ledger.bp,
    entries.bp,
    opening.bp,
    opening_savings.bp,
    closing.bp,
    assets_pages.bp,
    borrowed.bp,
    cash.bp,
    shifts.bp,
    statements.bp,
    account_books.bp,
    cash_entries.bp,
    cash_books.bp,
    own_pocket.bp,
    cash_words.bp,
    notes.bp,
    taxes.bp,
    approvals.bp,
    banking.bp,
    findings.bp,
    inspected.bp,
    assessment.bp,
    visits_here.bp,
    registers.bp,
    simkopdes_sheet.bp,
    register_entries.bp,
    documents.bp,
    meetings.bp,
    privacy.bp,
    audit.bp,
    offices.bp,
    settings_pages.bp,
    particulars.bp,
    publications.bp,
    announcements.here_bp,
)
PLATFORM_BLUEPRINTS = (
    my_data.bp,
    auth.bp,
    city.bp,
    week.bp,
    inspections.bp,
    assessments.bp,
    companions.bp,
    assignments.bp,
    companion_findings.bp,
    visit_plans.bp,
    companion_reports.bp,
    trainings.bp,
    ministry.bp,
    launch.bp,
    operator.bp,
    runs.bp,
    identity.bp,
    announcements.bp,
    people.bp,
    settings_pages.city_bp,
    public.bp,
    open_data.bp,
    api_tokens.bp,
    api.bp,
    health.bp,
)
COMMANDS = (
    platform_commands.tenants,
    platform_commands.demo,
    members_commands.members,
    dues_commands.dues,
    ledger_commands.ledger,
    backup_commands.backup,
    supervision_commands.supervision,
    simkopdes_commands.simkopdes,
)


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """The application, configured from the environment unless `settings` are given."""
    app = Flask("app", static_folder=None)
    app.request_class = uploads.Request
    app.config.from_mapping(settings or config.from_environment())
    app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]

    for extension in (db, login, csrf, limiter, tasks):
        extension.init_app(app)
    babel.init_app(app, locale_selector=select_locale)
    with app.app_context():
        for engine in db.engines.values():
            connections.set_up(engine)
    # In this order: who is asked before what is allowed.
    for part in (compression, security, resolution, access, errors, templating, addresses, assets):
        part.init_app(app)
    _register(app)
    return app


def _register(app: Flask) -> None:
    for blueprint in TENANT_BLUEPRINTS:
        prefix = f"{resolution.URL_PREFIX}{blueprint.url_prefix or ''}"
        app.register_blueprint(blueprint, url_prefix=prefix)
    for blueprint in PLATFORM_BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
