// What a script adds to pages that work without one: menus that close, counters, one submit for one press.
(() => {
  "use strict";

  const menus = [...document.querySelectorAll("details.menu")];
  document.addEventListener("click", (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = menus.find((menu) => menu.open);
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  for (const counter of document.querySelectorAll("[data-counts]")) {
    const area = document.getElementById(counter.dataset.counts);
    const limit = Number(area?.getAttribute("maxlength") ?? 0);
    if (!area || !limit) continue;
    const show = () => { counter.textContent = `${area.value.length} / ${limit}`; };
    area.addEventListener("input", show);
    show();
  }

  // A fold says what was chosen in it, also after it was changed.
  document.addEventListener("change", ({ target }) => {
    const said = target.matches("select") ? target.closest("details.fold")?.querySelector(".fold__said") : null;
    if (said) said.textContent = target.selectedOptions[0]?.text ?? "";
  });

  // A second press would be harmless (one submission key, one effect), yet it would show a needless answer.
  document.addEventListener("submit", (event) => {
    // After a file the page stays, and may be sent again.
    if (event.defaultPrevented || event.target.method !== "post" || event.target.hasAttribute("data-gives-file")) return;
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  document.querySelector("[data-takes-focus]:not(.specimen *)")?.focus();
})();
