"""Files become trees of plain text that know their places; what is off is said in an author's words."""

import pytest

from bot.flowfiles.nodes import Items, Scalar, Table
from tests.flowfiles.finding import nodes


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "010", "0x1F", "12:30", "1e3", "2026-11-22", "null", "~", "true", "1_000", ".inf"]
)
def test_every_value_stays_the_text_that_was_written(word: str) -> None:
    tree, found = nodes(f"a: {word}\n{word}: a\nlist: [{word}]\n")
    assert found == [] and tree is not None
    listed = tree.entries["list"]
    assert isinstance(tree.entries["a"], Scalar) and tree.entries["a"].text == word
    assert list(tree.entries) == ["a", word, "list"]
    assert isinstance(listed, Items) and isinstance(listed.items[0], Scalar) and listed.items[0].text == word


def test_nodes_and_keys_know_their_line_and_column() -> None:
    tree, _ = nodes("a: b\nsteps:\n  one: {say: hello}\n")
    assert tree is not None
    steps = tree.entries["steps"]
    assert isinstance(steps, Table)
    one = steps.entries["one"]
    assert isinstance(one, Table)
    assert str(tree.entries["a"].place) == "a.yaml:1:4"
    assert str(steps.keys["one"]) == "a.yaml:3:3"
    assert str(one.entries["say"].place) == "a.yaml:3:14"


def test_a_text_after_a_bar_is_marked_as_a_block() -> None:
    tree, _ = nodes("a: |\n  one\n  two\nb: c\n")
    assert tree is not None
    a, b = tree.entries["a"], tree.entries["b"]
    assert isinstance(a, Scalar) and isinstance(b, Scalar)
    assert (a.text, a.block, b.block) == ("one\ntwo\n", True, False)


@pytest.mark.parametrize(
    ("text", "code", "place", "says"),
    [
        ("", "F01", "1:1", "empty"),
        ("# a remark\n", "F01", "1:1", "empty"),
        ("only words\n", "F01", "1:1", "`name: value`"),
        ("- a\n- b\n", "F01", "1:1", "`name: value`"),
        ("a: b\n---\nc: d\n", "F01", "2:1", "one document"),
        ("a: &x b\n", "F02", "1:4", "anchors"),
        ("a: &x {b: c}\n", "F02", "1:4", "anchors"),
        ("a: b\nc: *x\n", "F02", "2:4", "anchors"),
        ("a: !x b\n", "F02", "1:4", "tags"),
        ("a: !!str b\n", "F02", "1:4", "tags"),
        ("a: !x [b]\n", "F02", "1:4", "tags"),
        ("a:\n  <<: {b: c}\n", "F02", "2:3", "merge"),
        ("[a]: b\n", "F02", "1:1", "one word"),
        ("a: b\na: c\n", "F05", "2:1", "already written at line 1"),
        ("x: {a: b, c: d, a: e}\n", "F05", "1:17", "already written at line 1"),
        ("a: Room\nb: Read this #now\n", "F03", "2:13", 'after " #"'),
    ],
)
def test_what_is_refused_is_named_where_it_stands(text: str, code: str, place: str, says: str) -> None:
    _, found = nodes(text)
    assert [(p.code, str(p.place)) for p in found if says in str(p)] == [(code, f"a.yaml:{place}")]
    assert all(problem.hurts and problem.fix for problem in found)


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("a: b\nsay: One thing: more\n", "2:15", 'two ":"'),
        ("a: b\n  c: d\n", "2:4", "indented below a text"),
        ("a:\n\tb: c\n", "2:1", "a tab"),
        ("a:\n  b: c\n\td: e\n", "3:1", "a tab"),
        ("a: |\n\tb\n", "2:1", "a tab"),
        ('a: "open\nb: c\n', "1:4", "quote was opened and never closed"),
        ("a: 'open\nb: c\n", "1:4", "quote was opened and never closed"),
        ('a: "C:\\dir"\n', "1:4", "means something else"),
        ("a:\n    b: c\n  d: e\n", "3:3", "not lined up"),
        ("a: b\nno colon\nc: d\n", "2:1", 'without ":"'),
        ("a: |\n  b\nc\n", "3:1", 'without ":"'),
        ("a: @b\n", "1:4", "keeps for itself"),
        ("a: `b`\n", "1:4", "keeps for itself"),
        ("a: %d\n", "1:4", "keeps for itself"),
        ("a: *\n", "1:5", "keeps for itself"),
        ("a: |b\n", "1:5", "may stand after `|`"),
        ("a: [b, c\n", "1:4", "[ was opened"),
        ("a: {b: c\nd: e\n", "1:4", "{ was opened"),
        ("a: [b]]\n", "1:7", "not lined up"),
        ("a: - b\n", "1:4", "no list can begin"),
        ("a:\n  - b\n  c: d\n", "3:3", "without `-`"),
        ("a: b\nc: d\x00e\n", "2:5", "cannot be shown"),
        ("a: b\nc: \udcffe\n", "2:4", "cannot be shown"),
        ("a: " + "[" * 400 + "]" * 400 + "\n", "1:33", "too deeply"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem_in_an_authors_words(text: str, place: str, says: str) -> None:
    tree, found = nodes(text)
    assert tree is None
    assert [(p.code, str(p.place)) for p in found] == [("F02", f"a.yaml:{place}")]
    assert says in found[0].what
    assert found[0].hurts and found[0].fix


@pytest.mark.parametrize("text", ['a: "Room #3 b"\n', "a: |\n  Room #3 b\n", "a: room#3 b\n", "a: 3 words # 5\n"])
def test_a_number_sign_that_cuts_nothing_off_is_left_alone(text: str) -> None:
    assert nodes(text)[1] == []


def test_what_is_refused_is_left_out_and_the_rest_is_read() -> None:
    tree, found = nodes("a: b\na: c\nd: &x e\nf: *x\ng: h\n")
    assert tree is not None and len(found) == 3
    assert list(tree.entries) == ["a", "d", "f", "g"]
    assert isinstance(tree.entries["a"], Scalar) and tree.entries["a"].text == "b"
