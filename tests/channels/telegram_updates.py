"""Random updates: real shapes of every kind, and what becomes of them when a few of their parts are changed.

One source of chance decides everything, so that a run can be repeated and hypothesis can drive it.
"""

import copy
import json
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from aiogram.enums import UpdateType

from tests.botapi import Person
from tests.channels.telegram_contents import CONTENTS, content

WORDS = (
    "hi", "", "/", "/start", "/start x", "/help I want to die", "I want to die", "죽고 싶어요", "a fake picture",
    "which site, the law", "x" * 4096, "\x00\u202e\u200b", "\ud83d", "😀" * 2048, "https://example.org/?q=1", "<b>&",
)  # fmt: skip
DATA = ("leave", "close", "", "x", "leave ", "é" * 32, "A" * 64, "=" * 64, "-" * 63, "_" * 65, "\ud800" * 64)
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 1.5, -0.0, 2**31, 2**63, -(2**63), 10**30, "", "5", "x", [], {}, [[]], {"a": 1},
    ["x"], {"id": 7}, "\ud800", "private", "channel", "null", 1e308,
)  # fmt: skip
RAW = (  # what no program writes, put in the place of a value
    "NaN", "-Infinity", "1e999", "1" * 5_000, "[" * 2_000 + "]" * 2_000, '{"a":' * 1_500 + "1" + "}" * 1_500,
    '"\\ud800"', "{broken: 1}", "tru", "01", '{"update_id": 5}', '{"message_id":1,"message_id":"x"}',
)  # fmt: skip
_MARK = "put something here"


class Shapes:
    """Makes updates. `people` are the numbers of chats; `tokens` gives what buttons carry at the moment."""

    def __init__(
        self, chance: random.Random, people: Sequence[int], tokens: Callable[[], Sequence[str]] = lambda: ()
    ) -> None:
        self.chance = chance
        self.people = people
        self.tokens = tokens
        self._kinds = sorted(CONTENTS)
        self._others = sorted(kind.value for kind in UpdateType)

    def texts(self, count: int) -> Iterator[str]:
        """Updates as they are written, with NUMBER in the place of their number."""
        for _ in range(count):
            yield self.text()

    def text(self) -> str:
        """One update: as Telegram would write it, or changed in up to five places."""
        update = self.update()
        raw = self.chance.random() < 0.1
        for _ in range(self.chance.choice((0, 0, 0, 1, 1, 2, 5))):
            self._change(update)
        if raw:
            self._change(update, _MARK)
        written = json.dumps(update)
        if raw:
            written = written.replace(json.dumps(_MARK), self.chance.choice(RAW))
        return f'{{"update_id":NUMBER,{written[1:]}' if update else '{"update_id":NUMBER}'

    def update(self) -> dict[str, Any]:
        """A sound update of any kind."""
        make = self.chance.choices(
            (self._message, self._edited, self._press, self._album, self._membership, self._other),
            (8, 2, 8, 2, 1, 1),
        )[0]
        return make()

    def _message(self) -> dict[str, Any]:
        return {"message": self._body(self._content())}

    def _edited(self) -> dict[str, Any]:
        return {"edited_message": self._body(self._content())}

    def _album(self) -> dict[str, Any]:
        album = {"media_group_id": str(self.chance.randrange(20)), "photo": [{"file_id": "f"}]}
        return {"message": self._body({**album, "caption": self.chance.choice(WORDS)})}

    def _press(self) -> dict[str, Any]:
        body = self._body({"text": "x"})
        if self.chance.random() < 0.2:
            body = {"message_id": body["message_id"], "chat": body["chat"], "date": 0}
        tokens = self.tokens()
        data = self.chance.choice(tokens) if tokens and self.chance.random() < 0.7 else self.chance.choice(DATA)
        sender = self._sender(body["chat"]["id"] if self.chance.random() < 0.9 else self.chance.choice(self.people))
        query: dict[str, Any] = {"id": str(self.chance.randrange(10**9)), "from": sender, "chat_instance": "1"}
        query |= {"data": data} if self.chance.random() < 0.9 else {"game_short_name": "g"}
        return {"callback_query": query | ({"message": body} if self.chance.random() < 0.9 else {})}

    def _membership(self) -> dict[str, Any]:
        body = self._body({})
        status = self.chance.choice(("member", "kicked", "left", "administrator", "restricted", "tomorrow"))
        member = {"status": status, "user": self._sender(5)}
        return {"my_chat_member": {"chat": body["chat"], "from": body["from"], "date": 1, "new_chat_member": member}}

    def _other(self) -> dict[str, Any]:
        kind = self.chance.choice((*self._others, "kind_of_next_year"))
        return {kind: self._body(self._content())}

    def _content(self) -> dict[str, Any]:
        if self.chance.random() < 0.5:
            return {"text": self.chance.choice(WORDS)}
        return {**copy.deepcopy(content(self.chance.choice(self._kinds))), "caption": self.chance.choice(WORDS)}

    def _body(self, more: dict[str, Any]) -> dict[str, Any]:
        number = self.chance.choice(self.people)
        kind = "private" if number > 0 else self.chance.choice(("group", "supergroup", "channel", "tomorrow"))
        chat = {"id": number, "type": kind, "first_name": "CANARY"}
        return {
            "message_id": self.chance.randrange(1, 2000), "date": 1, "chat": chat, "from": self._sender(number), **more
        }  # fmt: skip

    def _sender(self, number: int) -> dict[str, Any]:
        language = self.chance.choice(("en", "ko", "ko-KR", "fr", "", "xx-" * 50))
        return {"id": abs(number), "is_bot": False, "first_name": "CANARY", "language_code": language}

    def _change(self, update: dict[str, Any], to: Any = None) -> None:
        """One place, wherever in it: another value, nothing, or a field more."""
        places = list(_places(update))
        if not places:
            return
        inside, key = self.chance.choice(places)
        what = self.chance.random()
        if to is not None or what < 0.6:
            inside[key] = copy.deepcopy(self.chance.choice(ODD)) if to is None else to
        elif what < 0.8:
            del inside[key]
        elif isinstance(inside, dict):
            inside[f"field_{self.chance.randrange(9)}"] = copy.deepcopy(update)
        else:
            inside.extend(copy.deepcopy(inside[:9]))


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a value that can hold another one."""
    if len(json.dumps(value)) > 20_000:
        return
    waiting = [value]
    while waiting:
        inside = waiting.pop()
        for key in list(inside if isinstance(inside, dict) else range(len(inside))):
            yield inside, key
            if isinstance(inside[key], dict | list):
                waiting.append(inside[key])


def tokens_of(people: Sequence[Person]) -> list[str]:
    """What the buttons in these chats carry now."""
    shown = [message for person in people for message in person.messages.values()]
    rows = [row for message in shown for row in message.get("keyboard", ())]
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]
