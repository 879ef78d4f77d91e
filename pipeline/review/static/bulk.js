// Queues by keys: one key decides and goes on to the next. Everything here is also there by plain links and forms.

import { listen } from "./keys.js";
import { say } from "./review.js";

const items = () => [...document.querySelectorAll(".items .item")];
let current = null; // the id of the record that keys are about

const itemOf = (id) => items().find((each) => each.dataset.id === id);

function choose(item) {
  if (!item) return;
  current = item.dataset.id;
  for (const each of items()) each.classList.toggle("on", each === item);
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = items();
  const at = all.findIndex((each) => each.dataset.id === current);
  const next = all[at + by];
  if (next) choose(next);
  else say(by > 0 ? "That was the last on this page; p goes to the next page." : "That is the first on this page.");
}

function decide(action) {
  const button = current && itemOf(current)?.querySelector(`.acts [value="${action}"]`);
  if (!button) return false;
  button.click();
  step(1);
  return true;
}

function follow(link) {
  if (link) location.href = link.href;
  return Boolean(link);
}

function press(address) {
  const button = document.querySelector(`#steps form[action="${address}"] button:enabled`);
  button?.click();
  return Boolean(button);
}

/** What is decided on this page is not decided again with all of it. */
function count() {
  const left = document.querySelector("[data-left]");
  if (left) left.textContent = String(document.querySelectorAll(".items [name='seen']").length);
}

document.addEventListener("focusin", (event) => {
  const item = event.target.closest?.(".items .item");
  if (!item) return;
  current = item.dataset.id;
  for (const each of items()) each.classList.toggle("on", each === item);
});

document.addEventListener("htmx:after:swap", () => {
  count();
  const item = current && itemOf(current);
  if (item) item.classList.add("on");
  if (item && (document.activeElement === document.body || !document.activeElement)) item.focus({ preventScroll: true });
});

// What was taken back or made again stands in this list or comes back into it.
document.addEventListener("entente:touched", () => location.reload());

listen({
  a: () => decide("accept"),
  r: () => decide("reject"),
  u: () => decide("unsure"),
  j: () => step(1),
  k: () => step(-1),
  o: () => follow(current && itemOf(current)?.querySelector("h3 a")),
  p: () => follow(document.getElementById("next-page")),
  z: () => press("/undo"),
  Z: () => press("/redo"),
  "?": () => {
    const help = document.getElementById("keys");
    if (!help) return false;
    help.open = !help.open;
    help.querySelector("summary").focus();
    return true;
  },
});

choose(items()[0]);
