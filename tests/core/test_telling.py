"""A fact as words: what it does, what to know before, the ways in and when somebody answers."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.core.hours import Weekly
from bot.core.session import Session
from bot.core.shown import Button, ShownContact, ShownFact
from bot.core.telling import Telling
from bot.core.text import plain
from tests.person import SMALL, at
from tests.small import KR, NIGHT, NOON, US, guide


def telling(now: datetime | None = NOON, its: object = SMALL, **answers: str) -> Telling:
    return Telling(its, Session("en"), answers, now)  # type: ignore[arg-type]


def short(fact: str, now: datetime | None = NOON, **answers: str) -> ShownFact:
    return telling(now, **answers).short(SMALL.facts[fact], at(fact=fact))


def full(fact: str, now: datetime | None = NOON, **answers: str) -> ShownFact:
    return telling(now, **answers).full(SMALL.facts[fact])


def lines(shown: ShownFact) -> dict[str, str]:
    return {line.field: plain(line.blocks) for line in shown.lines}


def ways(shown: ShownFact) -> list[str]:
    return [contact.line for contact in shown.contacts]


def with_contact(contact: str) -> ShownContact:
    """The only contact of the US line, written as given."""
    its = guide(facts__us=US.replace('{call: "+1 800 555 0100"}', contact))
    (shown,) = telling(its=its).full(its.facts["us-day"]).contacts
    return shown


def with_hours(hours: str, now: datetime | None = NOON) -> tuple[tuple[str, ...], bool | None]:
    """The notes of the US line with other hours, and whether it is open."""
    its = guide(facts__us=US.replace("{weekly: [mon-fri 09:00-17:00, sat 10:00-12:00]}", hours))
    (shown,) = telling(now, its).full(its.facts["us-day"]).contacts
    return shown.notes, shown.open_now


def test_a_short_fact_says_what_it_does_and_what_to_know_before() -> None:
    """`before` is shown wherever a number or link is shown."""
    assert lines(short("world")) == {
        "short": "It finds a line near you.",
        "before": "It does not ask who you are.",
    }


def test_the_details_button_opens_the_detail_and_says_whose_it_is() -> None:
    """A screen reader meets several buttons called Details."""
    assert short("world").details == Button("choice", "Details", at(fact="world"), about="World help")


def test_a_short_fact_shows_one_way_in_of_each_kind() -> None:
    """A form and a site are both the web; more are on the detail."""
    assert ways(short("kr-centre", age="adult")) == ["직통 02-123-4567", "카카오톡 채널", "신청서"]


def test_a_way_in_that_does_not_fit_makes_room_for_the_next() -> None:
    """The form is for adults; others see the site."""
    assert ways(short("kr-centre", age="under-18")) == ["직통 02-123-4567", "카카오톡 채널", "https://example.org/"]


def test_a_detail_shows_every_way_in_that_fits() -> None:
    """All numbers, and links with the address in words."""
    assert ways(full("kr-centre", age="adult")) == [
        "직통 02-123-4567", "1366", "카카오톡 채널", "신청서", "https://example.org/",
    ]  # fmt: skip
    assert len(full("kr-centre", age="skip").contacts) == 4


def test_a_detail_shows_its_lines_with_labels_sources_and_the_day_it_was_checked() -> None:
    """Who doubts it can check it."""
    shown = full("kr-centre", age="adult")
    assert [(line.field, line.label) for line in shown.lines] == [
        ("short", ""), ("before", ""), ("does", "Label does"), ("penalty", "Label penalty"),
    ]  # fmt: skip
    assert [(source.publisher, source.url, source.date) for source in shown.sources] == [
        ("기관", "https://example.org/b", "2026-01-01")
    ]
    assert (shown.checked, shown.details, shown.full) == ("Checked on 2026-11-22", None, True)


def test_a_line_of_a_fact_follows_the_answers() -> None:
    """A minor reads what holds for minors."""
    assert lines(full("kr-centre", age="unsure"))["does"] == "부탁하지 않아도 지워요."
    assert lines(full("kr-centre", age="adult"))["does"] == "부탁하면 지워요."


def test_a_line_with_nothing_to_say_is_left_out() -> None:
    """A label without words would be read as a missing answer."""
    its = guide(facts__kr=KR.replace("        else: 부탁하면 지워요.\n", ""))
    shown = telling(its=its, age="adult").full(its.facts["kr-centre"])
    assert "does" not in lines(shown)


def test_a_line_of_many_countries_says_its_country_first() -> None:
    """A worldwide one has none to say."""
    day = telling().short(SMALL.facts["us-day"], at(), of_country=True)
    world = telling().short(SMALL.facts["world"], at(), of_country=True)
    assert next(iter(lines(day).items())) == ("country", "In United States")
    assert "country" not in lines(world)
    assert "country" not in lines(short("us-day"))


def test_a_number_is_dialled_by_one_press() -> None:
    """The button says it as written; its address is what a phone dials."""
    assert with_contact('{call: "+1 800-555 (01) 00"}').button == Button(
        "phone", "Call +1 800-555 (01) 00", value="tel:+18005550100"
    )
    assert with_contact('{text: "*99#"}').button == Button("phone", "Send text *99#", value="sms:*99%23")


def test_a_form_a_site_and_an_address_have_their_buttons() -> None:
    """A link's own label says more than the general word; an address is copied, not opened."""
    assert with_contact('{form: "https://example.org/f", label: To the form}').button == Button(
        "url", "To the form", value="https://example.org/f"
    )
    assert with_contact('{site: "https://example.org/s"}').button == Button(
        "url", "Open site", value="https://example.org/s"
    )
    assert with_contact("{mail: help@example.org}").button == Button("copy", "Copy mail", value="help@example.org")


