"""What a programmer reads of the API, without signing in."""

from app.api.document import document
from app.auth.permissions import Role


def test_every_address_and_parameter_of_the_document_stands_on_the_page(app):
    page = app.test_client().get("/terbuka/api")

    assert page.status_code == 200
    with app.test_request_context():
        paths = document()["paths"]
    for path, operations in paths.items():
        assert f">{path.removeprefix('/api/v1')}</h2>" in page.text
        for parameter in operations["get"].get("parameters", []):
            assert f"<code>{parameter['name']}</code>" in page.text


def test_it_is_found_from_the_open_page_and_from_the_tokens(app, sign_in):
    assert 'href="/terbuka/api"' in app.test_client().get("/terbuka/").text
    assert 'href="/terbuka/api"' in sign_in(Role.CITY_OPERATOR, None).get("/operator/token/").text


def test_it_is_read_in_the_language_of_the_reader_and_the_names_stay(app):
    indonesian, english = (
        app.test_client().get(f"/terbuka/api?bahasa={language}").text for language in ("id", "en")
    )

    assert "Laporan koperasi per bulan" in indonesian
    assert "What cooperatives reported by month" in english
    assert "How many rows" not in indonesian
    for name in ("limit", "cursor", "district", "/indicators/months"):
        assert name in indonesian
        assert name in english


def test_the_document_follows_the_language_that_is_accepted(app):
    told = {
        language: app.test_client().get(
            "/api/v1/openapi.json", headers={"Accept-Language": language}
        )
        for language in ("id", "en")
    }

    assert told["en"].json["paths"].keys() == told["id"].json["paths"].keys()
    assert told["id"].json["info"]["description"].startswith("Angka koperasi")
    assert told["en"].json["info"]["description"].startswith("Figures of the cooperatives")
    assert "Accept-Language" in told["id"].headers["Vary"]
