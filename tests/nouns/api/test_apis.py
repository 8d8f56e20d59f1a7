"""Descriptions of interfaces, through real builds and in a browser."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from opsbook.nouns.api.load import parse_api
from opsbook.problems import ProblemsError
from search_entries import search_entries
from small_site import CONFIG, built, problems, site_of, write

SERVICES = """\
services:
  - {id: shop, title: Shop, summary: Sells., owner: team, tier: 1}
  - {id: mail, title: Mail, summary: Sends., owner: team, tier: 2}
"""
API = """\
openapi: 3.1.0
info:
  title: Shop API
  version: 1.2.0
  description: "Sells *things*. <script>alert(1)</script> [x](javascript:alert(1)) ![y](https://example.org/y.png)"
servers:
  - url: https://{region}.example.com
    variables:
      region: {default: eu, enum: [eu, us]}
tags:
  - {name: Orders, description: What is bought.}
security:
  - token: []
paths:
  /orders/{order_id}:
    parameters:
      - {name: order_id, in: path, required: true, schema: {type: integer, minimum: 1}, example: 7}
    get:
      tags: [Orders]
      summary: Read an order
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Order'}
        default: {$ref: '#/components/responses/Problem'}
  /health:
    get:
      security: []
      responses:
        '204': {description: Well.}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
  responses:
    Problem:
      description: What is *wrong*.
      content:
        application/problem+json:
          schema: {type: object, properties: {title: {type: string}}}
  schemas:
    Base:
      type: object
      required: [id]
      properties:
        id: {type: integer}
    Order:
      allOf:
        - {$ref: '#/components/schemas/Base'}
        - type: object
          required: [state]
          properties:
            state: {enum: [paid, sent], default: paid}
            parts: {type: array, items: {$ref: '#/components/schemas/Order'}}
            sent_at: {type: [string, 'null'], format: date-time}
      examples:
        - {id: 7, state: paid}
"""


def article(site: Path, page: str) -> str:
    text = (site / page / "index.html").read_text("utf-8")
    return text.split("<article", 1)[1].split("</article>", 1)[0]


def words(text: str) -> str:
    """`text` as it reads."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.fixture
def files() -> dict[str, str]:
    return {"services.yml": SERVICES, "docs/api/shop.yaml": API}


def test_an_interface_becomes_a_page_with_its_operations(files: dict[str, str], tmp_path: Path) -> None:
    site = built(write(tmp_path, files))
    text = article(site, "api/shop")
    assert '<h3 class="ob-operation" id="get-orders-:order_id">' in text
    assert "<code>/orders/{order_id}</code>" in text
    assert '<h3 class="ob-operation" id="get-health">' in text
    read = words(text)
    assert "https://{region}.example.com" in read
    assert "token the header Authorization: Bearer …" in read
    assert "order_id path integer required at least 1 such as 7" in read
    assert "200 The order. application/json Order Order id integer required state required one of paid sent" in read
    assert "parts list of Order sent_at string (date-time) or null" in read
    assert read.count('{ "id" : 7 , "state" : "paid" }') == 2
    assert "Needs token . Parameters" in read
    assert "GET /health ¶ Responses 204 Well." in read
    assert (site / "api" / "shop.yaml").read_text("utf-8") == API
    assert '<a href="../shop.yaml" download>shop.yaml</a>' in text


def test_html_and_links_that_do_something_are_dead_in_descriptions(files: dict[str, str], tmp_path: Path) -> None:
    text = article(built(write(tmp_path, files)), "api/shop")
    assert "<p>Sells <em>things</em>. &lt;script&gt;alert(1)&lt;/script&gt; <a>x</a> <span>y</span></p>" in text


