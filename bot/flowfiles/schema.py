"""JSON Schemas of the flow files, for the completion and the hover texts of editors.

They know every id of the guide; `check` decides what is right, an editor only helps to write it.
"""

from collections.abc import Iterable
from typing import Any, get_args

from bot.core.facts import FACT_LINES, ContactKind, FactKind
from bot.core.guide import RETURN, Guide
from bot.core.text import SKIP

Schema = dict[str, Any]

_SCALAR: Schema = {"type": ["string", "number", "boolean"]}  # an editor reads 109 and yes as such; we read text
_YES: Schema = {"enum": ["yes", "no", True, False]}
_DRAFT = "http://json-schema.org/draft-07/schema#"


def schemas(guide: Guide) -> dict[str, Schema]:
    """Name of the file -> schema: `flow`, `facts` and `letter`."""
    common = _common(guide)
    return {name: {"$schema": _DRAFT, **body, "$defs": common} for name, body in (
        ("flow", _flow(guide)), ("facts", _facts(guide)), ("letter", _letter(guide)),
    )}  # fmt: skip


def kind_of(name: str) -> str | None:
    """Which schema a file below flows/ has, by its name without `.yaml`; None: one without."""
    if name.startswith("facts/"):
        return "facts"
    if name.startswith("letters/"):
        return "letter"
    beside = ("words/", "people/", "journeys/", "listening/")
    alone = ("guide", "interface", "interrupts", "listening", "care")
    return None if name.startswith(beside) or name in alone else "flow"


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _one_of(names: Iterable[str], about: str) -> Schema:
    """Completion for known names; any other text is left to `check`."""
    return {"anyOf": [{"enum": sorted(names)}, {"type": "string"}], "description": about}


def _table(about: str, required: tuple[str, ...] = (), **properties: Schema) -> Schema:
    named = {name.replace("_", "-"): body for name, body in properties.items()}
    found: Schema = {"type": "object", "properties": named, "additionalProperties": False, "description": about}
    return {**found, "required": list(required)} if required else found


def _common(guide: Guide) -> Schema:
    steps = {*guide.steps, *(step.rpartition("/")[0] for step in guide.steps), RETURN}
    part = _table("A part of a text that is shown when its `when` fits.", ("text",),
                  when=_ref("when"), text=_SCALAR, **{"else": _SCALAR})  # fmt: skip
    return {
        "text": {
            "description": "Blank line: new paragraph. `- `: list. `**bold**`. {fact.<id>.phone} fills a number in.",
            "anyOf": [_SCALAR, {"type": "array", "items": part}],
        },
        "when": _when(guide),
        "go": _one_of(steps, "A step of this flow, flow/step, or a flow; `return` comes back from a called flow."),
        "then": {
            "description": "Where to go: a step, or lines of which the first that fits is used.",
            "anyOf": [_ref("go"), {"type": "array", "items": _ref("line")}],
        },
        "line": {"type": "object", "additionalProperties": False, "properties": {
            "when": _ref("when"), "go": _ref("go"), "else": _ref("go")}},
        "fact": _one_of(guide.facts, "The id of a fact in facts/."),
    }  # fmt: skip


def _when(guide: Guide) -> Schema:
    questions = {}
    for name, question in guide.questions.items():
        answers = [*(answer.id for answer in question.answers), SKIP]
        one: Schema = {"anyOf": [{"enum": [*answers, *guide.sets]}, _SCALAR]}
        some: Schema = {"anyOf": [one, {"type": "array", "items": one}]}
        other: Schema = {"type": "object", "properties": {"not": some}, "additionalProperties": False}
        questions[name] = {"anyOf": [some, other]}
    return {
        "description": "Keys are AND, a list is OR, {not: …} excludes; a set's name stands for its answers.",
        "type": "object",
        "properties": questions,
        "additionalProperties": False,
    }


def _flow(guide: Guide) -> Schema:
    steps = {"type": "object", "additionalProperties": _step(guide), "description": "The first step begins the flow."}
    return _table("A flow: one file of steps.", ("flow", "written-in", "steps"), flow=_SCALAR,
                  written_in={"enum": list(guide.languages)}, steps=steps)  # fmt: skip


