import io
from uuid import uuid4

import pytest

from app.auth.permissions import Role
from app.members import services

WHERE = "/k/maju/anggota/impor/"
LIST = b"Nama;NIK\nRatna;3375046809719001\nTeguh;337502020792900\n"


def upload(client, content=LIST, name="anggota.csv"):
    data = {"key": str(uuid4()), "file": (io.BytesIO(content), name)}
    return client.post(WHERE, data=data, content_type="multipart/form-data")


def kept(page):
    return page.split('name="list"')[1].split('value="')[1].split('"')[0]


@pytest.fixture
def secretary(sign_in):
    return sign_in(Role.SECRETARY)


def test_a_list_is_examined_before_anything_is_recorded(secretary, scope, coop):
    page = upload(secretary)

    assert secretary.get(WHERE).status_code == 200
    assert page.status_code == 200
    assert "Ratna" in page.text
    assert "3375046809719001" not in page.text
    assert "15" in page.text
    with scope(coop):
        assert services.find(1) is None


def test_one_button_takes_over_the_good_rows_once(secretary, scope, coop):
    data = {"key": str(uuid4()), "list": kept(upload(secretary).text)}

    assert secretary.post(WHERE + "masukkan", data=data).location == "/k/maju/anggota/"
    assert secretary.post(WHERE + "masukkan", data=data).location == "/k/maju/anggota/"
    with scope(coop):
        assert services.find(1).name == "Ratna"
        assert services.find(2) is None


@pytest.mark.parametrize("name", ["anggota.xlsx", "anggota.pdf"])
def test_a_file_that_is_no_list_is_said_beside_the_field(secretary, name):
    response = upload(secretary, b"%PDF-1.7", name)

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text


def test_no_file_at_all_is_said_beside_the_field(secretary):
    assert secretary.post(WHERE, data={"key": str(uuid4())}).status_code == 422


def test_a_list_that_was_tampered_with_is_not_taken_over(secretary):
    data = {"key": str(uuid4()), "list": "x" + kept(upload(secretary).text)}

    assert secretary.post(WHERE + "masukkan", data=data).status_code == 422


def test_a_cashier_takes_over_no_lists(sign_in):
    assert sign_in(Role.CASHIER).get(WHERE).status_code == 403
