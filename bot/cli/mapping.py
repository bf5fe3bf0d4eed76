"""`map`: the flows as a picture, for Mermaid or Graphviz, with words for whoever cannot see it."""

import shutil
import subprocess
from collections.abc import Iterator, Set
from dataclasses import dataclass
from html import escape

from bot.core.guide import RETURN, Ask, Call, Choose, Guide, More, Page, Say, Step, Target
from bot.core.text import Condition
from bot.core.wording import line as one_line
from bot.flowfiles.reads import lines
from bot.flowfiles.scope import flow_of

DRAW_SECONDS = 60
_KINDS = {Ask: "question", Say: "words", Choose: "branch", Call: "call", Page: "page"}
_MERMAID = {
    "question": ("{{", "}}"),
    "words": ("(", ")"),
    "branch": ("{", "}"),
    "call": ("[[", "]]"),
    "page": ("[", "]"),
}
_DOT = {"question": "hexagon", "words": "ellipse", "branch": "diamond", "call": "component", "page": "box"}
_PLURAL = {"branch": "es"}
_NEVER, _ALWAYS = "#f6c1b4", "#cfe8d5"  # steps that no test touches, and those that one does


class NoGraphviz(Exception):
    """There is no `dot` that could draw."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one step to another; `why` is the condition in words."""

    start: str
    end: str
    why: str = ""
    opened: bool = False  # by a press, not by itself


@dataclass(frozen=True, slots=True)
class Map:
    """What is drawn: the steps of the wanted flow, those next to them, and the arrows between."""

    title: str
    steps: tuple[Step, ...]
    near: tuple[Step, ...]  # of other flows, drawn pale
    arrows: tuple[Arrow, ...]
    language: str
    touched: Set[str] | None = None  # steps that tests touch; None: not asked

    @property
    def about(self) -> str:
        """The map in one sentence."""
        kinds = [_KINDS[type(step)] for step in self.steps]
        counts = ", ".join(
            f"{kinds.count(kind)} {kind}{'' if kind == 'words' or kinds.count(kind) == 1 else _PLURAL.get(kind, 's')}"
            for kind in dict.fromkeys(kinds)
        )
        return f"{len(self.steps)} steps ({counts}) and {len(self.arrows)} ways between them."


def mapped(guide: Guide, language: str, flow: str = "", touched: Set[str] | None = None) -> Map:
    """The map of the whole guide, or of one flow with the steps next to it."""
    steps = tuple(step for step in guide.steps.values() if not flow or flow_of(step.step) == flow)
    inside = {step.step for step in steps}
    arrows = tuple(
        arrow
        for step in guide.steps.values()
        for arrow in _arrows(guide, step)
        if arrow.start in inside or (arrow.end in inside and flow)
    )
    near = {name for arrow in arrows for name in (arrow.start, arrow.end)} - inside
    title = f"Flow {flow}" if flow else "The whole guide"
    return Map(title, steps, tuple(guide.steps[name] for name in sorted(near)), arrows, language, touched)


def mermaid(guide: Guide, its: Map) -> str:
    """For Mermaid, which code hosts draw in Markdown."""
    names = {step.step: f"s{number}" for number, step in enumerate((*its.steps, *its.near))}
    out = ["flowchart TD", f"  accTitle: {its.title}", f"  accDescr: {its.about}"]
    for flow, steps in _by_flow(its.steps):
        out.append(f'  subgraph "{flow}"')
        for step in steps:
            before, after = _MERMAID[_KINDS[type(step)]]
            out.append(f'    {names[step.step]}{before}"{_quoted(_label(guide, step, its.language))}"{after}')
        out.append("  end")
    out += [f'  {names[step.step]}["{step.step}"]:::near' for step in its.near]
    for arrow in its.arrows:
        shape = "-.->" if arrow.opened else "-->"
        why = f'|"{_quoted(arrow.why)}"|' if arrow.why else ""
        out.append(f"  {names[arrow.start]} {shape}{why} {names[arrow.end]}")
    out.append("  classDef near stroke-dasharray: 4")
    if its.touched is not None:
        out += [f"  style {names[step.step]} fill:{_colour(its, step)}" for step in its.steps]
    return "\n".join(out) + "\n"


