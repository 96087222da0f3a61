// Before signing out, what waits is sent; on a shared device the rest is cleared too.

import { dropAside } from "./device-events.js";
import { reader } from "./reader.js";
import { sendEvents } from "./send-events.js";

const LONGEST_WAIT = 3000;
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

export function offerToClear() {
  const slot = document.getElementById("device-leave");
  if (slot) slot.hidden = false;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const signsOut = form.matches("#who form, #device-leave ~ form");
  if (!signsOut || !reader()) return;
  event.preventDefault();
  if (form.ariaBusy) return;
  form.ariaBusy = "true";
  await Promise.race([sendEvents(), pause(LONGEST_WAIT)]);
  // What could not be sent stays, under its owner: nobody else ever sees it.
  if (document.querySelector("[data-device-clear]")?.checked) dropAside(reader());
  form.submit();
});
