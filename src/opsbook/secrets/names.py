"""Recognise files that are secrets by their name: MkDocs copies every file of `docs/` into the site."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

_NAMES = {
    "private key": "id_rsa id_dsa id_ecdsa id_ecdsa_sk id_ed25519 id_ed25519_sk *.pem *.key *.ppk *.p8 *.agekey "
    "secring.*",
    "key store": "*.p12 *.pfx *.jks *.keystore *.kdbx *.kdb",
    "configuration of a cluster": "kubeconfig kubeconfig.y*ml *.kubeconfig kubeconfig-* .kube/config admin.conf",
    "environment": ".env .env.* *.env .envrc",
    "credentials": "credentials credentials.json credentials.csv credentials.y*ml credentials.ini .aws/config "
    "accesskeys.csv *_accesskeys.csv client_secret*.json service-account*.json service_account*.json "
    "application_default_credentials.json .netrc _netrc .pgpass .my.cnf .npmrc .pypirc .htpasswd .htdigest .dockercfg "
    ".docker/config.json .git-credentials .vault-token .s3cfg .boto .terraformrc credentials.tfrc.json",
    "state or values of Terraform": "*.tfstate *.tfstate.* *.tfvars *.tfvars.json",
    "history of a shell": ".bash_history .zsh_history .psql_history .mysql_history .python_history",
    "data of a vault": "vault.y*ml *.vault master.key",
}
"""Patterns of names by what they stand for, in small letters; one with a slash is for the folder and the name."""
# A copy is as secret as what it was made of.
_COPIES = frozenset({".bak", ".backup", ".copy", ".old", ".orig", ".save", ".txt"})
_EXAMPLE = re.compile(r"(?:^|[.-])(?:example|sample|template|dist)(?:[.-]|$)")
_PUBLIC = re.compile(
    r"-----BEGIN (?:TRUSTED |X509 )?(?:CERTIFICATE(?: REQUEST)?|PUBLIC KEY|RSA PUBLIC KEY|X509 CRL)-----"
)


def kind_by_name(path: str) -> str | None:
    """Return what a file of this name holds, where that is a secret; None where the name does not tell.

    >>> kind_by_name("docs/id_rsa"), kind_by_name("docs/ssh/ID_RSA.pub"), kind_by_name("docs/.env.example")
    ('private key', None, None)
    """
    file = PurePosixPath(path.lower().rstrip("~"))
    while file.suffix in _COPIES:
        file = file.with_suffix("")
    if _EXAMPLE.search(file.name) or file.suffix == ".md":
        return None
    names = {False: file.name, True: f"{file.parent.name}/{file.name}"}
    for kind, patterns in _NAMES.items():
        if any(fnmatchcase(names["/" in pattern], pattern) for pattern in patterns.split()):
            return kind
    return None


def is_public(path: str, text: str) -> bool:
    """Return whether a file named like a key holds only certificates or public keys."""
    begins = re.findall("-----BEGIN [A-Z0-9 ]{1,60}-----", text)
    return path.lower().endswith((".pem", ".key")) and bool(begins) and all(map(_PUBLIC.match, begins))
