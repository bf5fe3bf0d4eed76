"""Every field that a message can have, as aiogram knows the Bot API: what is content, and what only stands beside it.

`CONTENTS` is walked by the tests with a real-looking value each; `BESIDE` is harmless: it says something about a
message that has other content. A field in neither list is a failure: somebody has to look at it.
"""

import datetime
import types
from typing import Any, Literal, Union, get_args, get_origin

from aiogram.types import Message
from aiogram.types.base import TelegramObject

CANARY = "CANARYFILE"
BESIDE = frozenset(
    {
        "message_id", "date", "chat", "from", "message_thread_id", "direct_messages_topic", "sender_chat",
        "sender_boost_count", "sender_business_bot", "sender_tag", "guest_query_id", "business_connection_id",
        "is_topic_message", "is_automatic_forward", "reply_to_message", "external_reply", "quote", "reply_to_story",
        "reply_to_checklist_task_id", "reply_to_poll_option_id", "via_bot", "guest_bot_caller_user",
        "guest_bot_caller_chat", "edit_date", "has_protected_content", "is_from_offline", "is_paid_post",
        "media_group_id", "author_signature", "paid_star_count", "entities", "link_preview_options",
        "suggested_post_info", "effect_id", "caption", "caption_entities", "show_caption_above_media",
        "has_media_spoiler", "reply_markup", "receiver_user", "ephemeral_message_id", "forward_origin",
        "forward_date", "forward_from", "forward_from_chat", "forward_from_message_id", "forward_sender_name",
        "forward_signature",
    }
)  # fmt: skip
CONTENTS = frozenset(
    {
        "text", "rich_message", "animation", "audio", "document", "live_photo", "paid_media", "photo", "sticker",
        "story", "video", "video_note", "voice", "checklist", "contact", "dice", "game", "poll", "venue", "location",
        "new_chat_members", "left_chat_member", "chat_owner_left", "chat_owner_changed", "new_chat_title",
        "new_chat_photo", "delete_chat_photo", "group_chat_created", "supergroup_chat_created",
        "channel_chat_created", "message_auto_delete_timer_changed", "migrate_to_chat_id", "migrate_from_chat_id",
        "pinned_message", "invoice", "successful_payment", "refunded_payment", "users_shared", "chat_shared",
        "user_shared", "gift", "unique_gift", "gift_upgrade_sent", "connected_website", "write_access_allowed",
        "passport_data", "proximity_alert_triggered", "boost_added", "chat_background_set", "checklist_tasks_done",
        "checklist_tasks_added", "direct_message_price_changed", "forum_topic_created", "forum_topic_edited",
        "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden",
        "giveaway_created", "giveaway", "giveaway_winners", "giveaway_completed", "managed_bot_created",
        "paid_message_price_changed", "poll_option_added", "poll_option_deleted", "suggested_post_approved",
        "suggested_post_approval_failed", "suggested_post_declined", "suggested_post_paid",
        "suggested_post_refunded", "video_chat_scheduled", "video_chat_started", "video_chat_ended",
        "video_chat_participants_invited", "web_app_data", "community_chat_added", "community_chat_removed",
        "community_chat_joined",
    }
)  # fmt: skip


def names(model: type[TelegramObject]) -> set[str]:
    """The fields of a type, as they are written in an update."""
    return {field.alias or name for name, field in model.model_fields.items()}


def content(name: str) -> dict[str, Any]:
    """A message's content of one kind, with everything that the type can hold and a canary in each text."""
    field = next(f for key, f in Message.model_fields.items() if (f.alias or key) == name)
    return {name: _value(field.annotation, 0)}


def _value(wanted: Any, depth: int) -> Any:
    """Something that fits a type: optional fields too, a few levels down."""
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        return _value(next(one for one in inner if one is not type(None)), depth)
    if origin is Literal:
        return getattr(inner[0], "value", inner[0])
    if origin is list:
        return [_value(inner[0], depth)]
    if hasattr(wanted, "__metadata__"):
        return _value(inner[0], depth)
    if isinstance(wanted, type) and issubclass(wanted, TelegramObject):
        return _fields(wanted, depth + 1)
    if wanted in (datetime.datetime, datetime.timedelta, float) or wanted is int:
        return 1
    if wanted is bool:
        return True
    return CANARY


def _fields(model: type[TelegramObject], depth: int) -> dict[str, Any]:
    return {
        field.alias or name: _value(field.annotation, depth)
        for name, field in model.model_fields.items()
        if field.is_required() or get_origin(field.annotation) is Literal or (depth < 3 and field.annotation is not Any)
    }
