"""Texts in which a name may be somebody else's: two people say which are erased."""

from uuid import uuid4

import pytest

from app.approvals import services as approvals
from app.approvals import views as approval_views
from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.findings import services as findings
from app.ledger import seals
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Source
from app.privacy import forgetting
from tenants.scope import act_as
from tests.factories import make_member
from tests.privacy.conftest import ADDRESS, a_full_life, depart, whole_database

pytestmark = pytest.mark.usefixtures("short")


def note(text_):
    findings.write(title="Catatan", text=text_, seat=Role.TREASURER, due_on=clock.today())


def sent(**more):
    return {"reason": "lewat"} | more | {"key": str(uuid4())}


@pytest.fixture
def doubtful(gone):
    """Texts in which the name may be that of a namesake, and one by which nobody is meant."""
    make_member("Sulastri Handayani")
    note("Sulastri Handayani lupa buku")
    note("Titip salam Sulastri Handayani")
    note("Tidak ada nama")
    return gone


def marks(member):
    return {one.content: one.mark for one in forgetting.ambiguous(member)}


def test_texts_that_also_fit_another_are_listed_and_nothing_else(doubtful):
    found = marks(doubtful)

    assert {"Sulastri Handayani lupa buku", "Titip salam Sulastri Handayani"} <= set(found)
    assert all("sulastri handayani" in one.lower() for one in found)


def test_what_was_ticked_is_taken_out_and_what_was_not_stays(doubtful, two, coop):
    ticked = [marks(doubtful)["Sulastri Handayani lupa buku"]]
    asked = forgetting.ask(doubtful, reason="lewat", texts=ticked)
    act_as(two[1])
    approvals.approve(asked.id, approval_views.ACTS[forgetting.KIND])

    after = whole_database(coop)
    assert "Sulastri Handayani lupa buku" not in after
    assert "Anggota A0002 lupa buku" in after
    assert "Titip salam Sulastri Handayani" in after


def test_a_ticked_memo_of_a_sealed_journal_is_redacted(doubtful, two):
    lines = [ledger.debit(AccountRole.CASH, 5), ledger.credit(AccountRole.OPENING, 5)]
    source = Source("test", "memo")
    ledger.post(on=clock.today(), memo="Sulastri Handayani", source=source, lines=lines)
    seals.seal()
    asked = forgetting.ask(doubtful, reason="lewat", texts=[marks(doubtful)["Sulastri Handayani"]])
    act_as(two[1])
    approvals.approve(asked.id, approval_views.ACTS[forgetting.KIND])

    assert ledger.find_by_source(source).memo == "Anggota A0002"
    assert seals.breaches() == []


def test_both_see_on_their_pages_which_texts_are_taken_out(sign_in, two, scope, coop):
    with scope(coop):
        act_as(two[0])
        member = depart(a_full_life(two))
        make_member("Sulastri Handayani")
        note("Sulastri Handayani lupa buku")
        mark = marks(member)["Sulastri Handayani lupa buku"]
        db.session.commit()
    secretary, chair = sign_in(Role.SECRETARY), sign_in(Role.CHAIR)
    sent = {"key": str(uuid4()), "reason": "lewat"}

    assert f'value="{mark}"' in secretary.get(f"{ADDRESS}2").text
    assert chair.get(f"{ADDRESS}2/hapus").status_code == 404
    wrong = secretary.post(f"{ADDRESS}2/hapus", data=sent | {"texts": "lain"})
    asked = secretary.post(f"{ADDRESS}2/hapus", data=sent | {"texts": mark})
    page = chair.get(asked.location).text
    assert f"{ADDRESS}2/hapus" in page
    told = chair.get(f"{ADDRESS}2/hapus").text

    assert (wrong.status_code, asked.status_code) == (422, 303)
    assert "Sulastri Handayani lupa buku" in told
    assert "dihapus" in told


def test_the_second_person_lets_a_text_stay_and_nobody_else_does(sign_in, two, scope, coop):
    with scope(coop):
        act_as(two[0])
        member = depart(a_full_life(two))
        make_member("Sulastri Handayani")
        note("Sulastri Handayani lupa buku")
        note("Titip salam Sulastri Handayani")
        db.session.commit()
        both = marks(member)
    secretary, chair = sign_in(Role.SECRETARY), sign_in(Role.CHAIR)
    asked = secretary.post(f"{ADDRESS}2/hapus", data=sent(texts=list(both.values())))
    stays = sent(text=both["Titip salam Sulastri Handayani"])

    assert secretary.post(f"{ADDRESS}2/hapus/biarkan", data=stays).status_code == 403
    assert chair.post(f"{ADDRESS}2/hapus/biarkan", data=sent(text="lain")).status_code == 404
    assert chair.post(f"{ADDRESS}2/hapus/biarkan", data=sent(**stays)).status_code == 303
    chair.post(f"{asked.location}/setuju", data=sent())

    with scope(coop):
        after = whole_database(coop)
    assert "Titip salam Sulastri Handayani" in after
    assert "Anggota A0002 lupa buku" in after


def test_what_was_refused_is_asked_again_from_where_it_stood(sign_in, two, scope, coop):
    with scope(coop):
        act_as(two[0])
        member = depart(a_full_life(two))
        make_member("Sulastri Handayani")
        note("Sulastri Handayani lupa buku")
        mark = marks(member)["Sulastri Handayani lupa buku"]
        db.session.commit()
    secretary, chair = sign_in(Role.SECRETARY), sign_in(Role.CHAIR)
    asked = secretary.post(f"{ADDRESS}2/hapus", data=sent(texts=mark))
    chair.post(f"{asked.location}/kembalikan", data=sent(answer="Itu Sulastri yang lain"))

    page = secretary.get(f"{ADDRESS}2").text

    assert "Itu Sulastri yang lain" in page
    assert f'value="{mark}" checked' in page
    again = secretary.post(f"{ADDRESS}2/hapus", data=sent())
    assert again.location != asked.location


def test_nobody_narrows_their_own_request(doubtful, two):
    mark = marks(doubtful)["Sulastri Handayani lupa buku"]
    asked = forgetting.ask(doubtful, reason="lewat", texts=[mark])

    with pytest.raises(DomainError):
        forgetting.leave(asked, mark)
