"""Detect secrets that the scanner does not know, finds in part only, or looks for in more than linear time.

Detectors that replace one of the scanner's say why. Each repetition is bounded, or of characters that cannot
begin the pattern anew, so that a long line takes no longer than its length.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import ClassVar

from detect_secrets.plugins.base import RegexBasedDetector
from detect_secrets.plugins.jwt import JwtTokenDetector


class Whole(RegexBasedDetector):
    """The base of the detectors here: the secret is the group `secret`, or else the whole match.

    The scanner's base class returns the groups instead, so that a pattern such as `(ghp|gho)_…` yields `ghp`.
    """

    secret_type = ""
    denylist: ClassVar[list[re.Pattern[str]]] = []

    def analyze_string(self, string: str) -> Generator[str, None, None]:
        """Yield each secret in `string`."""
        for pattern in self.denylist:
            for match in pattern.finditer(string):
                yield match["secret"] if "secret" in pattern.groupindex else match.group()


def _all(*patterns: str, flags: int = 0) -> list[re.Pattern[str]]:
    return [re.compile(pattern, flags) for pattern in patterns]


class GitHub(Whole):
    """A detector to replace the scanner's, which yields only the prefix of a token and misses the fine-grained ones."""

    secret_type = "GitHub Token"  # noqa: S105 - the name of a kind
    denylist = _all(r"gh[opsur]_[A-Za-z0-9_]{36}", r"github_pat_[A-Za-z0-9_]{22,255}")


class GitLab(Whole):
    """A detector to replace the scanner's, which yields only the prefix of a token and misses those for CI jobs."""

    secret_type = "GitLab Token"  # noqa: S105
    denylist = _all(
        r"gl(?:pat|dt|ft|soat|rt|cbt|imt|ptt|agent|oas|ffct)-[A-Za-z0-9_-]{20,1024}",
        r"GR1348941[A-Za-z0-9_-]{20,50}",
    )


class JsonWebToken(Whole):
    """A detector to replace the scanner's, which tries each `eyJ` of a long run anew."""

    secret_type = "JSON Web Token"  # noqa: S105
    denylist = _all(r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]+=*\.[A-Za-z0-9_-]+=*(?:\.[A-Za-z0-9_-]*=*)?")

    def analyze_string(self, string: str) -> Generator[str, None, None]:
        """Yield each token whose first two parts are JSON."""
        for token in super().analyze_string(string):
            if JwtTokenDetector.is_formally_valid(token):
                yield token


class LanguageModel(Whole):
    """A detector to replace the scanner's, which takes more than linear time and knows one form alone."""

    secret_type = "OpenAI Token"  # noqa: S105
    denylist = _all(
        r"(?<![A-Za-z0-9_-])sk-(?:proj-|svcacct-|admin-|ant-[a-z0-9]{1,10}-|or-v1-)[A-Za-z0-9_-]{32,}",
        r"(?<![A-Za-z0-9_-])sk-[A-Za-z0-9]{48}",
    )


class Npm(Whole):
    """A detector to replace the scanner's, which takes more than linear time and knows only the lines of `.npmrc`."""

    secret_type = "NPM tokens"  # noqa: S105
    denylist = _all(
        r"(?<![A-Za-z0-9_])npm_[A-Za-z0-9]{36}", r":_(?:authToken|auth|password)=[ ]?(?P<secret>[^\s$]{16,})"
    )


class Address(Whole):
    """A detector to replace the scanner's, which wants a user's name, and no password with one of `!$&'()*+,;=`."""

    secret_type = "Basic Auth Credentials"  # noqa: S105
    denylist = _all(r"://[^\s/?#@:\"'<>]*:(?P<secret>[^\s/?#@\"'<>]+)@")

    def analyze_string(self, string: str) -> Generator[str, None, None]:
        """Yield the passwords, except placeholders such as `PASSWORD`."""
        yield from (value for value in super().analyze_string(string) if not _STANDS_FOR_ONE.fullmatch(value))


class PrivateKey(Whole):
    """A detector to replace the scanner's, which knows neither encrypted keys nor those of today's PuTTY and of age."""

    secret_type = "Private Key"  # noqa: S105
    denylist = _all(
        r"BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?",
        r"PuTTY-User-Key-File-[0-9]",
        r"AGE-SECRET-KEY-1[0-9A-Z]{58}",
    )


