// The reader's own page: what this device holds, and what no account would take.

import { asideOf, dropAside, ownedBy } from "./device-events.js";
import { reader } from "./reader.js";
import { describe } from "./sync-offer.js";

async function showHeld(slot) {
  const held = ownedBy("");
  const html = held.length ? await describe(held) : "";
  if (html) slot.innerHTML = html;
}

function showAside(slot) {
  const counts = new Map();
  for (const { message } of asideOf(reader())) {
    if (message) counts.set(message, (counts.get(message) ?? 0) + 1);
  }
  if (!counts.size) return;
  const lines = [...counts].map(([message, count]) => {
    const line = document.createElement("li");
    line.textContent = count > 1 ? `${message} (${count})` : message;
    return line;
  });
  slot.querySelector("[data-device-reasons]").replaceChildren(...lines);
  slot.querySelector("[data-device-forget]").addEventListener("click", () => {
    dropAside(reader());
    slot.hidden = true;
  });
  slot.hidden = false;
}

export function showMyPage() {
  const held = document.querySelector("[data-device-held]");
  const aside = document.querySelector("[data-device-aside]");
  if (held) showHeld(held);
  if (aside) showAside(aside);
}
