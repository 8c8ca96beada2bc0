"""What a member may ask of their data."""

import io
import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from pypdf import PdfReader

from app.audit.models import AuditEvent
from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import VoucherKind
from app.members import services as members
from app.privacy import record, retention, services
from app.privacy.models import CorrectionState
from tests.factories import make_candidate, make_member, make_rate, pay

ADDRESS = "/k/maju/data-anggota/"


@pytest.fixture
def siti(scope, coop):
    """Her NIK and the token of her link."""
    with scope(coop):
        make_rate()
        member = make_member("Siti Aminah", date(2026, 1, 5), heir_name="Ahmad")
        pay(member, on=date(2026, 2, 1), dues=15_000, voluntary=50_000)
        return member.nik, services.link_token(member)


def sent(**more):
    return {"key": str(uuid4())} | more


def test_everything_means_everything(scope, coop, siti):
    with scope(coop):
        kept = record.everything(members.find(1))

    assert kept["particulars"]["nik"] == siti[0]
    assert kept["particulars"]["heir_name"] == "Ahmad"
    assert kept["savings"]["voluntary_savings"] == 50_000
    assert [journal["added"] for journal in kept["journals"]] == [65_000]


def test_what_was_taken_back_reads_batal(app, scope, coop, siti):
    with scope(coop):
        journal = ledger.find_journal(VoucherKind.CASH_IN, 2026, 1)
        ledger.reverse(journal, reason="salah catat", on=date(2026, 2, 2))
        db.session.commit()
    client = app.test_client()
    pdf = PdfReader(io.BytesIO(client.get(f"/data-saya/{siti[1]}/salinan.pdf").data))

    assert client.get(f"/data-saya/{siti[1]}").text.count("BATAL") == 1
    assert "".join(page.extract_text() for page in pdf.pages).count("BATAL") == 1


def test_a_member_opens_their_own_data_by_the_link_and_it_is_noted(app, scope, coop, siti):
    page = app.test_client().get(f"/data-saya/{siti[1]}")

    assert page.status_code == 200
    assert "Siti Aminah" in page.text
    assert siti[0] not in page.text
    with scope(coop):
        assert [look["what"] for look in record.looked(members.find(1))] == ["link"]


def test_the_link_gives_a_copy_as_pdf_and_json(app, siti):
    client = app.test_client()
    data = json.loads(client.get(f"/data-saya/{siti[1]}/salinan.json").data)
    pdf = PdfReader(io.BytesIO(client.get(f"/data-saya/{siti[1]}/salinan.pdf").data))

    assert data["particulars"]["nik"] == siti[0]
    assert siti[0] in pdf.pages[0].extract_text()


def test_the_copy_reads_as_people_write_and_names_what_was_asked(app, scope, coop, siti):
    with scope(coop):
        asked = services.ask_correction(members.find(1), "Nama jalan salah")
        services.answer(asked.id, "Sudah diganti", done=True)
        db.session.commit()
    pdf = PdfReader(io.BytesIO(app.test_client().get(f"/data-saya/{siti[1]}/salinan.pdf").data))
    text = "".join(page.extract_text() for page in pdf.pages)

    assert "5 Jan 2026" in text
    assert "2026-01-05" not in text
    assert "Minta pembetulan: Nama jalan salah. Jawaban: Sudah diganti" in text


def test_who_looked_before_dawn_looked_on_that_day(scope, coop, siti):
    with scope(coop):
        member = members.find(1)
        look = AuditEvent(tenant_id=coop.id, action="looked", record="members", after={})
        look.record_id, look.at = str(member.id), datetime(2026, 3, 1, 19, 0, tzinfo=UTC)
        db.session.add(look)
        db.session.flush()

        assert record.looked(members.find(1))[0]["at"].startswith("2026-03-02T02:00")


@pytest.mark.parametrize("token", ["x", "1-1.abc", "WzEsMV0.aaaaaa.bbbb"])
def test_a_link_that_is_not_ours_opens_nothing(app, siti, token):
    assert app.test_client().get(f"/data-saya/{token}").status_code == 404


