"""Rules about facts as they age: what nobody has checked for too long is named, and stops a release."""

from datetime import date

from bot.core.guide import Guide
from bot.flowfiles.problems import Problems


def check_facts(guide: Guide, problems: Problems, today: date) -> None:
    """Add a warning for every fact that should have been checked again before `today`."""
    for name, fact in guide.facts.items():
        if fact.due < today:
            problems.warn(
                "F49", fact.place, f'"{name}" was to be checked again by {fact.due.isoformat()}.',
                hurts="People may call a number that has changed; they are told that nobody has checked it since.",
                fix=f"Look at its sources, mend it, then: python -m bot facts ok {name}",
            )  # fmt: skip
        if fact.checked > today:
            problems.warn(
                "F49", fact.place, f'"{name}" says that it was checked on a day to come.',
                hurts="Nobody would be reminded in time.", fix="Write the day on which it was checked.",
            )  # fmt: skip
