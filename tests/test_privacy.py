"""What this guide says about itself is true: each sentence has its proof, and the proofs that stand here."""

import asyncio
import gc
import re
import secrets
from dataclasses import astuple

import pytest
from aiohttp import ClientError, ClientSession

from bot.channels.telegram.reading import read
from bot.channels.web import application
from bot.channels.web.drawing import Drawing
from bot.core.guide import Page
from bot.core.plainly import plain_screen
from bot.core.session import Session
from bot.core.text import Text, plain
from bot.core.wording import blocks, interface
from bot.pressing import Pressing
from bot.sealing import Sealing
from tests.botapi import TOKEN, BotApi
from tests.cli.test_serving import a_free_port
from tests.flowfiles.finding import SMALL, problems
from tests.journeys import journeys, walked
from tests.proofs import PAGES, exists
from tests.small import INTERRUPTS, NOON
from tests.test_flows import screens, shipped
from tests.watching import AWAKE, watched

SENTENCE_END = re.compile(r"(?<=[.?!。？])\s+")
QUOTED = re.compile('[「"“«]([^「」"“”«»]+)[」"”»]')
MOST_BUTTON = {"ko": 12}  # the rest: MOST_LATIN_BUTTON
MOST_LATIN_BUTTON = 24


def text_of(page: str) -> Text:
    """The text of a page, or of the interface."""
    return shipped().steps[page].text if page in shipped().steps else shipped().texts[page]  # type: ignore[union-attr]


def sentences(page: str, language: str) -> list[list[str]]:
    """The sentences of each paragraph."""
    return [SENTENCE_END.split(plain((block,))) for block in blocks(shipped(), text_of(page), language, {})]


@pytest.mark.parametrize("page", PAGES)
def test_every_sentence_has_its_proof_and_every_proof_its_sentence(page: str) -> None:
    """In every language that the guide speaks, word for word, in the order of reading."""
    for language in shipped().languages:
        said = [sentence for paragraph in sentences(page, language) for sentence in paragraph]
        assert said == [sentence.said.get(language) for sentence in PAGES[page]], language


@pytest.mark.parametrize("page", PAGES)
def test_every_language_says_as_much(page: str) -> None:
    """No language promises more or admits less than another."""
    shapes = {tuple(map(len, sentences(page, language))) for language in shipped().languages}
    assert len(shapes) == 1


def test_every_page_about_privacy_is_in_the_table() -> None:
    """A new page needs its proofs."""
    assert {name for name in shipped().steps if name.startswith("privacy/")} == set(PAGES) - {"left-text"}


def test_every_proof_is_a_test_that_exists_or_a_document_in_words() -> None:
    """A renamed test is noticed, and so is a sentence that rests on nothing."""
    for sentence in (sentence for page in PAGES.values() for sentence in page):
        assert sentence.by or sentence.rests_on, sentence.said
        assert [test for test in sentence.by if not exists(test)] == []
        assert not re.search(r"/\w|\.ya?ml", sentence.rests_on)


def test_a_test_that_does_not_exist_is_noticed() -> None:
    """Neither a helper of a test file nor a file without tests counts."""
    assert exists("tests/test_privacy.py::test_a_test_that_does_not_exist_is_noticed")
    for wrong in (
        "tests/test_privacy.py::test_gone",
        "tests/test_privacy.py::shipped",
        "tests/gone.py",
        "tests/proofs.py",
    ):
        assert not exists(wrong), wrong


def test_buttons_that_are_named_are_called_so() -> None:
    """What stands in quotation marks is the label of a button of the interface, in the same language."""
    for page in PAGES:
        for language in shipped().languages:
            labels = {interface(shipped(), key, language) for key in ("leave", "exit")}
            words = " ".join(sentence for paragraph in sentences(page, language) for sentence in paragraph)
            assert set(QUOTED.findall(words)) <= labels, (page, language)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_is_a_small_press_away_from_every_screen(language: str) -> None:
    """It does not stand in the way of help: one quiet, short button."""
    most = MOST_BUTTON.get(language, MOST_LATIN_BUTTON)
    for visit in screens(language):
        quiet = [button for button in visit.screen.buttons if button.kind == "quiet"]
        assert len(quiet) == 1 and len(quiet[0].label) <= most, visit.screen.step
        assert quiet[0].session is not None and quiet[0].session.interrupt == "privacy"


def test_the_pages_are_few_and_flat() -> None:
    """At most one level below the first, three paragraphs each: button space is short, and so is patience."""
    first = shipped().steps["privacy/knows"]
    assert isinstance(first, Page)
    below = [entry.go.step for entry in first.more if entry.go]
    assert {"privacy/knows", *below} == set(PAGES) - {"left-text"}
    for name in (page for page in PAGES if page in shipped().steps):
        step = shipped().steps[name]
        assert isinstance(step, Page) and not (step.more and name in below)
        assert len(sentences(name, "ko")) <= 3


def test_a_page_about_the_guide_itself_needs_no_number_and_one_about_help_does() -> None:
    """The rule that every page shows help is lifted for quiet interrupts alone."""
    about = "flow: about\nwritten-in: en\nsteps:\n  about: {title: About, page: Nothing is kept.}\n"
    opened = "  about: {{flow: about, button: About this, inside: Again{quiet}}}\n"
    for quiet, codes in ((", quiet: yes", set()), ("", {"F20"})):
        files = {**SMALL, "about.yaml": about, "interrupts.yaml": INTERRUPTS + opened.format(quiet=quiet)}
        assert {problem.code for problem in problems(files)} == codes


