"""What each sentence about privacy rests on: the page "What this guide knows", and the words after leaving.

A sentence about this program names the tests that prove it; a sentence about what others keep names the
document that it rests on, or says that it is a limit. In the order in which they are read; a sentence that
is changed, added or translated anew has to be changed here too, and looked at once more.
"""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

HERE = "tests/test_privacy.py::"
LOGS = "tests/test_logs.py::"
SEALING = "tests/test_sealing.py::"
TELEGRAM = "tests/channels/test_telegram.py::"
CALLING = "tests/channels/test_telegram_calling.py::"
RECEIVING = "tests/channels/test_telegram_receiving.py::"
MEDIA = "tests/channels/test_telegram_media.py::"
NOTES = "tests/channels/test_telegram_notes.py::"
WEB = "tests/channels/test_web.py::"
HEADERS = "tests/channels/test_web_headers.py::"
LIMITS = "tests/channels/test_web_limits.py::"
BROWSER = "tests/browser/test_chat.py::"
LEAVING = "tests/browser/test_leaving.py::"
CANARY = "tests/canary/test_canary.py::"
FLOWS = "tests/test_flows.py::"

LIMIT = "stated as a limit: it is out of the hands of this program"
TELEGRAM_POLICY = "Telegram's privacy policy: only secret chats, in which no bot takes part, are end-to-end encrypted"
TELEGRAM_FAQ = "Telegram's FAQ: either side may delete a chat of two, on their own side or on both"
AUTO_DELETE = "the documentation of Telegram's own client library: setChatMessageAutoDeleteTime"
ANNOUNCED = "guides to privacy in Telegram: by default a new account is announced to those who saved its number"
GOV_UK = "GOV.UK Design System, Exit a page quickly: leaving does not erase the history; private windows keep none"


@dataclass(frozen=True)
class Sentence:
    """`said`: the sentence by language. `by`: test ids. `rests_on`: a document in words, or a limit."""

    said: dict[str, str]
    by: tuple[str, ...] = ()
    rests_on: str = ""


def _proven(ko: str, en: str, *by: str) -> Sentence:
    return Sentence({"ko": ko, "en": en}, by)


def _limit(ko: str, en: str, rests_on: str = LIMIT, *by: str) -> Sentence:
    return Sentence({"ko": ko, "en": en}, by, rests_on)


KNOWS = (
    _proven(
        "누른 답은 어디에도 저장하지 않아요.",
        "What you press is not saved anywhere.",
        HERE + "test_pressing_writes_no_file_and_calls_nobody_else",
        HERE + "test_no_session_outlives_its_press",
        BROWSER + "test_screens_leave_no_entries_in_the_history_and_nothing_in_storage",
    ),
    _proven(
        "답은 잠긴 채로 버튼 안에 들어 있어요.",
        "Your answers are locked inside the buttons.",
        SEALING + "test_a_token_opens_to_the_session_it_was_made_from",
        SEALING + "test_a_token_of_another_chat_is_closed",
        SEALING + "test_a_token_of_another_process_is_closed",
        SEALING + "test_a_token_with_any_bit_flipped_is_closed",
        SEALING + "test_every_token_is_as_long_as_a_button_may_be",
    ),
    _proven(
        "한동안 누르지 않으면 열쇠가 사라지고, 그 버튼들은 더 열리지 않아요.",
        "After a while without a press the key is gone, and those buttons do not open any more.",
        SEALING + "test_a_token_dies_to_the_second_one_idle_limit_after_its_epoch",
        SEALING + "test_forgetting_destroys_the_keys_whose_time_has_come_and_no_others",
        WEB + "test_an_expired_token_gives_the_kind_screen_with_start_again",
        TELEGRAM + "test_an_expired_button_shows_the_closed_screen",
    ),
    _proven(
        "이름, 전화번호, 주소는 묻지 않고 적어 두지도 않아요.",
        "This guide does not ask for your name, number or address, and does not note them.",
        WEB + "test_the_page_has_no_field_and_nothing_to_send_but_buttons",
        HERE + "test_what_is_read_of_an_update_holds_no_name_number_or_word",
        CANARY + "test_nothing_comes_out_of_a_run",
        CANARY + "test_every_line_is_an_event_of_the_closed_list",
    ),
    _proven(
        "보내 준 사진과 영상은 열지도 내려받지도 않아요.",
        "It does not open or fetch a picture or video that you send.",
        MEDIA + "test_every_kind_of_content_is_deleted_and_nothing_of_it_is_ever_used",
        CALLING + "test_no_way_leads_to_a_file",
        HEADERS + "test_every_refusal_has_exactly_these_headers_and_its_number",
    ),
    _proven(
        "적어 준 글은 저장하지 않고, 다른 곳에 보내지도 않아요.",
        "It does not save words that you type, and does not send them on.",
        CANARY + "test_nothing_comes_out_of_a_run",
        HERE + "test_what_is_read_of_an_update_holds_no_name_number_or_word",
        NOTES + "test_typed_text_is_deleted_and_a_new_note_replaces_the_old",
    ),
    _proven(
        "함께 읽는 사람은 없어요.",
        "Nobody reads along.",
        HERE + "test_the_web_chat_has_no_place_to_read_along",
        HERE + "test_pressing_writes_no_file_and_calls_nobody_else",
        LOGS + "test_the_list_of_events_is_closed",
    ),
    _proven(
        "보이는 글은 모두 미리 써 둔 글이에요.",
        "Every text here was written before.",
        HERE + "test_the_same_press_always_says_the_same",
        "tests/test_security.py::test_every_dependency_has_its_reason",
        FLOWS + "test_every_text_exists_in_every_language",
    ),
    _proven(
        "누리집에서 읽는 동안에는 다른 회사에 연결하지 않아요.",
        "While you read on the web, no other company is called.",
        BROWSER + "test_a_whole_walk_asks_only_this_server",
        HEADERS + "test_every_route_answers_every_method_with_exactly_these_headers",
        HERE + "test_pressing_writes_no_file_and_calls_nobody_else",
    ),
)

