"""The web chat over real HTTP: screens only by POST, kind ends, no echo of bad input."""

import re
from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from aiohttp import ClientSession

from bot.channels.web.app import accepted
from bot.core.session import Session
from tests.channels.webserver import FORM, IDLE, Chat
from tests.small import NIGHT, NOON

CANARY = "canary7f3a"


class Person:
    """Somebody whose browser has neither JavaScript nor cookies."""

    def __init__(self, chat: Chat, client: ClientSession) -> None:
        self.chat = chat
        self.client = client

    async def opens(self, path: str = "", **headers: str) -> str:
        """The page of an address."""
        async with self.client.get(self.chat.url + path, headers=headers) as answer:
            assert answer.status == 200
            return await answer.text()

    async def presses(self, page: str, label: str, **headers: str) -> str:
        """The page after the button with this label."""
        found = re.search(r'name="(\w+)" value="([^"]+)"[^>]*>' + re.escape(label), page)
        assert found, label
        return await self.sends({found[1]: found[2]}, **headers)

    async def sends(self, fields: dict[str, str], **headers: str) -> str:
        """The page after a form with these fields."""
        async with self.client.post(self.chat.url, data=fields, headers=headers) as answer:
            assert answer.status == 200
            return await answer.text()


@pytest.fixture
async def chat() -> AsyncIterator[Chat]:
    """A served chat over the small guide."""
    async with Chat() as served:
        yield served


@pytest.fixture
async def person(chat: Chat) -> AsyncIterator[Person]:
    """Somebody who opens it."""
    async with ClientSession() as client:
        yield Person(chat, client)


async def test_a_person_without_javascript_reaches_the_plan_in_three_presses(person: Person) -> None:
    """Every press is a plain form POST and answers with the next screen."""
    page = await person.opens()
    for label in ("I found a picture", "18 or older", "United States"):
        page = await person.presses(page, label)
    assert "You do not have to do this alone." in page
    assert "https://example.org/adult" in page


async def test_the_token_stands_in_no_address(chat: Chat, person: Person) -> None:
    """No link and no form action carries a token: histories and logs of others never see one."""
    page = await person.opens()
    assert len(chat.pressing.token(Session("en"), b"web")) == 64
    assert not re.search(r'(href|action|src)="[^"]*[A-Za-z0-9_-]{64}', page)
    assert 'method="post" action="/"' in page


async def test_the_page_has_no_field_and_nothing_to_send_but_buttons(person: Person) -> None:
    """No upload and no text field anywhere: nobody can hand over a picture or words."""
    page = await person.opens()
    for label in ("I found a picture", "18 or older", "대한민국", "Details"):
        page = await person.presses(page, label)
        assert not re.search(r"<(input|textarea|select|iframe|object|embed|img|video)\b", page)


async def test_the_language_follows_the_browser_and_can_be_changed(person: Person) -> None:
    """Accept-Language decides first; the button changes it and keeps the place."""
    page = await person.opens(**{"Accept-Language": "fr, ko-KR;q=0.9, en;q=0.1"})
    assert '<html lang="ko">' in page
    page = await person.presses(page, "English")
    assert '<html lang="en">' in page


async def test_numbers_can_be_dialled_and_forms_open_without_telling_where_from(person: Person) -> None:
    """Phone numbers are tel: links; pages of others open with noreferrer."""
    page = await person.opens()
    for label in ("I found a picture", "18 or older", "대한민국", "Details"):
        page = await person.presses(page, label)
    assert 'href="tel:021234567"' in page
    assert re.search(r'href="https://example.org/form" rel="noreferrer noopener nofollow"', page)


async def test_the_exit_comes_first_and_leads_away(person: Person) -> None:
    """The first thing in reading order is a real link to the neutral page."""
    page = await person.opens()
    first = re.search(r"<(a|button)[^>]*>", page[page.index("<body") :])
    assert first and 'id="exit"' in first[0] and 'href="https://example.org/weather"' in first[0]


async def test_an_expired_token_gives_the_kind_screen_with_start_again(chat: Chat, person: Person) -> None:
    """After the idle limit a button tells that the page closed itself, and shows the lines."""
    page = await person.opens()
    chat.now += 2 * IDLE
    page = await person.presses(page, "I found a picture")
    assert "Closed text" in page
    assert "World help" in page
    assert "Start again" in page


async def test_start_again_on_a_closed_screen_never_dies_itself(chat: Chat, person: Person) -> None:
    """However long the closed screen stood there, its button opens the first screen, in its language."""
    page = await person.opens(**{"Accept-Language": "ko"})
    chat.now += 2 * IDLE
    page = await person.presses(page, "I found a picture", **{"Accept-Language": "ko"})
    chat.now += 100 * IDLE
    page = await person.presses(page, "Start again", **{"Accept-Language": "en"})
    assert "What is closest?" in page and '<html lang="ko">' in page


