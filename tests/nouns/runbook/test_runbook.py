from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from linked import name_mistakes
from opsbook.nouns.runbook.load import load_runbooks, parse_runbook
from opsbook.nouns.runbook.model import AlertSeverity, Command, Language, ParsedRunbook, Prose, Risk, Role, SectionName
from opsbook.problems import ProblemsError
from opsbook.shell.quoting import Quoting
from opsbook.source.references import marked, uniqueness_problems

WHOLE = (Path(__file__).parent / "broken" / "whole.md").read_text("utf-8")


def parsed(text: str = WHOLE, name: str = "runbooks/whole.md") -> ParsedRunbook:
    source, problems = parse_runbook(text, name)
    assert problems == ()
    assert source is not None
    return source


def test_a_runbook_has_its_front_matter_its_sections_and_its_steps_in_order() -> None:
    runbook = parsed().runbook
    assert (runbook.id, runbook.severity, runbook.owner) == ("whole", AlertSeverity.WARNING, "platform")
    assert runbook.review_due == date(2027, 4, 30)
    assert [section.name for section in runbook.sections] == list(SectionName)
    assert [(step.number, step.anchor, step.title, step.section) for step in runbook.steps] == [
        (1, "pace", "See how slow it is", SectionName.DIAGNOSIS),
        (2, "restart", "Restart it", SectionName.MITIGATION),
        (3, "calm", "See that it is fast", SectionName.VERIFY),
    ]
    assert runbook.sections[0].intro == "Half of the requests take longer than a second."


def test_the_parts_of_a_step_keep_their_order_their_roles_and_their_lines() -> None:
    step = parsed().runbook.steps[1]
    assert [(type(part).__name__, part.role, part.line) for part in step.parts] == [
        ("Command", Role.DO, 49),
        ("Prose", Role.VERIFY, 53),
        ("Command", Role.VERIFY, 55),
        ("Prose", Role.VERIFY, 59),
        ("Prose", Role.UNDO, 61),
    ]
    assert step.risk is Risk.CHANGE
    assert step.role(Role.UNDO) == (Prose(Role.UNDO, "none is needed; the same version runs.", 61),)


def test_a_command_has_its_code_its_output_and_where_its_variables_stand() -> None:
    metric, restart = (step.commands[0] for step in parsed().runbook.steps[:2])
    assert (metric.language, metric.risk, metric.variables) == (Language.PROMQL, Risk.READ, ("NAMESPACE",))
    assert metric.output is not None
    assert metric.output.text == '{service="orders"}  1.7'
    assert metric.uses[0].quoting is Quoting.PROMQL
    assert restart.code == 'kubectl --namespace "$NAMESPACE" rollout restart "deployment/$DEPLOYMENT"'
    assert [restart.code[use.start : use.end] for use in restart.uses] == ["$NAMESPACE", "$DEPLOYMENT"]
    assert {use.quoting for use in restart.uses} == {Quoting.DOUBLE}


def test_the_parts_put_together_again_are_the_step() -> None:
    """Nothing of what an author wrote is lost between the parts."""
    source = parsed()
    for step in source.runbook.steps:
        said = ""
        for part in step.parts:
            said += part.code if isinstance(part, Command) else part.markdown
            said += part.output.text if isinstance(part, Command) and part.output else ""
        end = next((other.line for other in source.page.headings if other.line > step.line), len(source.page.lines) + 1)
        written = "\n".join(source.page.lines[step.line : end - 1])
        for fence in ("```promql", "```output", "```bash {.change}", "```bash {.read}", "```"):
            written = written.replace(fence, "")
        written = written.replace("**Verify:**", "").replace("**Undo:**", "")
        assert "".join(said.split()) == "".join(written.split())


def test_braces_of_every_template_language_come_through_byte_for_byte() -> None:
    braces = "{{ $labels.pod }} ${{ github.sha }} {{- define }} {% raw %} ${#array[@]} #{x} {#id}"
    text = WHOLE.replace("Customers wait.", f"Customers wait. {braces}").replace(
        "```output\n0.031", f"```output\n{braces}"
    )
    runbook = parsed(text).runbook
    assert runbook.sections[1].intro == f"Customers wait. {braces}"
    command = runbook.steps[2].commands[0]
    assert command.output is not None
    assert command.output.text == braces


def test_an_illustration_in_another_language_stays_in_the_prose() -> None:
    text = WHOLE.replace("- above 1 →", "```yaml\nreplicas: 3\n```\n\n- above 1 →")
    part = parsed(text).runbook.steps[0].parts[-1]
    assert isinstance(part, Prose)
    assert part.markdown.startswith("```yaml\nreplicas: 3\n```\n\n- above 1")


def test_a_variable_is_filled_from_its_labels_or_under_its_own_name() -> None:
    text = WHOLE.replace("from: namespace", "from: [namespace, exported_namespace]")
    namespace, deployment = parsed(text).runbook.variables
    assert namespace.parameters == ("namespace", "exported_namespace")
    assert deployment.parameters == ("deployment",)
    assert namespace.accepts("shop")
    assert not namespace.accepts("shop; reboot")
    assert not namespace.accepts("shop\n")


def test_the_id_is_the_name_of_the_file() -> None:
    _, problems = parse_runbook(WHOLE, "runbooks/other.md")
    assert [str(problem) for problem in problems] == [
        "runbooks/other.md:2:5: the id `whole` is not the name of the file; they are one"
    ]


def test_text_without_front_matter_is_no_runbook() -> None:
    with pytest.raises(ProblemsError, match=r"runbooks/x\.md:1:1: a runbook starts with front matter"):
        parse_runbook("## Meaning\n", "runbooks/x.md")


def test_the_problems_of_all_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "whole.md").write_text(WHOLE, "utf-8")
    (tmp_path / "again.md").write_text(WHOLE.replace("id: whole", "id: again"), "utf-8")
    (tmp_path / "broken.md").write_text("---\nid: [\n---\n", "utf-8")
    (tmp_path / "latin.md").write_bytes("---\ntitle: Größe\n---\n".encode("latin-1"))
    library = load_runbooks(tmp_path, "runbooks")
    assert [runbook.id for runbook in library.runbooks] == ["again", "whole"]
    messages = "\n".join(map(str, library.problems))
    assert "runbooks/broken.md:" in messages
    assert "runbooks/latin.md:2:10: byte 0xf6 is not UTF-8" in messages
    files = [(source.page.front, list(marked(source.runbook))) for source in library.sources if source.page.front]
    assert [str(problem) for problem in uniqueness_problems(files)] == [
        "runbooks/whole.md:5:10: the alert `OrdersSlow` is already used in runbooks/again.md; "
        "an alert leads to one runbook"
    ]


def test_a_missing_folder_has_no_runbooks(tmp_path: Path) -> None:
    assert load_runbooks(tmp_path / "runbooks", "runbooks").runbooks == ()


def test_owners_services_and_items_that_nobody_declares_are_problems() -> None:
    text = WHOLE.replace("owner: platform", "owner: platfrom\nitems: [alerting-rules]")
    source = parsed(text)
    known = {"owner": {"platform"}, "service": {"order"}, "item": {"alerting-rules"}}
    assert name_mistakes(source.runbook, source.page.front, **known) == [
        "runbooks/whole.md:7:12: no service has the id `orders`; did you mean `order`?",
        "runbooks/whole.md:9:8: no owner has the id `platfrom`; did you mean `platform`?",
    ]
