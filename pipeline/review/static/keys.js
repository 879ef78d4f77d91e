// Single keys, which a visitor can see with `?` and switch off (WCAG 2.1.4); the choice is kept in this browser.

const PLACE = "entente-keys";

function isOff() {
  try { return localStorage.getItem(PLACE) === "off"; } catch { return false; }
}

function keep(off) {
  try { localStorage.setItem(PLACE, off ? "off" : "on"); } catch { /* a browser that keeps nothing */ }
}

/** Whether somebody is writing: then a letter is a letter. */
function isWriting(target) {
  return target.closest?.("input:not([type='checkbox'], [type='radio']), textarea, select, [contenteditable]") !== null;
}

function showSwitch() {
  for (const button of document.querySelectorAll("[data-keys]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(!isOff()));
    button.textContent = isOff() ? "Keys are off: switch them on" : "Keys are on: switch them off";
  }
}

/**
 * Have keys do things: `actions` says which, by `event.key`; one that gives back false leaves the key to the browser.
 * Escape works however keys are switched; so does the switch itself, which is a button.
 */
export function listen(actions) {
  showSwitch();
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-keys]")) return;
    keep(!isOff());
    showSwitch();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key !== "Escape" && isWriting(event.target)) return;
    if (event.key !== "Escape" && isOff()) return;
    const action = actions[event.key];
    if (action && action(event) !== false) event.preventDefault();
  });
}