class Google(Whole):
    """Keys and tokens of Google; the key of a service account is a private key."""

    secret_type = "Google Key"  # noqa: S105
    denylist = _all(r"AIza[0-9A-Za-z_-]{35}", r"GOCSPX-[0-9A-Za-z_-]{28}", r"ya29\.[0-9A-Za-z_-]{30,}")


class Azure(Whole):
    """The secret of an application, the signature of a shared access, the key of a connection string."""

    secret_type = "Azure Key"  # noqa: S105
    denylist = _all(
        r"[0-9]Q~[\w~.-]{31,34}(?![\w~.-])",
        r"[?&]sig=(?P<secret>[A-Za-z0-9%/+]{43,})",
        r"Shared(?:SecretIssuer|Access)Key=(?P<secret>[A-Za-z0-9+/]{32,}=*)",
    )


class Chat(Whole):
    """Webhooks of chats, through which anybody can write, and tokens of Slack that are newer than the scanner."""

    secret_type = "Webhook or Chat Token"  # noqa: S105
    denylist = _all(
        r"discord(?:app)?\.com/api/webhooks/(?P<secret>[0-9]{17,20}/[\w-]{60,})",
        r"hooks\.slack\.com/(?:workflows|triggers)/(?P<secret>[A-Za-z0-9_/]{30,})",
        r"webhook\.office\.com/webhookb2/(?P<secret>[A-Za-z0-9@/-]{60,})",
        r"xapp-[0-9]-[A-Z0-9]{8,}-[0-9]{8,}-[a-f0-9]{32,}",
        r"xoxe(?:\.xox[bp])?-[0-9]-[A-Za-z0-9]{40,}",
    )


class Platform(Whole):
    """Tokens of what a platform is made of, each with a prefix that nothing else has."""

    secret_type = "Platform Token"  # noqa: S105
    denylist = _all(
        r"hv[sbr]\.[A-Za-z0-9_-]{24,}",  # Vault
        r"glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}",  # Grafana
        r"glc_[A-Za-z0-9+/]{32,}",
        r"do[opr]_v1_[a-f0-9]{64}",  # DigitalOcean
        r"dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,}",
        r"dapi[a-f0-9]{32}",  # Databricks
        r"ATATT3[A-Za-z0-9_=-]{60,}",  # Atlassian
        r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}",
        r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
        r"whsec_[A-Za-z0-9+/]{32,}",  # Stripe, beside its keys
        r"sk_live_[A-Za-z0-9]{24,}",
        r"NRAK-[A-Z0-9]{27}",  # New Relic
        r"lin_api_[A-Za-z0-9]{40}",
        r"(?:sntrys_[A-Za-z0-9+/=_]{60,}|sntryu_[a-f0-9]{64})",  # Sentry
        r"\.atlasv1\.[A-Za-z0-9_=-]{60,}",  # Terraform Cloud
    )


class AwsSecret(Whole):
    """The secret half of a key pair, which the scanner finds only in quotes."""

    secret_type = "AWS Secret Key"  # noqa: S105
    denylist = _all(
        r"(?:secret|aws)[\w .-]{0,24}key[\w]{0,8}[\"'`]?[ \t]{0,8}[:=|>]{1,2}[ \t]{0,8}[\"'`]?"
        r"(?P<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])",
        flags=re.IGNORECASE,
    )


class Authorization(Whole):
    """A header that lets somebody in."""

    secret_type = "Authorization Header"  # noqa: S105
    denylist = _all(
        r"authorization[\"']?[ \t]{0,8}[:=,][ \t]{0,8}[\"']?(?:bearer|basic|token|apikey|api-key)[ \t]{1,8}"
        r"(?P<secret>[A-Za-z0-9._~+/=-]{12,})",
        r"(?<![\w-])(?:x-api-key|x-auth-token|x-vault-token|private-token|job-token|dd-api-key)"
        r"[\"']?[ \t]{0,8}:[ \t]{0,8}[\"']?"
        r"(?P<secret>[A-Za-z0-9._~+/=-]{12,})",
        flags=re.IGNORECASE,
    )

    def analyze_string(self, string: str) -> Generator[str, None, None]:
        """Yield the values with a digit; one without is the name of a value."""
        yield from (secret for secret in super().analyze_string(string) if re.search("[0-9]", secret))


