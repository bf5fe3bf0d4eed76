"use strict";
(() => {
  const root = document.documentElement, byId = (id) => document.getElementById(id);
  const say = (words = "") => { byId("status").textContent = words; };
  const focus = (element) => { element?.focus({ preventScroll: true }); };
  let newest = 0; // the press that counts: no answer to an older one is shown

  // Leaving: blank at once, however slow the network is, and no entry in the history.
  const leave = () => {
    const to = byId("exit").href;
    newest = Infinity;
    due = NaN;
    root.hidden = true;
    document.title = "\u200b";
    document.body.replaceChildren();
    location.replace(to);
  };
  let shifts = 0, alone = false, timer;
  const count = (n) => {
    clearTimeout(timer);
    if (n === 3) return leave();
    if (n || shifts) say(byId("status").dataset["left" + (3 - n)]);
    shifts = n;
    if (n) timer = setTimeout(count, 5000, 0);
  };
  addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && !(event.ctrlKey || event.altKey || event.metaKey);
  });
  addEventListener("keyup", (event) => {
    count(event.key === "Shift" && alone ? shifts + 1 : 0);
    alone = false;
  });
  // A page that comes back from the browser's own cache shows nothing personal.
  addEventListener("pagehide", () => { root.hidden = true; });
  addEventListener("pageshow", (event) => { if (event.persisted) location.replace("/"); });

  // Pressing: one request, no history entry. Without an answer the form works as it stands.
  const ask = (name, value) => new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/");
    request.responseType = "document";
    request.timeout = 20000;
    request.onloadend = () => done(request.status === 200 ? request.response : null);
    request.send(new URLSearchParams([[name, value]]));
  });
  addEventListener("submit", async (event) => {
    const { name, value, className } = event.submitter || {};
    if (!name) return;
    event.preventDefault();
    const mine = ++newest, since = Date.now();
    document.body.setAttribute("aria-busy", "true");
    const page = await ask(name, value);
    if (mine !== newest) return;
    document.body.removeAttribute("aria-busy");
    if (page) {
      (className.includes("stay") ? stay : show)(page);
      begin(since);
    } else if (navigator.onLine) { // offline the browser would show a page of its own instead of the numbers
      byId("f").append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      HTMLFormElement.prototype.submit.call(byId("f"));
    }
  });
  const show = (page) => {
    root.lang = page.documentElement.lang;
    document.title = page.title;
    document.body.replaceWith(page.body);
    scrollTo(0, 0);
    focus(byId("top"));
  };

  // Time: a warning before the buttons are dead, then the closed screen, also after the device slept.
  let due, closed, before; // when they are dead, what is shown then, where the focus was at the warning
  const begin = async (since) => {
    if (byId("copy")) byId("copy").hidden = false;
    due = since + document.body.dataset.idle * 1000; // NaN, so never, on a screen that does not close
    if (closed?.documentElement.lang === root.lang) return;
    closed = await ask("closed", root.lang);
    if (closed) renew(closed); // where it stands already, its own buttons may be dead
  };
  const look = () => {
    const left = due - Date.now(), soon = byId("soon");
    if (left <= 0) {
      newest++;
      due = NaN;
      if (!closed) { root.hidden = true; location.replace("/"); return; }
      show(closed);
      closed = null;
      begin();
    } else if (soon?.hidden && left <= Math.max(20000, Math.min(120000, document.body.dataset.idle * 250))) {
      before = document.activeElement;
      soon.hidden = false;
    }
  };
  // The same screen with buttons that live again: nothing moves under the person's eyes.
  const renew = (page) => {
    const fresh = page.querySelectorAll("button[name]"), old = document.querySelectorAll("button[name]");
    const words = (of) => of.querySelector("main").textContent; // opening hours change while a screen stays
    if (old.length !== fresh.length || words(page) !== words(document)) return false;
    old.forEach((button, n) => { button.value = fresh[n].value; });
    return true;
  };
  const stay = (page) => {
    const soon = byId("soon"), at = scrollY;
    if (!renew(page)) { show(page); if (byId("soon")) scrollTo(0, at); return; }
    if (soon.contains(document.activeElement)) focus(before?.isConnected ? before : byId("top"));
    soon.hidden = true;
    say(byId("life").textContent);
  };
  setInterval(look, 1000);
  for (const name of ["visibilitychange", "focus", "pageshow"]) addEventListener(name, look);

  addEventListener("click", (event) => {
    if (event.target.closest("#exit")) { event.preventDefault(); leave(); }
    if (event.target.closest("#copy")) copy(byId("copy"), byId("letter"));
  });
  const copy = async (button, letter) => {
    try {
      await navigator.clipboard.writeText(letter.textContent);
      if (!button.textContent.endsWith("✓")) button.append(" ✓");
      say(button.textContent);
    } catch { getSelection().selectAllChildren(letter); }
  };
  begin(Date.now());
})();
