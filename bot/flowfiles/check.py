"""`check`: all problems of a folder of flow files, from its letters to its longest path."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.core.guide import Guide
from bot.flowfiles.care import Care, read_care
from bot.flowfiles.minors import ages
from bot.flowfiles.passages import Corpus, Places, passages
from bot.flowfiles.people import check_visitors
from bot.flowfiles.problems import Problem, Problems
from bot.flowfiles.reading import Reading, read_folder
from bot.flowfiles.rules_care import check_care
from bot.flowfiles.rules_crisis import check_crisis, help_is_near
from bot.flowfiles.rules_facts import check_facts
from bot.flowfiles.rules_fit import check_fit
from bot.flowfiles.rules_graph import check_graph
from bot.flowfiles.rules_lengths import check_lengths, pages_are_short
from bot.flowfiles.rules_safety import check_safety, minors_are_warned
from bot.flowfiles.rules_screens import Measure, check_screens, plain_length
from bot.flowfiles.rules_texts import check_texts


def check_folder(folder: Path, measure: Measure = plain_length, today: date | None = None) -> list[Problem]:
    """Every problem of the flow files below a folder, in the order of their places.

    `measure` tells how long a screen is as a Telegram message; flow files know no channel. What has aged
    by `today` is named; None: nothing ages.
    """
    return check_reading(read_folder(folder), measure, today)


def check_reading(reading: Reading, measure: Measure = plain_length, today: date | None = None) -> list[Problem]:
    """Every problem of a reading. Of a guide with errors its words are looked at; the rest needs a sound one."""
    if reading.guide is not None and today is not None:
        check_facts(reading.guide, reading.problems, today)
    if reading.guide is not None:
        check_guide(reading.guide, reading.problems, measure, reading.files)
    elif reading.draft is not None:
        check_words(reading.draft, reading.problems, reading.files)
    return reading.problems.ordered


def usable(reading: Reading) -> Guide | None:
    """The guide, when nobody can get stuck in it; else None, with the reasons in the problems.

    What only `check` looks at (the screens) is left to it, so that a start takes no longer than it must.
    """
    if reading.guide is not None:
        check_graph(reading.guide, reading.problems)
        if not reading.problems.errors:
            check_fit(reading.guide, reading.problems)
    return None if reading.problems.errors else reading.guide


def check_guide(guide: Guide, problems: Problems, measure: Measure, files: Mapping[str, str]) -> None:
    """Add the problems that only the whole guide shows; screens are drawn only for a sound graph.

    `files` are the letters of the guide, for the lists of care.yaml and the places of words.
    """
    check_graph(guide, problems)
    sound = not problems.errors
    care = check_words(guide, problems, files)
    check_visitors(files, guide, problems)
    if sound:
        check_fit(guide, problems)
        check_crisis(guide, problems)
        near, warned = help_is_near(guide, problems), minors_are_warned(guide, care, problems)
        check_screens(guide, problems, measure, near, warned, pages_are_short(problems))


def check_words(guide: Guide, problems: Problems, files: Mapping[str, str]) -> Care:
    """Add the problems of the words alone; return the lists that they were held against."""
    care, found, places = read_care(files, guide.languages, problems), passages(guide), Places(files)
    corpora = [Corpus(language, found) for language in guide.languages]
    check_texts(guide, corpora, care, places, problems)
    check_care(corpora, care, ages(guide), places, problems)
    check_safety(guide, found, care, places, problems)
    check_lengths(guide, found, places, problems)
    return care
