"""Find what looks like a secret in a text, with detect-secrets and the detectors beside this file.

Nothing goes over the network: the functions of the scanner that verify a secret with its issuer are never called.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from detect_secrets.filters import heuristic
from detect_secrets.plugins import (
    artifactory,
    aws,
    azure_storage_key,
    discord,
    mailchimp,
    pypi_token,
    sendgrid,
    slack,
    square_oauth,
    stripe,
    telegram_token,
    twilio,
)
from detect_secrets.plugins.base import RegexBasedDetector

from opsbook.secrets.detectors import Whole

KINDS = {
    "Artifactory Credentials": "Artifactory credentials",
    "Authorization Header": "credentials in a header",
    "AWS Access Key": "AWS access key",
    "AWS Secret Key": "AWS secret key",
    "Azure Key": "Azure key",
    "Azure Storage Account access key": "Azure storage key",
    "Basic Auth Credentials": "password in an address",
    "Discord Bot Token": "Discord token",
    "GitHub Token": "GitHub token",
    "GitLab Token": "GitLab token",
    "Google Key": "Google key",
    "JSON Web Token": "JSON Web Token",
    "Mailchimp Access Key": "Mailchimp key",
    "NPM tokens": "npm token",
    "OpenAI Token": "key of a language model",
    "Password": "password",
    "Platform Token": "token of a platform",
    "Private Key": "private key",
    "PyPI Token": "PyPI token",
    "Secret Keyword": "password or key",
    "SendGrid API Key": "SendGrid key",
    "Slack Token": "Slack token",
    "Square OAuth Secret": "Square secret",
    "Stripe Access Key": "Stripe key",
    "Telegram Bot Token": "Telegram token",
    "Twilio API Key": "Twilio key",
    "Webhook or Chat Token": "webhook or token of a chat",
}
"""What messages call each type of the scanner's."""

# Of the scanner's own: those whose pattern stands for one thing. Left out are entropy and public addresses, which are
# mostly false alarms in prose; those that `detectors` has a better form of; and the four for IBM, which take cubic time
# over blanks and want the secret beside its name, where `Keyword` finds it. Detectors and filters are called directly,
# since the scanner's own loop takes a millisecond a line, and leaves out lines that say `pragma: allowlist secret`,
# which gives no reason.
_DETECTORS: tuple[RegexBasedDetector, ...] = (
    aws.AWSKeyDetector(),
    azure_storage_key.AzureStorageKeyDetector(),
    discord.DiscordBotTokenDetector(),
    mailchimp.MailchimpDetector(),
    pypi_token.PypiTokenDetector(),
    sendgrid.SendGridDetector(),
    slack.SlackDetector(),
    square_oauth.SquareOAuthDetector(),
    stripe.StripeDetector(),
    telegram_token.TelegramBotTokenDetector(),
    twilio.TwilioKeyDetector(),
    artifactory.ArtifactoryDetector(),
    *(detector() for detector in Whole.__subclasses__()),
)
_FILTERS: tuple[Callable[[str], bool], ...] = (
    heuristic.is_sequential_string,
    heuristic.is_potential_uuid,
    heuristic.is_templated_secret,
    heuristic.is_prefixed_with_dollar_sign,
    heuristic.is_not_alphanumeric_string,
)

MOST_LINE = 4096
_OVERLAP = 1024
# No secret has such a hole, and some of the scanner's patterns take quadratic time over blanks.
_HOLE = re.compile(r"\s{12,}")
# Words show a part of themselves that is too large, and a key's first line is the same in each.
_NEVER_SHOWN = frozenset(
    {"Authorization Header", "Basic Auth Credentials", "Password", "Private Key", "Secret Keyword"}
)


@dataclass(frozen=True)
class Secret:
    """Something that looks like a secret. `shown` is the part that may be printed, `digest` what an exemption names."""

    line: int
    column: int
    kind: str
    shown: str
    digest: str


def find_secrets(text: str) -> tuple[Secret, ...]:
    """Return what looks like a secret in `text`, in the order of its lines."""
    lines = text.split("\n")
    return tuple(secret for number in _candidates(text, lines) for secret, _ in _in_line(lines[number], number + 1))


def hide_secrets(text: str, mask: str) -> tuple[str, tuple[Secret, ...]]:
    """Return `text` with `mask` for each thing that looks like a secret, and what these were."""
    lines = text.split("\n")
    told: list[Secret] = []
    for number in _candidates(text, lines):
        found = list(_in_line(lines[number], number + 1))
        told += (secret for secret, _ in found)
        for secret, length in reversed(found):
            line, at = lines[number], secret.column - 1
            lines[number] = f"{line[:at]}{mask}{line[at + length :]}"
    return "\n".join(lines), tuple(told)


def digest(value: str) -> str:
    """Return the digest by which an exemption names a secret.

    It is short on purpose: enough to tell apart what one file holds, too short to try guesses of a password on.
    """
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def mask_secret(kind: str, value: str) -> str:
    """Return what may be printed of a secret: its two ends, or nothing where it is short.

    >>> mask_secret("AWS Access Key", "AKIA" + "X" * 14 + "YZ"), mask_secret("Password", "correct-horse")
    ('AKIA…YZ', '')
    """
    return "" if kind in _NEVER_SHOWN or len(value) < 16 else f"{value[:4]}…{value[-2:]}"


def _candidates(text: str, lines: list[str]) -> list[int]:
    """Return the numbers of the lines, from 0, that a pattern matches, by one fast search through the whole text."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found: set[int] = set()
    for detector in _DETECTORS:
        for pattern in detector.denylist:
            for match in pattern.finditer(text):
                # A blank at the end of a match may be the end of the line, where the next one could begin.
                first, last = (bisect_right(starts, offset) - 1 for offset in match.span())
                found.update(range(first, min(last + 2, len(lines))))
    return sorted(found)


def _in_line(line: str, number: int) -> Iterator[tuple[Secret, int]]:
    """Yield the secrets of a line from left to right with their lengths; of those that overlap, the longest."""
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for start, piece in _pieces(line):
        for kind, value in _in_piece(piece):
            for match in re.finditer(re.escape(value), piece):
                found.setdefault((start + match.start(), -len(value)), (kind, value))
    end = 0
    for (column, _length), (kind, value) in sorted(found.items()):
        if column >= end:
            secret = Secret(number, column + 1, KINDS.get(kind, kind), mask_secret(kind, value), digest(value))
            yield secret, len(value)
            end = column + len(value)


def _in_piece(piece: str) -> dict[tuple[str, str], None]:
    """Return the kinds and values of what was found, each once."""
    return {
        (detector.secret_type, value): None
        for detector in _DETECTORS
        for value in detector.analyze_string(piece)
        if not any(leaves_out(value) for leaves_out in _FILTERS)
    }


def _pieces(line: str) -> Iterator[tuple[int, str]]:
    """Yield each part of a line with its start: without holes, and none longer than MOST_LINE."""
    edges = [0, *(edge for hole in _HOLE.finditer(line) for edge in hole.span()), len(line)]
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        for start in range(begin, max(end - _OVERLAP, begin + 1), MOST_LINE - _OVERLAP):
            yield start, line[start : min(start + MOST_LINE, end)]
