// Signed out, asks the server which of this device's answers are worth another look.

import { ownedBy } from "./device-events.js";
import { post } from "./post.js";
import { readerKnown } from "./reader.js";

const MOST_SENT = 1000;

async function showDue() {
  const slot = document.querySelector("[data-review-device]");
  const held = ownedBy("").filter(({ item }) => item.kind === "answered");
  if (!slot || !held.length) return;
  const events = held.slice(-MOST_SENT).map((entry) => entry.item);
  const response = await post(slot.dataset.reviewDevice, { events });
  if (response?.status !== 200) return;
  slot.outerHTML = await response.text();
  const card = document.getElementById("quiz-card");
  window.htmx.process(card);
  const field = card.querySelector("[name=events]");
  if (field) field.value = JSON.stringify({ events });
}

readerKnown.then((reader) => {
  if (!reader) showDue();
});
