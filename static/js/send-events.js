// Sends what the signed-in reader did here, and removes only what the server named.

import { forget, ownedBy, setAside } from "./device-events.js";
import { address, post } from "./post.js";
import { hasChanged, reader } from "./reader.js";

const AT_ONCE = 500;
// Browsers let a page that is being left send 64 kB.
const WHILE_LEAVING = 100;
const SHORTEST_WAIT = 15_000;
const LONGEST_WAIT = 300_000;

let running = null;
let wait = SHORTEST_WAIT;
let timer;

/** Resolves to what the server said of each part, or null if one did not arrive. */
export function sendEvents() {
  running ??= sendAll().finally(() => {
    running = null;
  });
  return running;
}

async function sendAll() {
  const answers = [];
  const tried = new Set();
  for (;;) {
    const part = nextPart(tried, AT_ONCE);
    if (!part.length) return answers;
    for (const entry of part) tried.add(entry.item.id);
    const answer = await sendPart(part);
    if (!answer) return null;
    answers.push(answer);
  }
}

/** Entries of one batch, or of none, that have not been tried yet. */
function nextPart(tried, most) {
  if (!reader() || hasChanged()) return [];
  const waiting = ownedBy(reader()).filter((entry) => !tried.has(entry.item.id));
  const batch = waiting[0]?.batch;
  return waiting.filter((entry) => entry.batch === batch).slice(0, most);
}

async function sendPart(part, options) {
  const events = part.map((entry) => entry.item);
  const body = { reader: reader(), batch: part[0].batch ?? null, events };
  const response = await post(address("sync"), body, options);
  if (response?.ok) {
    const answer = await response.json().catch(() => null);
    if (answer) settle(part, answer.outcomes);
    wait = SHORTEST_WAIT;
    return answer;
  }
  if (response && [400, 413].includes(response.status)) return sendHalves(part);
  // Signed out, or somebody else is: their events wait for their owner.
  if (response && response.status < 500) return null;
  sendSoon(wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
  return null;
}

/** One entry that spoils a whole request must not hold up the others. */
async function sendHalves(part) {
  if (part.length === 1) {
    setAside(part[0], "");
    return { outcomes: [], message: "" };
  }
  const middle = Math.ceil(part.length / 2);
  const first = await sendPart(part.slice(0, middle));
  return first && sendPart(part.slice(middle));
}

function settle(part, outcomes) {
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  for (const entry of part) {
    const outcome = byId.get(entry.item.id);
    if (outcome?.status === "rejected") setAside(entry, outcome.message);
    else if (outcome) forget(entry);
  }
}

export function sendSoon(delay) {
  clearTimeout(timer);
  timer = setTimeout(sendEvents, delay);
}

export function sendWhileLeaving() {
  const part = nextPart(new Set(), WHILE_LEAVING);
  if (part.length) sendPart(part, { keepalive: true });
}

addEventListener("online", () => sendEvents());
