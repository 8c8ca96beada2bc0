"""The OpenAPI document is true: schemathesis asks by it, and compares what is answered."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks

load_all_checks()
EXAMPLES = 12


@pytest.fixture
def schema(app, reported):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", ["cooperatives", "cooperative", "documents", "months", "days"])
def test_the_document_is_true(schema, token, name, mode):
    """What it allows is answered as it says; what it forbids is refused."""
    (operation,) = [
        found.ok()
        for found in schema.get_all_operations()
        if found.ok().definition.raw["operationId"] == name
    ]

    # The client does not unpack what is compressed.
    headers = {"Authorization": f"Bearer {token[1]}", "Accept-Encoding": "identity"}

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        case.call_and_validate(headers=headers)

    ask()


def test_the_document_names_every_address(app, schema):
    described = {found.ok().path for found in schema.get_all_operations()}

    assert described == {
        "/api/v1/cooperatives",
        "/api/v1/cooperatives/{name}",
        "/api/v1/documents",
        "/api/v1/indicators/days",
        "/api/v1/indicators/months",
    }
