"""The schemas that editors use accept every shipped file and mark what is mistyped."""

import json

import pytest
import yaml
from jsonschema import Draft7Validator

from bot.flowfiles.reading import read_folder
from bot.flowfiles.schema import kind_of, schemas
from bot.settings import FLOWS
from tests.small import FILES, KR, PLAN, START, guide

SHIPPED = read_folder(FLOWS).guide
assert SHIPPED is not None
SCHEMAS = schemas(SHIPPED)
SMALL = schemas(guide())


def wrong(name: str, text: str, known: dict[str, dict[str, object]] = SMALL) -> list[str]:
    """What an editor would mark, reading numbers and dates as an editor does."""
    kind = kind_of(name)
    assert kind is not None
    found = yaml.load(text, yaml.BaseLoader)
    return [error.message for error in Draft7Validator(known[kind]).iter_errors(found)]


def shipped() -> list[str]:
    names = (path.relative_to(FLOWS).as_posix().removesuffix(".yaml") for path in sorted(FLOWS.rglob("*.yaml")))
    return [name for name in names if kind_of(name)]


@pytest.mark.parametrize("name", ["flow", "facts", "letter"])
def test_a_schema_is_one(name: str) -> None:
    """By the standard's own schema."""
    Draft7Validator.check_schema(SCHEMAS[name])


def test_every_shipped_file_is_accepted() -> None:
    """An editor that marks good lines is switched off."""
    assert len(shipped()) > 60
    marked = {name: wrong(name, (FLOWS / f"{name}.yaml").read_text("utf-8"), SCHEMAS) for name in shipped()}
    assert {name: errors[:1] for name, errors in marked.items() if errors} == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plan", PLAN.replace("title: What to note", "titel: What to note")),
        ("plan", PLAN.replace("when: {age: adult}", "when: {agee: adult}")),
        ("start", START.replace("answers:", "anwers:", 1)),
        ("start", START.replace("flow: start\n", "")),
        ("facts/kr", KR.replace("kind: crisis", "kind: crises")),
        ("facts/kr", KR.replace("{call: \"1366\", hours: always}", "{cal: \"1366\", hours: always}")),
        ("facts/kr", KR.replace("audience", "audiences") + "\n  x: 1\n"),
    ],
)  # fmt: skip
def test_a_mistyped_key_is_marked(name: str, text: str) -> None:
    """While it is written, before `check` is run."""
    assert wrong(name, FILES[f"{name}.yaml"]) == []
    assert wrong(name, text)


def test_completion_knows_the_guides_own_names() -> None:
    """Steps, facts, questions, answers and sets."""
    common = SMALL["flow"]["$defs"]
    assert {"plan/evidence", "plan", "return"} <= set(common["go"]["anyOf"][0]["enum"])
    assert "kr-night" in common["fact"]["anyOf"][0]["enum"]
    ages = common["when"]["properties"]["age"]["anyOf"][0]["anyOf"][0]["anyOf"][0]["enum"]
    assert {"adult", "skip", "minor"} <= set(ages)


def test_files_of_another_shape_have_no_schema() -> None:
    """Translations, tests and the frame."""
    assert [kind_of(name) for name in ("words/en/plan", "people/young", "guide")] == [None, None, None]
    assert [kind_of(name) for name in ("kr/plan", "letters/a", "facts/kr")] == ["flow", "letter", "facts"]


def test_every_shipped_file_names_its_schema() -> None:
    """So that an editor finds it without being told."""
    for name in shipped():
        up = "../" * name.count("/")
        first = (FLOWS / f"{name}.yaml").read_text("utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema={up}.schema/{kind_of(name)}.json", name


def test_the_shipped_schemas_are_current() -> None:
    """`python -m bot schema` writes them."""
    for name, schema in SCHEMAS.items():
        assert json.loads((FLOWS / ".schema" / f"{name}.json").read_text("utf-8")) == schema