_PASSWORD = r"(?:pass(?:word|wd|phrase)|pwd)"  # noqa: S105
_KEY = r"(?:secret|token|(?:api|auth|access|account|client|private|service|signing|encryption|master)[_-]?key)"
_CHARACTERS = r"[^\s\"'`<>{}()\[\]|,;\\]"
# People choose short passwords; a key is made by a machine.
_VALUE, _LONG = rf"(?P<secret>{_CHARACTERS}{{6,200}})", rf"(?P<secret>{_CHARACTERS}{{8,200}})"


def _assigned(name: str, value: str) -> str:
    """Return the pattern of a `value` that is assigned to a `name`, with a few words after the name."""
    behind, sign = r"(?:[_-][A-Za-z0-9]{1,16}){0,3}[\"'`\])]{0,2}[ \t]{0,8}", r"(?::=|=>|[:=])[ \t]{0,8}[\"'`]?"
    return f"{name}{behind}{sign}{value}"


class Keyword(Whole):
    """A value with digits beside a name for a secret. The scanner's patterns take quadratic time, and want quotes."""

    secret_type = "Secret Keyword"  # noqa: S105
    denylist = _all(
        _assigned(_PASSWORD, _VALUE),
        _assigned(_KEY, _LONG),
        rf"--{_PASSWORD}[ ][\"']?{_VALUE}",
        rf"--{_KEY}[ ][\"']?{_LONG}",
        flags=re.IGNORECASE,
    )

    def analyze_string(self, string: str) -> Generator[str, None, None]:
        """Yield the values that hold letters and digits."""
        yield from (value for value in super().analyze_string(string) if _is_real(value) and re.search("[0-9]", value))


class Password(Whole):
    """A password of letters alone: the only value on its line, or in quotes, or of an option."""

    secret_type = "Password"  # noqa: S105
    denylist = _all(
        rf"{_PASSWORD}[\"'`]?(?:[ \t]{{0,8}}[:=][ \t]{{0,8}}|[ ])[\"']?{_VALUE}"
        r"[\"']?[ \t]{0,8}(?:$|[\n},#\\&]|[ ]-)",
        flags=re.IGNORECASE,
    )

    def analyze_string(self, string: str) -> Generator[str, None, None]:
        """Yield the values that may be real passwords, where they are assigned or given to an option."""
        for pattern in self.denylist:
            for match in pattern.finditer(string):
                # `the password please` is prose; an option has dashes before it.
                is_assigned = re.search("[:=]", match.group()[: match.start("secret") - match.start()])
                is_option = string[: match.start()].endswith("--")
                if (is_assigned or is_option) and _is_real(match["secret"]):
                    yield match["secret"]


def _is_real(value: str) -> bool:
    """Return whether `value` may be a password, and not a hint where the real one is or what one looks like."""
    is_word = _STANDS_FOR_ONE.fullmatch(value) or _NOT_REAL.search(value)
    return bool(re.search("[A-Za-z]", value)) and not is_word


_STANDS_FOR_ONE = re.compile(
    r"[A-Z][A-Z_]*|(?i:user|username|pass|passwd|passwords?|pw|secret|token|admin|root|postgres|guest|test|example|change-?me)"
)
"""What people write where a password goes, and what a database on a laptop is started with."""
_NOT_REAL = re.compile(
    r"^[$%@&*!/.~]|://|[$][A-Za-z_{(]|^[A-Za-z0-9_-]+/|^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$|^(?:id|src)=|%s|"
    r"^(?:vault|ssm|arn|env|file|op|ref|sops|gcpsm|awssm)[:+]|-(?:chars|characters|long)$|"
    r"example|change-?me|placeholder|redacted|your|xxx|\.\.\.|…|sha-?256|"
    r"^(?:string|required|optional|hidden|secret|passwords?|value|prompt|random|generated|default|disabled|enabled)$",
    re.IGNORECASE,
)
