"""listening.yaml becomes Ears: the word lists, and where each topic leads."""

from collections.abc import Iterator, Mapping

from bot.core.guide import Target
from bot.core.listening import Ears, Lists, Topic, ears, form
from bot.core.text import Place
from bot.flowfiles.documents import Document
from bot.flowfiles.nodes import Scalar, Table
from bot.flowfiles.problems import did_you_mean

_KEYS = ("written-in", "crisis", "excuses", "topics", "fillers", "spellings", "real-words")
_KINDS = ("explicit", "indirect", "danger")
_LEAST, _LEAST_HANGUL = 2, 4  # letters; four in Hangul are two syllables: one of "crisis" may be porridge
Phrases = dict[str, tuple[str, ...]]  # by language


def read_ears(document: Document, answers: tuple[str, ...]) -> Ears:
    """The ears of a guide; `answers` are those of its first question, which topics may lead to."""
    return _Reader(document, answers).ears()


class _Reader:
    def __init__(self, document: Document, answers: tuple[str, ...]) -> None:
        self.document = document
        self.problems = document.problems
        self.answers = answers
        self.seen: list[tuple[str, str, str, Place]] = []  # in which list, language, phrase, place

    def ears(self) -> Ears:
        document, root = self.document, self.document.root
        document.known_keys(root, _KEYS)
        crisis: Phrases = {}
        kinds = self._needed(root, "crisis")
        document.known_keys(kinds, _KINDS)
        for kind in _KINDS:
            for language, phrases in self._phrases(self._needed(kinds, kind), "crisis").items():
                crisis[language] = (*crisis.get(language, ()), *phrases)
        excuses = self._phrases(document.table(root, "excuses"), "excuses") if "excuses" in root.entries else {}
        topics: dict[str, Topic] = {}
        words: dict[str, Phrases] = {}
        for name, node in self._needed(root, "topics").entries.items():
            if isinstance(node, Table):
                document.known_keys(node, ("go", "words"))
                topics[name] = self._topic(name, node)
                words[name] = self._phrases(self._needed(node, "words"), name)
            else:
                self._wants(node.place, "A topic has `go:` and `words:`.", "Write them on the next lines, indented.")
        spellings = document.table(root, "spellings")
        meant = {word: document.word(spellings, word) for word in spellings.entries}
        fillers, real = (frozenset(self._list(root, key)) for key in ("fillers", "real-words"))
        lists = Lists(crisis, excuses, words, fillers, meant, real)
        heard = ears(lists, topics.values())
        self._twice(heard)
        return heard

    def _needed(self, table: Table, key: str) -> Table:
        if key not in table.entries:
            self.problems.add(
                "F06", table.place, f"There is no `{key}:` here.",
                hurts="Nothing that people type about it would be understood.", fix="Add it, with phrases.",
            )  # fmt: skip
        return self.document.table(table, key)

    def _phrases(self, table: Table, name: str) -> Phrases:
        """Language -> phrases."""
        found = {language: tuple(self._list(table, language, name)) for language in table.entries}
        if not found:
            self._empty(table.place)
        return found

    def _list(self, table: Table, key: str, name: str = "") -> Iterator[str]:
        items = self.document.list(table, key)
        if not items and key in table.entries:
            self._empty(table.entries[key].place)
        for item in items:
            if not isinstance(item, Scalar):
                self._wants(item.place, "A phrase is a text.", "Write it out, with commas between phrases.")
            elif not item.text.strip():
                self._empty(item.place)
            else:
                if name:
                    self.seen.append((name, key, item.text, item.place))
                yield item.text

    def _empty(self, place: Place) -> None:
        self.problems.add(
            "F08", place, "Nothing stands in this list.",
            hurts="It would understand nothing.", fix="Write phrases into it, or delete the line.",
        )  # fmt: skip

    def _wants(self, place: Place, what: str, fix: str) -> None:
        self.problems.add("F07", place, what, hurts="What stands here would be left out.", fix=fix)

    def _twice(self, heard: Ears) -> None:
        """A phrase stands in one list only, and is long enough to mean something."""
        first: dict[tuple[str, str, str], Place] = {}
        for name, language, text, place in self.seen:
            letters = form(heard, text)
            hangul = any("ㄱ" <= letter <= "ㅣ" for letter in letters)
            if sum(map(str.isalnum, letters)) < (_LEAST_HANGUL if hangul and name in ("crisis", "excuses") else _LEAST):
                self.problems.add(
                    "F80", place, f'"{text}" is too short.',
                    hurts="It would be heard in much that means something else.", fix="Write a longer phrase.",
                )  # fmt: skip
            # an excuse that is a crisis phrase too would take it back always
            key = ("crisis" if name == "excuses" else name, language, letters)
            if key in first:
                self.problems.add(
                    "F81", place, f'"{text}" is heard already by the phrase at {first[key]}.',
                    hurts="Who deletes or excuses one of the two would be mistaken about the other.", fix="Delete one.",
                )  # fmt: skip
            first.setdefault(key, place)

    # --- where a topic leads -----------------------------------------------------------

    def _topic(self, name: str, node: Table) -> Topic:
        go = node.entries.get("go")
        if isinstance(go, Scalar) and go.text in self.answers:
            return Topic(name, answer=go.text)
        if isinstance(go, Table):
            return Topic(name, self._by_country(go))
        if go is None:
            self.problems.add(
                "F06", node.place, f'The topic "{name}" leads nowhere.',
                hurts="Its button would do nothing.", fix="Add `go:` with an answer, a step or a flow.",
            )  # fmt: skip
            return Topic(name)
        step = self._step(node, "go")
        return Topic(name, Target(step) if step else None)

    def _by_country(self, table: Table) -> Target | None:
        countries = self.document.names.countries
        self.document.known_keys(table, ("else", *countries))
        steps: Mapping[str, str | None] = {key: self._step(table, key) for key in table.entries}
        if "else" not in table.entries:
            self.problems.add(
                "F06", table.place, "There is no `else:`.",
                hurts="People in other countries would stand before a dead button.", fix="Add it, with a step.",
            )  # fmt: skip
        last = steps.get("else")
        return Target(last, {c: step for c in countries if (step := steps.get(c))}) if last else None

    def _step(self, table: Table, key: str) -> str | None:
        flows, word = self.document.names.flows, self.document.word(table, key)
        flow, _, step = word.rpartition("/")
        if step in flows.get(flow, ()):
            return word
        if flows.get(word):
            return f"{word}/{flows[word][0]}"
        known = [*self.answers, *flows, *(f"{flow}/{step}" for flow, steps in flows.items() for step in steps)]
        self.problems.add(
            "F11", table.entries[key].place, f'"{word}" is not an answer, a step or a flow.',
            hurts="Its button would do nothing.", fix=did_you_mean(word, known),
        )  # fmt: skip
        return None
