// Offers to add to the account what somebody did on this device without signing in.

import { forget, newId, openTo, save } from "./device-events.js";
import { address, post } from "./post.js";
import { reader } from "./reader.js";
import { sendEvents } from "./send-events.js";

const MOST_SHOWN = 1000;

/** What the device holds, told by the server with the names of the lessons. */
export async function describe(held) {
  const events = held.slice(-MOST_SHOWN).map((entry) => entry.item);
  const response = await post(address("offer"), { events });
  return response?.status === 200 ? response.text() : "";
}

export async function offerDevice() {
  const slot = document.getElementById("device-offer");
  const held = openTo(reader());
  if (!slot || slot.hidden || !held.length) return;
  const html = await describe(held);
  if (!html) return;
  slot.innerHTML = html;
  const ids = new Set(held.map((entry) => entry.item.id));
  // Another tab may have settled some of them since.
  const offered = () => openTo(reader()).filter((entry) => ids.has(entry.item.id));
  slot.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-device-choice]")?.dataset.deviceChoice;
    if (choice) choices[choice](slot, offered());
  });
}

const choices = {
  async add(slot, offered) {
    const batch = newId();
    for (const { item } of offered) save({ item, owner: reader(), batch });
    show(slot, "");
    const answers = await sendEvents();
    const message = answers?.at(-1)?.message;
    if (message) slot.querySelector("[data-device-said]").textContent = message;
    show(slot, message ? "done" : "failed");
    document.body.dispatchEvent(new CustomEvent("tendril:progress"));
  },
  apart(slot, offered) {
    for (const entry of offered) {
      save({ ...entry, apart: [...(entry.apart ?? []), reader()] });
    }
    slot.replaceChildren();
  },
  discard(slot) {
    show(slot, "confirm");
  },
  remove(slot, offered) {
    for (const entry of offered) forget(entry);
    slot.replaceChildren();
  },
  back(slot) {
    show(slot, "choices");
  },
};

/** Show one row of the offer in place of the others, and say it. */
function show(slot, row) {
  for (const name of ["choices", "confirm", "failed", "done"]) {
    const element = slot.querySelector(`[data-device-${name}]`);
    element.hidden = name !== row;
    if (name !== row) continue;
    element.tabIndex = -1;
    element.focus();
  }
}
