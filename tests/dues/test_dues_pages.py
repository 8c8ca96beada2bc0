"""Billing by hand, arrears and waivers."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.dues import accrual, arrears, views, waivers
from app.dues.standing import standing
from app.extensions import db
from app.jobs import services as jobs
from app.members import services as members
from tests.factories import make_member, pay

RUN = "/k/maju/tagihan/jalankan"


@pytest.fixture(autouse=True)
def siti(scope, coop, monkeypatch):
    """A member of four months, on a day after the due day."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, 3, tzinfo=UTC))
    with scope(coop):
        make_member("Siti", joined_on=Period(2026, 8).first_day, rt="003", rw="002")


@pytest.fixture
def treasurer(sign_in):
    return sign_in(Role.TREASURER)


def bill():
    accrual.accrue(Period.current())
    db.session.commit()
    return members.find(1)


def test_the_first_page_of_dues_says_when_nothing_is_left_to_bill(treasurer, scope, coop):
    before = treasurer.get("/k/maju/tagihan/").text
    with scope(coop):
        bill()
    after = treasurer.get("/k/maju/tagihan/").text

    assert ("bulan belum ditagih" in before, "semua sudah ditagih" in before) == (True, False)
    assert ("bulan belum ditagih" in after, "semua sudah ditagih" in after) == (False, True)


def test_a_list_on_paper_says_whose_it_is_and_of_which_day(treasurer, coop):
    page = treasurer.get("/k/maju/tagihan/tunggakan").text

    assert f"{coop.legal_name}, dicetak 24 Nov 2026" in page


def test_the_preview_says_what_would_be_billed(treasurer):
    assert "Rp60.000" in treasurer.get(RUN).text


def test_billing_by_hand_is_done_by_the_task_and_its_result_stays(treasurer, scope, coop):
    response = treasurer.post(RUN, data={"key": str(uuid4()), "period": "2026-11"})

    assert response.status_code == 303
    page = treasurer.get(response.location).text
    assert "Rp60.000" in page
    assert "data-hx-trigger" not in page
    assert "Petugas bendahara" in treasurer.get("/k/maju/tagihan/").text


def test_a_run_that_is_under_way_asks_again_by_itself(treasurer, scope, coop):
    with scope(coop):
        job = jobs.ask("dues.accrual", "k", tenant_id=coop.id, period="2026-11")
        db.session.commit()
        address = f"/k/maju/tagihan/proses/{job.id}"

    assert 'data-hx-trigger="every 2s"' in treasurer.get(address).text


def test_billing_sent_again_is_the_same_run(treasurer, scope, coop):
    sent = {"key": str(uuid4()), "period": "2026-11"}
    first, again = treasurer.post(RUN, data=sent), treasurer.post(RUN, data=sent)

    assert first.location == again.location
    with scope(coop):
        assert len(jobs.runs("dues.accrual")) == 1


@pytest.mark.parametrize("period", ["2026-13", "", "2026-12", "x"])
def test_a_month_that_cannot_be_billed_is_refused(treasurer, period):
    assert treasurer.get(RUN, query_string={"period": period}).status_code == 422
    sent = {"key": str(uuid4()), "period": period}
    assert treasurer.post(RUN, data=sent).status_code == 422


def test_only_the_treasurer_bills(sign_in):
    assert sign_in(Role.CHAIR).get(RUN).status_code == 403


def test_a_run_of_another_cooperative_is_not_found(treasurer, sign_in, other_coop):
    location = treasurer.post(RUN, data={"key": str(uuid4()), "period": "2026-11"}).location
    stranger = sign_in(Role.TREASURER, other_coop, name="Lain")

    assert stranger.get(location.replace("maju", "sejahtera")).status_code == 404


def failed_run(coop, error="broken"):
    job = jobs.ask("dues.accrual", "night/x", tenant_id=coop.id, period="2026-11")
    jobs.fail(job.id, error)
    db.session.commit()
    return f"/k/maju/tagihan/proses/{job.id}"


def test_a_run_that_failed_is_done_again_on_request(treasurer, scope, coop):
    with scope(coop):
        address = failed_run(coop)
    assert "broken" in treasurer.get(address).text
    sent = {"key": str(uuid4())}

    again = treasurer.post(f"{address}/ulangi", data=sent)
    assert again.status_code == 303
    assert "Rp60.000" in treasurer.get(again.location).text
    assert treasurer.post(f"{address}/ulangi", data=sent).location == again.location
    refused = treasurer.post(f"{address}/ulangi", data={"key": str(uuid4())})
    assert refused.status_code == 422


def test_a_fault_is_not_shown_in_the_words_of_the_machine(treasurer, scope, coop):
    with scope(coop):
        address = failed_run(coop, "LookupError: no setting dues.amount")

    assert "LookupError" not in treasurer.get(address).text


def test_only_the_treasurer_has_a_run_done_again(sign_in, scope, coop):
    with scope(coop):
        address = failed_run(coop)
    sent = {"key": str(uuid4())}

    assert sign_in(Role.CHAIR).post(f"{address}/ulangi", data=sent).status_code == 403


