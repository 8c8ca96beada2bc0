"""Money in and out in plain words."""

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from pypdf import PdfReader

from app.approvals import services as approvals
from app.approvals.models import Approval
from app.auth.permissions import Role
from app.cash import entries, shifts, tills, transfers
from app.cash.entries import Entry
from app.cash.models import Direction, TillKind
from app.cash.transfers import Transfer
from app.core import clock
from app.core.errors import DomainError, Invalid
from app.core.period import Period
from app.extensions import db
from app.ledger import accounts, months, reports, verify
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from tenants.definitions import Key
from tenants.scope import act_as
from tenants.settings import decide
from tests.cash.conftest import picture, put, sent, word

TODAY = clock.today()
KAS = "/k/maju/kas/"


def record(name, amount, direction=Direction.OUT, key=None, **more):
    entry = Entry(word(name, direction), amount, tills.main_till(), **({"note": ""} | more))
    posted = entries.record(entry, on=TODAY, key=key or uuid4())
    db.session.commit()
    return posted


def balance(code):
    account = reports.find_account(code)
    return reports.balance_before(account, TODAY + timedelta(days=1))


def test_buying_paper_is_an_expense_paid_from_the_drawer(scope, coop):
    with scope(coop):
        put(100_000)
        posted = record("Beli ATK dan fotokopi", 45_000, note="kertas F4")

        assert (posted.kind, posted.number) == ("BKK", 1)
        assert balance("6.1.2.01") == 45_000
        assert ledger.total(AccountRole.CASH) == 55_000
        assert verify.differences() == []


def test_a_grant_is_equity_that_comes_in(scope, coop):
    with scope(coop):
        posted = record("Terima hibah", 2_000_000, Direction.IN)

        assert posted.kind == "BKM"
        assert balance("3.2.1.01") == ledger.total(AccountRole.CASH) == 2_000_000


def test_sent_twice_it_counts_once(scope, coop):
    with scope(coop):
        put(50_000)
        key = uuid4()
        numbers = {record("Bayar promosi", 40_000, key=key).number for _ in range(2)}

        assert len(numbers) == 1
        assert ledger.total(AccountRole.CASH) == 10_000


def test_a_till_gives_no_more_than_it_holds(scope, coop):
    with scope(coop):
        put(50_000)
        with pytest.raises(DomainError, match=r"Rp50\.000"):
            record("Bayar promosi", 50_001)


def test_a_cooperative_may_want_a_shift_before_a_drawer_is_opened(scope, coop, people):
    with scope(coop):
        decide(Key.SHIFT_REQUIRED, "yes", from_date=TODAY)
        act_as(people[0])
        with pytest.raises(DomainError):
            record("Terima hibah", 1_000, Direction.IN)

        shifts.open_shift(tills.main_till(), 0)
        assert record("Terima hibah", 1_000, Direction.IN).number == 1


def test_the_result_goes_to_the_line_of_business_the_words_belong_to(scope, coop):
    with scope(coop):
        put(100_000)
        units = {unit.code: unit.id for unit in ledger.units()}
        usual = record("Beli bahan katering", 10_000)
        chosen = record("Beli bahan katering", 10_000, unit_id=units["01"])

        lines = [
            reports.lines_of(ledger.find_journal(p.kind, p.year, p.number)) for p in (usual, chosen)
        ]
        assert [line[0].unit_id for line in lines] == [units["03"], units["01"]]
        assert {line[1].unit_id for line in lines} == {units["00"]}


def test_in_a_closed_month_nothing_is_recorded(scope, coop):
    with scope(coop):
        put(100_000, on=date(2026, 3, 2))
        months.close(Period(2026, 3))
        entry = Entry(word("Bayar promosi"), 1_000, tills.main_till(), "")

        with pytest.raises(DomainError):
            entries.record(entry, on=date(2026, 3, 5), key=uuid4())


def test_above_the_limit_it_is_paid_on_approval_and_once(scope, coop, people):
    with scope(coop):
        put(3_000_000)
        act_as(people[0])
        asked = record("Beli peralatan dan meubelair", 1_500_000, note="etalase")
        assert isinstance(asked, Approval)
        assert ledger.total(AccountRole.CASH) == 3_000_000
        with pytest.raises(DomainError):
            approvals.approve(asked.id, entries.carry_out)

        act_as(people[1])
        for _ in range(2):
            approvals.approve(asked.id, entries.carry_out)

        assert balance("1.3.3.01") == 1_500_000
        assert ledger.total(AccountRole.CASH) == 1_500_000


def test_what_comes_in_needs_no_second_person(scope, coop):
    with scope(coop):
        assert record("Terima hibah", 9_000_000, Direction.IN).number == 1


