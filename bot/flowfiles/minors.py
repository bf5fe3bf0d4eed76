"""Who is or may be a minor: by which questions, and by which of their answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.core.guide import Guide
from bot.core.text import SKIP, Condition

_UNKNOWN = frozenset({"unsure", SKIP})


@dataclass(frozen=True, slots=True)
class Ages:
    """`protected` are the answers of whoever is or may be below one age, to any of `questions`."""

    questions: frozenset[str]
    protected: frozenset[str]

    def shut_out(self, when: Condition | None) -> bool:
        """Whether a condition keeps out everybody who is protected."""
        clauses = when.clauses if when else ()
        return any(not wanted & self.protected for question, wanted in clauses if question in self.questions)

    def kept_for(self, when: Condition) -> bool:
        """Whether a condition fits everybody who is protected, so that its `else` reaches none of them."""
        return all(question in self.questions and self.protected <= wanted for question, wanted in when.clauses)

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Whether these are the answers of somebody who is protected."""
        return any(answers.get(question, SKIP) in self.protected for question in self.questions)


def ages(guide: Guide) -> Ages:
    """Everybody who is protected by any of the guide's sets."""
    return _ages(guide, frozenset[str]().union(*_sets(guide)))


def each_age(guide: Guide) -> Iterator[Ages]:
    """Each of the guide's sets by itself: below 18, below 19."""
    for protected in dict.fromkeys(_sets(guide)):
        yield _ages(guide, protected)


def _sets(guide: Guide) -> Iterator[frozenset[str]]:
    """The sets that hold who is unsure or did not say: those treat them as minors."""
    return (answers for answers in guide.sets.values() if answers >= _UNKNOWN)


def _ages(guide: Guide, protected: frozenset[str]) -> Ages:
    known = protected - _UNKNOWN
    asked = (name for name, question in guide.questions.items() if known & {answer.id for answer in question.answers})
    return Ages(frozenset(asked), protected)
