"""Find the secrets in what a project publishes, except those that `.secrets.yml` allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from opsbook.problems import Problem, Severity
from opsbook.secrets.model import Exemption, Exemptions
from opsbook.secrets.names import is_public, kind_by_name
from opsbook.secrets.sources import MOST_BYTES, SourceFile, text_of
from opsbook.source.deadline import TooLongError, deadline
from opsbook.source.limits import SECONDS_TO_READ
from opsbook.source.text import read_text
from opsbook.source.tree import YamlDocument
from opsbook.source.validate import validate
from opsbook.source.yaml import parse_yaml
from opsbook.store import Store, key_of
from opsbook.versions import versions

FILE = ".secrets.yml"


@dataclass(frozen=True)
class SecretFinding:
    """Something that looks like a secret. `digest` is None where only the name of the file says so."""

    line: int
    column: int
    kind: str
    shown: str = ""
    digest: str | None = None


@dataclass(frozen=True)
class Allowed:
    """The exemptions of a project, with their places in the file."""

    exemptions: tuple[Exemption, ...]
    document: YamlDocument

    def due(self, today: date) -> Iterator[Problem]:
        """Yield a warning for each exemption that ended before `today`."""
        for index, exemption in enumerate(self.exemptions):
            if exemption.until and exemption.until < today:
                message = (
                    f"this exception ended on {exemption.until}; take the secret out, or give the reason for a new date"
                )
                yield self._warning((index, "until"), message)

    def unused(self, answered: set[tuple[str, str | None]]) -> Iterator[Problem]:
        """Yield a warning for each exemption of something that was not found."""
        for index, exemption in enumerate(self.exemptions):
            if (exemption.file, exemption.secret) not in answered:
                yield self._warning((index,), "this exception matches nothing; remove it")

    def _warning(self, location: tuple[str | int, ...], message: str) -> Problem:
        return replace(self.document.problem(("exceptions", *location), message), severity=Severity.WARNING)


def load_exemptions(root: Path) -> Allowed:
    """Return what `.secrets.yml` allows; nothing where there is none. Raise ProblemsError with every mistake."""
    if not (root / FILE).exists():
        return Allowed((), YamlDocument(FILE, {}, {}, {}))
    document = parse_yaml(read_text(root / FILE, FILE), FILE)
    return Allowed(validate(Exemptions, document).exceptions, document)


def secret_problems(
    published: Iterable[SourceFile], allowed: Allowed | None, cache: Path | None = None
) -> Iterator[Problem]:
    """Yield what looks like a secret in the files `published`, then the exemptions that match nothing.

    Yield nothing where `allowed` is None because the file could not be read, which is reported already. `cache` is a
    folder where findings are kept by the content of their file.
    """
    if allowed is None:
        return
    accepted = {(each.file, each.secret) for each in allowed.exemptions}
    answered: set[tuple[str, str | None]] = set()
    with Store(cache) as store:
        search = _Search(store)
        for source in published:
            for finding in search.findings(source):
                claim = (source.name, finding.digest)
                answered.add(claim)
                if claim not in accepted:
                    yield _problem(source.name, finding)
        store.prune()
    yield from search.problems
    yield from allowed.unused(answered)


class _Search:
    """A search through files that skips those whose findings are in the store."""

    def __init__(self, store: Store) -> None:
        self.problems: list[Problem] = []
        self._store = store

    def findings(self, source: SourceFile) -> tuple[SecretFinding, ...]:
        """Return what was found in a file and in its name."""
        try:
            with source.file.open("rb") as stream:
                content = stream.read(MOST_BYTES + 1)
        except OSError as error:
            self.problems.append(Problem(source.name, 0, 0, f"cannot be read: {error.strerror}"))
            return ()
        text = text_of(content)
        kind = kind_by_name(source.name) if source.is_copied else None
        by_name = (SecretFinding(0, 0, kind),) if kind and not is_public(source.name, text or "") else ()
        if text is not None and len(content) > MOST_BYTES:
            message = f"larger than {MOST_BYTES >> 20} MiB; only its beginning was searched for secrets"
            self.problems.append(Problem(source.name, 0, 0, message, Severity.WARNING))
        return by_name + (self._in_text(source.name, text, content) if text else ())

    def _in_text(self, name: str, text: str, content: bytes) -> tuple[SecretFinding, ...]:
        key = key_of(versions("detect-secrets", code="secrets"), content)
        kept = self._store.read_json(name, key)
        if kept is not None:
            return tuple(SecretFinding(**each) for each in kept)
        # The scanner takes a tenth of a second to load, and most builds have nothing for it.
        from opsbook.secrets.scan import find_secrets

        try:
            with deadline(name, SECONDS_TO_READ, "to search for secrets"):
                found = tuple(SecretFinding(**asdict(secret)) for secret in find_secrets(text))
        except TooLongError as error:
            self.problems += error.problems
            return ()
        self._store.write_json(name, key, [asdict(each) for each in found])
        return found


def _problem(name: str, finding: SecretFinding) -> Problem:
    if finding.digest is None:
        message = (
            f"a file of this name holds secrets ({finding.kind}), and files of this folder are published; move it away"
        )
        entry = f"- {{file: {name}, reason: …}}"
    else:
        what = ", ".join(filter(None, (finding.kind, finding.shown)))
        message = f"this looks like a secret ({what}); take it out, and revoke it if it was real"
        entry = f"- {{file: {name}, secret: {finding.digest}, reason: …}}"
    message += f"; an example is allowed with a reason in {FILE}, under `exceptions`: `{entry}`"
    return Problem(name, finding.line, finding.column, message)