async def test_a_press_on_stay_longer_gives_the_same_screen_a_new_life(chat: Chat, person: Person) -> None:
    """The screen says how long it lives; staying shows it once more, and its buttons outlive the old ones."""
    page = await person.presses(await person.opens(), "I found a picture")
    chat.now += 0.9 * IDLE
    stayed = await person.presses(page, "Stay longer")
    chat.now += 0.9 * IDLE
    assert "How old are you?" in stayed
    assert "Closes after" in page and f'data-idle="{IDLE}"' in page
    assert "Where do you live?" in await person.presses(stayed, "18 or older")
    assert "Closed text" in await person.presses(page, "18 or older")


async def test_the_screen_that_is_shown_at_the_end_holds_for_any_time(chat: Chat, person: Person) -> None:
    """A page asks for it early and shows it late: its hours are words, nothing on it is open just now."""
    chat.time = NIGHT
    page = await person.sends({"closed": "ko"}, **{"Accept-Language": "en"})
    assert "Closed text" in page and '<html lang="ko">' in page and "tel:109" in page
    chat.time = NOON
    assert await person.sends({"closed": "ko"}) == page
    assert "data-idle" not in page and "Stay longer" not in page


async def test_somebody_whose_language_is_not_offered_gets_the_one_meant_for_others(person: Person) -> None:
    """French only: English in this guide; nothing named at all: the default language."""
    assert '<html lang="en">' in await person.opens(**{"Accept-Language": "fr-FR"})


@pytest.mark.parametrize("token", ["", "x", "A" * 64, "ü" * 10, "A" * 500])
async def test_a_forged_token_gives_the_same_kind_screen_without_an_echo(person: Person, token: str) -> None:
    """Whatever was sent instead of a token, the answer is the same and repeats nothing of it."""
    text = await person.sends({"t": CANARY + token})
    assert "Start again" in text
    assert CANARY not in text


@pytest.mark.parametrize("name", ["leave", "start", "closed"])
async def test_a_language_that_nobody_offers_is_not_repeated(person: Person, name: str) -> None:
    """The other fields hold a language and nothing else."""
    text = await person.sends({name: f'"><script>{CANARY}'})
    assert '<html lang="en">' in text
    assert CANARY not in text


async def test_leaving_shows_a_screen_that_tells_nothing(person: Person) -> None:
    """The screen after leaving has no facts and one way to begin again."""
    page = await person.presses(await person.opens(), "Leave")
    assert "Left text" in page
    assert "World help" not in page and "Stay longer" not in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
async def test_a_press_from_another_site_shows_only_the_first_screen(
    chat: Chat, person: Person, headers: dict[str, str]
) -> None:
    """A page elsewhere that posts a token does not see or move anything."""
    token = chat.pressing.token(Session("en", (("situation", "found"),)), b"web")
    assert "What is closest?" in await person.sends({"t": token}, **headers)
    assert "What is closest?" in await person.sends({"leave": "en"}, **headers)


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}])
async def test_a_press_from_our_own_page_is_taken(chat: Chat, person: Person, headers: dict[str, str]) -> None:
    """A form that sends no referrer sends `Origin: null`, and older browsers send neither header."""
    token = chat.pressing.token(Session("en", (("situation", "found"),)), b"web")
    assert "How old are you?" in await person.sends({"t": token}, **headers)
    assert "How old are you?" in await person.sends({"t": token}, Origin=chat.url.rstrip("/"))


async def test_what_a_proxy_says_changes_nothing(person: Person) -> None:
    """No header that names another host, address or path finds its way into a page."""
    told = (
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Original-URL",
        "X-Rewrite-URL", "X-HTTP-Method-Override", "Forwarded", "Via", "Cookie", "Referer", "User-Agent",
    )  # fmt: skip
    plain = await person.opens()
    changed = await person.opens(**dict.fromkeys(told, f"{CANARY}.example"))
    untold = [re.sub(r'name="t" value="[^"]+"', "", page) for page in (plain, changed)]
    assert untold[0] == untold[1]


async def test_a_failure_is_a_short_page_and_the_chat_goes_on(chat: Chat, person: Person) -> None:
    """An unexpected exception shows a bare status, and the next person is served."""

    def broken() -> datetime:
        raise RuntimeError(CANARY)

    chat.pressing.wall = broken
    failed = await chat.answer(chat.asked())
    assert (failed.status, failed.body) == (500, "500\n")
    chat.pressing.wall = lambda: NOON
    assert "What is closest?" in await person.opens()


async def test_the_first_of_two_fields_of_one_name_counts(chat: Chat) -> None:
    """A second token behind the first changes nothing."""
    token = chat.pressing.token(Session("en", (("situation", "found"),)), b"web")
    answer = await chat.answer(chat.asked("POST", headers=FORM, body=f"t={token}&t={CANARY}"))
    assert "How old are you?" in answer.body


def test_accepted_languages_come_in_the_order_of_their_weights() -> None:
    """Weights count, position breaks ties, zero and nonsense are left out."""
    assert accepted("en;q=0.5, ko, fr;q=0, de;q=x") == ["ko", "en"]
    assert accepted("") == []
