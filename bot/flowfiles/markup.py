"""The small Markdown subset of texts: paragraphs, `- ` lists, **bold**, {blanks}."""

import re

from bot.core.text import Block, Bullets, Paragraph, Slot, Span, Words

_PIECE = re.compile(r"\*\*(.+?)\*\*|\{([a-z][^{}\s]*)\}")
_BLANK = re.compile(r"\{([a-z][^{}\s]*)\}")


def read_blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs and lists of a text. A blank line ends a paragraph; other line ends are spaces."""
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", text.strip()):
        prose: list[str] = []
        items: list[str] = []
        for line in (line.strip() for line in chunk.splitlines()):
            if line.startswith("- "):
                if prose:
                    blocks.append(Paragraph(_spans(" ".join(prose))))
                    prose = []
                items.append(line[2:])
            elif items:
                items[-1] += " " + line
            elif line == "{facts}":
                blocks += [Paragraph(_spans(" ".join(prose)))] if prose else []
                prose = []
                blocks.append(Paragraph((Slot("facts"),)))
            else:
                prose.append(line)
        if prose:
            blocks.append(Paragraph(_spans(" ".join(prose))))
        if items:
            blocks.append(Bullets(tuple(_spans(item) for item in items)))
    return tuple(blocks)


def read_letter(text: str) -> tuple[Block, ...]:
    """A letter keeps its line ends: one paragraph, as it will be copied."""
    return (Paragraph(_spans(text.strip())),)


def _spans(text: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    at = 0
    for piece in _PIECE.finditer(text):
        if piece.start() > at:
            spans.append(Words(text[at : piece.start()]))
        if piece[1] is not None:
            spans.extend(_bold(piece[1]))
        else:
            spans.append(Slot(piece[2]))
        at = piece.end()
    if at < len(text):
        spans.append(Words(text[at:]))
    return tuple(spans)


def _bold(text: str) -> list[Span]:
    spans: list[Span] = []
    for n, piece in enumerate(_BLANK.split(text)):
        if piece:
            spans.append(Slot(piece, bold=True) if n % 2 else Words(piece, bold=True))
    return spans
