"""What the tests of cash share."""

import io
from datetime import date
from uuid import uuid4

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.cash import categories, shifts, tills
from app.cash.models import Direction
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Source, credit, debit
from tenants.scope import act_as
from tests.conftest import make_user


def sent(**fields):
    """A form with a key of its own."""
    return {"key": str(uuid4()), **fields}


def put(amount, role=AccountRole.CASH, on=date(2026, 3, 2)):
    """Let so much lie in a till, from before."""
    ledger.post(
        on=on,
        memo="Saldo awal",
        source=Source("test", str(uuid4())),
        lines=[debit(role, amount), credit(AccountRole.OPENING, amount)],
    )
    db.session.commit()


def word(name, direction=Direction.OUT):
    return next(each for each in categories.categories(direction) if each.name == name)


def picture(kind="JPEG", size=(800, 600), **more):
    """A photo as a telephone takes it, with the place in it."""
    image = Image.new("RGB", size, "white")
    exif = image.getexif()
    exif[0x010F] = "Telepon Siti"
    exif.get_ifd(0x8825)[1] = "S"
    buffer = io.BytesIO()
    image.save(buffer, kind, **({"exif": exif} | more))
    return buffer.getvalue()


def whole(data):
    """A form with files as one piece of bytes: large files leave nothing open behind."""
    files = {
        name: FileStorage(value[0], value[1]) if isinstance(value, tuple) else str(value)
        for name, value in data.items()
    }
    boundary, content = encode_multipart(files)
    return {"data": content, "content_type": f"multipart/form-data; boundary={boundary}"}


@pytest.fixture
def people(app, coop):
    """Two people, by number: Sari and Tono."""
    with app.app_context():
        both = [make_user(name, f"{name}@example.org").id for name in ("Sari", "Tono")]
        db.session.commit()
    return both


@pytest.fixture
def sari(scope, coop, people):
    """Inside the cooperative, as Sari, who has the main drawer in hand with nothing in it."""
    with scope(coop):
        act_as(people[0])
        shifts.open_shift(tills.main_till(), 0)
        db.session.commit()
        yield shifts.mine().shift
