// Adds one thing that happened to what this device remembers.

import { newId, save } from "./device-events.js";
import { hasChanged, lastReader, PAGE, reader } from "./reader.js";
import { sendSoon } from "./send-events.js";

// A stop comes every few seconds while somebody reads: several are sent together.
const DELAY = { reached: 10_000 };

export function record(kind, details, owner = reader()) {
  // Whoever reads on in a page of somebody who has signed out is nobody we know.
  if (hasChanged()) return;
  const item = { id: newId(), kind, happened_at: new Date().toISOString(), ...details };
  const entry = { item, owner };
  if (owner === null) Object.assign(entry, { before: lastReader(), page: PAGE });
  save(entry);
  sendSoon(DELAY[kind] ?? 0);
}
