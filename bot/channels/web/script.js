"use strict";
(() => {
  const root = document.documentElement;
  const leave = () => {
    root.className = "gone";
    document.title = "\u200b";
    location.replace(document.getElementById("exit").href);
  };
  let shifts = 0, held = false, timer = 0;
  addEventListener("keydown", (event) => { held = event.key === "Shift" && !event.repeat; });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !held) { shifts = 0; return; }
    held = false;
    clearTimeout(timer);
    timer = setTimeout(() => { shifts = 0; }, 5000);
    if (++shifts === 3) leave();
  });
  addEventListener("click", (event) => {
    if (event.target.closest("#exit")) { event.preventDefault(); leave(); }
    if (event.target.closest("#copy")) copy();
  });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById("letter").textContent);
      const button = document.getElementById("copy");
      if (!button.textContent.endsWith("✓")) button.append(" ✓");
      document.getElementById("status").textContent = button.textContent;
    } catch { getSelection().selectAllChildren(document.getElementById("letter")); }
  };
  const ready = () => { const button = document.getElementById("copy"); if (button) button.hidden = false; };
  ready();
  // No history entries; the newest press wins; without fetch the form works as it stands.
  let newest = 0;
  addEventListener("submit", async (event) => {
    const pressed = event.submitter;
    if (!pressed || !pressed.name) return;
    event.preventDefault();
    const mine = ++newest;
    document.body.setAttribute("aria-busy", "true");
    try {
      const body = new URLSearchParams([[pressed.name, pressed.value]]);
      const answer = await fetch("/", { method: "POST", body, credentials: "omit", cache: "no-store" });
      if (!answer.ok) throw 0;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== newest) return;
      root.lang = page.documentElement.lang;
      document.title = page.title;
      document.body.replaceWith(page.body);
      ready();
      scrollTo(0, 0);
      const top = document.getElementById("top");
      if (top) top.focus({ preventScroll: true });
    } catch {
      if (mine !== newest) return;
      document.body.removeAttribute("aria-busy");
      HTMLFormElement.prototype.submit.call(withValue(pressed));
    }
  });
  const withValue = (pressed) => {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = pressed.name;
    field.value = pressed.value;
    const form = document.getElementById("f");
    form.append(field);
    return form;
  };
  // A page that comes back from the browser's own cache shows nothing personal.
  addEventListener("pagehide", () => { root.className = "gone"; });
  addEventListener("pageshow", (event) => { if (event.persisted) location.replace("/"); });
})();