async def test_pressing_writes_no_file_and_calls_nobody_else() -> None:
    """The real program, web and Telegram, from start to stop: no file, and only its Bot API server is called."""
    word = secrets.token_hex(8)
    async with BotApi() as api:
        port = a_free_port()
        async with watched(BOT_TOKEN=TOKEN, BOT_API_URL=api.url, WEB_PORT=str(port)) as found:
            await on_the_web(f"http://127.0.0.1:{port}/", word)
            await in_telegram(api, word)
        told = [call.method for call in api.calls if word in repr(call.given)]
    assert found.code == 0
    assert found.wrote == [AWAKE]
    assert found.called == {f"('127.0.0.1', {api.port})"}
    assert told == []
    assert word not in found.said and "Traceback" not in found.said


async def on_the_web(address: str, word: str) -> None:
    """Somebody presses three times and leaves; a word is in everything else that a browser can send."""
    async with ClientSession(headers={"User-Agent": word, "Referer": f"https://{word}.example/"}) as client:
        page = ""
        async with asyncio.timeout(30):
            while not page:
                try:
                    page = await (await client.get(address, params={"q": word})).text()
                except ClientError:
                    await asyncio.sleep(0.1)
        for nth in (0, 0, 0):
            token = re.findall(r'class="choice"[^>]* value="([^"]+)"', page)[nth]
            page = await (await client.post(address, data={"t": token, "name": word})).text()
        await client.post(address, data={"leave": "ko", "t": word})


async def in_telegram(api: BotApi, word: str) -> None:
    """Somebody presses, writes a word, sends a picture that bears it, and leaves."""
    person = api.person(7, "en")
    await person.writes("/start")
    await api.until(lambda: any("keyboard" in message for message in person.messages.values()), 30)
    before = person.card["text"]
    await person.presses(person.labels[0])
    await api.until(lambda: person.card["text"] != before)
    await person.writes(word)
    await person.sends(photo=[{"file_id": word}], caption=word)
    await api.until(lambda: not any(word in repr(message) for message in person.messages.values()))
    await person.presses_data("leave")
    await api.until(lambda: not person.messages)


def test_no_session_outlives_its_press() -> None:
    """A thousand presses later no answers are in memory, and there is one key."""
    pressing = Pressing(Sealing(shipped(), 1800), lambda: 0.0, lambda: NOON)
    before = sessions_alive()
    for _ in range(20):
        walk_everywhere(pressing)
    assert sessions_alive() == before
    assert repr(pressing.sealing) == "Sealing(1 keys)"


def walk_everywhere(pressing: Pressing) -> None:
    """All journeys, with three presses on each of their screens."""
    for journey in journeys():
        for _, shown in walked(shipped(), journey, NOON):
            for session in [button.session for button in shown.buttons if button.session][:3]:
                pressing.pressed(pressing.token(session, b"1"), b"1", "ko")


def sessions_alive() -> int:
    """How many sessions there are anywhere."""
    gc.collect()
    return sum(isinstance(thing, Session) for thing in gc.get_objects())


def test_the_same_press_always_says_the_same() -> None:
    """Nothing makes up words: two runs of each journey are equal to the letter."""
    for journey in journeys():
        first, second = ([plain_screen(shown) for _, shown in walked(shipped(), journey, NOON)] for _ in range(2))
        assert first == second


def test_what_is_read_of_an_update_holds_no_name_number_or_word() -> None:
    """Whatever Telegram sends along, in any field: only numbers of chats and messages go on, and the language."""
    word = secrets.token_hex(8)
    person = {"id": 7, "first_name": word, "last_name": word, "username": word, "language_code": "ko"}
    chat = {"id": 7, "type": "private", "first_name": word, "username": word}
    about = {"message_id": 3, "date": 1, "chat": chat, "from": person}
    whole = {
        "text": word, "caption": word, "contact": {"phone_number": word}, "location": {"title": word},
        "photo": [{"file_id": word}], "media_group_id": word,
    }  # fmt: skip
    query = {"id": "5", "from": person, "chat_instance": word, "message": {**about, "text": word}, "data": "token"}
    for raw in (
        {"message": {**about, **whole}},
        {"edited_message": {**about, **whole}},
        {"message": {**about, "text": f"/start {word}"}},
        {"callback_query": query},
        {"my_chat_member": {"chat": chat, "from": person, "new_chat_member": {"status": "kicked", "user": person}}},
    ):
        arrived = read({"update_id": 1, **raw})
        assert arrived is not None
        assert word not in repr(astuple(arrived))


def test_the_web_chat_has_no_place_to_read_along() -> None:
    """The chat, its style and script, and a line that says it is well; nothing for an operator to look into."""
    app = application(Pressing(Sealing(shipped(), 1800)), Drawing(shipped, "https://example.org/"))
    paths = {route.resource.canonical for route in app.router.routes() if route.resource}
    assert {path for path in paths if not path.endswith((".css", ".js"))} == {"/", "/healthz"}