def test_a_service_and_its_interface_lead_to_each_other(files: dict[str, str], tmp_path: Path) -> None:
    site = built(write(tmp_path, files))
    assert '<a href="../../api/shop/">API</a>' in article(site, "services/shop")
    assert 'service <a href="../../services/shop/">Shop</a>' in article(site, "api/shop")
    assert "API</a>" not in article(site, "services/mail")
    listed = words(article(site, "api").split("<tbody>", 1)[1])
    assert listed.startswith("Shop API Shop version 1.2.0 2 operations shop.yaml")
    navigation = (site / "api" / "index.html").read_text("utf-8")
    assert re.search(r'md-tabs__item--active">\s*<a [^>]*>\s*Architecture', navigation)


def test_an_interface_is_found_by_the_search(files: dict[str, str], tmp_path: Path) -> None:
    site = built(write(tmp_path, files))
    index = search_entries(site)
    found = {entry["location"]: entry for entry in index}
    assert "Read an order" in found["api/shop/#get-orders-:order_id"]["text"]
    assert "orders" in found["api/shop/"]["words"]


def test_without_descriptions_there_are_no_pages_of_them() -> None:
    pages = {page.path: page.markdown for page in site_of({"services.yml": SERVICES}).pages}
    assert [path for path in pages if path.startswith("api/")] == []
    assert "APIs" not in pages["services/index.md"]


def test_json_with_tabs_and_the_older_version_are_read_too(tmp_path: Path) -> None:
    text = """{
\t"openapi": "3.0.3", "info": {"title": "Old", "version": "1"},
\t"paths": {"/a": {"post": {
\t\t"requestBody": {"content": {"text/plain": {"schema": {"type": "string", "nullable": true}}}},
\t\t"responses": {"200": {"description": "Done."}}}}}
}
"""
    site = built(write(tmp_path, {"services.yml": SERVICES, "docs/api/mail.json": text}))
    assert "text/plain string or null" in words(article(site, "api/mail"))


def test_a_strict_build_takes_the_files_for_no_pages(files: dict[str, str], tmp_path: Path) -> None:
    assert "strict: true" in CONFIG
    site = built(write(tmp_path, {**files, "docs/page.md": "# P\n\n[the API](api/shop.md), [file](api/shop.yaml)\n"}))
    assert 'href="../api/shop/"' in article(site, "page")


BROKEN = """\
openapi: 3.1.0
info: {title: X, version: 1.0, owner: me}
paths:
  /a:
    get:
      parameters:
        - {name: a, in: qury, schema: {type: strin}}
      responses:
        '200': {descripton: y}
        '404': {$ref: '#/components/responses/Nowhere'}
        '500': {$ref: 'https://example.org/x.yaml#/Problem'}
        '502': {$ref: '#/components/schemas/Order'}
      operationid: x
components:
  responses:
    NoWhere: {description: Gone.}
  schemas:
    Order: {type: object, properties: {example: {$ref: '#/components/schemas/Ordr'}}}
    Loop: {$ref: '#/components/schemas/Loop'}
"""


def test_every_mistake_is_told_with_its_place_and_what_is_allowed(tmp_path: Path) -> None:
    assert problems(write(tmp_path, {"services.yml": SERVICES, "docs/api/shop.yml": BROKEN})) == [
        "docs/api/shop.yml:2:27: `1.0` is a number; allowed: text; put it in quotes",
        "docs/api/shop.yml:2:32: unknown key `owner`; allowed: contact, description, license, summary, "
        "termsOfService, title, version",
        "docs/api/shop.yml:7:25: `qury` is not known; did you mean `query`?",
        "docs/api/shop.yml:7:46: `strin` is not known; did you mean `string`?",
        "docs/api/shop.yml:9:16: the key `description` is missing; it is required here",
        "docs/api/shop.yml:9:17: unknown key `descripton`; did you mean `description`?",
        "docs/api/shop.yml:10:23: `#/components/responses/Nowhere` leads nowhere; "
        "did you mean `#/components/responses/NoWhere`?",
        "docs/api/shop.yml:11:23: `https://example.org/x.yaml#/Problem` is outside of this file; "
        "allowed: a reference within it, such as `#/components/responses/Name`",
        "docs/api/shop.yml:12:23: `#/components/schemas/Order` is of another kind; "
        "allowed: #/components/responses/NoWhere",
        "docs/api/shop.yml:13:7: unknown key `operationid`; did you mean `operationId`?",
        "docs/api/shop.yml:18:56: `#/components/schemas/Ordr` leads nowhere; "
        "did you mean `#/components/schemas/Order`?",
        "docs/api/shop.yml:19:18: `#/components/schemas/Loop` leads nowhere; did you mean `#/components/schemas/Loop`?",
    ]