IN_TELEGRAM = (
    _limit(
        "텔레그램 대화는 종단 간 암호화가 아니에요.", "A Telegram chat is not end-to-end encrypted.", TELEGRAM_POLICY
    ),
    _limit(
        "오간 글과 누른 버튼은 텔레그램 서버를 지나고, 거기에 남을 수 있어요.",
        "What is written and pressed goes through Telegram's servers and can stay there.",
        TELEGRAM_POLICY,
    ),
    _limit(
        "알림에 글의 앞부분이 보이거나, 대화 목록에 이 대화가 남을 수 있어요.",
        "A notification can show how a message begins, and this chat can stay in your chat list.",
        LIMIT,
        TELEGRAM + "test_the_neutral_line_comes_first_in_every_card_and_note",
        RECEIVING + "test_setup_says_neutral_things_in_every_language",
    ),
    _proven(
        "「닫고 나가기」를 누르면 이 안내의 화면을 대화에서 지우거나 비워요.",
        'If you press "Close and leave", this guide deletes or empties its screen in the chat.',
        TELEGRAM + "test_leaving_takes_everything_away",
        TELEGRAM + "test_a_card_too_old_to_delete_is_emptied",
    ),
    _limit("대화 목록에서 대화를 직접 지울 수도 있어요.", "You can also delete the chat from your list.", TELEGRAM_FAQ),
    _limit(
        "양쪽에서 지울지 텔레그램이 물어보면 그렇게 골라도 돼요.",
        "If Telegram asks whether to delete it for both sides, you can choose that.",
        TELEGRAM_FAQ,
    ),
    _limit(
        "자동 삭제를 켜면 그 뒤의 글은 시간이 지나 텔레그램이 지워요.",
        "If you turn on auto-delete, Telegram deletes later messages after a time.",
        AUTO_DELETE,
    ),
    _proven(
        "이 안내는 화면을 고치고 지우려고 대화 번호를 잠시 기억해요.",
        "This guide remembers the number of the chat for a while, to change and delete the screen.",
        TELEGRAM + "test_an_idle_card_takes_itself_and_its_note_away",
        TELEGRAM + "test_what_can_never_be_deleted_is_given_up_after_an_idle_limit",
        TELEGRAM + "test_nothing_personal_stands_in_a_repr",
    ),
    _proven(
        "텔레그램이 함께 보내는 이름은 읽지 않아요.",
        "It does not read the name that Telegram sends along.",
        HERE + "test_what_is_read_of_an_update_holds_no_name_number_or_word",
    ),
    _limit(
        "텔레그램에 새로 가입하면, 내 번호를 저장한 사람에게 알려질 수 있어요.",
        "If you make a new Telegram account, people who saved your number can be told.",
        ANNOUNCED,
    ),
)