def _step(guide: Guide) -> Schema:
    text, then, title = _ref("text"), _ref("then"), _ref("text")
    more = {"type": "array", "items": {"anyOf": [_ref("go"), _entry(guide)]},
            "description": "What can be opened from here, in this order."}  # fmt: skip
    facts = {"type": "array", "items": {"anyOf": [_ref("fact"), *_fact_entries(guide)]},
             "description": "Facts by id, or by what they are."}  # fmt: skip
    kinds = (
        _table("A question; its step name is the question's id.", ("ask", "answers", "then"),
               ask=text, title=title, answers=_answers(guide), then=then, careful=_YES),
        _table("Words shown above whatever comes next.", ("say", "then"), say=text, title=title, then=then),
        _table("Decides and shows nothing.", ("choose",), choose=then, title=title, careful=_YES),
        _table("Runs another flow and comes back.", ("call", "then"), call=_ref("go"), title=title, then=then),
        _table("A place to stop.", ("page", "title"), page=text, title=title, facts=facts, more=more, then=then,
               letter=_one_of(guide.letters, "A letter of letters/."),
               asks=_one_of(guide.questions, "A question offered below, while it is open."),
               careful={**_YES, "description": "About crisis, minors or evidence: never published with a stale word."},
               warns={**_YES, "description": "This text warns NOT to keep or send a picture."}),
    )  # fmt: skip
    return {"anyOf": list(kinds)}


def _answers(guide: Guide) -> Schema:
    own = _table("A button, shown where `when` fits.", ("label",), label=_ref("text"), when=_ref("when"))
    groups = sorted({platform.group for platform in guide.platforms.values()})
    taken = _table("Answers taken from the facts files.", ("from",), group={"enum": groups},
                   also={"type": "object"}, **{"from": {"enum": ["countries", "platforms"]}})  # fmt: skip
    return {"anyOf": [taken, {"type": "object", "additionalProperties": {"anyOf": [_SCALAR, own]}}]}


def _entry(guide: Guide) -> Schema:
    again = _one_of(guide.questions, "Asks this question once more.")
    return _table("One button.", (), go=_ref("go"), again=again, label=_ref("text"), when=_ref("when"))


def _fact_entries(guide: Guide) -> tuple[Schema, ...]:
    kinds: Schema = {"enum": list(get_args(FactKind))}
    places = ["answered", *guide.countries]
    return (
        _table("A fact by its id.", ("id",), id=_ref("fact"), when=_ref("when"), full=_YES),
        _table("Facts by what they are.", (), kind={"anyOf": [kinds, {"type": "array", "items": kinds}]},
               country={"enum": places}, platform={"enum": ["answered", *guide.platforms]},
               crisis_lines={"enum": ["answered"]}, way={"anyOf": [_SCALAR, {"type": "array"}]},
               at_most=_SCALAR, when=_ref("when")),
    )  # fmt: skip


def _facts(guide: Guide) -> Schema:
    lines = {name: _ref("text") for name in FACT_LINES}
    ways = dict.fromkeys(get_args(ContactKind), _SCALAR)
    contact = _table("One way in.", (), **ways, label=_ref("text"), hours=_hours(), when=_ref("when"))
    source = _table("Where it was read.", ("publisher",), publisher=_SCALAR, url=_SCALAR, date=_SCALAR)
    fact = _table(
        "One helpline, form, law, platform route or tool.", ("kind", "name", "sources", "checked", "again-after"),
        kind={"enum": list(get_args(FactKind))}, audience=_ref("when"), platform={"enum": list(guide.platforms)},
        name=_ref("text"), hours=_hours(), contacts={"type": "array", "items": contact},
        sources={"type": "array", "items": source}, checked=_SCALAR, checked_by=_SCALAR, again_after=_SCALAR, **lines,
    )  # fmt: skip
    return _table(
        "The facts of a country, or worldwide.", ("facts", "written-in"),
        country=_SCALAR, adds_to=_SCALAR, written_in={"enum": list(guide.languages)}, checked_by=_SCALAR,
        name=_ref("text"), zone=_SCALAR, crisis={"type": "array", "items": _ref("fact")},
        platforms={"type": "object"}, facts={"type": "object", "additionalProperties": fact},
    )  # fmt: skip


def _hours() -> Schema:
    week = _table("A week.", ("weekly",), weekly={"type": "array", "items": _SCALAR}, zone=_SCALAR)
    return {
        "anyOf": [{"enum": ["always", "unknown"]}, week],
        "description": "always, unknown, or {weekly: [mon-fri 09:00-18:00]}",
    }


def _letter(guide: Guide) -> Schema:
    return _table("A text with [blanks].", ("letter", "written-in", "title", "text"), letter=_SCALAR,
                  written_in={"enum": list(guide.languages)}, title=_ref("text"), text=_ref("text"),
                  language=_SCALAR)  # fmt: skip