def test_a_link_stops_working_after_its_hours(app, siti, monkeypatch):
    monkeypatch.setattr(services, "_longest", lambda: -1)

    assert app.test_client().get(f"/data-saya/{siti[1]}").status_code == 404


def test_a_correction_is_asked_for_and_answered(app, sign_in, scope, coop, siti):
    client, secretary = app.test_client(), sign_in(Role.SECRETARY)
    asked = client.post(f"/data-saya/{siti[1]}/pembetulan", data=sent(text="Alamat saya pindah."))
    assert asked.status_code == 303
    page = secretary.get(ADDRESS).text
    assert "Alamat saya pindah." in page
    with scope(coop):
        id = services.corrections()[0][0].id

    answered = secretary.post(
        f"{ADDRESS}pembetulan/{id}/selesai", data=sent(answer="Sudah dibetulkan, terima kasih.")
    )

    assert answered.status_code == 303
    assert "terima kasih" in client.get(f"/data-saya/{siti[1]}").text
    with scope(coop):
        assert services.count_waiting() == 0


def test_an_empty_correction_is_refused_and_may_be_sent_again(app, scope, coop, siti):
    client, form = app.test_client(), sent()

    refused = client.post(f"/data-saya/{siti[1]}/pembetulan", data=form | {"text": ""})
    again = client.post(f"/data-saya/{siti[1]}/pembetulan", data=form | {"text": "Salah RT."})

    assert refused.status_code == 422
    assert again.status_code == 303


def test_a_correction_is_answered_once(scope, coop, siti):
    with scope(coop):
        asked = services.ask_correction(members.find(1), "RT salah")
        services.answer(asked.id, "Sudah", done=True)

        assert asked.state is CorrectionState.DONE
        with pytest.raises(DomainError):
            services.answer(asked.id, "Lagi", done=False)


def test_an_answer_without_words_is_refused(sign_in, scope, coop, siti):
    with scope(coop):
        id = services.ask_correction(members.find(1), "RT salah").id
        db.session.commit()

    response = sign_in(Role.SECRETARY).post(f"{ADDRESS}pembetulan/{id}/tolak", data=sent())
    assert response.status_code == 422


def test_who_takes_a_copy_is_noted(sign_in, scope, coop, siti):
    secretary = sign_in(Role.SECRETARY, name="Ratna")
    assert siti[0] not in secretary.get(f"{ADDRESS}1").text
    response = secretary.post(f"{ADDRESS}1/salinan.pdf", data=sent())

    assert response.mimetype == "application/pdf"
    with scope(coop):
        looks = record.looked(members.find(1))
    assert (looks[0]["by"], looks[0]["what"]) == ("Ratna", "everything")


def test_the_time_runs_for_who_left_or_never_joined(scope, coop):
    with scope(coop):
        left = make_member("Budi", date(2025, 1, 5))
        members.leave(left, on=date(2026, 3, 1), reason="Pindah")
        never = make_candidate("Calon", date(2026, 2, 1))
        make_member("Tetap")
        running = {m.name: day for m, day in retention.timers()}

        assert retention.kept_until(left) == date(2036, 12, 31)
        assert running == {"Budi": date(2036, 12, 31), "Calon": date(2026, 2, 1) + timedelta(365)}
        assert retention.kept_until(never) > date(2026, 2, 1)


def test_the_timers_say_what_is_over(sign_in, scope, coop):
    with scope(coop):
        make_candidate("Calon Lama", clock.today() - timedelta(days=400))

    assert "Calon Lama" in sign_in(Role.CHAIR).get(ADDRESS).text


def test_a_cashier_does_not_open_anybodys_data(sign_in, siti):
    cashier = sign_in(Role.CASHIER)

    assert cashier.get(f"{ADDRESS}1").status_code == 403
    assert cashier.post(f"{ADDRESS}1/salinan.json", data=sent()).status_code == 403


def test_a_stranger_finds_nobodys_data(sign_in, other_coop, siti):
    assert sign_in(Role.SECRETARY, other_coop).get(f"{ADDRESS}1").status_code == 404