ON_THE_WEB = (
    _limit(
        "방문 기록에 이 페이지의 이름과 주소가 남을 수 있어요.",
        "The name and address of this page can stay in your browser history.",
        LIMIT,
        BROWSER + "test_the_title_tells_nothing_and_never_changes",
        WEB + "test_the_token_stands_in_no_address",
    ),
    _limit("「바로 나가기」를 눌러도 방문 기록은 지워지지 않아요.", '"Leave now" does not delete the history.', GOV_UK),
    _limit("방문 기록은 브라우저에서 직접 지울 수 있어요.", "You can delete it in your browser.", GOV_UK),
    _limit(
        "비공개 창에서 보면, 창을 닫은 뒤 방문 기록이 남지 않아요.",
        "In a private window, the history does not stay after you close it.",
        GOV_UK,
    ),
    _proven(
        "쿠키는 쓰지 않고, 내려받을 것도 없어요.",
        "This guide uses no cookies, and there is nothing to download.",
        BROWSER + "test_screens_leave_no_entries_in_the_history_and_nothing_in_storage",
        HEADERS + "test_every_route_answers_every_method_with_exactly_these_headers",
    ),
    _proven(
        "나간 뒤 브라우저에서 뒤로 가도, 누른 답이 담긴 화면은 저절로 나오지 않아요.",
        "After you leave, going back in the browser does not bring up a screen with your answers by itself.",
        LEAVING + "test_after_the_exit_no_way_back_shows_anything",
        LEAVING + "test_without_javascript_the_exit_leads_away_and_back_asks_before_it_shows_anything",
    ),
    _limit(
        "자바스크립트를 꺼 두었다면 첫 화면이 보이거나, 다시 보낼지 브라우저가 물어볼 수 있어요.",
        "Without JavaScript, you may see the first screen, or the browser may ask whether to send again.",
        LIMIT,
        LEAVING + "test_without_javascript_the_exit_leads_away_and_back_asks_before_it_shows_anything",
    ),
    _proven(
        "보내지 않으면 그 화면은 나오지 않아요.",
        "If you do not send, that screen is not shown.",
        LEAVING + "test_without_javascript_the_exit_leads_away_and_back_asks_before_it_shows_anything",
    ),
    _proven(
        "접속한 인터넷 주소는 서버까지 오지만 적어 두지 않아요.",
        "Your internet address reaches the server, but is not noted there.",
        CANARY + "test_every_line_is_an_event_of_the_closed_list",
        LIMITS + "test_who_connected_is_remembered_nowhere",
        HERE + "test_pressing_writes_no_file_and_calls_nobody_else",
    ),
    _limit(
        "학교나 회사의 인터넷에서는 어느 누리집을 열었는지 관리하는 사람이 볼 수 있어요.",
        "At school or at work, people who run the network can see which site you opened.",
    ),
    _limit(
        "여기서 연 링크에는 방문이 남을 수 있지만, 어디서 왔는지는 알려 주지 않아요.",
        "A site that you open from here can see your visit, but is not told where you came from.",
        LIMIT,
        WEB + "test_numbers_can_be_dialled_and_forms_open_without_telling_where_from",
        HEADERS + "test_every_route_answers_every_method_with_exactly_these_headers",
    ),
)

NEAR = (
    _limit(
        "휴대폰이나 컴퓨터를 손에 든 사람은 열려 있는 화면을 읽을 수 있어요.",
        "Someone who holds your phone or computer can read an open screen.",
    ),
    _limit(
        "시간이 지나 버튼이 닫혀도 글은 화면에 남아 있을 수 있어요.",
        "The buttons close after a time, but the text can stay on the screen.",
        LIMIT,
        SEALING + "test_a_token_dies_to_the_second_one_idle_limit_after_its_epoch",
    ),
    _proven(
        "손에서 놓기 전에 닫고 나갈 수 있어요.",
        "You can close and leave before you put it down.",
        FLOWS + "test_language_and_leave_are_on_every_screen",
    ),
    _limit("복사한 번호나 글은 기기에 남을 수 있어요.", "A number or text that you copy can stay on the device."),
    _limit("전화와 문자는 그 기록에 남을 수 있어요.", "A call or a text message can stay in its list."),
    _limit(
        "같이 쓰거나 누가 들여다보는 기기에는 이 안내가 막을 수 없는 것이 있어요.",
        "On a device that is shared or watched, there are things this guide cannot stop.",
    ),
    _limit("다른 기기나 믿는 사람의 기기에서 봐도 돼요.", "You can use another device, or one of a person you trust."),
)

LEFT = (
    _proven(
        "여기서 누른 답은 저장하지 않았어요.",
        "The answers you pressed here were not saved.",
        HERE + "test_pressing_writes_no_file_and_calls_nobody_else",
    ),
    _limit(
        "브라우저의 방문 기록이나 텔레그램의 대화 목록에는 이름이 남을 수 있어요.",
        "A name can stay in your browser history or in your Telegram chat list.",
        LIMIT,
        BROWSER + "test_the_title_tells_nothing_and_never_changes",
        RECEIVING + "test_setup_says_neutral_things_in_every_language",
    ),
    _limit("나가도 그것은 지워지지 않아요.", "Leaving does not delete it.", GOV_UK),
    _limit("원하면 기기에서 직접 지울 수 있어요.", "If you want, you can delete it on your device.", GOV_UK),
)

PAGES = {
    "privacy/knows": KNOWS,
    "privacy/telegram": IN_TELEGRAM,
    "privacy/web": ON_THE_WEB,
    "privacy/near": NEAR,
    "left-text": LEFT,
}


def exists(test: str) -> bool:
    """Whether a test id like `tests/test_logs.py::test_that` names a test; a file alone needs any test in it."""
    file, _, name = test.partition("::")
    found = _tests_of(ROOT / file)
    return name in found if name else bool(found)


@cache
def _tests_of(file: Path) -> frozenset[str]:
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text("utf-8"))
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(node.name for node in functions if node.name.startswith("test_"))
