"""Made-up text in the form of each kind of secret, put together here so that no file of the repository holds one."""

from __future__ import annotations

import base64
import hashlib
import json
import string


def letters(count: int, alphabet: str = string.ascii_letters + string.digits, seed: str = "opsbook") -> str:
    """Text that looks random, the same each time."""
    stream = b"".join(hashlib.sha256(f"{seed}{block}".encode()).digest() for block in range(-(-count // 32)))
    return "".join(alphabet[byte % len(alphabet)] for byte in stream[:count])


UPPER = string.ascii_uppercase + string.digits
LOWER = string.ascii_lowercase + string.digits
HEX = "0123456789abcdef"


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


JWT = f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part({'sub': 'somebody', 'admin': True})}.{letters(43)}"

# The line, and the part of it that has to be found.
FORMS: dict[str, tuple[str, str]] = {}


def form(name: str, secret: str, line: str = "{}") -> None:
    FORMS[name] = (line.format(secret), secret)


form("AWS key id", "AK" + "IA" + letters(16, UPPER))
form("AWS temporary key id", "AS" + "IA" + letters(16, UPPER), "use {} for it")
form("AWS secret key", letters(40, seed="aws"), "aws_secret_access_key = {}")
form("AWS secret key in the environment", letters(40, seed="aws"), "export AWS_SECRET_ACCESS_KEY={}")
form("AWS secret key in YAML", letters(40, seed="aws"), '"SecretAccessKey": "{}",')
form("GitHub", "gh" + "p_" + letters(36))
form("GitHub server", "gh" + "s_" + letters(36), "https://x-access-token:{}@github.com/shop/cart")
form("GitHub fine-grained", "github" + "_pat_" + letters(22) + "_" + letters(59))
form("GitLab", "gl" + "pat-" + letters(20))
form("GitLab job", "gl" + "cbt-" + letters(20))
form("Slack", "xo" + "xb-" + letters(12, "123456789") + "-" + letters(12, "123456789") + "-" + letters(24))
form(
    "Slack webhook",
    "https://hooks.slack" + ".com/services/T" + letters(8, UPPER) + "/B" + letters(8, UPPER) + "/" + letters(24),
)
form("Discord bot", "M" + letters(23) + "." + letters(6) + "." + letters(27))
form("Discord webhook", letters(18, "123456789") + "/" + letters(68), "https://discord.com/api/webhooks/{}")
form("Stripe", "sk" + "_live_" + letters(24))
form("Twilio", "S" + "K" + letters(32, HEX))
form("SendGrid", "S" + "G." + letters(22) + "." + letters(43))
form("npm", "np" + "m_" + letters(36), "//registry.example/:_authToken={}")
form("PyPI", "py" + "pi-AgEIcHlwaS5vcmc" + letters(80))
form("OpenAI", "s" + "k-proj-" + letters(60))
form("Azure storage", "AccountKey=" + letters(86) + "==", "DefaultEndpointsProtocol=https;{}")
form("Azure application", "8Q" + "~" + letters(34), "abc{}")
form("Google", "AI" + "za" + letters(35))
form("Google OAuth", "GOC" + "SPX-" + letters(28))
form("Telegram", letters(9, "123456789") + ":" + letters(35))
form("Mailchimp", letters(32, HEX) + "-us12")
form("Square", "sq0" + "csp-" + letters(43))
form("Vault", "hv" + "s." + letters(24))
form("Grafana", "gl" + "sa_" + letters(32) + "_" + letters(8, HEX))
form("DigitalOcean", "do" + "p_v1_" + letters(64, HEX))
form("Docker Hub", "dc" + "kr_pat_" + letters(27))
form("JSON Web Token", JWT)
form("JSON Web Token in a header", JWT, "curl -H 'Authorization: Bearer {}' https://shop.example/")
form("opaque bearer token", letters(32, seed="b3"), 'curl --header "Authorization: Bearer {}" https://shop.example/')
form("basic authorization", base64.b64encode(b"orders:" + letters(12).encode()).decode(), "Authorization: Basic {}")
form("header of Vault", letters(28, seed="v1"), "X-Vault-Token: {}")
form("database", letters(10), "postgres://orders:{}@db.shop.example:5432/orders")
form("database with signs", "pa$$&w!rd" + letters(2), "DATABASE_URL=mysql://orders:{}@db/orders")
form("queue without a user", letters(10), "redis://:{}@queue:6379/0")
form("basic auth", "hunter" + "2", "see https://admin:{}@grafana.shop.example/")
form("password in YAML", letters(12, seed="y"), "password: {}")
form("password of letters", "correct" + "-horse", "  POSTGRES_PASSWORD: {}")
form("password in quotes", "Sup!er" + "Secret", 'db_password = "{}"')
form("password in JSON", letters(12, seed="j"), '{{"password": "{}"}}')
form("password of an option", letters(12, seed="o"), "mysqldump --user=orders --password={} orders")
form("key of an API", letters(32, HEX, seed="k"), "api_key: {}")
form("secret of a client", letters(32, seed="c"), "CLIENT_SECRET={}")
for kind in ("RSA ", "EC ", "OPENSSH ", "ENCRYPTED ", ""):
    form(f"private key {kind}", f"BEGIN {kind}PRIVATE" + " KEY", "-----{}-----")
form("PGP key", "BEGIN PGP PRIVATE" + " KEY BLOCK", "-----{}-----")

# What says where a secret is, or what one looks like.
HARMLESS = (
    "postgres://USER:PASSWORD@HOST/db",
    "postgres://user:password@host/db",
    "http://admin:admin@localhost:9090",
    "https://oauth2:TOKEN@gitlab.example/x.git",
    "POSTGRES_PASSWORD: postgres",
    "password: vault:secret/data/db#pass1",
    "Password: must-be-12-chars",
    'password: "$DB_PASSWORD"',
    "password: ${{ secrets.DB_PASSWORD }}",
    "password: {{ .Values.password }}",
    "password: <the one in the vault>",
    "Password: ask the team of the platform for it, who keep it in the vault.",
    "password=password,",
    "type: string, format: password",
    "passwordSecretRef: { name: orders-database, key: password }",
    "secretName: orders-tls-2026",
    "secret: vault/data/orders1",
    "token = os.environ['TOKEN1']",
    "secret_arn = aws_secretsmanager_secret.orders1.arn",
    "Authorization: Bearer $TOKEN",
    "Authorization: Bearer <token>",
    "Authorization: Bearer {{ token }}",
    "postgres://orders:$PASSWORD@db/orders",
    "postgres://orders:${PASSWORD}@db/orders",
    "postgres://orders:{{password}}@db/orders",
    "postgres://orders@db:5432/orders",
    "https://shop.example:8443/@orders",
    "sha256:" + letters(64, HEX),
    "commit " + letters(40, HEX),
    "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d",
    "-----BEGIN CERTIFICATE-----",
    "-----BEGIN PUBLIC KEY-----",
)