def test_an_approved_payment_still_needs_the_money(scope, coop, people):
    with scope(coop):
        act_as(people[0])
        asked = record("Bayar sewa tempat", 1_000_000)
        act_as(people[1])

        with pytest.raises(DomainError):
            approvals.approve(asked.id, entries.carry_out)


def test_a_deposit_at_the_bank_is_one_journal_with_its_fee(scope, coop):
    with scope(coop):
        put(500_000)
        bank = tills.tills(TillKind.BANK)[0]
        wanted = Transfer(tills.main_till(), bank, 400_000, fee=2_500)
        key = uuid4()
        numbers = {transfers.move(wanted, on=TODAY, key=key).number for _ in range(2)}

        assert len(numbers) == 1
        assert accounts.holding(bank.account_id) == 400_000
        assert ledger.total(AccountRole.BANK_CHARGES) == 2_500
        assert ledger.total(AccountRole.CASH) == 97_500


def test_money_is_not_moved_to_where_it_is_nor_more_than_there_is(scope, coop):
    with scope(coop):
        put(1_000)
        main, bank = tills.main_till(), tills.tills(TillKind.BANK)[0]
        with pytest.raises(Invalid):
            transfers.move(Transfer(main, main, 500), on=TODAY, key=uuid4())
        with pytest.raises(DomainError):
            transfers.move(Transfer(main, bank, 1_000, fee=1), on=TODAY, key=uuid4())


# Pages


@pytest.fixture
def cashier(sign_in):
    return sign_in(Role.CASHIER)


@pytest.fixture
def treasurer(sign_in):
    return sign_in(Role.TREASURER)


@pytest.fixture
def ids(scope, coop):
    """The numbers that a form sends."""
    with scope(coop):
        put(500_000)
        return {
            "paper": word("Beli ATK dan fotokopi").id,
            "grant": word("Terima hibah", Direction.IN).id,
            "cash": tills.main_till().id,
            "bank": tills.tills(TillKind.BANK)[0].id,
        }


def form(ids, **more):
    known = {"category": ids["paper"], "amount": "45.000", "till": ids["cash"], "unit": "0"}
    return sent(**(known | {"on": f"{TODAY:%d-%m-%Y}", "note": "kertas F4"} | more))


def test_an_entry_leads_to_its_page_and_counts_once(cashier, ids, scope, coop):
    assert cashier.get(KAS + "keluar").status_code == 200
    data = form(ids)
    first, again = (cashier.post(KAS + "keluar", data=data) for _ in range(2))

    assert first.location == again.location
    page = cashier.get(first.location).text
    assert "BKK-" in page
    assert "Beban ATK dan Fotokopi" in page
    assert "Kas Tunai" in page
    assert "empat puluh lima ribu rupiah" in page
    with scope(coop):
        assert ledger.total(AccountRole.CASH) == 455_000


def test_the_double_entry_is_shown_while_one_chooses(cashier, ids):
    asked = f"category={ids['paper']}&till={ids['cash']}&amount=45000"
    page = cashier.get(f"{KAS}keluar/jurnal?{asked}").text
    assert page.index("Beban ATK dan Fotokopi") < page.index("Kas Tunai")

    page = cashier.get(f"{KAS}masuk/jurnal?category={ids['grant']}&till={ids['cash']}").text
    assert page.index("Kas Tunai") < page.index("Hibah/Donasi")
    assert cashier.get(f"{KAS}masuk/jurnal?category=x&till=").status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", ""),
        ("amount", "0"),
        ("amount", "-5"),
        ("amount", "600.000"),
        ("category", "999999"),
        ("category", ""),
        ("till", "x"),
        ("unit", "999999"),
        ("on", "31-02-2026"),
        ("on", "01-01-2099"),
        ("note", "x" * 121),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(cashier, ids, scope, coop, field, value):
    response = cashier.post(KAS + "keluar", data=form(ids, **{field: value}))

    assert response.status_code == 422
    assert f'id="{field}-wrong"' in response.text
    with scope(coop):
        assert ledger.total(AccountRole.CASH) == 500_000


def test_words_for_money_in_do_not_pay_out(cashier, ids):
    response = cashier.post(KAS + "keluar", data=form(ids, category=ids["grant"]))

    assert response.status_code == 422


def test_a_cashier_pays_only_out_of_drawers(cashier, treasurer, ids, scope, coop):
    with scope(coop):
        put(100_000, AccountRole.BANK_BRI)

    assert cashier.post(KAS + "keluar", data=form(ids, till=ids["bank"])).status_code == 422
    assert treasurer.post(KAS + "keluar", data=form(ids, till=ids["bank"])).status_code == 303


