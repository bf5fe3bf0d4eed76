"""What stands around every request: the headers of every answer, the Host names, refusals without an echo."""

import logging
import re
from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web

from bot import logs

# What a page of ours never does; a script that got in could not either. Copying a letter is all it may.
_FORBIDDEN = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "captured-surface-control", "clipboard-read",
    "compute-pressure", "deferred-fetch", "digital-credentials-create", "digital-credentials-get",
    "display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid",
    "identity-credentials-get", "idle-detection", "interest-cohort", "keyboard-map", "language-detector",
    "local-fonts", "local-network-access", "magnetometer", "microphone", "midi", "otp-credentials", "payment",
    "picture-in-picture", "private-state-token-issuance", "private-state-token-redemption",
    "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access",
    "summarizer", "translator", "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip

# No Strict-Transport-Security: browsers keep it on the device for months, and nothing of a visit may stay
# there. Who serves a domain of their own over https can put the domain on the browsers' preload list.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": ", ".join((*(f"{name}=()" for name in _FORBIDDEN), "clipboard-write=(self)")),
    "X-Robots-Tag": "noindex, nofollow",
    "Server": "web",
}

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


def guarded(handler: Handler, hosts: Iterable[str]) -> Handler:
    """A handler whose every answer bears the headers, and whose every failure is a short page without an echo.

    `hosts`: the Host names that are answered; empty for any. What asks whether the server is well knows none.
    """
    known = frozenset(hosts)

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        if known and request.path != "/healthz" and _host(request) not in known:
            return refusal(421)
        response = await _answered(handler, request)
        response.headers.update(HEADERS)
        return response

    return answer


async def _answered(handler: Handler, request: web.BaseRequest) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as refused:
        return refusal(refused.status, refused.headers.get("Allow"))
    except web.RequestPayloadError:  # the body is none
        return refusal(400)
    except Exception:
        if request.transport is None:  # whoever asked is gone, in the middle of a body
            return refusal(400)
        logs.event("web_failed", logging.WARNING)
        return refusal(500)


def refusal(status: int, allowed: str | None = None) -> web.Response:
    """A page with nothing of the request on it; `allowed` names the methods that would have been right."""
    headers = {**HEADERS, "Allow": allowed} if allowed else HEADERS
    return web.Response(status=status, text=f"{status}\n", headers=headers)


def _host(request: web.BaseRequest) -> str:
    return re.sub(r":\d*$", "", request.headers.get("Host", "")).lower()
