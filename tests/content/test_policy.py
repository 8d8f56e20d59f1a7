"""The policy of the real site."""

from __future__ import annotations

from conftest import Pages
from probing import TOUCH, WATCH

OF_EACH_KIND = (
    *("404.html", "", "practices/", "practices/kubernetes/", "practices/kubernetes/k8s-services/", "roadmap/"),
    *("roadmap/phase-foundation/", "runbooks/", "runbooks/pod-crash-looping/", "alerts/", "architecture/", "services/"),
    *("architecture/kubernetes-runtime/", "services/cart/", "glossary/", "onboarding/", "onboarding/developer/"),
    *(
        "post-mortems/",
        "post-mortems/2017-01-31-gitlab-database-removed/",
        "post-mortems/actions/",
        "incident-response/",
    ),
    *("api/", "slo/", "reference/macros/", "alerts/KubePodCrashLooping/"),
)


def test_no_kind_of_page_does_what_its_policy_forbids(served_site: str, page: Pages) -> None:
    shown = page(f"{served_site}/", script=WATCH)
    for path in OF_EACH_KIND:
        answer = shown.goto(f"{served_site}/{path}", wait_until="load")
        assert answer
        assert answer.status == 200, path
        shown.evaluate(TOUCH)
    assert page.violations == []
