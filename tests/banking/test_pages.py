"""The pages of the bank: brought in, mapped, matched, recorded, signed."""

import io
from uuid import uuid4

from app.auth.permissions import Role
from app.banking import entering, matching, signing
from app.cash import tills
from app.extensions import db
from tests.banking.conftest import CSV, UNTIL, admin_fee


def sent(**more):
    return {"key": str(uuid4())} | more


def upload(client, bank, content=CSV, name="bri.csv"):
    return client.post(
        f"/k/maju/bank/{bank}/daftar",
        data=sent(file=(io.BytesIO(content), name)),
        content_type="multipart/form-data",
    )


def test_the_treasurer_brings_in_matches_records_and_signs(sign_in, scope, coop, bank):
    treasurer = sign_in(Role.TREASURER, name="Tono")
    assert upload(treasurer, bank).status_code == 303
    page = treasurer.get(f"/k/maju/bank/{bank}").text
    assert "SETORAN SITI" in page
    assert "Rp1.738.000" in page
    with scope(coop):
        till = tills.find(bank)
        pair = matching.suggestions(till, UNTIL)[0]
        value = f"{pair.line.id}-{pair.booked.journal_id}"
        fee, fee_words = matching.open_lines(till, UNTIL)[1].id, admin_fee().id

    steps = [
        ("cocokkan", {"pairs": value}),
        (f"baris/{fee}/catat", {"category": fee_words, "note": "Nov"}),
        ("tanda-tangan", {"until": "24-11-2026"}),
    ]
    for where, data in steps:
        response = treasurer.post(f"/k/maju/bank/{bank}/{where}", data=sent(**data))
        assert response.status_code == 303, where

    with scope(coop):
        assert matching.last_signed(tills.find(bank)).book_balance == 1_488_000
    page = treasurer.get(response.location).text
    for expected in ("Rp1.738.000", "Rp1.488.000", "TRF KATERING", "Tono"):
        assert expected in page
    assert response.location in treasurer.get(f"/k/maju/bank/{bank}").text


def test_a_statement_sent_twice_is_refused_in_words(sign_in, bank):
    treasurer = sign_in(Role.TREASURER)
    upload(treasurer, bank)
    response = upload(treasurer, bank)

    assert response.status_code == 422
    assert "sudah dimasukkan" in response.text


def test_a_file_of_the_wrong_kind_is_refused(sign_in, bank):
    response = upload(sign_in(Role.TREASURER), bank, b"%PDF-1.7 \0", "koran.xlsx")

    assert response.status_code == 422


def test_unknown_columns_are_named_once(sign_in, scope, coop, bank):
    treasurer = sign_in(Role.TREASURER)
    odd = b"Hari;Ket;Masuknya;Keluarnya\n02-11-2026;Setor;5.000;\n"
    page = upload(treasurer, bank, odd).text
    assert "Masuknya" in page
    rows = page.split('name="rows" value="')[1].split('"')[0]
    refused = treasurer.post(f"/k/maju/bank/{bank}/kolom", data=sent(rows=rows, day="0"))
    assert refused.status_code == 422

    read = treasurer.post(
        f"/k/maju/bank/{bank}/kolom",
        data=sent(rows=rows, day="0", text="1", credit="2", debit="3"),
    )

    assert read.status_code == 303
    with scope(coop):
        assert entering.layout(tills.find(bank))["credit"] == "Masuknya"
    assert upload(treasurer, bank, odd.replace(b"02-11", b"03-11")).status_code == 303


def test_the_chair_reads_but_does_not_reconcile(sign_in, bank):
    chair = sign_in(Role.CHAIR)

    assert chair.get(f"/k/maju/bank/{bank}").status_code == 200
    assert upload(chair, bank).status_code == 403


def test_a_drawer_has_no_bank_and_a_stranger_finds_none(sign_in, scope, coop, other_coop, bank):
    with scope(coop):
        drawer = tills.main_till().id

    assert sign_in(Role.TREASURER).get(f"/k/maju/bank/{drawer}").status_code == 404
    stranger = sign_in(Role.TREASURER, other_coop)
    assert stranger.get(f"/k/sejahtera/bank/{bank}").status_code == 404


def test_what_a_line_was_for_is_chosen_or_known_never_the_first(sign_in, scope, coop, bank):
    treasurer = sign_in(Role.TREASURER)
    upload(treasurer, bank)
    with scope(coop):
        _deposit, fee, catering = [line.id for line in matching.open_lines(tills.find(bank), UNTIL)]
        likely = f'selected value="{admin_fee().id}"'

    assert likely in treasurer.get(f"/k/maju/bank/{bank}/baris/{fee}").text
    page = treasurer.get(f"/k/maju/bank/{bank}/baris/{catering}").text
    assert "<option selected" not in page
    refused = treasurer.post(
        f"/k/maju/bank/{bank}/baris/{catering}/catat", data=sent(category="0", note="")
    )
    assert refused.status_code == 422
    assert 'id="category-wrong"' in refused.text


def test_the_day_to_sign_is_the_last_that_the_bank_tells_of(sign_in, bank):
    treasurer = sign_in(Role.TREASURER)
    upload(treasurer, bank)

    assert 'value="06-11-2026"' in treasurer.get(f"/k/maju/bank/{bank}").text


def test_a_signed_reconciliation_is_read_by_the_supervisors_and_by_no_stranger(
    sign_in, scope, coop, other_coop, bank
):
    upload(sign_in(Role.TREASURER), bank)
    with scope(coop):
        number = signing.sign(tills.find(bank), UNTIL, note="diperiksa").id
        db.session.commit()
    address = f"bank/{bank}/rekonsiliasi/{number}"

    assert "diperiksa" in sign_in(Role.SUPERVISOR).get(f"/k/maju/{address}").text
    stranger = sign_in(Role.TREASURER, other_coop)
    assert stranger.get(f"/k/sejahtera/{address}").status_code == 404


def test_a_missing_statement_is_said_on_the_page(sign_in, bank):
    treasurer = sign_in(Role.TREASURER)
    upload(treasurer, bank)
    gap = b"Tanggal;Keterangan;Debet;Kredit;Saldo\n20-11-2026;SETORAN;;7.000;1.795.000\n"
    upload(treasurer, bank, gap)

    assert "lebih Rp50.000 dari jumlah" in treasurer.get(f"/k/maju/bank/{bank}").text
    refused = treasurer.post(f"/k/maju/bank/{bank}/tanda-tangan", data=sent(until="20-11-2026"))
    assert refused.status_code == 422
    assert "di antaranya" in refused.text
