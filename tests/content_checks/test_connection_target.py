"""`connection-target`: which server a command reaches, and whether it is the one that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked_content import found_by
from opsbook.content import connection_target
from plain_runbook import PLAIN_RUNBOOK


def found(root: Path, *blocks: str, text: str = "") -> list[str]:
    shown = "\n".join(f"```bash\n{block}\n```\n" for block in blocks)
    lines = found_by(connection_target.CHECK, root, {"docs/a.md": f"# Guide\n\n{text}\n\n{shown}"})
    return [line.removeprefix("docs/a.md:") for line in lines]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            'psql "host=a hostaddr=127.0.0.1 port=5432 sslmode=verify-full"\n'
            'psql "host=b hostaddr=127.0.0.1 port=5432 sslmode=verify-full"',
            "7:1: `a` and `b` are both reached at 127.0.0.1, port 5432: it is one server; give each a port of its own",
        ),
        (
            'pg_dump "host=a hostaddr=127.0.0.1 sslmode=verify-full" \\\n'
            '| psql "host=b hostaddr=127.0.0.1 sslmode=verify-full"',
            "7:3: `a` and `b` are both reached at 127.0.0.1, port 5432",
        ),
        (
            'export PGHOSTADDR=127.0.0.1\npsql "host=a sslmode=verify-full"',
            "7:1: `PGHOSTADDR=127.0.0.1` sends this to 127.0.0.1, whatever `host` says",
        ),
        ("PGHOSTADDR=127.0.0.1 psql -h a -p 5433 shop", "6:22: `PGHOSTADDR=127.0.0.1` sends this to 127.0.0.1"),
        ("PGHOSTADDR=10.0.0.1 pg_dump postgresql://u@a.example.com/shop", "6:21: `PGHOSTADDR=10.0.0.1` sends this"),
        ('PGSERVICE=shop psql "host=a dbname=shop"', "6:16: `PGSERVICE=shop` fills in all that this does not say"),
        ('PGHOST=b psql "host=a"', "6:10: `PGHOST` is `b` here, and `host=` says `a`, which wins; say it in one place"),
        (
            'psql "host=a hostaddr=127.0.0.1 port=1 sslmode=require"',
            "6:1: `host=a` is only a name here, and `sslmode=require` does not check it: any server at 127.0.0.1 will",
        ),
        ('psql "host=a hostaddr=127.0.0.1 port=1"', "6:1: `host=a` is only a name here, and `sslmode=prefer` does not"),
        (
            "psql 'postgresql://u@a:1/shop?hostaddr=127.0.0.1&sslmode=verify-ca'",
            "6:1: `host=a` is only a name here, and `sslmode=verify-ca` does not check it",
        ),
        (
            "psql -h a shop\npsql -h b shop\npsql shop",
            "8:1: this names no host, beside commands for `a` and `b`: it goes",
        ),
        (
            'psql -d "host=a hostaddr=127.0.0.1 sslmode=require" -h b',
            "6:1: `host=a` is only a name here, and `sslmode=require` does not check it",
        ),
        ("PGHOST=b psql -t -h a shop", "6:10: `PGHOST` is `b` here, and `host=` says `a`, which wins"),
        ("PGHOST=b pg_restore -cv -h a -d shop a.dump", "6:10: `PGHOST` is `b` here, and `host=` says `a`"),
        (
            "export AWS_REGION=eu-west-1\naws --region eu-central-1 rds describe-db-instances",
            "7:1: `AWS_REGION` is `eu-west-1` here, and `--region` says `eu-central-1`, which wins; say it in one",
        ),
        ("AWS_PROFILE=a aws s3 ls --profile b", "6:15: `AWS_PROFILE` is `a` here, and `--profile` says `b`"),
        (
            "export AWS_REGION=a AWS_DEFAULT_REGION=b\naws s3 ls",
            "7:1: `AWS_REGION` and `AWS_DEFAULT_REGION` are both set, and the first one wins; unset one of them",
        ),
        (
            "export AWS_PROFILE=a AWS_ACCESS_KEY_ID=b\naws s3 ls",
            "7:1: `AWS_ACCESS_KEY_ID` and `AWS_PROFILE` are both set, and the first one wins",
        ),
        ("KUBECONFIG=a kubectl --kubeconfig b get pods", "6:14: `KUBECONFIG` is `a` here, and `--kubeconfig` says `b`"),
        ("HELM_NAMESPACE=a helm -n b list", "6:18: `HELM_NAMESPACE` is `a` here, and `--namespace` says `b`"),
        ("export VAULT_ADDR=https://a\nvault status -address=https://b", "7:1: `VAULT_ADDR` is `https://a` here, and"),
        ("REDISCLI_AUTH=x redis-cli -a y ping", "6:17: `REDISCLI_AUTH` is a password here, and `-a` says another one"),
    ],
)
def test_a_command_that_goes_elsewhere_than_it_says_is_told(tmp_path: Path, code: str, said: str) -> None:
    (line,) = found(tmp_path, code)
    assert line.startswith(said)


@pytest.mark.parametrize(
    "code",
    [
        'psql "host=a hostaddr=127.0.0.1 port=5432 sslmode=verify-full"\n'
        'psql "host=b hostaddr=127.0.0.1 port=5433 sslmode=verify-full"',
        'psql "host=a sslmode=require"',
        "psql -h a -p 5432 shop -c 'select 1'",
        "psql shop",
        "psql -t -h a shop\npsql -h b shop\npsql -h a -Atc \"select 1 from t where host = 'b'\"",
        "PGHOST=a psql -Atc \"select 1 from t where host = 'b'\"",
        "PGHOST=a psql --set host=b -v port=1",
        "pg_dump -v -h a shop | pg_restore -c -v -h b -d shop\npg_restore -O -h a -d shop a.dump",
        "pg_dump -h a shop | psql shop",
        "PGHOSTADDR=127.0.0.1 psql shop",
        "unset PGHOSTADDR\npsql -h a shop",
        "PGSSLMODE=verify-full psql 'host=a hostaddr=127.0.0.1'",
        "PGSERVICE=shop psql",
        "PGHOST=a psql shop",
        "export AWS_REGION=eu-west-1\naws --region eu-west-1 s3 ls",
        "export AWS_REGION=eu-west-1\naws s3 ls",
        'export AWS_REGION="$REGION"\naws --region eu-west-1 s3 ls',
        "aws --region eu-west-1 s3 ls\naws --region eu-central-1 s3 ls",
        "KUBECONFIG=a kubectl get pods",
        "export VAULT_ADDR=https://a\nvault status",
        "redis-cli -h a ping\nredis-cli -h b ping",
        "helm -n a list",
    ],
)
def test_a_command_that_goes_where_it_says_is_right(tmp_path: Path, code: str) -> None:
    assert found(tmp_path, code) == []


def test_what_a_block_exports_holds_in_the_next_one_until_it_is_unset(tmp_path: Path) -> None:
    command = "psql -h a shop"
    (line,) = found(tmp_path, "export PGHOSTADDR=127.0.0.1", command)
    assert line.startswith("10:1: `PGHOSTADDR=127.0.0.1` sends this to 127.0.0.1")
    assert found(tmp_path, "export PGHOSTADDR=127.0.0.1", "unset PGHOSTADDR", command) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("From a laptop the way is a relay, with `PGHOSTADDR=127.0.0.1`.", 1),
        ("There the name is known. Set `PGHOSTADDR=127.0.0.1` first.", 1),
        ("Never set `PGHOSTADDR=127.0.0.1`.", 0),
        ("`unset PGHOSTADDR` before.", 0),
    ],
)
def test_a_sentence_that_sends_every_connection_to_one_server_is_told(tmp_path: Path, text: str, count: int) -> None:
    lines = found(tmp_path, "psql -h a shop\npsql -h b shop", text=text)
    assert [line.split(" ")[1:3] for line in lines] == [["`PGHOSTADDR=127.0.0.1`", "sends"]] * count
    assert all("those to `a` and `b` too" in line for line in lines)


def test_the_description_of_a_variable_is_text_as_well(tmp_path: Path) -> None:
    variables = (
        "variables:\n  - name: DB_HOST\n    description: With a relay, set `PGHOSTADDR=127.0.0.1`.\n"
        "    pattern: '[a-z.]+'\n    example: db.example.com\n"
    )
    runbook = PLAIN_RUNBOOK.replace("items: [first]\n", f"items: [first]\n{variables}")
    runbook = runbook.replace("kubectl get pods", 'psql "host=$DB_HOST sslmode=require"')
    (line,) = found_by(connection_target.CHECK, tmp_path, {"runbooks/cart-down.md": runbook})
    assert line.startswith("runbooks/cart-down.md:12:37: `PGHOSTADDR=127.0.0.1` sends every connection there, those")
