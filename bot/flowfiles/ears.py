"""listening.yaml and listening/<language>.yaml become Ears: the word lists, and where each topic leads."""

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.core.listening import Ears, Lists, Topic, ears, form
from bot.core.text import Place
from bot.flowfiles.documents import Document
from bot.flowfiles.nodes import Scalar, Table
from bot.flowfiles.problems import did_you_mean

_KEYS = ("written-in", "crisis", "excuses", "topics", "groups", "fillers", "spellings", "real-words")
_KINDS = ("explicit", "indirect", "danger")
_LEAST, _LEAST_HANGUL = 2, 4  # letters; one Hangul syllable of "crisis" may be porridge
_SYLLABLES = re.compile("[가-힣].*[가-힣]")
_GROUPS, _SIGNS = re.compile("<([^<>]*)>"), re.compile(r"[<>+^$]|\.\.\.|\*.")
_GROUP = "<>"  # the list that words of a group stand in
_SHARED = ""  # the language of what listening.yaml itself holds
Phrases = dict[str, tuple[str, ...]]  # by language


def read_ears(
    document: Document, spoken: Mapping[str, Document], languages: Iterable[str], answers: tuple[str, ...]
) -> Ears:
    """The ears of a guide in `languages`.

    `spoken` are the lists of one language each; `answers` are those of the first question, which topics may lead to.
    """
    return _Reader(document, answers).ears({_SHARED: document, **spoken}, languages)


class _Reader:
    def __init__(self, document: Document, answers: tuple[str, ...]) -> None:
        self.document = document
        self.problems = document.problems
        self.answers = answers
        self.crisis: Phrases = {}
        self.excuses: Phrases = {}
        self.words: dict[str, Phrases] = {}  # by topic
        self.groups: dict[str, Phrases] = {}  # by name
        self.fillers: set[str] = set()
        self.spellings: dict[str, str] = {}
        self.real_words: set[str] = set()
        self.seen: list[tuple[str, str, str, Place]] = []  # in which list, language, phrase, place

    def ears(self, documents: Mapping[str, Document], languages: Iterable[str]) -> Ears:
        topics = self._topics()
        self.words = {name: {} for name in topics}
        self.crisis = dict.fromkeys(languages, ())
        for language, document in documents.items():
            self._lists(language, document, needed=len(documents) == 1 or language != _SHARED)
        for name, words in self.words.items():
            if not any(words.values()):
                self._missing(self.document.table(self.document.root, "topics").keys[name], "words")
        lists = Lists(
            self.crisis, self.excuses, self.words, frozenset(self.fillers), self.spellings, frozenset(self.real_words),
            self.groups,
        )  # fmt: skip
        self._named()
        heard = ears(lists, topics.values())
        self._twice(heard)
        return heard

    def _lists(self, language: str, document: Document, *, needed: bool) -> None:
        """Add what one file holds."""
        root = document.root
        document.known_keys(root, _KEYS)
        kinds = self._needed(root, "crisis") if needed else document.table(root, "crisis")
        document.known_keys(kinds, _KINDS)
        for kind in _KINDS:
            if needed and kinds.entries and kind not in kinds.entries:
                self._missing(kinds.place, kind)
            self.crisis[language] = (*self.crisis.get(language, ()), *self._list(kinds, kind, "crisis", language))
        self.excuses[language] = tuple(self._list(root, "excuses", "excuses", language))
        words = document.table(root, "topics")
        document.known_keys(words, self.words)
        for name in self.words.keys() & words.entries.keys():
            table, key = (words.entries[name], "words") if language == _SHARED else (words, name)
            if isinstance(table, Table):
                self.words[name][language] = tuple(self._list(table, key, name, language))
        groups = document.table(root, "groups")
        for name in groups.entries:
            self.groups.setdefault(name, {})[language] = tuple(self._list(groups, name, _GROUP, language))
        self.fillers.update(self._list(root, "fillers"))
        self.real_words.update(self._list(root, "real-words"))
        spellings = document.table(root, "spellings")
        self.spellings |= {word: document.word(spellings, word) for word in spellings.entries}

    def _needed(self, table: Table, key: str) -> Table:
        if key not in table.entries:
            self._missing(table.place, key)
        return self.document.table(table, key)

    def _missing(self, place: Place, key: str) -> None:
        self.problems.add(
            "F06", place, f"There is no `{key}:` here.",
            hurts="Nothing that people type about it would be understood.", fix="Add it, with phrases.",
        )  # fmt: skip

    def _list(self, table: Table, key: str, name: str = "", language: str = "") -> Iterator[str]:
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
                    self.seen.append((name, language, item.text, item.place))
                yield item.text

    def _empty(self, place: Place) -> None:
        self.problems.add(
            "F08", place, "Nothing stands in this list.",
            hurts="It would understand nothing.", fix="Write phrases into it, or delete the line.",
        )  # fmt: skip

    def _wants(self, place: Place, what: str, fix: str) -> None:
        self.problems.add("F07", place, what, hurts="What stands here would be left out.", fix=fix)

    def _named(self) -> None:
        """Phrases name word groups that exist, and groups hold words without signs."""
        known = {
            lang: [name for name, of in self.groups.items() if of.keys() & {lang, _SHARED}] for lang in self.crisis
        }
        for name, language, text, place in self.seen:
            if name == _GROUP:
                if _SIGNS.search(text):
                    self._wants(
                        place, f'"{text}" is no plain word.', "Use <, + and ... in phrases, not in word groups."
                    )
                continue
            for group in _GROUPS.findall(text):
                if group not in known[language]:
                    self.problems.add(
                        "F13", place, f'There is no word group "{group}".',
                        hurts="This phrase would mean something else.",
                        fix=did_you_mean(group, known[language]) or "Add it.",
                    )  # fmt: skip

    def _twice(self, heard: Ears) -> None:
        """A phrase stands in one list only, and is long enough to mean something."""
        first: dict[tuple[str, str, str], Place] = {}
        for name, language, text, place in self.seen:
            if name == _GROUP:
                continue
            letters = form(heard, text, language)
            parts = letters.count(" + ") == text.count("+")  # a part of mere fillers is gone
            hangul = any("ㄱ" <= letter <= "ㅣ" for letter in letters) and not _SYLLABLES.search(text)
            least = _LEAST_HANGUL if hangul and name in ("crisis", "excuses") else _LEAST
            if sum(map(str.isalnum, letters)) < least or not parts:
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

    def _topics(self) -> dict[str, Topic]:
        topics: dict[str, Topic] = {}
        for name, node in self._needed(self.document.root, "topics").entries.items():
            if isinstance(node, Table):
                self.document.known_keys(node, ("go", "words"))
                topics[name] = self._topic(name, node)
            else:
                self._wants(node.place, "A topic has `go:` below it.", "Write it on the next line, indented.")
        return topics

    def _topic(self, name: str, node: Table) -> Topic:
        go = node.entries.get("go")
        if isinstance(go, Scalar) and go.text in self.answers:
            return Topic(name, answer=go.text)
        if go is None:
            self.problems.add(
                "F06", node.place, f'The topic "{name}" leads nowhere.',
                hurts="Its button would do nothing.", fix="Add `go:` with an answer, a step or a flow.",
            )  # fmt: skip
            return Topic(name)
        return Topic(name, go=self._step(node, "go"))

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
