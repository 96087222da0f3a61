// Counts down a sitting that ends at some time; at its end saves, then hands in.

const spoken = document.createElement("div");
spoken.className = "visually-hidden";
spoken.setAttribute("role", "status");

// How far the server's clock is ahead of this device's. What a page says of it is
// too little by the time it took to arrive: the most that was heard is nearest.
let ahead = -Infinity;
let before = Infinity;
let timer;

function meet(clock) {
  document.body.append(spoken);
  clock.dataset.met = "";
  ahead = Math.max(ahead, Number(clock.dataset.now) - Date.now() / 1000);
}

function secondsLeft(clock) {
  const now = Date.now() / 1000 + ahead;
  return Math.max(0, Math.ceil(Number(clock.dataset.endsAt) - now));
}

function announce(clock, left) {
  for (const words of clock.querySelectorAll("[data-announcement]")) {
    const at = Number(words.dataset.at);
    if (left <= at && before > at && before !== Infinity) {
      spoken.textContent = words.dataset.announcement;
    }
  }
  before = left;
}

function show(clock, left) {
  const line = clock.querySelector("[data-time-left]");
  line.hidden = left > Number(clock.dataset.countsFrom ?? Infinity);
  const parts = { minutes: Math.floor(left / 60), seconds: left % 60 };
  line.textContent = line.dataset.words.replace(/{(\w+)}/g, (_, part) => parts[part]);
}

async function handIn(clock) {
  const line = clock.querySelector("[data-time-left]");
  line.textContent = spoken.textContent = line.dataset.over;
  const card = document.getElementById("quiz-card");
  const saved = card.querySelector("[data-save]");
  if (saved) await saveNow(saved.dataset.save, saved.closest("form"));
  // Somebody may have pressed a button, and have another card by now.
  if (clock.isConnected) clock.querySelector("[data-hand-in]").requestSubmit();
}

async function saveNow(url, form) {
  try {
    await fetch(url, { method: "POST", body: new FormData(form) });
  } catch {
    // Handing in is tried all the same; the server closes by itself later.
  }
}

function tick() {
  clearTimeout(timer);
  const clock = document.querySelector("[data-ends-at]");
  if (!clock) return;
  if (!("met" in clock.dataset)) meet(clock);
  const left = secondsLeft(clock);
  announce(clock, left);
  if (left > 0) {
    show(clock, left);
    timer = setTimeout(tick, 1000);
  } else if (!("over" in clock.dataset)) {
    clock.dataset.over = "";
    handIn(clock);
  }
}

document.addEventListener("htmx:load", tick);
// A device that slept has a timer that stood still.
document.addEventListener("visibilitychange", tick);
// Handing in may have failed for want of a network.
addEventListener("online", () => {
  const clock = document.querySelector("[data-ends-at][data-over]");
  if (clock) handIn(clock);
});
