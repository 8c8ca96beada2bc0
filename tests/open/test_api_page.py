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
