"""Fields that have to be filled in."""

import pytest
from werkzeug.datastructures import MultiDict

from app.web.forms import REQUIRED, DayField, Form, RupiahField, TextField, required


class Asked(Form):
    day = DayField("Day", [required()])
    amount = RupiahField("Amount", [required()])
    name = TextField("Name", [required()])


@pytest.mark.parametrize("typed", ["", " ", "\t\n", "\u00a0"])
def test_blanks_alone_fill_in_nothing(app, typed):
    with app.test_request_context(method="POST"):
        form = Asked(MultiDict({"day": typed, "amount": typed, "name": typed}))

        assert not form.validate()
        assert [form.day.errors, form.amount.errors, form.name.errors] == [[str(REQUIRED)]] * 3


def test_blanks_around_an_answer_do_no_harm(app):
    with app.test_request_context(method="POST"):
        form = Asked(MultiDict({"day": " 24-11-2026 ", "amount": " 15.000 ", "name": " Siti "}))

        assert form.validate(), form.errors
        assert (form.amount.data, form.name.data.strip()) == (15_000, "Siti")
