"""What OpenAPI 3.2 adds is read and shown, and the text of 3.0 is held to as its schema is."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsbook.nouns.api.load import parse_api
from opsbook.problems import ProblemsError
from small_site import built, write

SERVICES = "services:\n  - {id: cart, title: Cart, summary: Sells., owner: team, tier: 1}\n"
NEWER = """\
openapi: 3.2.0
info: {title: Cart API, version: 1.0.0}
tags: [{name: carts, summary: Carts, kind: nav}]
paths:
  /carts/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    query:
      summary: Find carts
      parameters: [{name: find, in: querystring, content: {application/json: {schema: {type: object}}}}]
      requestBody: {content: {application/json: {$ref: '#/components/mediaTypes/Search'}}}
      responses:
        '200':
          summary: The carts
          content: {application/jsonl: {itemSchema: {type: string, description: One cart.}}}
    additionalOperations:
      COPY:
        summary: Copy a cart
        responses: {'204': {description: Copied.}}
components:
  mediaTypes:
    Search: {schema: {type: object, properties: {words: {type: string}}}}
"""
OLDER = """\
openapi: 3.0.3
info: {title: Cart API, version: 1.0.0}
tags: [{name: a}, {name: a, description: b}]
paths:
  /carts/{id}:
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {type: array}}
        - {name: id, in: path, required: true, schema: {type: string}}
      responses: {'200': {description: Well., content: {application/json: {schema: {anyOf: [{type: array}]}}}}}
  /carts/{name}:
    get:
      parameters: [{name: name, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: Well.}}
components:
  schemas:
    A b:
      type: array
    B: {type: object, properties: {type: {type: array, items: {}}, b: {type: string, readOnly: true, writeOnly: true}}}
    C: {type: array, items: {type: array}, example: {type: array}, default: {schema: {type: array}}}
  responses:
    'x y': {description: A.}
"""


def told(text: str) -> list[str]:
    with pytest.raises(ProblemsError) as raised:
        parse_api(text, "cart.yaml", "cart")
    return [str(problem) for problem in raised.value.problems]


def test_a_description_of_3_2_is_shown_with_its_new_methods(tmp_path: Path) -> None:
    site = built(write(tmp_path, {"services.yml": SERVICES, "docs/api/cart.yaml": NEWER}))
    page = (site / "api/cart/index.html").read_text("utf-8")
    for word in ("QUERY", "Find carts", "COPY", "Copy a cart", "querystring", "words", "The carts"):
        assert word in page


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("query:", "qery:", "cart.yaml:7:5: unknown key `qery`; did you mean `query`?"),
        ("COPY:", "GET:", "cart.yaml:16:7: "),
        ("mediaTypes/Search'", "mediaTypes/Serch'", "cart.yaml:10:56: `#/components/mediaTypes/Serch` leads nowhere"),
        ("name: id, in: path", "name: ids, in: path", "cart.yaml:6:18: the path has no `{ids}`; did you mean `id`?"),
    ],
)
def test_a_mistake_in_what_is_new_is_told(right: str, wrong: str, message: str) -> None:
    assert told(NEWER.replace(right, wrong, 1))[0].startswith(message)


def test_what_the_text_of_3_0_demands_is_held_to() -> None:
    assert told(OLDER) == [
        "cart.yaml:3:26: the tag `a` is declared already",
        "cart.yaml:8:63: an array says under `items` what it holds; `items: {}` is anything",
        "cart.yaml:9:11: the path parameter `id` is in this list already",
        "cart.yaml:10:100: an array says under `items` what it holds; `items: {}` is anything",
        "cart.yaml:11:3: `/carts/{name}` is the same path as `/carts/{id}`, since a parameter's name tells none apart",
        "cart.yaml:17:5: `A b` is no name of a component; allowed: letters of English, digits, `.`, `-` and `_`",
        "cart.yaml:18:13: an array says under `items` what it holds; `items: {}` is anything",
        "cart.yaml:19:102: a property is `readOnly` or `writeOnly`, not both",
        "cart.yaml:20:36: an array says under `items` what it holds; `items: {}` is anything",
        "cart.yaml:22:5: `x y` is no name of a component; allowed: letters of English, digits, `.`, `-` and `_`",
    ]
