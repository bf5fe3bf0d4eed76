"""The closed list of Bot API methods: whatever is not on it cannot be called, least of all what fetches a file."""

import io
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiogram import Bot, methods
from aiogram.methods import GetFile, SendDocument, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import BufferedInputFile, Document, File, FSInputFile
from aiohttp import web

from bot.channels.telegram.calling import METHODS, Calling, NotAllowed, meaning
from bot.settings import Settings
from tests.botapi import TOKEN, BotApi

EVERY_METHOD = [
    found
    for found in vars(methods).values()
    if isinstance(found, type) and issubclass(found, TelegramMethod) and found is not TelegramMethod
]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A server that takes note of every request."""
    async with BotApi() as api:
        yield api


@pytest.fixture
async def calling(api: BotApi) -> AsyncIterator[Calling]:
    """The caller of the program, for that server."""
    calling = Calling(Settings(bot_token=TOKEN, bot_api_url=api.url))
    yield calling
    await calling.close()


def untouched(api: BotApi) -> bool:
    """No request at all has come."""
    return not api.calls and not api.strays


def test_the_list_holds_methods_of_the_bot_api_and_none_about_files() -> None:
    """Seventeen of well over a hundred and fifty."""
    every = {method.__api_method__ for method in EVERY_METHOD}
    assert len(METHODS) == 17 and every >= METHODS and len(every) > 150
    words = ("file", "photo", "video", "media", "document", "sticker", "voice", "audio", "story", "forward", "copy")
    assert not [method for method in METHODS if any(word in method.lower() for word in words)]


async def test_every_other_method_is_refused_before_any_request(api: BotApi, calling: Calling) -> None:
    """Each method of aiogram that is not on the list, called as the program calls."""
    refused = 0
    for method in EVERY_METHOD:
        if method.__api_method__ not in METHODS:
            answer = await calling.once(method.model_construct(), 2)
            assert answer.outcome == "bug"
            refused += 1
    assert refused == len(EVERY_METHOD) - len(METHODS)
    assert untouched(api)


Fetch = Callable[[Bot], Awaitable[Any]]
DOCUMENT = Document(file_id="f", file_unique_id="u")
WAYS_TO_A_FILE: dict[str, Fetch] = {
    "get_file": lambda bot: bot.get_file("f"),
    "the method itself": lambda bot: bot(GetFile(file_id="f")),
    "download by id": lambda bot: bot.download("f"),
    "download an object": lambda bot: bot.download(DOCUMENT),
    "download a file": lambda bot: bot.download(File(file_id="f", file_unique_id="u", file_path="p")),
    "download to memory": lambda bot: bot.download_file("documents/x", io.BytesIO()),
    "download to disk": lambda bot: bot.download_file("documents/x", "/nowhere/x"),
    "profile photos": lambda bot: bot.get_user_profile_photos(7),
    "a sticker set": lambda bot: bot.get_sticker_set("x"),
    "the session": lambda bot: bot.session.make_request(bot, GetFile(file_id="f")),
    "the session as it is called": lambda bot: bot.session(bot, GetFile(file_id="f")),
    "a stream": lambda bot: anext(bot.session.stream_content("http://127.0.0.1/x")),
    "sending a document": lambda bot: bot(SendDocument(chat_id=7, document="f")),
    "sending a photo": lambda bot: bot(SendPhoto(chat_id=7, photo=FSInputFile("/etc/hostname"))),
    "forwarding": lambda bot: bot.forward_message(7, 8, 9),
    "copying": lambda bot: bot.copy_message(7, 8, 9),
}


@pytest.mark.parametrize("way", WAYS_TO_A_FILE)
async def test_no_way_leads_to_a_file(api: BotApi, calling: Calling, way: str) -> None:
    """Even a mistake of ours that reached for the library's own bot could not fetch one."""
    with pytest.raises(NotAllowed):
        await WAYS_TO_A_FILE[way](calling._bot)
    assert untouched(api)


async def test_no_file_hides_in_a_method_of_the_list(api: BotApi, calling: Calling) -> None:
    """A file in a field of an allowed method is refused as well."""
    hidden = SendMessage.model_construct(chat_id=7, text=BufferedInputFile(b"x", "x.jpg"))
    assert (await calling.once(hidden, 2)).outcome == "bug"
    assert untouched(api)


async def test_a_redirect_is_not_followed(api: BotApi, calling: Calling) -> None:
    """Nothing but the server of the settings is ever asked."""

    async def elsewhere(request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect(api.url + "/elsewhere")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", elsewhere)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    other = Calling(Settings(bot_token=TOKEN, bot_api_url=f"http://127.0.0.1:{runner.addresses[0][1]}"))
    assert (await other.once(SendMessage(chat_id=7, text="x"), 2)).outcome == "wait"
    await other.close()
    await runner.cleanup()
    assert untouched(api)


@pytest.mark.parametrize(
    ("status", "description", "outcome"),
    [
        (429, "Too Many Requests: retry after 5", "wait"),
        (400, "Bad Request: message is not modified: specified new message content", "done"),
        (400, "Bad Request: query is too old and response timeout expired", "done"),
        (400, "Bad Request: message to edit not found", "new card"),
        (400, "Bad Request: message can't be edited", "new card"),
        (400, "Bad Request: message to delete not found", "done"),
        (400, "Bad Request: message can't be deleted for everyone", "stays"),
        (400, "Bad Request: PEER_ID_INVALID", "gone"),
        (400, "Bad Request: BUTTON_DATA_INVALID", "bug"),
        (401, "Unauthorized", "refused"),
        (403, "Forbidden: user is deactivated", "gone"),
        (404, "Not Found: method not found", "unknown"),
        (404, "Not Found", "refused"),
        (409, "Conflict: terminated by other getUpdates request", "refused"),
        (500, "Internal Server Error: restart", "wait"),
        (502, "Bad Gateway", "wait"),
    ],
)
def test_every_answer_of_the_server_has_a_meaning(status: int, description: str, outcome: str) -> None:
    """By its status and a piece of its words, whatever else they say."""
    assert meaning(status, description) == outcome
