"""The small guide with the rarer steps: a choice, words in between, a called flow with pages, a second interrupt."""

from bot.core.guide import Guide
from tests.small import INTERRUPTS, guide

_PLAN = """
flow: plan
written-in: en
steps:
  plan:
    title: The plan
    page: You are at the plan.
    facts: [world]
    more:
      - rest
      - word
      - {again: age, label: Say the age}
      - {again: situation, label: Say what happened}
    then: after
  rest:
    title: A rest
    call: rest
    then: rested
  rested:
    title: After the rest
    page: You rested.
    facts: [world]
    more: [{go: plan, label: Back to the plan}]
  word:
    title: A word
    say: Nothing must be decided today.
    then: plan
  after:
    choose:
      - when: {age: minor}
        go: young
      - else: grown
  young:
    title: For the young
    page: A page for the young.
    facts: [world]
    more: [{go: plan, label: Back to the plan}]
  grown:
    title: For adults
    page: A page for adults.
    facts: [world]
    more: [{go: plan, label: Back to the plan}]
"""
_KR_PLAN = """
flow: kr/plan
written-in: ko
steps:
  plan:
    title: 계획
    page: 한국의 계획이에요.
    facts: [kr-centre]
    more: [plan/rest, plan/young]
"""
_REST = """
flow: rest
written-in: en
steps:
  breathe:
    title: Breathe
    page: Breathe out slowly.
    facts: [world]
    more: [water]
    then: return
  water:
    title: Water
    say: Drink something.
    then: return
"""
_TALK = """
flow: talk
written-in: en
steps:
  first:
    call: who
    then: kind
  kind:
    say: It is good that you ask.
    then: alone
  alone:
    ask: Are you alone?
    answers: {alone: "Yes", not-alone: "No"}
    then: calm
  calm:
    say: Take your time.
    then: talked
  talked:
    title: Somebody to talk to
    page: They listen.
    facts: [world]
"""


def tour() -> Guide:
    """The small guide with another plan, a called flow with pages, and the interrupt `talk`, which asks."""
    talk = "  talk: {flow: talk, button: I want to talk, inside: From the beginning}\n"
    return guide(plan=_PLAN, kr__plan=_KR_PLAN, rest=_REST, talk=_TALK, interrupts=INTERRUPTS + talk)