def test_a_chat_without_an_address_is_named_and_has_no_button() -> None:
    """It is found inside another app."""
    chat = with_contact("{chat: Channel of the line}")
    assert (chat.line, chat.button) == ("Channel of the line", None)


def test_a_label_is_kept_apart_from_its_number() -> None:
    """Channels draw the number as a button and the label as text."""
    call = with_contact('{call: "1366", label: Direct}')
    assert (call.line, call.label) == ("Direct 1366", "Direct")


def test_only_calls_are_said_to_leave_a_trace() -> None:
    """A shared phone bill may show them."""
    assert "Leaves trace" in with_contact('{call: "1366"}').notes
    assert "Leaves trace" not in with_contact('{text: "1366"}').notes


def test_a_form_has_no_hours() -> None:
    """Hours are those of people who answer."""
    form = with_contact('{form: "https://example.org/f"}')
    assert (form.notes, form.open_now) == ((), None)


def test_hours_that_are_always_or_unknown_are_said_so() -> None:
    """Unknown is neither open nor closed."""
    assert with_hours("always") == (("Always open", "Leaves trace"), True)
    assert with_hours("unknown") == (("Hours unknown", "Leaves trace"), None)


def test_a_week_without_hours_is_unknown() -> None:
    """It has no next opening to name, and is not said to be open."""
    never = replace(SMALL.facts["us-day"], hours=Weekly(UTC, ()))
    contact = telling().short(never, at()).contacts[0]
    assert (contact.notes[0], contact.open_now) == ("Hours unknown", False)


def test_a_short_fact_says_only_whether_somebody_answers_now() -> None:
    """The week is on the detail."""
    assert short("us-day", NIGHT).contacts[0].notes == ("Open now", "Leaves trace")
    assert short("us-day", NOON).contacts[0].notes == ("Opens Wed 09:00", "Leaves trace")


def test_a_detail_adds_the_whole_week() -> None:
    """Days with the same hours are one run; holidays are not known."""
    notes, open_now = with_hours("{weekly: [mon-fri 09:00-17:00, sat 10:00-12:00]}", NIGHT)
    assert notes == ("Open now", "Usually Mon–Fri 09:00–17:00, Sat 10:00–12:00, Not on holidays", "Leaves trace")
    assert open_now is True


def test_runs_of_days_end_where_the_hours_change() -> None:
    """A gap in the week and a second span are told apart; runs stand in the order of the week."""
    notes, open_now = with_hours("{weekly: [wed 10:00-12:00, mon-tue 09:00-17:00, thu 09:00-17:00, mon 20:00-24:00]}")
    assert notes[1] == "Usually Mon–Tue 09:00–17:00, Mon 20:00–24:00, Wed 10:00–12:00, Thu 09:00–17:00, Not on holidays"
    assert open_now is False


def test_in_print_the_week_is_given_and_nothing_about_now() -> None:
    """The book has no moment."""
    assert short("us-day", None).contacts[0] == ShownContact(
        "+1 800 555 0100", "",
        ("Usually Mon–Fri 09:00–17:00, Sat 10:00–12:00, Not on holidays", "Leaves trace"),
        Button("phone", "Call +1 800 555 0100", value="tel:+18005550100"), None,
    )  # fmt: skip


def test_what_nobody_has_checked_for_too_long_is_shown_and_says_so() -> None:
    """From the day after it was due, short and whole; never in print, where no day is known."""
    last, late = datetime(2027, 2, 20, 12, tzinfo=UTC), datetime(2027, 2, 21, 12, tzinfo=UTC)
    assert "overdue" not in lines(short("world", last))
    assert lines(short("world", late))["overdue"] == "Last checked on 2026-11-22"
    assert lines(full("world", late))["overdue"] == "Last checked on 2026-11-22"
    assert "overdue" not in lines(short("world", None))
