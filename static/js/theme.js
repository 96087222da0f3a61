// Blocks the first paint on purpose: the page is never shown in the wrong colours.
(function () {
  let choice = null;
  try {
    choice = localStorage.getItem("tendril.theme");
  } catch {
    // Storage may be switched off; the device's own setting then stands.
  }
  const known = choice === "light" || choice === "dark";
  document.documentElement.dataset.theme = known ? choice : "system";
})();