UNSOUND = """\
openapi: 3.0.3
info: {title: X, version: '1'}
security:
  - tokn: []
paths:
  /a/{id}:
    get:
      operationId: read
      responses: {'200': {description: y}}
    put:
      operationId: read
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: ids, in: path, required: true, schema: {type: string}}
      responses: {'200': {description: y}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
"""


def test_what_no_schema_can_say_is_told_too(tmp_path: Path) -> None:
    assert problems(write(tmp_path, {"services.yml": SERVICES, "docs/api/shop.yaml": UNSOUND})) == [
        "docs/api/shop.yaml:4:5: no security scheme is called `tokn`; did you mean `token`?",
        "docs/api/shop.yaml:7:5: the path parameter `id` is not declared; add it under `parameters` with `in: path`",
        "docs/api/shop.yaml:11:20: the operationId `read` is already used on line 8; operationIds are unique",
        "docs/api/shop.yaml:14:11: the path has no `{ids}`; did you mean `id`?",
    ]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("shpo.yaml", API, ["docs/api/shpo.yaml: a description has the name of its service, and none has the id "
          "`shpo`; did you mean `shop`?"]),
        ("shop.yaml", "openapi: 2.0\n", ["docs/api/shop.yaml:1:10: `2.0` is no version that is read; "
          "allowed: 3.0.x, 3.1.x or 3.2.x, such as `openapi: 3.1.1`"]),
        ("shop.yaml", "swagger: '2.0'\n", ["docs/api/shop.yaml:1:1: the key `openapi` is missing; "
          "allowed: 3.0.x, 3.1.x or 3.2.x, such as `openapi: 3.1.1`"]),
        ("shop.yaml", "- openapi\n", ["docs/api/shop.yaml:1:1: this is no description of an interface; it starts with "
          "`openapi`, allowed: 3.0.x, 3.1.x or 3.2.x, such as `openapi: 3.1.1`"]),
        ("shop.yaml", "a: &x 1\nb: *x\n", ["docs/api/shop.yaml:1:4: anchors (`&x`) are not allowed; remove it",
          "docs/api/shop.yaml:2:4: aliases (`*x`) are not allowed; write the value out"]),
    ],
)  # fmt: skip
def test_a_file_that_is_no_description_says_so(tmp_path: Path, name: str, text: str, expected: list[str]) -> None:
    assert problems(write(tmp_path, {"services.yml": SERVICES, f"docs/api/{name}": text})) == expected


def test_one_service_has_one_description(files: dict[str, str], tmp_path: Path) -> None:
    assert problems(write(tmp_path, {**files, "docs/api/shop.yml": API})) == [
        "docs/api/shop.yml: `api/shop.yaml` describes the service `shop` too; keep one"
    ]


def test_a_key_that_is_known_elsewhere_or_needs_an_escape_is_told_as_well() -> None:
    text = API.replace("        '204': {description: Well.}", "        '204': {description: Well.}\n        a\\b: 402")
    with pytest.raises(ProblemsError) as caught:
        parse_api(text, "shop.yaml", "shop")
    assert [str(problem).partition(";")[0] for problem in caught.value.problems] == [
        "shop.yaml:33:9: unknown key `a\\b`"
    ]
