"""The prose of the package: a docstring says in plain English what its module does, or what its function returns."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import opsbook

PACKAGE = Path(opsbook.__file__).parent
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DOCUMENTED = (ast.Module, ast.ClassDef, *FUNCTIONS)

IMPERATIVE = """
Accept Add Allow Answer Append Apply Arrange Ask Assemble Attach Become Begin Bind Blank Bound Bring Build Call
Carry Change Check Choose Close Collect Combine Compare Compile Compute Configure Confirm Connect Construct Continue
Convert Copy Count Cover Create Cut Decide Declare Decode Define Delete Deliver Derive Describe Detach Determine
Disable Discard Divide Do Draw Drop Emit Enable Encode End Ensure Enter Escape Evaluate Exclude Execute Expand
Explain Export Extend Extract Fail Fetch Fill Filter Find Finish Fit Fix Follow Forbid Forget Format Forward Gather
Generate Get Give Go Guard Handle Have Hear Hide Highlight Hold Identify Ignore Import Include Indent Insert Inspect
Install Iterate Join Judge Keep Kill Lay Leave Let Link List Listen Load Locate Look Make Mark Match Measure Mend
Merge Move Name Note Notify Obtain Omit Open Override Overwrite Pair Parse Pass Prepare Prevent Print Produce Prune
Pull Push Put Quote Raise Read Rebuild Receive Recognise Record Redirect Reduce Refer Refuse Register Reject Release
Reload Remember Remove Rename Render Repair Replace Report Require Reserve Reset Resolve Respond Restore Return
Reuse Reverse Rewrite Run Save Say Scan Search See Select Send Separate Serve Set Shift Shorten Show Silence Skip
Sort Split Start Stop Store Strip Suppress Swap Switch Take Tell Tidy Transform Translate Trim Try Turn Undo Unwrap
Exchange Limit Log Point Spend Subtract
Publish Update Use Validate Verify Visit Wait Walk Warn Watch Work Wrap Write Yield
"""
THIRD_PERSON = "Adds Checks Finds Gives Keeps Makes Raises Reads Returns Says Takes Tells Writes Yields"
VERBS = frozenset(f"{IMPERATIVE} {THIRD_PERSON}".split())
"""The words that may begin a docstring; a new verb is added to one of the two lists above.

A list decides, since an `s` at the end does not tell a verb from a noun.
"""

FORBIDDEN_TURNS = (
    re.compile(r"\bin[,;] .*\bout\b(?! of\b)"),
    re.compile(r"^In: |\bOut: "),
    re.compile(
        r"\b(?:an?|one)(?: [A-Z]{2,})? (?!if\b|than\b|unless\b|when\b|where\b)[\w-]+"
        r" an? (?:area|day|file|heading|item|line|mistake|page|role|run|script|term)\b"
    ),
    re.compile(r"\bstands? on line \S+ too\b"),
    re.compile(r"\banswers? to nothing\b"),
)
"""The forms that are read twice: "X in, Y out", "a track a role", "the id stands on line 12 too"."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        yield file.relative_to(PACKAGE).as_posix(), ast.parse(file.read_text("utf-8"))


def functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the functions and methods below `node`, except what is inside of functions."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, FUNCTIONS):
            yield from functions(child)
        else:
            yield child


def sentences(docstring: str) -> list[str]:
    """Return the sentences of a docstring, each on one line."""
    paragraphs = (" ".join(each.split()) for each in docstring.split("\n\n"))
    return [sentence for each in paragraphs for sentence in re.split(r"(?<=[.!?]) (?=[A-Z`])", each)]


def turns(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line of each docstring of `tree` that holds a forbidden turn, and the sentence that does."""
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and (docstring := ast.get_docstring(node)):
            for sentence in sentences(docstring):
                if any(turn.search(sentence) for turn in FORBIDDEN_TURNS):
                    yield getattr(node, "lineno", 1), sentence


def test_a_module_says_what_it_does() -> None:
    assert [module for module, tree in modules() if not ast.get_docstring(tree)] == []


def test_a_docstring_of_a_function_begins_with_a_verb() -> None:
    wrong = [
        f"{module}:{function.lineno} {function.name}: {docstring.splitlines()[0]}"
        for module, tree in modules()
        for function in functions(tree)
        if (docstring := ast.get_docstring(function)) and re.split(r"[\s,:;.]", docstring, maxsplit=1)[0] not in VERBS
    ]
    assert wrong == []


def test_no_docstring_holds_a_turn_that_is_read_twice() -> None:
    wrong = [f"{module}:{line} {sentence}" for module, tree in modules() for line, sentence in turns(tree)]
    assert wrong == []


def test_the_turns_that_are_read_twice_are_recognised() -> None:
    for docstring in (
        "Lines of Markdown in, its blocks out: headings and rules.",
        "Markdown text in; its front matter and links out, each with its line.",
        "In: a name. Out: a path.",
        "Onboarding: a track a role, in stages.",
        "Raise ProblemsError with one problem a mistake.",
        "Write one JSON line a script, as each ends.",
        "The id `x` stands on line 12 too.",
    ):
        assert list(turns(ast.parse(f'"""{docstring}"""'))) != []
    for docstring in (
        "Put what is read in, and leave out of it what is not.",
        "Fill it in. What is left out is noted.",
        "Give one where a page has none.",
    ):
        assert list(turns(ast.parse(f'"""{docstring}"""'))) == []
