"""What can be permitted, and which office holds which permission.

Offices follow the Cooperatives Act and the guidelines for KKMP (domain reference 1.3):
pengurus (board), pengawas (supervisors), the staff the board appoints, and the city. The
tables are code, so a change of them is reviewed like any other.
"""

from enum import StrEnum


class Permission(StrEnum):
    # Inside one cooperative
    COOP_VIEW = "coop.view"
    MEMBERS_VIEW = "members.view"
    MEMBERS_MANAGE = "members.manage"
    MEMBERS_REVEAL = "members.reveal"
    MEMBERS_IMPORT = "members.import"
    SAVINGS_RECEIVE = "savings.receive"
    SAVINGS_WITHDRAW = "savings.withdraw"
    DUES_VIEW = "dues.view"
    DUES_ACCRUE = "dues.accrue"
    DUES_WAIVE = "dues.waive"
    DUES_REMIND = "dues.remind"
    LEDGER_VIEW = "ledger.view"
    LEDGER_REVERSE = "ledger.reverse"
    LEDGER_CLOSE = "ledger.close"
    LEDGER_POST = "ledger.post"
    LEDGER_REOPEN = "ledger.reopen"
    CASH_VIEW = "cash.view"
    CASH_HANDLE = "cash.handle"
    CASH_MANAGE = "cash.manage"
    BANK_RECONCILE = "bank.reconcile"
    RECEIPTS_VOID = "receipts.void"
    APPROVALS_VIEW = "approvals.view"
    APPROVALS_DECIDE = "approvals.decide"
    FINDINGS_VIEW = "findings.view"
    FINDINGS_WRITE = "findings.write"
    FINDINGS_ANSWER = "findings.answer"
    REGISTERS_WRITE = "registers.write"
    OFFICES_VIEW = "offices.view"
    OFFICES_MANAGE = "offices.manage"
    SETTINGS_MANAGE = "settings.manage"
    PARTICULARS_MANAGE = "particulars.manage"
    AUDIT_VIEW = "audit.view"
    INSPECTIONS_DECIDE = "inspections.decide"
    SIMKOPDES_TICK = "simkopdes.tick"
    FIGURES_PUBLISH = "figures.publish"
    ASSESSMENT_ANSWER = "assessment.answer"
    # On the pages of the city; they never open a cooperative's books
    CITY_VIEW = "city.view"
    ASSESSMENT_CONFIRM = "assessment.confirm"
    ALERTS_SNOOZE = "alerts.snooze"
    CITY_RECORD = "city.record"
    CITY_OPERATE = "city.operate"
    ANNOUNCEMENTS_WRITE = "announcements.write"
    INSPECTIONS_ASK = "inspections.ask"
    VISITS_VIEW = "visits.view"
    VISITS_WRITE = "visits.write"
    VISITS_APPROVE = "visits.approve"
    VISITS_ASSIGN = "visits.assign"


class Role(StrEnum):
    """An office. The value is what people call it and what the database keeps."""

    CHAIR = "ketua"
    VICE_BUSINESS = "wakil_usaha"
    VICE_MEMBERS = "wakil_anggota"
    SECRETARY = "sekretaris"
    TREASURER = "bendahara"
    SUPERVISOR_CHAIR = "ketua_pengawas"
    SUPERVISOR = "pengawas"
    MANAGER = "manajer"
    CASHIER = "kasir"
    CITY_AGENCY = "dinas"
    CITY_COMPANION = "pendamping"
    CITY_OPERATOR = "operator"


BOARD = frozenset(
    {Role.CHAIR, Role.VICE_BUSINESS, Role.VICE_MEMBERS, Role.SECRETARY, Role.TREASURER}
)
SUPERVISORS = frozenset({Role.SUPERVISOR_CHAIR, Role.SUPERVISOR})
STAFF = frozenset({Role.MANAGER, Role.CASHIER})
CITY = frozenset({Role.CITY_AGENCY, Role.CITY_COMPANION, Role.CITY_OPERATOR})

