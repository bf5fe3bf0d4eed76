"""What authors write, after reading and checking: the guide, immutable.

Nothing here reads a file or knows a channel. Every id is a plain string that authors chose;
sessions, tests and reports name things by these ids and never by position.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.facts import Country, Fact, Letter, Platform
from bot.core.listening import Ears, Topic
from bot.core.text import NOWHERE, Condition, Place, Text

CONTINUE = "continue"  # the answer of a page that has `then:`
AGAIN = "again:"  # prefix of the answer of a page that asks a question once more
RETURN = "return"  # the target that comes back from a called flow
TYPED = "typed"  # the stop of a path that began with a topic of typed words


@dataclass(frozen=True, slots=True)
class Target:
    """A step id (`flow/step`), replaced by a country's own flow where it has one; or `return`."""

    step: str
    by_country: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a branch: taken when `when` fits; `None` is `else` or a plain `then: x`."""

    when: Condition | None
    go: Target
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Answer:
    """`when` hides an answer that does not fit (platforms of another group)."""

    id: str
    label: Text
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A question. `id` is the question id and the stop id: unique over all flows."""

    id: str
    step: str  # flow/step
    text: Text
    answers: tuple[Answer, ...]
    then: tuple[Line, ...]
    title: Text | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Say:
    step: str
    text: Text
    then: tuple[Line, ...]
    title: Text | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Choose:
    step: str
    lines: tuple[Line, ...]
    title: Text | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Call:
    """Goes into another flow and comes back to `then` at its `return`."""

    step: str
    flow: Target
    then: tuple[Line, ...]
    title: Text | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class More:
    """One entry of a page: opens a step, or asks a question once more (`again`)."""

    answer: str  # the answer id that a session keeps
    go: Target | None
    again: str | None = None  # question id
    when: Condition | None = None
    label: Text | None = None  # where absent: the title of the step it leads to
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class FactById:
    id: str
    when: Condition | None = None
    full: bool = False  # show the whole detail on the page
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class FactQuery:
    """Facts by what they are. `country` and `platform` are an id or the word `answered`."""

    kinds: frozenset[str] = frozenset()  # empty: any kind
    country: str | None = None
    platform: str | None = None
    crisis_lines: bool = False  # the country's own ordered list of crisis lines
    at_most: int | None = None
    when: Condition | None = None
    place: Place = NOWHERE
    ways: frozenset[str] = frozenset()  # only facts with one of these ways in; empty: any


FactEntry = FactById | FactQuery


@dataclass(frozen=True, slots=True)
class Page:
    """A stop that holds text, facts and what can be opened from there."""

    step: str
    title: Text
    text: Text
    facts: tuple[FactEntry, ...] = ()
    more: tuple[More, ...] = ()
    then: tuple[Line, ...] = ()
    asks: str | None = None  # question id whose answers are offered below the page
    letter: str | None = None
    careful: bool = False
    warns: bool = False
    place: Place = NOWHERE


Step = Ask | Say | Choose | Call | Page


@dataclass(frozen=True, slots=True)
class Interrupt:
    """A flow reachable from every screen; `inside` is the label of its button on its own screens.

    A `quiet` one stands small among the buttons at the foot.
    """

    id: str
    button: Text
    inside: Text
    first: str  # flow/step
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """All of flows/, read and checked. `fingerprint` covers ids and their order, not texts."""

    languages: Mapping[str, str]  # code -> its own name
    fallback: Mapping[str, tuple[str, ...]]
    start: str  # flow/step
    steps: Mapping[str, Step]
    questions: Mapping[str, Ask]
    facts: Mapping[str, Fact]
    letters: Mapping[str, Letter]
    countries: Mapping[str, Country]
    platforms: Mapping[str, Platform]
    interrupts: Mapping[str, Interrupt]
    texts: Mapping[str, Text]  # the interface's own words, INTERFACE_TEXTS
    lines_anywhere: Mapping[str, tuple[str, ...]]  # language -> crisis facts while the country is unknown
    default_language: str
    other_language: str = ""  # for people who asked only for languages that the guide does not speak
    lines_elsewhere: tuple[str, ...] = ()  # crisis facts for a country that the guide has no list for
    platform_questions: tuple[str, ...] = ()  # questions whose answers come from the platforms
    sets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ears: Ears | None = None  # what typed words are taken for; None: everything is unknown
    facts_of: Mapping[str, tuple[Fact, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """`facts_of` finds the facts of a country or a platform without looking at all of them."""
        found: dict[str, list[Fact]] = {}
        for fact in self.facts.values():
            for name in (fact.country, fact.platform):
                if name:
                    found.setdefault(name, []).append(fact)
        object.__setattr__(self, "facts_of", {name: tuple(facts) for name, facts in found.items()})

    @property
    def topics(self) -> Mapping[str, Topic]:
        """What typed words may be about, where this guide listens."""
        return self.ears.topics if self.ears else {}

    @property
    def begins(self) -> tuple[str, ...]:
        """The steps at which a path may begin: the first one, and those that topics open."""
        return (self.start, *(topic.go for topic in self.topics.values() if topic.go))


INTERFACE_TEXTS = (
    "back", "skip", "leave", "continue", "details", "start-again",
    "neutral-title", "neutral-line",
    "closed-title", "closed-text", "left-title", "left-text",
    "not-translated", "nothing-open-now",
    "call", "send-text", "open-form", "open-site", "copy-mail", "copy-number",
    "leaves-trace", "line-of-country",
    "always-open", "open-now", "opens-at", "usually", "hours-unknown", "not-on-holidays",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun",
    "label-does", "label-asks", "label-does-not-ask", "label-tells", "label-cost",
    "label-languages", "label-anonymous", "label-time", "label-caution", "label-law",
    "label-covers", "label-penalty", "label-since", "label-sources", "checked-on", "last-checked",
    "letter-hint", "copy-letter", "return", "exit", "choices",
    "stay-longer", "closes-after", "note-before", "closing-soon", "shift-twice", "shift-once",
    "telegram-note", "telegram-note-web", "telegram-about",
    "media-note", "media-stays", "typed-note", "typed-stays", "topic-note", "unknown-note", "not-it",
)  # fmt: skip
