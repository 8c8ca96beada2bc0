"""Why a file cannot be read as a list."""

from flask_babel import gettext as _

from app.core.errors import DomainError


def not_a_list() -> DomainError:
    return DomainError(
        _("This file is not what its name says. Open it in Excel and save it as .xlsx.")
    )


def locked_or_old() -> DomainError:
    """The form that Excel gives to a locked workbook is that of its files before 2007."""
    return DomainError(
        _(
            "This file is locked with a password or in Excel's old form. Open it in Excel,"
            " take the password off and save it as .xlsx."
        )
    )


def too_far() -> DomainError:
    return DomainError(
        _(
            "Something stands far outside of this list. Delete the rows below it and the columns"
            " beside it in Excel, save it and send it again."
        )
    )


def empty_list() -> DomainError:
    return DomainError(_("This list is empty: it needs at least a name and a NIK in each row."))


def no_headers() -> DomainError:
    return DomainError(
        _(
            "No row with the headers Nama and NIK was found. They stand within the first 30 rows,"
            " each in a cell of its own."
        )
    )


def no_bytes() -> DomainError:
    return DomainError(_("This file is empty. Save it again and send that."))