def test_a_run_of_another_cooperative_is_not_done_again(sign_in, scope, coop, other_coop):
    with scope(coop):
        address = failed_run(coop).replace("maju", "sejahtera")
    stranger = sign_in(Role.TREASURER, other_coop, name="Lain")

    assert stranger.post(f"{address}/ulangi", data={"key": str(uuid4())}).status_code == 404


def test_a_run_lost_too_often_counts_as_failed(scope, coop):
    with scope(coop):
        job = jobs.ask("dues.accrual", "night/y", tenant_id=coop.id)
        for _attempt in range(jobs.MOST_ATTEMPTS):
            jobs.claim(job.id)
            jobs.release(job.id)
        assert not jobs.failures()
        jobs.give_up()
        assert [lost.id for lost in jobs.failures()] == [job.id]
        db.session.rollback()


def test_arrears_are_narrowed_to_a_group(treasurer, scope, coop):
    with scope(coop):
        make_member("Budi", joined_on=Period(2026, 10).first_day, group="PKK")
        bill()
    page = treasurer.get("/k/maju/tagihan/tunggakan?kelompok=PKK").text

    assert "Budi" in page
    assert "Siti" not in page


def test_arrears_by_age_agree_with_the_standing(scope, coop):
    with scope(coop):
        siti = bill()
        pay(siti, on=clock.today(), dues=20_000)
        [debtor] = arrears.debtors()

        assert debtor.buckets == [15_000, 15_000, 10_000, 0]
        assert debtor.owed == standing(siti).owed == arrears.owed_by([siti])[siti.id].amount
        assert (debtor.months, debtor.oldest) == (3, "61-90")


def test_arrears_are_listed_and_narrowed(treasurer, scope, coop):
    with scope(coop):
        bill()
    page = "/k/maju/tagihan/tunggakan"

    assert "Rp60.000" in treasurer.get(page).text
    assert "Siti" in treasurer.get(f"{page}?rt=003/002&umur=90%2B").text
    assert "Siti" not in treasurer.get(f"{page}?rt=003/001").text
    assert "Siti" not in treasurer.get(f"{page}?umur=0-30").text


def test_long_arrears_come_a_page_at_a_time_with_the_whole_sum(treasurer, scope, coop, monkeypatch):
    monkeypatch.setattr(views, "PAGE", 2)
    with scope(coop):
        for name in ("Ani", "Budi", "Cahya"):
            make_member(name, joined_on=Period(2026, 10).first_day, rt="001", rw="002")
        bill()
    first = treasurer.get("/k/maju/tagihan/tunggakan").text
    second = treasurer.get("/k/maju/tagihan/tunggakan?hal=2").text

    assert [name in first for name in ("Siti", "Ani", "Budi")] == [True, True, False]
    assert [name in second for name in ("Siti", "Budi", "Cahya")] == [False, True, True]
    assert "Rp150.000" in first
    assert "Rp150.000" in second
    assert 'href="/k/maju/tagihan/tunggakan?hal=2"' in first


def test_a_month_let_off_is_no_longer_owed(treasurer, scope, coop):
    with scope(coop):
        bill()
    sent = {"key": str(uuid4()), "period": "2026-09", "reason": "Sakit"}

    assert treasurer.post("/k/maju/tagihan/1/bebas", data=sent).status_code == 303
    with scope(coop):
        assert standing(members.find(1)).owed == 45_000
        assert arrears.owed_by([members.find(1)])[members.find(1).id].amount == 45_000


@pytest.mark.parametrize("paid", [5_000, 15_000])
def test_a_month_paid_in_part_or_whole_is_not_let_off(scope, coop, paid):
    with scope(coop):
        siti = bill()
        pay(siti, on=clock.today(), dues=paid)
        with pytest.raises(DomainError):
            waivers.waive(siti, Period(2026, 8), "Sakit")


def test_a_month_paid_ahead_before_joining_or_let_off_is_not_let_off(scope, coop):
    with scope(coop):
        siti = bill()
        waivers.waive(siti, Period(2026, 11), "Sakit")
        pay(siti, on=clock.today(), dues=50_000)
        for period in (Period(2026, 7), Period(2026, 11), Period(2026, 12)):
            with pytest.raises(DomainError):
                waivers.waive(siti, period, "Sakit")


def test_a_reason_is_asked_for(treasurer):
    sent = {"key": str(uuid4()), "period": "2026-11", "reason": ""}

    assert treasurer.post("/k/maju/tagihan/1/bebas", data=sent).status_code == 422


def test_thousands_are_written_with_their_point_before_billing(treasurer, monkeypatch):
    would = accrual.Accrued(20_000, 1_500, 0, 0, 300_000_000, 1)
    monkeypatch.setattr("app.dues.accrual.preview", lambda _period: would)
    page = treasurer.get(RUN).text

    assert "Akan menagih 20.000 simpanan wajib, Rp300.000.000" in page
    assert "Sudah ditagih: 1.500" in page
