"""A small guide that uses every part of the format once, as files; tests change a line and look what happens."""

from datetime import UTC, datetime

from bot.core.guide import INTERFACE_TEXTS, TYPED, Guide
from bot.core.session import Session
from bot.flowfiles.reading import Reading, read_files

NOON = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)  # a Wednesday, 12:00 in Seoul
NIGHT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)  # 03:00 in Seoul

GUIDE = """
format: "1"
languages: {ko: 한국어, en: English}
default-language: en
fallback: {ko: [en], en: [ko]}
start: start
sets:
  minor: [under-18, unsure, skip]
countries: [KR, US]
lines-anywhere: {ko: [kr-night, world], en: [us-day, world]}
lines-elsewhere: [world]
"""

START = """
flow: start
written-in: en
steps:
  situation:
    ask: |
      This is not your fault.

      What is closest?
    answers:
      found: I found a picture
      heard: Somebody told me
    then:
      - when: {situation: found}
        go: found
      - else: heard
  found:
    say: |
      Somebody else did this.
    then: ask-who
  heard:
    say: |
      You need not look.
    then: ask-who
  ask-who:
    call: who
    then: plan
"""

WHO = """
flow: who
written-in: en
steps:
  age:
    ask: How old are you?
    answers:
      under-18: Under 18
      adult: 18 or older
      unsure: Not sure
    then: country
  country:
    ask: Where do you live?
    answers:
      from: countries
      also: {other: Another country}
    then: return
"""

PLAN = """
flow: plan
written-in: en
steps:
  plan:
    title: What you can do
    page:
      - when: {age: minor}
        text: |
          You are not alone.
        else: |
          You do not have to do this alone.
      - text: |
          {facts}

          You can stop at any time.
    facts:
      - world
      - {id: adults-only, when: {age: adult}}
    more:
      - evidence
      - where
      - {again: age, label: Say the age, when: {age: [unsure, skip]}}
  evidence:
    title: What to note
    page: |
      Write down the **link**. Call {fact.world.name} if you want.

      - the name of the room
      - the date
    facts: [world]
    more:
      - {go: plan, label: Back to the plan}
      - letter
    careful: yes
  letter:
    title: A letter
    page: |
      Fill in what stands in brackets.
    letter: report
    facts: [world]
  where:
    title: Where it is
    ask: Where is it?
    answers:
      from: platforms
      group: common
      also: {unknown: I do not know}
    then: route
  route:
    title: The way to report
    page: |
      You can report it there.
    facts:
      - {kind: platform, platform: answered}
      - world
    more:
      - {go: plan, label: Back to the plan}
"""

KR_PLAN = """
flow: kr/plan
written-in: ko
steps:
  plan:
    title: 지금 할 수 있는 일
    page: |
      혼자 하지 않아도 돼요.
    facts: [kr-centre]
    more: [plan/evidence, plan/where]
"""

CRISIS = """
flow: crisis
written-in: en
steps:
  lines:
    title: Somebody who answers now
    page: |
      You are not alone with this.
    facts:
      - {crisis-lines: answered}
    asks: country
    more: [busy]
    careful: yes
  busy:
    title: When it is busy
    page: |
      Try the next one.
    facts: [world]
"""

INTERRUPTS = """
written-in: en
interrupts:
  crisis: {flow: crisis, button: I need help now, inside: Show the lines again}
"""

LISTENING = """
written-in: en
topics:
  found: {go: found}
  law: {go: plan/letter}
  place: {go: topics}
"""

HEARD = """
crisis:
  explicit: [want to die]
  indirect: [no way out]
  danger: [at my door]
topics:
  found: [fake picture]
  law: [the law]
  place: [which site]
"""

HEARD_KO = """
crisis:
  explicit: [죽고 싶]
  indirect: [사라지고 싶]
  danger: [문 앞에 있]
topics:
  found: [합성 사진]
  law: [무슨 법]
  place: [어느 사이트]
"""

TOPICS = """
flow: topics
written-in: en
steps:
  place:
    title: Where it is
    call: who
    then: plan/where
"""

QUIET = """
written-in: en
interrupts:
  crisis: {flow: crisis, button: I need help now, inside: Show the lines again}
  about: {flow: about, button: About this, inside: About this, quiet: yes}
"""

ABOUT = """
flow: about
written-in: en
steps:
  about:
    title: About this
    page: Nothing is kept.
    facts: [world]
"""

