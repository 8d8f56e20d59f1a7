"""Secrets in what is published: each form in each kind of source, what is printed of them, and how one is allowed."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands import run_command
from made_up_secrets import FORMS, HARMLESS, UPPER, letters
from opsbook.assembly.tree import FILES
from opsbook.problems import Severity
from opsbook.secrets.load import load_exemptions, secret_problems
from opsbook.secrets.names import kind_by_name
from opsbook.secrets.scan import find_secrets
from opsbook.secrets.sources import published_files
from small_site import CHECKLIST, build, write

KEY = "AK" + "IA" + letters(16, UPPER)
PASSWORD = letters(12)


def said(root: Path, cache: Path | None = None) -> list[str]:
    published = published_files(root, root / "docs", FILES)
    return [str(problem) for problem in secret_problems(published, load_exemptions(root), cache)]


def check(root: Path, day: str = "2026-12-01") -> subprocess.CompletedProcess[str]:
    epoch = str(int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()))
    return run_command("opsbook", "check", folder=root, environment={**os.environ, "SOURCE_DATE_EPOCH": epoch})


@pytest.mark.parametrize("name", FORMS)
def test_each_form_is_found_where_it_stands_and_never_shown_whole(name: str) -> None:
    line, secret = FORMS[name]
    (found, *more) = find_secrets(f"Some text.\n\n    {line}\n")
    assert not more
    assert found.line == 3
    # Of an address or a header the part that is secret; of a long value the place where it begins or shortly before.
    assert abs(found.column - 1 - (4 + line.index(secret))) <= len("AccountKey=")
    assert secret not in str(found)
    assert len(found.shown.replace("…", "")) <= 6


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_speaks_of_a_secret_is_none(text: str) -> None:
    assert find_secrets(text) == ()


def test_two_on_a_line_and_one_on_each_of_two_lines_are_all_found() -> None:
    other = "AK" + "IA" + letters(16, UPPER, seed="other")
    places = [(found.line, found.column) for found in find_secrets(f"{KEY} and {other}\n{KEY}\n{other}")]
    assert places == [(1, 1), (1, 26), (2, 1), (3, 1)]


def test_a_secret_far_into_a_long_line_is_found() -> None:
    (found,) = find_secrets("x " * 50_000 + KEY + " x" * 50_000)
    assert found.column == 100_001


LONG = ["eyJ", "sk-", "password ", "password=", "key" + " " * 300, "://a:", "xoxb-1-", "`", "//", "password: abc1234\n"]


def test_long_lines_take_no_more_than_their_length() -> None:
    code = "from opsbook.secrets.scan import find_secrets\n"
    code += f"for text in {LONG!r}:\n    print(text)\n    find_secrets(text * (500_000 // len(text)))"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


SOURCES = {
    "checklist.yml": CHECKLIST.replace("title: First", "title: First {}"),
    "services.yml": "services:\n  - id: cart\n    title: Cart\n    summary: Sells {}.\n    owner: team\n    tier: 1\n",
    "docs/glossary.yml": "terms:\n  - term: Key\n    meaning: Such as {}.\n",
    "docs/page.md": "# Page\n\n```{{.text .output}}\n{}\n```\n",
    "docs/practices/one/first.md": "Use {}.\n",
    "docs/templates/mail.md": "Use {}.\n",
    "docs/api/cart.yaml": "openapi: 3.1.0 # {}\n",
    "docs/assets/values.json": '{{"value": "{}"}}\n',
    "docs/assets/picture.svg": "<svg><!-- {} --></svg>\n",
    "docs/utf-16.txt": "Use {}.\n",
    "docs/latin.txt": "Käse {}\n",
    "runbooks/slow.md": "Use {}.\n",
    "runbooks/rules/shop.yaml": "groups: [] # {}\n",
    "post-mortems/2026-01-02-fire.md": "Use {}.\n",
    "diagrams/shop.py": '"""Uses {}."""\n',
    "macros/main.py": '"""Uses {}."""\n',
}
ENCODINGS = {"docs/utf-16.txt": "utf-16", "docs/latin.txt": "latin-1"}


def test_every_kind_of_source_is_searched(tmp_path: Path) -> None:
    write(tmp_path, {})
    for name, text in SOURCES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text.format(KEY), ENCODINGS.get(name, "utf-8"))
    found = [problem.split(":")[0] for problem in said(tmp_path)]
    assert sorted(found) == sorted(SOURCES)


def test_check_and_build_refuse_a_secret_and_print_the_line_that_allows_it(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/page.md": f"# Page\n\nUse {KEY} here.\n"})
    digest = said(root)[0].split("secret: ")[1][:6]
    entry = f"{{file: docs/page.md, secret: {digest}, reason: …}}"
    message = (
        f"docs/page.md:3:5: this looks like a secret (AWS access key, {KEY[:4]}…{KEY[-2:]}); take it out, and revoke "
        f"it if it was real; an example is allowed with a reason in .secrets.yml, under `exceptions`: `- {entry}`"
    )
    done = check(root)
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, message)
    built = build(root)
    assert built.returncode == 1
    assert message in built.stderr
    assert not (root / "site").exists()
    assert KEY not in done.stdout + done.stderr + built.stdout + built.stderr
    (root / ".secrets.yml").write_text(f"exceptions:\n  - {entry}\n".replace("…", "It opens nothing."), "utf-8")
    assert check(root).stdout == "4 practices, 0 guides, 0 runbooks: no problem found\n"
    assert build(root).returncode == 0


def test_a_password_is_not_shown_in_part(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/page.md": f"# Page\n\n    password: {PASSWORD}\n"})
    (problem,) = said(root)
    assert problem.startswith("docs/page.md:3:15: this looks like a secret (password or key); ")
    assert not any(PASSWORD[at : at + 3] in problem for at in range(10))


def test_an_exception_is_of_one_file_and_one_secret(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/page.md": f"# Page\n\n{KEY} {KEY}\n", "docs/other.md": f"# Other\n\n{KEY}\n"})
    digest = said(root)[0].split("secret: ")[1][:6]
    (root / ".secrets.yml").write_text(
        f"exceptions:\n  - {{file: docs/page.md, secret: {digest}, reason: It opens nothing.}}\n"
        f"  - {{file: docs/page.md, secret: '000000', reason: It is gone.}}\n",
        "utf-8",
    )
    other, unused = secret_problems(published_files(root, root / "docs", FILES), load_exemptions(root))
    assert (other.path, other.severity) == ("docs/other.md", Severity.ERROR)
    assert str(unused) == ".secrets.yml:3:5: warning: this exception matches nothing; remove it"


def test_an_exception_that_has_ended_is_told_from_the_day_after_and_blocks_nothing(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/page.md": f"# Page\n\n{KEY}\n"})
    digest = said(root)[0].split("secret: ")[1][:6]
    text = f"exceptions:\n  - file: docs/page.md\n    secret: {digest}\n    reason: Old.\n    until: 2027-01-31\n"
    (root / ".secrets.yml").write_text(text, "utf-8")
    told = (
        ".secrets.yml:5:12: warning: this exception ended on 2027-01-31; "
        "take the secret out, or give the reason for a new date\n"
    )
    for day, expected in (("2027-01-30", ""), ("2027-01-31", ""), ("2027-02-01", told)):
        done = check(root, day)
        assert (done.returncode, done.stderr) == (0, expected)


MISTAKES = """\
exceptions:
  - file: docs/page.md
    sekret: abc123
    reason: An example.
  - file: docs/page.md
    secret: ABC
    reason: An example.
    until: soon
  - secret: abc123
