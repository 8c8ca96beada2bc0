"""Photos of receipts."""

import io

import pytest
from PIL import Image

from app.auth.permissions import Role
from app.cash import photos, tills
from app.core.errors import Invalid
from tests.cash.conftest import picture, put, sent, whole, word

KAS = "/k/maju/kas/"


def opened(photo):
    return Image.open(io.BytesIO(photo.content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_made_anew_without_what_the_telephone_added(scope, coop, kind):
    with scope(coop):
        sending = picture(kind)
        assert b"Telepon Siti" in sending
        kept = photos.made_anew(sending)

    assert b"Telepon Siti" not in kept.content
    assert dict(opened(kept).getexif()) == {}
    assert opened(kept).format == "JPEG"


def test_a_large_photo_is_kept_small(scope, coop):
    with scope(coop):
        kept = photos.made_anew(picture(size=(4000, 3000)))

    assert (kept.width, kept.height) == (1600, 1200)


def test_a_photo_taken_sideways_is_turned_upright(scope, coop):
    exif = Image.Exif()
    exif[0x0112] = 6
    with scope(coop):
        kept = photos.made_anew(picture(size=(400, 300), exif=exif))

    assert (kept.width, kept.height) == (300, 400)


def broken():
    return picture()[:400]


def bomb():
    image = Image.new("1", (20_000, 20_000))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7 bukan foto", b"<svg onload=alert(1)>", broken(), picture("GIF"), bomb()],
    ids=["empty", "pdf", "svg", "broken", "gif", "bomb"],
)
def test_what_is_not_a_photo_is_refused(scope, coop, content):
    with scope(coop), pytest.raises(Invalid):
        photos.made_anew(content)


@pytest.fixture
def cashier(sign_in):
    return sign_in(Role.CASHIER)


@pytest.fixture
def form(scope, coop):
    with scope(coop):
        put(500_000)
        paper, cash = word("Beli ATK dan fotokopi").id, tills.main_till().id
    known = {"category": paper, "amount": "45.000", "till": cash, "unit": "0", "on": "02-11-2026"}
    return lambda content, name="nota.jpg", **more: sent(
        **(known | {"photo": (io.BytesIO(content), name)} | more)
    )


def test_a_photo_is_seen_with_what_it_proves(cashier, sign_in, form):
    data = form(picture())
    where = cashier.post(KAS + "keluar", data=data).location
    address = f"{KAS}foto/{data['key']}"

    assert address in cashier.get(where).text
    assert address in sign_in(Role.TREASURER).get("/k/maju/buku/jurnal/BKK/2026/1").text
    shown = cashier.get(address)
    assert shown.mimetype == "image/jpeg"
    assert b"Telepon Siti" not in shown.data


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"x" * (11 * 1024 * 1024), "besar.jpg"),
        (b"x" * (25 * 1024 * 1024), "kamera.jpg"),
        (b"x" * (40 * 1024 * 1024), "raw.jpg"),
        (b"%PDF-1.7", "nota.pdf"),
        (b"MZ", "nota.jpg"),
    ],
    ids=["large", "camera", "raw", "pdf", "disguised"],
)
def test_a_file_that_is_no_photo_is_said_beside_the_field(
    cashier, form, scope, coop, content, name
):
    response = cashier.post(KAS + "keluar", **whole(form(content, name)))

    assert response.status_code == 422
    assert 'id="photo-wrong"' in response.text
    assert 'value="45.000"' in response.text


def test_more_than_a_hundred_megabytes_get_an_answer_in_words(cashier, form):
    response = cashier.post(KAS + "keluar", **whole(form(b"x" * (101 * 1024 * 1024))))

    assert response.status_code == 413
    assert "100 MB" in response.text
    assert "10 MB" in response.text


def test_after_another_mistake_the_photo_is_asked_for_again(cashier, form):
    response = cashier.post(KAS + "keluar", data=form(picture(), amount="0"))

    assert response.status_code == 422
    assert 'id="photo-wrong"' in response.text


def test_a_photo_of_another_cooperative_is_not_found(sign_in, other_coop, cashier, form):
    data = form(picture())
    cashier.post(KAS + "keluar", data=data)
    stranger = sign_in(Role.TREASURER, other_coop)

    assert stranger.get(f"{KAS}foto/{data['key']}").status_code == 404
    assert stranger.get(f"/k/sejahtera/kas/foto/{data['key']}").status_code == 404