_P = Permission
# What changes nothing: all that is left in a cooperative that is suspended or merged, and all
# that whoever looks inside for the city is given.
READING = frozenset(
    {
        _P.COOP_VIEW,
        _P.MEMBERS_VIEW,
        _P.DUES_VIEW,
        _P.LEDGER_VIEW,
        _P.CASH_VIEW,
        _P.APPROVALS_VIEW,
        _P.FINDINGS_VIEW,
        _P.OFFICES_VIEW,
        _P.AUDIT_VIEW,
    }
)
_DESK = frozenset({_P.COOP_VIEW, _P.MEMBERS_VIEW, _P.DUES_VIEW, _P.FINDINGS_VIEW})
_BOOKS = _DESK | {_P.LEDGER_VIEW, _P.OFFICES_VIEW, _P.CASH_VIEW, _P.APPROVALS_VIEW}
_BOARD = _BOOKS | {
    _P.DUES_REMIND,
    _P.ASSESSMENT_ANSWER,
    _P.FINDINGS_ANSWER,
    _P.REGISTERS_WRITE,
}
_REGISTER = frozenset({_P.MEMBERS_MANAGE, _P.MEMBERS_REVEAL, _P.MEMBERS_IMPORT})
_TILL = frozenset(
    {
        _P.SAVINGS_RECEIVE,
        _P.DUES_REMIND,
        _P.CASH_VIEW,
        _P.CASH_HANDLE,
        _P.RECEIPTS_VOID,
        _P.APPROVALS_VIEW,
    }
)
_AUDIT = frozenset({_P.AUDIT_VIEW, _P.FINDINGS_WRITE})
_VISITS = frozenset({_P.CITY_VIEW, _P.ALERTS_SNOOZE, _P.VISITS_VIEW, _P.VISITS_WRITE})

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CHAIR: _BOARD
    | _REGISTER
    | {
        _P.DUES_WAIVE,
        _P.LEDGER_REVERSE,
        _P.APPROVALS_DECIDE,
        _P.OFFICES_MANAGE,
        _P.SETTINGS_MANAGE,
        _P.PARTICULARS_MANAGE,
        _P.AUDIT_VIEW,
        _P.INSPECTIONS_DECIDE,
        _P.FIGURES_PUBLISH,
        _P.SIMKOPDES_TICK,
    },
    Role.VICE_BUSINESS: _BOARD | {_P.APPROVALS_DECIDE, _P.INSPECTIONS_DECIDE},
    Role.VICE_MEMBERS: _BOARD | _REGISTER | {_P.DUES_WAIVE},
    Role.SECRETARY: _BOARD
    | _REGISTER
    | {_P.OFFICES_MANAGE, _P.PARTICULARS_MANAGE, _P.SIMKOPDES_TICK},
    Role.TREASURER: _BOARD
    | _REGISTER
    | _TILL
    | {
        _P.SAVINGS_WITHDRAW,
        _P.DUES_ACCRUE,
        _P.DUES_WAIVE,
        _P.LEDGER_REVERSE,
        _P.LEDGER_CLOSE,
        _P.LEDGER_REOPEN,
        _P.LEDGER_POST,
        _P.CASH_MANAGE,
        _P.BANK_RECONCILE,
        _P.APPROVALS_DECIDE,
        _P.SETTINGS_MANAGE,
        _P.SIMKOPDES_TICK,
    },
    # Supervisors read everything of their own cooperative and write only findings.
    Role.SUPERVISOR_CHAIR: _BOOKS | _AUDIT,
    Role.SUPERVISOR: _BOOKS | _AUDIT,
    Role.MANAGER: _BOOKS | _TILL | {_P.REGISTERS_WRITE},
    Role.CASHIER: _DESK | _TILL,
    Role.CITY_AGENCY: _VISITS
    | {
        _P.CITY_RECORD,
        _P.ANNOUNCEMENTS_WRITE,
        _P.INSPECTIONS_ASK,
        _P.ASSESSMENT_CONFIRM,
        _P.VISITS_APPROVE,
        _P.VISITS_ASSIGN,
    },
    Role.CITY_COMPANION: _VISITS,
    Role.CITY_OPERATOR: frozenset(
        {_P.CITY_VIEW, _P.CITY_RECORD, _P.CITY_OPERATE, _P.ANNOUNCEMENTS_WRITE, _P.VISITS_ASSIGN}
    ),
}
