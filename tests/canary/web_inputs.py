"""Every place of an HTTP request in which a person's words or address can arrive, as bytes on the wire."""

from collections.abc import Iterator
from typing import NamedTuple

from tests.canary.needles import Canary

HOOK = "/hook"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
HEADERS = """
    Host Cookie Referer User-Agent Accept Accept-Language Accept-Encoding X-Forwarded-For X-Forwarded-Host
    X-Forwarded-Proto Forwarded X-Real-IP Via Authorization Proxy-Authorization Origin From Sec-Fetch-Site Sec-CH-UA
    If-None-Match If-Modified-Since If-Range Range Expect Content-Type Content-Encoding Transfer-Encoding
    Content-Length Connection TE Trailer DNT Max-Forwards X-Request-Id traceparent
"""


class Visit(NamedTuple):
    """`sent` goes over one connection; then the answer is read, the connection is `cut`, or `kept` open."""

    name: str
    sent: bytes
    then: str = "read"


class Visits:
    """Makes requests around one canary; `secret` opens the webhook, None where there is none."""

    def __init__(self, canary: Canary, secret: str | None) -> None:
        self.word = canary.word
        self.header = canary.header
        self.number = canary.number("other")
        self.secret = secret

    def all(self) -> Iterator[Visit]:
        """Sound requests first, then wrong ones, then what is no HTTP at all, then what is never finished."""
        yield from self.addresses()
        yield from self.headers()
        yield from self.forms()
        yield from self.bodies()
        yield from self.no_http()
        yield from self.unfinished()
        if self.secret is not None:
            yield from self.pushed()

    def request(self, line: str = "GET / HTTP/1.1", body: bytes = b"", **headers: str) -> bytes:
        """A request; `a_b` is the header a-b."""
        length = {"Content-Length": str(len(body))} if body else {}
        named = {"Host": "localhost", **length, **{name.replace("_", "-"): value for name, value in headers.items()}}
        head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        return f"{line}\r\n{head}\r\n".encode("utf-8", "surrogateescape") + body

    def posted(self, body: str | bytes, content: str = FORM, **headers: str) -> bytes:
        raw = body.encode() if isinstance(body, str) else body
        return self.request("POST / HTTP/1.1", raw, Content_Type=content, **headers)

    def addresses(self) -> Iterator[Visit]:
        """Paths, queries, other methods, whole addresses."""
        word = self.word
        yield Visit("path", self.request(f"GET /{word} HTTP/1.1"))
        yield Visit("query", self.request(f"GET /?{word}={word}&n={self.number}#{word} HTTP/1.1"))
        yield Visit("encoded path", self.request(f"GET /%7E{word}/%ff%00/..%2f{word} HTTP/1.1"))
        yield Visit("path with signs of its own", self.request(f"GET /{word}\udcff/[{word} HTTP/1.1"))
        yield Visit("whole address", self.request(f"GET http://{word}.example:80/{word}?{word} HTTP/1.1"))
        yield Visit("whole address with a name", self.request(f"GET http://{word}:{word}@h.example/ HTTP/1.1"))
        yield Visit("address that is none", self.request(f"GET http://[{word}/ HTTP/1.1"))
        yield Visit("script of another version", self.request(f"GET /{word}.js HTTP/1.1"))
        for method in ("HEAD", "PUT", "OPTIONS", "TRACE", "PATCH", "DELETE", "PROPFIND"):
            yield Visit(method, self.request(f"{method} /{word} HTTP/1.1"))
        yield Visit("CONNECT", self.request(f"CONNECT {word}.example:443 HTTP/1.1"))
        yield Visit("old version", self.request(f"GET /{word} HTTP/1.0"))

    def headers(self) -> Iterator[Visit]:
        """Each header alone, so that none hides behind another."""
        word = self.word
        for name in (*HEADERS.split(), f"X-{self.header}"):
            yield Visit(name, self.request(**{name: f"{word}; a={word}, {word}={self.number}"}))
        yield Visit("cookies", self.request(Cookie=f"{word}={word}; session={word}"))
        yield Visit("languages", self.request(Accept_Language=f"{word};q=0.9, {word}-KR;q={word}, en;q=0.1"))
        yield Visit("web socket", self.request(Connection="Upgrade", Upgrade="websocket", Sec_WebSocket_Key=word))
        yield Visit("other upgrade", self.request(Connection="Upgrade", Upgrade=word))
        yield Visit("waits to go on", self.request("POST / HTTP/1.1", Expect="100-continue", Content_Length="0"))
        yield Visit("bytes that are no text", self.request(User_Agent=f"\udcff\udcfe{word}"))

    def forms(self) -> Iterator[Visit]:
        """Fields, their names, tokens, charsets."""
        word = self.word
        yield Visit("token", self.posted(f"t={word}"))
        yield Visit("token of the right length", self.posted("t=" + (word * 5)[:64]))
        yield Visit("leave", self.posted(f"leave={word}"))
        yield Visit("no field that is known", self.posted(f"{word}={word}&text={word}"))
        yield Visit("token twice", self.posted(f"t={word}&t={word}&{word}"))
        yield Visit("encoded", self.posted(f"t=%ff%fe{word}&%zz={word}"))
        yield Visit("from another site", self.posted(f"t={word}", Sec_Fetch_Site="cross-site", Origin=word))
        yield Visit("charset that is none", self.posted(f"t={word}", f"{FORM}; charset={word}"))
        yield Visit("charset that is another", self.posted(f"t={word}".encode("utf-16"), f"{FORM}; charset=utf-16"))
        yield Visit("charset with a wrong body", self.posted(b"t=\xff" + word.encode(), f"{FORM}; charset=utf-8"))
        yield Visit("content type with more in it", self.posted(f"t={word}", f"{FORM}; {word}={word}"))
        yield Visit("a failure in the handler", self.posted(f"t={word}", Accept_Language=word, X_Fault=word))

    def bodies(self) -> Iterator[Visit]:
        """What is no form, what is too long, what does not unpack."""
        word = self.word
        part = f'--{word}\r\nContent-Disposition: form-data; name="t"; filename="{word}.jpg"\r\n'
        part += f"Content-Type: image/{word}\r\n\r\n{word}\r\n--{word}--\r\n"
        yield Visit("upload", self.posted(part, f"multipart/form-data; boundary={word}"))
        yield Visit("upload that is broken", self.posted(part[:40], f"multipart/form-data; boundary={word}"))
        yield Visit("JSON", self.posted(f'{{"{word}": "{word}"}}', JSON))
        yield Visit("text", self.posted(word, "text/plain"))
        yield Visit("kind that is none", self.posted(word, word))
        yield Visit("no kind", self.request("POST / HTTP/1.1", word.encode()))
        yield Visit("too long", self.posted(f"t={word * 400}"))
        yield Visit("packed", self.posted(word, FORM, Content_Encoding="gzip"))
        yield Visit("packed in a way that is none", self.posted(word, FORM, Content_Encoding=word))
        chunked = {"Transfer_Encoding": "chunked", "Content_Type": FORM}
        yield Visit("chunks", self.request("POST / HTTP/1.1", **chunked) + self._chunk(f"t={word}") + b"0\r\n\r\n")
        yield Visit("chunk of no length", self.request("POST / HTTP/1.1", **chunked) + f"{word}\r\n".encode())
        yield Visit(
            "trailers", self.request("POST / HTTP/1.1", **chunked) + f"0\r\n{self.header}: {word}\r\n\r\n".encode()
        )

    def no_http(self) -> Iterator[Visit]:
        """Lines that no parser takes."""
        word, header, two = self.word, self.header, "GET / HTTP/1.1\r\nHost: x\r\n"
        for name, sent in {
            "one word": f"{word}\r\n\r\n",
            "no version": f"GET /{word}\r\n\r\n",
            "its own version": f"GET / {word}/9.9\r\n\r\n",
            "its own method": f"{word.upper()} /{word} HTTP/1.1\r\nHost: x\r\n\r\n",
            "spaces": f"GET  {word} {word} HTTP/1.1\r\n\r\n",
            "a header without a colon": f"{two}{header}\r\n\r\n",
            "a header with a space": f"{two}{header} : {word}\r\n\r\n",
            "a folded header": f"{two}A: b\r\n {word}\r\n\r\n",
            "no host": f"GET /{word} HTTP/1.1\r\n\r\n",
            "two hosts": f"{two}Host: {word}\r\nHost: {word}\r\n\r\n",
            "a zero byte": f"{two}A: {word}\0{word}\r\n\r\n",
            "a path that is too long": f"GET /{word * 700} HTTP/1.1\r\nHost: x\r\n\r\n",
            "a header that is too long": f"{two}Cookie: {word * 700}\r\n\r\n",
            "a name that is too long": f"{two}{header * 700}: x\r\n\r\n",
            "too many headers": two + f"{header}: {word}\r\n" * 300 + "\r\n",
            "two lengths": f"{two}Content-Length: 3\r\nContent-Length: 9\r\n\r\n{word}",
            "length and chunks": f"{two}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n{word}",
        }.items():
            yield Visit(name, sent.encode())
        yield Visit("a TLS greeting", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + word.encode())
        yield Visit("an HTTP/2 greeting", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + word.encode())
        yield Visit("one after the other", self.request(f"GET /{word} HTTP/1.1") * 20)

    def unfinished(self) -> Iterator[Visit]:
        """Cut at every kind of place; and whoever goes away without closing anything."""
        word = self.word
        whole = self.posted(f"t={word}")
        for name, left in {"line": 10, "header": len(whole) - 30, "body": len(whole) - 3}.items():
            yield Visit(f"cut in the {name}", whole[:left], "cut")
        yield Visit("cut before the answer", whole, "cut")
        yield Visit("a body that never comes", self.posted(word, Content_Length="900"), "cut")
        yield Visit("a page left open", self.request(f"GET /?{word} HTTP/1.1", Cookie=word, User_Agent=word), "kept")
        yield Visit("half a form left open", whole[:-3], "kept")
        yield Visit("half a header left open", self.request(f"GET /?{word} HTTP/1.1", Cookie=word)[:-9], "kept")
        yield Visit("a form left open", self.posted(f"t={word}", Cookie=word, User_Agent=word), "kept")

    def pushed(self) -> Iterator[Visit]:
        """What may reach the webhook: without the secret, and with it what is no update."""
        word, secret = self.word, self.secret or ""
        key = "X_Telegram_Bot_Api_Secret_Token"
        line, update = f"POST {HOOK} HTTP/1.1", f'{{"update_id": 1, "message": "{word}"}}'.encode()
        sound = {"Content_Type": JSON, key: secret}
        yield Visit("hook without a secret", self.request(line, update, Content_Type=JSON))
        yield Visit("hook with another secret", self.request(line, update, Content_Type=JSON, **{key: word}))
        yield Visit("hook with a secret of odd signs", self.request(line, update, **{key: f"\udcff{word}"}))
        yield Visit("hook with a query", self.request(f"POST {HOOK}?{word} HTTP/1.1", update, **sound))
        yield Visit("hook asked for", self.request(f"GET {HOOK}?{word} HTTP/1.1", X_Forwarded_For=word))
        for name, body in {
            "malformed JSON": f'{{"update_id": 1, "message": "{word}',
            "no JSON": word,
            "a text": f'"{word}"',
            "a list": f'["{word}"]',
            "depth": "[" * 100_000 + word,
            "a number too long": f'{{"{word}": {"9" * 5000}}}',
        }.items():
            yield Visit(f"hook with {name}", self.request(line, body.encode(), **sound))
        yield Visit("hook with bytes that are no text", self.request(line, b'{"\xff' + word.encode(), **sound))
        yield Visit("hook with another kind", self.request(line, update, **{**sound, "Content_Type": word}))
        yield Visit("hook with a packed body", self.request(line, update, **sound, Content_Encoding="gzip"))
        yield Visit("hook with too much", self.request(line, word.encode() * 80_000, **sound))
        yield Visit("hook with a cut body", self.request(line, update, **sound, Content_Length="900"), "cut")

    def _chunk(self, text: str) -> bytes:
        return f"{len(text):x}\r\n{text}\r\n".encode()
