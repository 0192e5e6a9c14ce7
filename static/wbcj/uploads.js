// A file goes in pieces, with a bar; it goes on after a lost line, a pause or a reload. Without this script the form sends it whole.
(() => {
  "use strict";

  const FIRST_PAUSE = 1000, LONGEST_PAUSE = 30000, SAMPLE = 65536;

  // A file that is being looked into: ask in a while, then show the page anew.
  const watched = document.querySelector("[data-watch]");
  if (watched) {
    let pause = FIRST_PAUSE;
    const look = async () => {
      try {
        const answer = await fetch(watched.dataset.watch, { headers: { Accept: "application/json" }, redirect: "manual" });
        if (answer.ok && (await answer.json()).state !== "inspecting") { location.reload(); return; }
        if (!answer.ok && answer.status < 500) return;
      } catch { /* asked again */ }
      pause = Math.min(pause * 1.5, 10000);
      setTimeout(look, pause);
    };
    setTimeout(look, pause);
  }

  const box = document.querySelector("[data-upload]");
  if (!box) return;
  const form = box.closest("form"), input = form.querySelector('input[type="file"]'), arrived = form.querySelector('input[name="upload"]');
  const bar = box.querySelector("progress"), said = box.querySelector("[role=status]");
  const pauseButton = box.querySelector("[data-pause]"), continueButton = box.querySelector("[data-continue]");
  const button = form.querySelector('button[type="submit"]');
  const token = () => form.querySelector('input[name="csrfmiddlewaretoken"]').value;
  let running = null, stopped = true, told = -1;

  const size = (bytes) => {
    const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
    const step = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1000)), units.length - 1);
    const digits = { style: "unit", unit: units[step], unitDisplay: "short", maximumFractionDigits: step > 1 ? 1 : 0 };
    return new Intl.NumberFormat(document.documentElement.lang || undefined, digits).format(bytes / 1000 ** step);
  };
  const say = (what, sent = 0, all = 0) => {
    said.textContent = (box.dataset[what] ?? what).replace("%s", size(sent)).replace("%t", size(all));
  };
  // The bar moves all the time; words come at every tenth, so that nobody is talked to without end.
  const show = (sent, all) => {
    bar.value = Math.round(1000 * sent / all);
    const tenth = Math.floor(10 * sent / all);
    if (tenth !== told) { told = tenth; say("sending", sent, all); }
  };
  const wait = (ms) => new Promise((go) => {
    const timer = setTimeout(go, ms);
    window.addEventListener("online", () => { clearTimeout(timer); go(); }, { once: true });
  });
  const buttons = (going) => { pauseButton.hidden = !going; continueButton.hidden = going; };

  // By what the file is known again after a reload: its first and last bytes and its date. It proves nothing; the server counts.
  const markOf = async (file) => {
    const ends = new Blob([file.slice(0, SAMPLE), file.slice(-SAMPLE), String(file.lastModified)]);
    if (!crypto.subtle) return "";
    const digest = await crypto.subtle.digest("SHA-256", await ends.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const send = (address, body, moved) => new Promise((done, failed) => {
    const request = running = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("Accept", "application/json");
    if (!(body instanceof URLSearchParams)) request.setRequestHeader("Content-Type", "application/octet-stream");
    if (moved) request.upload.onprogress = (event) => moved(event.loaded);
    request.onload = () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* a page, or nothing */ }
      done({ status: request.status, answer });
    };
    request.onerror = request.ontimeout = () => failed(new Error("no line"));
    request.onabort = () => failed(new Error("stopped"));
    request.send(body);
  });

  const begin = async (file, mark) => {
    const about = new URLSearchParams({ name: file.name, size: file.size, mark, acting: form.querySelector('input[name="acting"]').value });
    return send(box.dataset.upload, about);
  };
  const next = async (file, state) => {
    const number = Math.floor(state.received / state.piece), from = number * state.piece;
    const piece = await file.slice(from, Math.min(from + state.piece, file.size)).arrayBuffer();
    return send(`${state.address}${number}/`, piece, (loaded) => show(Math.min(from + loaded, file.size), file.size));
  };

  // Runs until the file is there, somebody pauses, or only a person can help.
  const go = async () => {
    const file = input.files[0], mark = await markOf(file).catch(() => "");
    let state = null, pause = FIRST_PAUSE;
    while (!stopped) {
      let came;
      try {
        came = await (state ? next(file, state) : begin(file, mark));
      } catch {
        if (stopped) return;
        say("waiting"); told = -1;
        await wait(pause); pause = Math.min(pause * 2, LONGEST_PAUSE);
        state = null;
        continue;
      }
      const { status, answer } = came;
      if (status === 200 || (status === 409 && answer.key)) {
        state = answer; pause = FIRST_PAUSE;
        show(state.received, state.size);
        if (state.state !== "arriving") { finish(state); return; }
      } else if (status >= 500) {
        say("waiting"); told = -1;
        await wait(pause); pause = Math.min(pause * 2, LONGEST_PAUSE);
      } else if (status === 404 && state) { state = null; await wait(pause); pause *= 2; }
      else { stop(answer.said ?? (status === 401 ? "gone" : status === 403 ? "other" : "failed")); return; }
    }
  };
  const finish = (state) => {
    say("done");
    arrived.value = state.key;
    // Its bytes are there; the form goes without them.
    input.disabled = true;
    stopped = true;
    pauseButton.hidden = continueButton.hidden = true;
    form.requestSubmit(button);
  };
  const stop = (why) => {
    stopped = true;
    running?.abort();
    if (why === "paused") say("paused", bar.value / 1000 * input.files[0].size, input.files[0].size); else say(why);
    buttons(false);
    button.disabled = false;
  };
  const start = () => {
    stopped = false; told = -1;
    box.hidden = false;
    button.disabled = true;
    buttons(true);
    say("reading");
    go().catch(() => stop("failed"));
  };

  pauseButton.addEventListener("click", () => { stop("paused"); continueButton.focus(); });
  continueButton.addEventListener("click", () => { start(); pauseButton.focus(); });
  input.addEventListener("change", () => { arrived.value = ""; bar.value = 0; if (!stopped) stop("failed"); box.hidden = true; });
  document.addEventListener("submit", (event) => {
    if (event.target !== form || input.disabled || !input.files.length || !input.files[0].size) return;
    event.preventDefault(); event.stopImmediatePropagation();
    if (stopped) start();
  }, true);
  window.addEventListener("pageshow", () => { input.disabled = false; });
})();