def test_a_closed_month_is_said_beside_the_date(cashier, ids, scope, coop):
    with scope(coop):
        months.close(Period(2026, 3))
        db.session.commit()
    response = cashier.post(KAS + "keluar", data=form(ids, on="05-03-2026"))

    assert response.status_code == 422
    assert 'id="on-wrong"' in response.text


def test_above_the_limit_the_cashier_waits_for_the_chair(cashier, sign_in, ids, scope, coop):
    with scope(coop):
        put(2_000_000)
    data = form(ids, amount="1.000.000", photo=(io.BytesIO(picture()), "nota.jpg"))
    response = cashier.post(KAS + "keluar", data=data)
    assert "/persetujuan/" in response.location
    chair = sign_in(Role.CHAIR)
    assert f"/kas/foto/{data['key']}" in chair.get(response.location).text

    assert chair.post(response.location + "/setuju", data=sent()).status_code == 303

    with scope(coop):
        assert ledger.total(AccountRole.CASH) == 1_500_000
    assert f"/kas/foto/{data['key']}" in chair.get("/k/maju/buku/jurnal/BKK/2026/1").text


def test_money_goes_to_the_drawer_that_one_has_in_hand(cashier, ids, scope, coop):
    with scope(coop):
        other = tills.add("Kas Gerai", TillKind.CASH)
        db.session.commit()
    cashier.post(KAS + "sif/buka", data=sent(till=other.id, count="0"))

    page = cashier.get(KAS + "masuk").text

    assert f'<option selected value="{other.id}">' in page


def test_money_is_moved_on_the_page(cashier, ids, scope, coop):
    assert cashier.get(KAS + "pindah").status_code == 200
    data = sent(source=ids["cash"], target=ids["bank"], amount="100000", fee="", on="02-11-2026")
    first, again = (cashier.post(KAS + "pindah", data=data) for _ in range(2))

    assert first.location == again.location
    assert "Kas di Bank BRI" in cashier.get(first.location).text


@pytest.mark.parametrize(
    ("field", "value"),
    [("target", "same"), ("amount", "900.000"), ("fee", "-1"), ("on", "besok"), ("source", "bank")],
)
def test_a_move_that_cannot_be_is_said_beside_its_field(cashier, ids, field, value):
    values = {"same": ids["cash"], "bank": ids["bank"]}
    data = sent(source=ids["cash"], target=ids["bank"], amount="1000", fee="", on="02-11-2026")
    response = cashier.post(KAS + "pindah", data=data | {field: values.get(value, value)})

    assert response.status_code == 422
    assert f'id="{field}-wrong"' in response.text


def test_the_voucher_is_printed(cashier, ids):
    where = cashier.post(KAS + "keluar", data=form(ids, note="#kertas *F4*")).location
    page = PdfReader(io.BytesIO(cashier.get(where + ".pdf").data)).pages[0].extract_text()

    assert "Bukti kas keluar" in page
    assert "#kertas *F4*" in page
    assert "empat puluh lima ribu rupiah" in page


def test_journals_of_other_work_have_no_page_here(treasurer, ids):
    assert treasurer.get(KAS + "catatan/JU/2026/1").status_code == 404
    assert treasurer.get(KAS + "catatan/XX/2026/1").status_code == 404


def test_supervisors_read_and_do_not_record(sign_in, cashier, ids):
    where = cashier.post(KAS + "keluar", data=form(ids)).location
    supervisor = sign_in(Role.SUPERVISOR)

    assert supervisor.get(where).status_code == 200
    for page in ("keluar", "masuk", "pindah"):
        assert supervisor.get(KAS + page).status_code == 403
        assert supervisor.post(KAS + page, data=form(ids)).status_code == 403


def test_another_cooperative_sees_nothing_of_it(sign_in, other_coop, cashier, ids):
    where = cashier.post(KAS + "keluar", data=form(ids)).location
    stranger = sign_in(Role.TREASURER, other_coop)

    assert stranger.get(where).status_code == 404
    assert stranger.get(where.replace("/maju/", "/sejahtera/")).status_code == 404
    foreign = stranger.post("/k/sejahtera/kas/keluar", data=form(ids))
    assert foreign.status_code == 422


def test_a_shift_counts_what_was_paid_out_of_its_drawer(cashier, ids, scope, coop):
    opening = sent(till=ids["cash"], count="500000")
    assert cashier.post(KAS + "sif/buka", data=opening).status_code == 303
    cashier.post(KAS + "keluar", data=form(ids))
    with scope(coop):
        shift = shifts.latest()[0].shift.id

    closing = cashier.post(f"{KAS}sif/{shift}/tutup", data=sent(n100000="4", n5000="11"))

    assert closing.status_code == 303
