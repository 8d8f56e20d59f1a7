"""The source address of each kind of page. They are permanent, as the ids in them are."""

from __future__ import annotations

from opsbook.graph import Place
from opsbook.nouns.api.model import Api
from opsbook.nouns.checklist.model import Area, Phase
from opsbook.nouns.drawing.model import Drawing
from opsbook.nouns.post_mortem.model import PostMortem
from opsbook.nouns.runbook.model import Runbook
from opsbook.nouns.service.model import Service
from opsbook.nouns.track.model import Track

HOME = "index.md"
PRACTICES = "practices/index.md"
ROADMAP = "roadmap/index.md"
RUNBOOKS = "runbooks/index.md"
ALERTS = "alerts/index.md"
SERVICES = "services/index.md"
ARCHITECTURE = "architecture/index.md"
POST_MORTEMS = "post-mortems/index.md"
ACTIONS = "post-mortems/actions.md"
POST_MORTEM_TEMPLATE = "post-mortems/template.md"
ONBOARDING = "onboarding/index.md"
MACROS = "reference/macros.md"
APIS = "api/index.md"
GLOSSARY = "glossary.md"


def area_path(area: Area) -> str:
    """The page of an area."""
    return f"practices/{area.id}/index.md"


def item_path(place: Place) -> str:
    """The page of an item; its guide is written at the same address."""
    return f"practices/{place.area.id}/{place.item.id}.md"


def phase_path(phase: Phase) -> str:
    """The page of a phase."""
    return f"roadmap/{phase.id}.md"


def runbook_path(runbook: Runbook) -> str:
    """The page of a runbook."""
    return f"runbooks/{runbook.id}.md"


def service_path(service: Service) -> str:
    """The page of a service."""
    return f"services/{service.id}.md"


def api_path(api: Api) -> str:
    """The page of the interface of a service."""
    return f"api/{api.service}.md"


def alert_address(name: str) -> str:
    """The permanent address of an alert, which leads to its runbook: what its `runbook_url` says."""
    return f"alerts/{name}/"


def badge_path(id: str) -> str:
    """The badge of an area, a phase or `overall`."""
    return f"badges/{id}.svg"


def drawing_path(drawing: Drawing) -> str:
    """The page of a drawing."""
    return f"architecture/{drawing.id}.md"


def drawing_file(drawing: Drawing, kind: str) -> str:
    """The drawing as a file: `svg`, `png` or `dot`."""
    return f"architecture/files/{drawing.id}.{kind}"


def post_mortem_path(post_mortem: PostMortem) -> str:
    """The page of a post-mortem."""
    return f"post-mortems/{post_mortem.id}.md"


def track_path(track: Track) -> str:
    """The page of an onboarding track, where it is written too."""
    return f"onboarding/{track.id}.md"
