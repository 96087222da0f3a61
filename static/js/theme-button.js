// The button that turns the colours to dark or light and remembers the choice.

const root = document.documentElement;
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const button = document.querySelector("[data-theme-button]");

function isDark() {
  const { theme } = root.dataset;
  return theme === "system" ? systemIsDark.matches : theme === "dark";
}

function show() {
  button.setAttribute("aria-pressed", String(isDark()));
}

function remember(theme) {
  try {
    if (theme === "system") localStorage.removeItem("tendril.theme");
    else localStorage.setItem("tendril.theme", theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

if (button) {
  button.addEventListener("click", () => {
    const wanted = isDark() ? "light" : "dark";
    const system = systemIsDark.matches ? "dark" : "light";
    root.dataset.theme = wanted === system ? "system" : wanted;
    remember(root.dataset.theme);
    show();
  });
  systemIsDark.addEventListener("change", show);
  show();
}
