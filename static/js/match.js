// Pairs to match: tap a line, then what goes with it. The selects are what is sent.

const selectOf = (pair) => pair.querySelector("select");

function show(pair) {
  const select = selectOf(pair);
  const button = pair.querySelector(".pair-button");
  button.querySelector("[data-right]").textContent = select.selectedOptions[0].text;
  button.setAttribute("aria-expanded", Boolean(pair.querySelector(".rights")));
  pair.classList.toggle("is-matched", Boolean(select.value));
}

function close(list) {
  for (const rights of list.querySelectorAll(".rights")) {
    const pair = rights.parentElement;
    rights.remove();
    show(pair);
  }
}

/** The lines matched with what this option says, in words. */
function users(list, { text }) {
  return [...list.querySelectorAll("[data-pair]")]
    .filter((pair) => selectOf(pair).selectedOptions[0].text === text)
    .map((pair) => pair.querySelector("label").textContent)
    .join(", ");
}

function choice(list, pair, option, text, style) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = style;
  button.append(text);
  button.addEventListener("click", () => {
    selectOf(pair).selectedIndex = option.index;
    close(list);
    pair.querySelector(".pair-button").focus();
    selectOf(pair).dispatchEvent(new Event("change", { bubbles: true }));
  });
  item.append(button);
  return item;
}

function right(list, pair, option) {
  const item = choice(list, pair, option, option.text, "choice");
  item.firstChild.classList.toggle("is-picked", option.selected);
  item.firstChild.setAttribute("aria-pressed", option.selected);
  const used = !option.selected && users(list, option);
  if (used) {
    const note = document.createElement("span");
    note.className = "quiet";
    note.textContent = list.dataset.used.replace("{line}", () => used);
    item.firstChild.append(" ", note);
  }
  return item;
}

function open(list, pair) {
  close(list);
  const [none, ...options] = selectOf(pair).options;
  const rights = document.createElement("ul");
  rights.className = "rights";
  rights.setAttribute("role", "list");
  rights.append(...options.map((option) => right(list, pair, option)));
  if (!none.selected) {
    rights.append(choice(list, pair, none, list.dataset.clear, "button plain"));
  }
  pair.append(rights);
  show(pair);
  pair.scrollIntoView({ block: "nearest" });
}

function start(list) {
  list.dataset.match = "started";
  for (const pair of list.querySelectorAll("[data-pair]")) {
    const button = pair.querySelector(".pair-button");
    pair.querySelector("label").hidden = selectOf(pair).hidden = true;
    button.hidden = false;
    button.addEventListener("click", () => {
      if (pair.querySelector(".rights")) close(list);
      else open(list, pair);
    });
    pair.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !pair.querySelector(".rights")) return;
      close(list);
      button.focus();
    });
    show(pair);
  }
}

document.addEventListener("htmx:load", () => {
  document.querySelectorAll('[data-match=""]').forEach(start);
});
// A browser that comes back to the page may have filled the selects in since.
addEventListener("pageshow", () => {
  document.querySelectorAll("[data-match=started] [data-pair]").forEach(show);
});