KR = """
country: KR
written-in: ko
checked-by: a test
name: 대한민국
zone: Asia/Seoul
crisis: [kr-night, kr-centre]
facts:
  kr-night:
    kind: crisis
    name: 밤 전화
    short: 언제나 받아요.
    before: 이름을 묻지 않아요.
    hours: always
    contacts:
      - {call: "109"}
      - {text: "109"}
    sources:
      - {publisher: 기관, url: "https://example.org/a", date: 2026-01-01}
    checked: 2026-11-22
    again-after: 90 days
  kr-centre:
    kind: removal
    name: 지원 센터
    short: 지워 달라고 대신 요청해요.
    before: 링크를 물어봐요.
    does:
      - when: {age: minor}
        text: 부탁하지 않아도 지워요.
        else: 부탁하면 지워요.
    penalty: 없어요.
    hours: {weekly: [mon-fri 09:00-18:00]}
    contacts:
      - {call: "02-123-4567", label: 직통}
      - {call: "1366", hours: always}
      - {chat: 카카오톡 채널}
      - {form: "https://example.org/form", label: 신청서, when: {age: adult}}
      - {site: "https://example.org/"}
    sources:
      - {publisher: 기관, url: "https://example.org/b", date: 2026-01-01}
    checked: 2026-11-22
    again-after: 90 days
"""

US = """
country: US
written-in: en
checked-by: a test
name: United States
zone: America/New_York
crisis: [us-day]
facts:
  us-day:
    kind: crisis
    name: Day line
    short: Somebody listens.
    before: They do not ask your name.
    hours: {weekly: [mon-fri 09:00-17:00, sat 10:00-12:00]}
    contacts:
      - {call: "+1 800 555 0100"}
    sources:
      - {publisher: Line, url: "https://example.org/us", date: 2026-01-01}
    checked: 2026-11-22
    again-after: 90 days
"""

WORLD = """
country: INTL
written-in: en
checked-by: a test
platforms:
  chatty: {name: Chatty, group: common}
  korean: {name: Korean, group: common, country: KR}
facts:
  world:
    kind: hash-matching
    name: World help
    short: It finds a line near you.
    before: It does not ask who you are.
    contacts:
      - {site: "https://example.org/world"}
      - {mail: "help@example.org"}
    sources:
      - {publisher: World, url: "https://example.org/w", date: 2026-01-01}
    checked: 2026-11-22
    again-after: 90 days
  adults-only:
    kind: ngo
    audience: {age: adult}
    name: For adults
    short: It is for adults.
    contacts:
      - {site: "https://example.org/adult"}
    sources:
      - {publisher: World, url: "https://example.org/x", date: 2026-01-01}
    checked: 2026-11-22
    again-after: 90 days
  chatty-report:
    kind: platform
    platform: chatty
    name: Report to Chatty
    short: Chatty takes it down.
    contacts:
      - {form: "https://example.org/chatty"}
    sources:
      - {publisher: Chatty, url: "https://example.org/c", date: 2026-01-01}
    checked: 2026-11-22
    again-after: 90 days
  korean-report:
    kind: platform
    platform: korean
    name: Report to Korean
    short: Korean takes it down.
    contacts:
      - {form: "https://example.org/korean"}
    sources:
      - {publisher: Korean, url: "https://example.org/k", date: 2026-01-01}
    checked: 2026-11-22
    again-after: 90 days
"""

LETTER = """
letter: report
written-in: en
title: Report
text: |
  Hello,
  the link is [link].
"""

_BLANKS = {
    "opens-at": "Opens {when}",
    "line-of-country": "In {country}",
    "checked-on": "Checked on {date}",
    "last-checked": "Last checked on {date}",
}
INTERFACE = "written-in: en\ninterface:\n" + "".join(
    f'  {key}: "{_BLANKS.get(key, key.replace("-", " ").capitalize())}"\n' for key in INTERFACE_TEXTS
)

FILES = {
    "guide.yaml": GUIDE,
    "interface.yaml": INTERFACE,
    "interrupts.yaml": INTERRUPTS,
    "start.yaml": START,
    "who.yaml": WHO,
    "plan.yaml": PLAN,
    "kr/plan.yaml": KR_PLAN,
    "crisis.yaml": CRISIS,
    "facts/kr.yaml": KR,
    "facts/us.yaml": US,
    "facts/intl.yaml": WORLD,
    "letters/report.yaml": LETTER,
}


LISTENS = {
    "listening": LISTENING, "listening__en": HEARD, "listening__ko": HEARD_KO, "topics": TOPICS, "interrupts": QUIET,
    "about": ABOUT,
}  # fmt: skip


def reading(**changed: str) -> Reading:
    """The reading of the small guide with some files changed: `reading(plan=PLAN.replace(...))`."""
    return read_files({**FILES, **{name.replace("__", "/") + ".yaml": text for name, text in changed.items()}})


def guide(**changed: str) -> Guide:
    """The small guide; its problems are a failure of the test."""
    found = reading(**changed)
    assert found.guide is not None, "\n".join(map(str, found.problems.errors))
    return found.guide


def beginnings(its: Guide) -> list[Session]:
    """The sessions that somebody can begin with: the first screen, and what typed words open."""
    return [Session("en"), *(Session("en", ((TYPED, topic.id),)) for topic in its.topics.values() if topic.go)]


def listening() -> Guide:
    """The small guide with topics of typed words and a quiet interrupt."""
    return guide(**LISTENS)