"""


def test_every_mistake_in_the_file_of_exceptions_has_its_place(tmp_path: Path) -> None:
    root = write(tmp_path, {".secrets.yml": MISTAKES, "docs/page.md": "# Page\n"})
    done = check(root)
    assert done.returncode == 1
    places = [line.split(": ")[0] for line in done.stderr.splitlines()]
    assert places[:5] == [f".secrets.yml:{place}" for place in ("3:5", "6:13", "8:12", "9:5", "9:5")]
    assert "unknown key `sekret`; did you mean `secret`?" in done.stderr


@pytest.mark.parametrize(
    "name",
    [
        "id_rsa",
        "ssh/id_ed25519",
        "tls/server.key",
        "tls/server.pem",
        "store.p12",
        "store.jks",
        "kubeconfig",
        "kubeconfig.yaml",
        ".kube/config",
        ".env",
        ".env.production",
        "prod.env",
        "credentials",
        ".aws/credentials",
        "credentials.json",
        "terraform.tfstate",
        "terraform.tfstate.backup",
        "prod.tfvars",
        ".netrc",
        ".npmrc",
        ".htpasswd",
        ".git-credentials",
        "ID_RSA",
        "id_rsa.bak",
        "server.key.txt",
        "kubeconfig.old~",
        "Server.PEM",
    ],
)
def test_an_empty_file_with_the_name_of_a_secret_is_told(tmp_path: Path, name: str) -> None:
    root = write(tmp_path, {f"docs/{name}": ""})
    (problem,) = said(root)
    assert problem.startswith(f"docs/{name}: a file of this name holds secrets (")
    (root / ".secrets.yml").write_text(f"exceptions:\n  - {{file: docs/{name}, reason: It is empty.}}\n", "utf-8")
    assert said(root) == []


@pytest.mark.parametrize(
    "name",
    [
        "id_rsa.pub",
        ".env.example",
        "credentials.md",
        "kubeconfig.md",
        "keys.md",
        "env.md",
        "secrets.yaml",
        "id_rsa.md",
        "ca.crt",
    ],
)
def test_a_name_that_only_speaks_of_secrets_is_none(name: str) -> None:
    assert kind_by_name(f"docs/{name}") is None


def test_certificates_alone_may_have_the_name_of_a_key(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/ca.pem": "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n"})
    assert said(root) == []


def test_a_binary_file_is_judged_by_its_name_alone(tmp_path: Path) -> None:
    root = write(tmp_path, {})
    for name in ("picture.png", "store.p12"):
        (root / "docs" / name).write_bytes(b"\x89\0" + KEY.encode())
    assert [problem.split(":")[0] for problem in said(root)] == ["docs/store.p12"]


def test_a_second_run_reads_the_first_ones_findings_and_never_keeps_a_secret(tmp_path: Path) -> None:
    root = write(
        tmp_path, {"docs/page.md": f"# Page\n\n{KEY}\n    password: {PASSWORD}\n", "docs/other.md": "# Other\n"}
    )
    first = said(root, root / "cache")
    kept = b"".join(file.read_bytes() for file in (root / "cache").rglob("*") if file.is_file())
    assert KEY.encode() not in kept
    assert PASSWORD.encode() not in kept
    code = (
        "import sys\nfrom pathlib import Path\nfrom opsbook.assembly.tree import FILES\n"
        "from opsbook.secrets.load import *\nfrom opsbook.secrets.sources import published_files\n"
        "root = Path(sys.argv[1])\n"
        "published = published_files(root, root / 'docs', FILES)\n"
        "print(*secret_problems(published, load_exemptions(root), root / 'cache'), sep='\\n')\n"
        "assert not [name for name in sys.modules if name.startswith('detect_secrets')]\n"
    )
    again = subprocess.run([sys.executable, "-c", code, str(root)], capture_output=True, text=True, check=True)
    assert again.stdout.splitlines() == first
    (root / "docs/page.md").write_text(f"# Page\n\nMoved {KEY}\n", "utf-8")
    assert [problem.split(" ")[0] for problem in said(root, root / "cache")] == ["docs/page.md:3:7:"]


def test_the_scanner_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("socket.socket.connect", lambda *given: asked.append(given))
    for line, _secret in FORMS.values():
        find_secrets(line)
    assert asked == []


@pytest.mark.parametrize("name", [*FILES, "mkdocs.yml"])
def test_all_that_a_kind_reads_is_searched(name: str, tmp_path: Path) -> None:
    file = f"{name}deep/any.md" if name.endswith("/") else name
    write(tmp_path, {file: f"contact: {KEY}\n"})
    (told,) = said(tmp_path)
    assert told.startswith(f"{file}:1:10: ")
