// Long forms keep what is typed: in this tab at once, on the server soon. Why each rule is as it is: docs/adr/0006.
(() => {
  "use strict";

  const MARK = "wbcj.typed|";
  const SOON = 2000, FIRST_PAUSE = 4000, LONGEST_PAUSE = 60000, ALONG = 60000;
  const OURS = new Set(["csrfmiddlewaretoken", "submission_key", "acting"]);
  const here = document.body.dataset;
  const value = (form, name) => form.querySelector(`input[name="${name}"]`)?.value ?? "";

  // The tab's own store; a browser that forbids it works as if there were no script.
  const store = (() => {
    try { sessionStorage.getItem(MARK); return sessionStorage; } catch { return null; }
  })();
  const entries = () => store ? Object.keys(store).filter((key) => key.startsWith(MARK)) : [];
  const read = (key) => { try { return JSON.parse(store?.getItem(key) ?? "null"); } catch { return null; } };
  const forget = (key) => store?.removeItem(key);
  const hold = (key, entry) => { try { store?.setItem(key, JSON.stringify(entry)); } catch { /* full: the server has it */ } };

  // Another person at this computer never meets the text of the one before.
  if (here.account) for (const key of entries()) if (read(key)?.account !== here.account) forget(key);
  for (const form of document.querySelectorAll("form[data-forgets-typed]")) {
    form.addEventListener("submit", () => entries().forEach(forget));
  }

  // A form that was sent and did not come back was taken, or the line broke: the server knows which.
  const settle = async () => {
    const back = new Set([...document.querySelectorAll('input[name="submission_key"]')].map((input) => input.value));
    for (const key of entries()) {
      const sent = read(key)?.sent;
      if (!sent || back.has(sent)) continue;
      const answer = await fetch(`${here.drafts}?sent=${encodeURIComponent(sent)}`, { headers: { Accept: "application/json" }, redirect: "manual" });
      if (answer.ok && (await answer.json()).taken) forget(key);
    }
  };
  const settled = here.account && here.taken && entries().length ? settle().catch(() => {}) : null;

  // After signing in anew, an open form needs the new token; whoever else signed in does not get it.
  const renew = async (form, address) => {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.status === 401) return "gone";
    if (!answer.ok) return "other";
    const now = await answer.json();
    if (now.acting !== value(form, "acting")) return "other";
    for (const input of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) input.value = now.token;
    return "";
  };

  const kept = document.querySelector("form[data-kept]");
  if (kept) {
    window.addEventListener("focus", () => { renew(kept, kept.dataset.kept).catch(() => {}); });
    const path = kept.getAttribute("action"), acting = value(kept, "acting");
    const held = read(`${MARK}${acting}|${path}`);
    if (held) {
      // It came back: the next page must not take it for taken.
      delete held.sent; hold(`${MARK}${acting}|${path}`, held);
      for (const one of document.querySelectorAll("[data-without-store]")) one.hidden = true;
      for (const one of document.querySelectorAll("[data-with-store]")) one.hidden = false;
    }
  }

  // Writing a third text chooses it.
  for (const own of document.querySelectorAll("[data-chooses]")) {
    own.addEventListener("input", (event) => {
      if (event.target.name !== own.dataset.chooses) own.querySelector('input[value="own"]').checked = true;
    });
  }

  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const key = `${MARK}${value(form, "acting")}|${form.dataset.path}`;
  const said = form.querySelector("[data-said]"), over = form.querySelector("[data-over]");
  const signIn = form.querySelector("[data-sign-in]");
  let revision = form.dataset.revision, timer = 0, pause = FIRST_PAUSE, running = null, again = false, leaving = false;
  let stopped = "", unsent = false, told = "";

  const say = (what, at = "") => {
    told = what;
    signIn.hidden = what !== "gone";
    over.hidden = !["elsewhere", "discarded"].includes(what);
    const words = (said.dataset[what] ?? "").replace("%s", at);
    if (said.textContent !== words) said.textContent = words;
  };
  // What a conflict page holds is kept as the form of before: my text, or the one put together of both, against what I began with.
  // So it is asked about again, and stands over nobody's words unasked.
  const content = () => {
    const all = new URLSearchParams(new FormData(form));
    if (!all.has("draft.version")) return all;
    for (const name of all.getAll("differs")) {
      if (!form.elements.namedItem(name)) for (const one of all.getAll(`mine.${name}`)) all.append(name, one);
    }
    all.set("version", all.get("draft.version"));
    all.set("original", all.get("before"));
    for (const name of new Set(all.keys())) if (name.includes(".") || ["differs", "before"].includes(name)) all.delete(name);
    return all;
  };
  const typed = () => {
    const all = content();
    for (const name of OURS) all.delete(name);
    return all.toString();
  };
  let saved = typed();
  const keep = (more = {}) => hold(key, { account: here.account, typed: typed(), ...more });
  const later = (after) => { clearTimeout(timer); timer = setTimeout(save, after); };

  const put = (text) => {
    const held = new URLSearchParams(text);
    for (const field of form.elements) {
      if (!field.name || OURS.has(field.name) || ["submit", "button", "file", "password"].includes(field.type)) continue;
      const values = held.getAll(field.name);
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else if (field.type === "select-multiple") for (const option of field.options) option.selected = values.includes(option.value);
      else if (values.length) field.value = values[0];
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const answered = async (answer, sent) => {
    if (answer.status === 200) {
      const now = await answer.json();
      revision = now.revision; pause = FIRST_PAUSE; saved = sent;
      if (typed() === sent) forget(key);
      say(unsent ? "back" : "saved", now.at);
    } else if (answer.status === 401) { stopped = "gone"; say("gone"); }
    else if (answer.status === 403) {
      stopped = await renew(form, form.dataset.autosave);
      if (stopped) say(stopped); else later(0);
    } else if (answer.status === 409) {
      const at = (await answer.json()).at;
      stopped = "elsewhere"; say(at ? "elsewhere" : "discarded", at);
    } else if ([400, 404, 413].includes(answer.status)) { stopped = "long"; say("long"); }
    else if (answer.status >= 500) throw new Error("try again");
  };

  async function save(instead = false) {
    clearTimeout(timer);
    const sent = typed();
    if (leaving || sent === saved || (stopped && !instead)) return;
    if (running) { again = true; return; }
    const body = content();
    body.set("draft.path", form.dataset.path);
    body.set("draft.revision", revision);
    if (instead === true) body.set("draft.over", "yes");
    running = new AbortController();
    try {
      const keepalive = body.toString().length < ALONG;
      const answer = await fetch(form.dataset.autosave, { method: "POST", body, keepalive, signal: running.signal, redirect: "manual" });
      if (!leaving) await answered(answer, sent);
    } catch {
      if (!leaving) { say("waiting"); later(pause); pause = Math.min(pause * 2, LONGEST_PAUSE); }
    } finally {
      running = null;
      if (again) { again = false; later(SOON); }
    }
  }

  const changed = () => { if (typed() !== saved) { keep(); if (!stopped) later(SOON); } };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  over.addEventListener("click", () => { stopped = ""; save(true); });
  window.addEventListener("online", () => {
    if (unsent && typed() === saved) say("back"); else later(0);
  });
  window.addEventListener("offline", () => { if (typed() !== saved && !stopped) say("waiting"); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
  window.addEventListener("focus", async () => {
    if (!["gone", "other"].includes(stopped)) return;
    const why = await renew(form, form.dataset.autosave).catch(() => stopped);
    if (why) return;
    stopped = ""; save();
  });
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) { event.preventDefault(); keep(); unsent = true; say("offline"); return; }
    leaving = true; clearTimeout(timer); running?.abort();
    keep({ sent: value(form, "submission_key") });
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) leaving = false; });

  // Closing the window would lose what this tab alone has: the browser asks first.
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && !["", "saved", "back"].includes(told) && typed() !== saved) event.preventDefault();
  });

  const notice = document.querySelector("[data-restored]");
  notice?.querySelector("form[data-discards]").addEventListener("submit", () => { leaving = true; running?.abort(); forget(key); });
  const bring = () => {
    const before = read(key);
    if (!before) return;
    const again = before.sent === value(form, "submission_key");
    if (again || before.typed === saved) { saved = ""; later(SOON); return; }
    // Somebody who is writing already is not interrupted.
    if (typed() !== saved) return;
    put(before.typed);
    if (notice) notice.hidden = false;
  };
  if (settled) settled.then(bring); else bring();
})();
