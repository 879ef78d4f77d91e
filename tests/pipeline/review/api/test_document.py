"""The document of the interface says what the interface does: an independent program that reads it finds no answer it lacks."""

from collections import Counter
from pathlib import Path

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from pipeline.review.access import ACCESS

DOCUMENT = "/api/v1/openapi.json"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def document(client):
    return client.get(DOCUMENT).json()


def find_operations(document):
    return {each["operationId"]: each for path in document["paths"].values() for each in path.values()}


def test_it_is_of_openapi_3_1_and_says_how_one_signs_in(document):
    assert document["openapi"] == "3.1.0"
    assert set(document["components"]["securitySchemes"]) == {"session", "proxy"}


def test_every_operation_says_what_it_is_for_who_may_and_how_it_fails(document):
    for name, operation in find_operations(document).items():
        assert operation["summary"], name
        assert operation["description"], name
        assert operation["x-role"] == ACCESS[f"api_{name}"], name
        failures = [status for status in operation["responses"] if not status.startswith("2")]
        assert {"401", "403", "404", "422", "503"} <= set(failures), name
        for status in failures:
            assert list(operation["responses"][status]["content"]) == ["application/problem+json"], name


def test_what_is_sent_has_an_example(document):
    schemas = document["components"]["schemas"]
    for name, operation in find_operations(document).items():
        if body := operation.get("requestBody"):
            reference = body["content"]["application/json"]["schema"]["$ref"]
            fields = schemas[reference.rpartition("/")[2]]["properties"].values()
            assert any("examples" in field for field in fields), name


def test_every_reference_leads_somewhere(document):
    def find(part):
        if isinstance(part, dict):
            if isinstance(part.get("$ref"), str):
                yield part["$ref"]
            for each in part.values():
                yield from find(each)
        elif isinstance(part, list):
            for each in part:
                yield from find(each)

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(find(document)) <= known


@pytest.fixture
def generated(client, save):
    """The interface as an independent program reads it, over a store with an article."""
    save()
    return schemathesis.openapi.from_dict(client.get(DOCUMENT).json()), client


def send(client, case):
    """The request of a case, by the client."""
    made = case.as_transport_kwargs(base_url=str(client.base_url))
    body = {"json": made["json"]} if "json" in made else {"content": made.get("data")}
    return client.request(made["method"], made["url"], params=made.get("params"), headers=made.get("headers"), **body)


def test_whatever_is_sent_no_answer_is_a_fault_or_unheard_of(generated):
    """Each operation gets a few requests made of its schema, right ones and wrong ones."""
    schema, client = generated
    few = hypothesis.settings(max_examples=5, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    operations, answers = [each.ok() for each in schema.get_all_operations()], Counter()
    assert len(operations) > 30
    for operation in operations:

        @few
        @hypothesis.given(case=operation.as_strategy())
        def check(case):
            response = send(client, case)
            answers[response.status_code // 100] += 1
            case.validate_response(response, checks=CHECKS)

        check()
    assert min(answers[2], answers[4]) > len(operations)  # it came through, and not only so


def test_the_documentation_has_every_request_with_its_role(document):
    said = (Path(__file__).parents[4] / "docs" / "api.md").read_text("utf-8")
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            request = f"| `{method.upper()} {path.removeprefix('/api/v1')}` | {operation['summary']} |"
            assert f"{request} {operation['x-role']} |" in said
