// Says calmly that a part of the page could not be loaded, or that the network is gone.

const line = document.getElementById("status");
const SHOWN_FOR = 8000;
let timer;

function say(text) {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  line.replaceChildren(paragraph);
  clearTimeout(timer);
  timer = setTimeout(() => line.replaceChildren(), SHOWN_FOR);
}

function backOnline() {
  if (line.textContent === line.dataset.offline) line.replaceChildren();
}

document.addEventListener("htmx:sendError", () => say(line.dataset.offline));
document.addEventListener("htmx:timeout", () => say(line.dataset.offline));
document.addEventListener("htmx:responseError", () => say(line.dataset.failed));
addEventListener("offline", () => say(line.dataset.offline));
addEventListener("online", backOnline);
