"""Every place of an update in which a person's words, names or numbers can arrive."""

from collections.abc import Iterator
from itertools import count, cycle
from typing import Any

from tests.canary.faults import CHATS as BROKEN_CHATS
from tests.canary.needles import Canary

Update = dict[str, Any]
CRISIS = "죽고 싶어요 i want to die"
PEOPLE = (*range(11), *range(15, 20))  # without those in whose chats something fails


def updates(canary: Canary) -> Iterator[tuple[str, Any]]:
    """(What it is, the raw update), each with its own numbers."""
    yield from Updates(canary).all()


class Updates:
    """Makes updates around one canary. Message numbers grow, people take turns."""

    def __init__(self, canary: Canary) -> None:
        self.canary = canary
        self.word = canary.word
        self._numbers = count(1)
        self._people = cycle(PEOPLE)

    def all(self) -> Iterator[tuple[str, Any]]:
        """Messages, edits, presses, memberships, groups, kinds that nobody asked for, and what is no update."""
        for name, content in self.contents():
            yield f"message: {name}", {"message": self.message(content)}
        for name in ("text", "photo", "crisis", "command"):
            content = dict(self.contents())[name]
            yield f"edited message: {name}", {"edited_message": self.message(content)}
        yield from self.presses()
        yield from self.memberships()
        yield from self.unasked()
        yield from self.unreadable()

    def sender(self, nth: int) -> dict[str, Any]:
        word = self.word
        return {
            "id": self.canary.number("person", nth), "is_bot": False, "first_name": f"First{word}",
            "last_name": f"Last{word}", "username": f"user_{word}", "language_code": word, "is_premium": True,
            "added_to_attachment_menu": word,
        }  # fmt: skip

    def chat(self, nth: int) -> dict[str, Any]:
        number = self.canary.number("person", nth)
        return {"id": number, "type": "private", "first_name": self.word, "username": self.word}

    def message(self, content: dict[str, Any], nth: int | None = None) -> dict[str, Any]:
        nth = next(self._people) if nth is None else nth
        number = self.canary.number("message", serial=next(self._numbers))
        return {"message_id": number, "date": 1, "chat": self.chat(nth), "from": self.sender(nth), **content}

    def contents(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What a message can hold."""
        word = self.word
        yield "text", {"text": f"My name is {word}, call {self.canary.number('phone')}", **self._marked()}
        yield "crisis", {"text": f"{CRISIS} {word}"}
        yield "crisis in another order", {"text": f"{word} {CRISIS}"}
        yield "command", {"text": f"/start {word}"}
        yield "another command", {"text": f"/{word}@{word} {word}"}
        yield "a long text", {"text": f"{word} " * 250}
        yield "odd signs", {"text": f"{word}\ud800\x00\u202e{word}"}
        yield "service", {"pinned_message": {"text": word, "message_id": 1, "date": 0}}
        yield "album", {**self._photo(), "media_group_id": f"{word}{self.canary.number('album')}"}
        yield "unknown kind", {f"new_{word}": {"file_id": word, word: [word]}}
        yield "forward", {"text": word, **self._forwarded()}
        yield "reply", {"text": word, **self._replied()}
        yield "photo", self._photo()
        yield from self._media()
        yield from self._things()

    def _marked(self) -> dict[str, Any]:
        word, offsets = self.word, {"offset": 0, "length": 3}
        return {
            "entities": [
                {"type": "text_link", "url": f"https://{word}.example/{word}?{word}#{word}", **offsets},
                {"type": "text_mention", "user": self.sender(0), **offsets},
                {"type": "custom_emoji", "custom_emoji_id": word, **offsets},
                {"type": word, **offsets},
            ],
            "link_preview_options": {"url": f"https://{word}.example"},
            "author_signature": word,
            "effect_id": word,
            f"unknown_{word}": {word: self.canary.number("other")},
        }

    def _file(self) -> dict[str, Any]:
        word, number = self.word, self.canary.number("file")
        return {
            "file_id": f"{word}{number}", "file_unique_id": f"{word}{number}", "file_name": f"{word}.jpg",
            "mime_type": f"image/{word}", "file_size": number, "width": 1, "height": 1, "duration": 1,
            "performer": word, "title": word, "emoji": word, "set_name": word,
        }  # fmt: skip

    def _photo(self) -> dict[str, Any]:
        entity = {"type": "text_link", "url": f"https://{self.word}.example", "offset": 0, "length": 1}
        return {"photo": [self._file()], "caption": f"{CRISIS} {self.word}", "caption_entities": [entity]}

    def _media(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for kind in ("document", "video", "audio", "voice", "video_note", "animation", "sticker"):
            yield kind, {kind: {**self._file(), "thumbnail": self._file()}, "caption": self.word}
        yield "live photo", {"live_photo": {**self._file(), "photo": [self._file()]}}
        yield (
            "paid media",
            {"paid_media": {"star_count": 1, "paid_media": [{"type": "photo", "photo": [self._file()]}]}},
        )
        yield "story", {"story": {"chat": self.chat(0), "id": self.canary.number("other")}}

    def _things(self) -> Iterator[tuple[str, dict[str, Any]]]:
        word, number = self.word, self.canary.number("phone")
        named = {"first_name": word, "last_name": word}
        yield "contact", {"contact": {"phone_number": str(number), "user_id": number, "vcard": word, **named}}
        yield "location", {"location": {"latitude": number / 1e10, "longitude": 1.5, "live_period": number}}
        yield "venue", {"venue": {"title": word, "address": word, "foursquare_id": word, "location": {}}}
        yield "poll", {"poll": {"id": word, "question": word, "options": [{"text": word, "voter_count": 0}]}}
        yield "checklist", {"checklist": {"title": word, "tasks": [{"id": 1, "text": word}]}}
        yield "dice", {"dice": {"emoji": word, "value": number}}
        yield "web app data", {"web_app_data": {"data": word, "button_text": word}}
        yield "passport", {"passport_data": {"data": [{"type": word, "data": word}], "credentials": {"data": word}}}
        yield "users shared", {"users_shared": {"request_id": 1, "users": [{"user_id": number, **named}]}}
        yield "payment", {"successful_payment": {"invoice_payload": word, "order_info": {"name": word, "email": word}}}
        yield "game", {"game": {"title": word, "description": word, "photo": [self._file()]}}
        yield "rich message", {"rich_message": {"blocks": [{"text": word, "blocks": [{"text": word}]}]}}
        yield "website", {"connected_website": f"{word}.example"}

    def _forwarded(self) -> dict[str, Any]:
        origin = {"type": "hidden_user", "sender_user_name": self.word, "date": 1, "sender_user": self.sender(0)}
        return {"forward_origin": origin, "via_bot": self.sender(1), "sender_chat": self.chat(2)}

    def _replied(self) -> dict[str, Any]:
        return {
            "reply_to_message": self.message({"text": self.word, **self._photo()}, 0),
            "quote": {"text": self.word, "position": 0},
            "external_reply": {"origin": {"type": "user", "sender_user": self.sender(0)}, "photo": [self._file()]},
            "reply_markup": {"inline_keyboard": [[{"text": self.word, "callback_data": self.word}]]},
        }

    def presses(self) -> Iterator[tuple[str, Update]]:
        """Buttons: forged, foreign, of a card that cannot be reached, of a game."""
        word, card = self.word, self.canary.number("card")
        for name, data in {
            "word": word,
            "as long as a token": (word * 5)[:64],
            "odd": f"{word}\ud800",
            "none": "",
        }.items():
            yield f"press: {name}", self.press(data, {"message_id": card, "date": 1, "chat": self.chat(3)})
        yield "press: unreachable card", self.press(word, {"message_id": card, "date": 0, "chat": self.chat(3)})
        yield "press: of somebody else", self.press(word, {"message_id": card, "date": 1, "chat": self.chat(2)})
        yield "press: no card", self.press(word, None)
        group = {"id": -self.canary.number("group"), "type": "group", "title": word}
        yield "press: in a group", self.press(word, {"message_id": card, "date": 1, "chat": group})

    def press(self, data: str, message: dict[str, Any] | None, nth: int = 3) -> Update:
        """A button of a message."""
        query = {
            "id": str(self.canary.number("query")), "from": self.sender(nth), "chat_instance": self.word, "data": data,
            "game_short_name": self.word, "inline_message_id": self.word, self.word: self.word,
        }  # fmt: skip
        return {"callback_query": query if message is None else {**query, "message": message}}

    def memberships(self) -> Iterator[tuple[str, Update]]:
        """Blocked, added to a group, spoken to there."""
        member = {"user": self.sender(1), "status": "kicked", "custom_title": self.word}
        change = {"from": self.sender(1), "date": 1, "old_chat_member": member, "new_chat_member": member}
        group = {"id": -self.canary.number("group"), "type": "supergroup", "title": self.word, "username": self.word}
        invited = {"invite_link": {"invite_link": self.word, "name": self.word}}
        added = {**member, "status": "member"}
        yield "blocked", {"my_chat_member": {"chat": self.chat(5), **change}}
        yield "added to a group", {"my_chat_member": {"chat": group, **change, "new_chat_member": added, **invited}}
        yield "written to in a group", {"message": {**self.message({"text": self.word}), "chat": group}}

    def unasked(self) -> Iterator[tuple[str, Update]]:
        """Kinds that are not asked for, and kinds that do not exist yet."""
        word, sender = self.word, self.sender(0)
        yield "inline query", {"inline_query": {"id": word, "from": sender, "query": word, "offset": word}}
        yield "reaction", {"message_reaction": {"user": sender, "new_reaction": [{"type": "emoji", "emoji": word}]}}
        yield "poll answer", {"poll_answer": {"poll_id": word, "user": sender, "option_ids": []}}
        for kind in ("business_message", "guest_message", "channel_post"):
            yield kind.replace("_", " "), {kind: self.message({"text": word})}
        yield "tomorrow's kind", {f"new_{word}": {"text": word, "from": sender}}
        yield "no kind", {word: word}

    def unreadable(self) -> Iterator[tuple[str, Any]]:
        """What breaks a reader: wrong types, missing fields, depth."""
        word, sound = self.word, self.message({"text": self.word})
        nested: Any = word
        for _ in range(300):
            nested = {word: [nested]}
        yield "message number that is none", {"message": {**sound, "message_id": word}}
        yield "message without a chat", {"message": {"message_id": 5, "date": 1, "text": word}}
        yield "message that is a list", {"message": [word, self.canary.number("other")]}
        yield "sender that is a text", {"message": {**sound, "from": word}}
        yield "text that is an object", {"message": {**sound, "text": {word: word}}}
        yield "number of a chat that is an object", {"message": {**sound, "chat": {"id": {word: 1}, "type": word}}}
        yield "number beyond every machine", {"message": {**sound, "message_id": 10**400, "text": word}}
        yield "fraction as a number", {"message": {**sound, "message_id": 1.5}}
        yield "press without a number", {"callback_query": {"data": word}}
        yield "membership that is a text", {"my_chat_member": word}
        yield "depth", {"message": {**sound, "rich_message": nested}}
        for name, nth in BROKEN_CHATS.items():
            yield f"a failure in the handler: {name}", {"message": self.message({"text": f"/start {word}"}, nth)}
