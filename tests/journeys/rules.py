"""The rules of accessibility on a page. Pages that differ in their words alone are judged once: judging takes most of the time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What the rules look at: elements, attributes and whether there are words, but neither the words nor the keys; rows alike are one row.
BUILD = r"""() => {
  const without = /[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g;
  const words = new Set(["href", "src", "value", "content", "title", "placeholder", "alt", "aria-label", "datetime", "nonce",
                         "data-label", "action", "srcset", "d", "points"]);
  const attribute = (one) => one.name + "=" + (words.has(one.name) ? (one.value.trim() ? "w" : "")
    : one.value.replace(without, "0"));
  const build = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent.trim() ? "w" : "";
    if (node.nodeType !== Node.ELEMENT_NODE || node.tagName === "SCRIPT") return "";
    const inside = [];
    for (const child of node.childNodes) {
      const part = build(child);
      if (part && part !== inside[inside.length - 1]) inside.push(part);
    }
    const shown = node.checkVisibility() ? "" : "-";
    return "<" + shown + node.tagName + " " + [...node.attributes].map(attribute).sort().join(" ") + ">" + inside.join("");
  };
  return build(document.documentElement);
}"""
RULES = Axe()


@dataclass
class Rules:
    """Remembers the builds in which nothing was found, at each width."""

    clean: set[tuple[int, str]] = field(default_factory=set)
    asked: int = 0

    def broken(self, page: Page) -> list[str]:
        """What the rules find on the page, a line each; nothing where a page of the same build was clean at this width."""
        size = page.viewport_size
        build = hashlib.sha256(page.evaluate(BUILD).encode()).hexdigest()
        key = (size["width"] if size else 0, build)
        if key in self.clean:
            return []
        self.asked += 1
        found = RULES.run(page).response["violations"]
        if not found:
            self.clean.add(key)
        return [f"{rule['id']} {[node['html'][:200] for node in rule['nodes']]}" for rule in found]


ON_EVERY_PAGE = Rules()
"""One memory for all journeys of a run."""