def dot(guide: Guide, its: Map) -> str:
    """For Graphviz."""
    out = ["digraph guide {", f'  label="{its.title}. {its.about}"; labelloc=t; rankdir=LR;']
    out.append('  node [fontname="sans-serif", fontsize=10]; edge [fontname="sans-serif", fontsize=8];')
    for number, (flow, steps) in enumerate(_by_flow(its.steps)):
        out.append(f'  subgraph cluster_{number} {{ label="{flow}";')
        for step in steps:
            fill = f', style=filled, fillcolor="{_colour(its, step)}"' if its.touched is not None else ""
            label, shape = _quoted(_label(guide, step, its.language)), _DOT[_KINDS[type(step)]]
            out.append(f'    "{step.step}" [label="{label}", shape={shape}, tooltip="{step.step}"{fill}];')
        out.append("  }")
    out += [f'  "{step.step}" [shape=plaintext];' for step in its.near]
    for arrow in its.arrows:
        style = "dashed" if arrow.opened else "solid"
        out.append(f'  "{arrow.start}" -> "{arrow.end}" [style={style}, label="{_quoted(arrow.why)}"];')
    return "\n".join(out) + "\n}\n"


def svg(guide: Guide, its: Map) -> str:
    """Drawn by Graphviz, with a title and a description for screen readers.

    Raises:
        NoGraphviz: it is not installed, or cannot draw this.
    """
    program = shutil.which("dot")
    if program is None:
        raise NoGraphviz("Drawing needs Graphviz. Install it (apt-get install graphviz), or use --format mermaid.")
    source = dot(guide, its).encode()
    done = subprocess.run([program, "-Tsvg"], input=source, capture_output=True, timeout=DRAW_SECONDS, check=False)
    if done.returncode:
        raise NoGraphviz("Graphviz could not draw this. Try one flow: --flow kr/plan")
    drawn = done.stdout.decode("utf-8")
    told = f'<title id="map-title">{escape(its.title)}</title><desc id="map-about">{escape(its.about)}</desc>'
    drawn = drawn.replace("<svg ", '<svg role="img" aria-labelledby="map-title map-about" ', 1)
    return drawn.replace("\n<g ", f"\n{told}\n<g ", 1)


def _arrows(guide: Guide, step: Step) -> Iterator[Arrow]:
    if isinstance(step, Call):
        yield from _to(step, step.flow, "call", opened=False)
    for way in lines(step):
        yield from _to(step, way.go, _words(way.when), opened=False)
    for entry in step.more if isinstance(step, Page) else ():
        yield from _opened(guide, step, entry)


def _opened(guide: Guide, step: Step, entry: More) -> Iterator[Arrow]:
    if entry.again:
        yield Arrow(step.step, guide.questions[entry.again].step, "again", opened=True)
    elif entry.go:
        yield from _to(step, entry.go, _words(entry.when), opened=True)


def _to(step: Step, target: Target, why: str, *, opened: bool) -> Iterator[Arrow]:
    if target.step != RETURN:
        yield Arrow(step.step, target.step, why, opened)
        for country, own in target.by_country.items():
            yield Arrow(step.step, own, f"{why}, {country}".strip(", "), opened)


def _words(when: Condition | None) -> str:
    if when is None:
        return ""
    clauses = []
    for question, wanted in when.clauses:
        few = sorted(wanted)
        clauses.append(f"{question}: {', '.join(few[:3])}" + (f" +{len(few) - 3}" if len(few) > 3 else ""))
    return "; ".join(clauses)


def _by_flow(steps: tuple[Step, ...]) -> Iterator[tuple[str, list[Step]]]:
    flows: dict[str, list[Step]] = {}
    for step in steps:
        flows.setdefault(flow_of(step.step), []).append(step)
    yield from flows.items()


def _label(guide: Guide, step: Step, language: str) -> str:
    name = step.step.rpartition("/")[2]
    return f"{name}: {one_line(guide, step.title, language)}" if step.title else name


def _quoted(words: str) -> str:
    return words.replace('"', "'").replace("\\", "/")


def _colour(its: Map, step: Step) -> str:
    return _ALWAYS if its.touched and step.step in its.touched else _NEVER
