"""Load the alerting rules that are kept beside the runbooks."""

from __future__ import annotations

from opsbook.nouns.alert.alert_problems import read_folder
from opsbook.nouns.kind import Loaded, Project, Record
from opsbook.source.files import is_folder

FOLDER = "runbooks/rules"


def load(project: Project) -> Loaded:
    """Return the files with rules, and the alerts in them; nothing where the folder is missing."""
    folder = project.root / FOLDER
    files, problems = read_folder(folder, FOLDER) if is_folder(folder) else ((), ())
    records = (*(Record(file, file=file.path) for file in files),)
    alerts = (Record(alert, file=file.path) for file in files for alert in file.alerts)
    return Loaded((*records, *alerts), problems)
