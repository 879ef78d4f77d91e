// Reading and deciding by mouse and by keys. Everything here is also there by plain links and forms.

import { listen } from "./keys.js";
import { chosen as place, point, rangeOf, wholeWords, words } from "./places.js";
import { say } from "./review.js";

const chosen = () => { const found = place(); return found && wholeWords(found); };
const text = document.getElementById("text");
const reader = document.querySelector(".reader");
const tools = document.getElementById("tools");
const cards = () => [...document.querySelectorAll(".records .card")];
const cardOf = (number) => document.getElementById(`r${number}`);
const marksOf = (number) => text.querySelectorAll(`.m[data-r~="${number}"]`);
const marks = () => [...text.querySelectorAll(".m")];
const isWide = () => window.matchMedia("(min-width: 62rem)").matches; // text and records stand side by side
let current = null; // the number of the record that keys are about

// --- what belongs together is shown together -------------------------------------------------------------------------

function light(numbers) {
  for (const each of document.querySelectorAll(".on")) each.classList.remove("on");
  for (const number of numbers) {
    cardOf(number)?.classList.add("on");
    for (const mark of marksOf(number)) mark.classList.add("on");
  }
}

function numbersOf(target) {
  const mark = target.closest?.("#text .m[data-r]");
  if (mark) return mark.dataset.r.split(" ").filter((each) => each !== "0");
  const card = target.closest?.(".records .card");
  return card ? [card.dataset.n] : [];
}

for (const name of ["mouseover", "focusin"]) {
  document.addEventListener(name, (event) => {
    const numbers = numbersOf(event.target);
    if (name === "focusin" && event.target.closest?.(".card")) current = numbers[0];
    if (name === "focusin" && event.target.closest?.("#text") && isWide()) cardOf(numbers[0])?.scrollIntoView({ block: "nearest" });
    if (numbers.length || name === "mouseover") light(numbers.length ? numbers : current ? [current] : []);
  });
}

/** Make a record the one that keys are about. */
function choose(card, { scroll = true } = {}) {
  if (!card) return;
  current = card.dataset.n;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  light([current]);
  const mark = marksOf(current)[0];
  if (scroll && mark && isWide()) {
    const box = mark.getBoundingClientRect();
    if (box.top < 80 || box.bottom > window.innerHeight - 80) mark.scrollIntoView({ block: "center" });
  }
}

function step(by, isWanted = () => true) {
  const all = cards();
  const at = all.findIndex((each) => each.dataset.n === current);
  const rest = by > 0 ? all.slice(at + 1) : all.slice(0, Math.max(at, 0)).reverse();
  const next = rest.find(isWanted);
  if (next) choose(next);
  else say(by > 0 ? "That was the last record on this page." : "That is the first record on this page.");
}

// --- marks are walked with one stop of the tab key --------------------------------------------------------------------

function rove(mark) {
  for (const each of marks()) each.tabIndex = -1;
  if (mark) mark.tabIndex = 0;
}

text.addEventListener("keydown", (event) => {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!by || !event.target.matches(".m") || marking) return;
  const all = marks();
  const next = all[all.indexOf(event.target) + by];
  if (!next) return;
  event.preventDefault();
  rove(next);
  next.focus();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-at]");
  if (link && point(...link.dataset.at.split("-").map(Number))) event.preventDefault();
  const mark = event.target.closest?.("#text .m");
  if (!mark) return;
  event.preventDefault();
  if (chosen()) return; // words were marked, nothing was followed
  const numbers = numbersOf(mark);
  // Of several records a second click goes on to the next one.
  const at = numbers.indexOf(current);
  const number = numbers[(at + 1) % numbers.length];
  if (cardOf(number)) choose(cardOf(number), { scroll: false });
  else if (number) location.href = `?no=${number}#r${number}`;
});

// --- after a decision ------------------------------------------------------------------------------------------------

const STATES = ["accept", "reject", "unsure"];

const settled = new Map(); // what each card's marks show, by its number

function settle(card) {
  if (settled.get(card.dataset.n) === card.dataset.review) return;
  settled.set(card.dataset.n, card.dataset.review);
  for (const mark of marksOf(card.dataset.n)) {
    const reviews = mark.dataset.r.split(" ").map((each) => cardOf(each)?.dataset.review);
    for (const state of STATES) mark.classList.toggle(`is-${state}`, reviews.includes(state));
  }
}

function count() {
  const all = cards();
  const place = document.querySelector("[data-decided]");
  if (place) place.textContent = String(all.filter((each) => each.dataset.review).length);
}

let afterSwap = null; // what a key wanted of a card that was closed

document.addEventListener("htmx:after:swap", () => {
  for (const card of cards()) settle(card);
  count();
  const card = current && cardOf(current);
  const wanted = card?.querySelector(".changing :is(input:not([type='hidden']), select, textarea)");
  if (wanted) wanted.focus();
  else if (afterSwap) afterSwap();
  else if (card && (document.activeElement === document.body || !document.activeElement)) card.focus({ preventScroll: true });
  if (!wanted) afterSwap = null;
});

// What was taken back or made again, wherever it was asked for.
document.addEventListener("entente:touched", (event) => {
  const { ids, isMoved } = event.detail;
  const here = cards().filter((each) => ids.includes(each.dataset.id));
  if (isMoved || (here.length === 0 && ids.some((each) => each.startsWith("rw-")))) {
    sessionStorage.setItem("entente-said", event.detail.said);
    location.reload();
    return;
  }
  for (const card of here) {
    const part = card.classList.contains("is-open") ? "open" : "closed";
    const address = `/articles/${reader.dataset.article}/records/${card.dataset.id}?number=${card.dataset.n}&part=${part}`;
    window.htmx.ajax("GET", address, { target: card, swap: "outerHTML" });
  }
  if (here.length) current = here[0].dataset.n;
});

// --- marking words ---------------------------------------------------------------------------------------------------

let marking = null; // {list, from, to}: words that are chosen by keys, by their places in the list

function showTools() {
  const found = chosen();
  tools.hidden = !found;
  if (!found) return;
  tools.querySelector(".chosen").textContent = `“${found.words.trim()}”`;
  const name = tools.querySelector("[data-current]");
  if (name) name.textContent = current ? `record ${current}` : "the record";
  for (const button of tools.querySelectorAll("[data-tool='add'], [data-tool='resize']")) button.disabled = !current;
  const cue = tools.querySelector("[data-tool='cue']");
  if (cue) cue.hidden = !cardOf(current)?.classList.contains("claim");
}

document.addEventListener("selectionchange", () => {
  window.clearTimeout(showTools.timer);
  showTools.timer = window.setTimeout(showTools, 120);
});

function mark() {
  const [from, to] = [Math.min(marking.from, marking.to), Math.max(marking.from, marking.to)];
  const range = rangeOf(marking.list[from].start, marking.list[to].end);
  if (!range) return;
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
  window.clearTimeout(showTools.timer);
  showTools();
}

function startMarking() {
  const list = words();
  if (!list.length) return;
  const first = current && marksOf(current)[0];
  const at = first ? list.findIndex((each) => each.start >= Number(first.id.slice(1))) : 0;
  marking = { list, from: Math.max(at, 0), to: Math.max(at, 0) };
  mark();
  say("Arrows choose words, with Shift more of them; numbers say what they are; Escape leaves.");
}

function stopMarking() {
  marking = null;
  document.getSelection().removeAllRanges();
  showTools();
}

function move(event) {
  if (!marking) return false;
  const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 }[event.key];
  const last = marking.list.length - 1;
  marking.to = Math.min(Math.max(marking.to + by, 0), last);
  if (!event.shiftKey) marking.from = marking.to;
  mark();
  return true;
}

function use(tool) {
  const found = chosen();
  if (!found || !document.querySelector(`[data-tool="${tool}"]`)) return false;
  if (["entity", "agreement", "claim"].includes(tool)) {
    location.href = `/articles/${reader.dataset.article}/add?sort=${tool}&start=${found.start}&end=${found.end}`;
    return true;
  }
  const card = current && cardOf(current);
  const form = document.getElementById("place");
  if (!card || !form) return false;
  const expected = card.querySelector("[name='expected']")?.value ?? "";
  const values = { record_id: card.dataset.id, expected, start: found.start, end: found.end, change: tool };
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
  form.requestSubmit();
  return true;
}

tools.addEventListener("mousedown", (event) => event.preventDefault()); // the words stay marked
tools.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tool]");
  if (button) use(button.dataset.tool);
});

// --- layers ----------------------------------------------------------------------------------------------------------

document.querySelector(".layers")?.addEventListener("change", (event) => {
  text.classList.toggle(`no-${event.target.value}`, !event.target.checked);
});

function toggle(layer) {
  const box = document.querySelector(`.layers [value="${layer}"]`);
  box.checked = !box.checked;
  text.classList.toggle(`no-${layer}`, !box.checked);
  say(`${box.parentElement.textContent.trim()} ${box.checked ? "shown" : "hidden"}`);
}

// --- keys ------------------------------------------------------------------------------------------------------------

function decide(action) {
  const card = current && cardOf(current);
  const button = card?.querySelector(`.acts [value="${action}"]`);
  if (!button) return false;
  button.click();
  step(1);
  return true;
}

function press(selector) {
  const found = (current && cardOf(current))?.querySelector(selector);
  if (found) found.click();
  return Boolean(found);
}

/** Have the card open, then do something with it. */
function inside(action) {
  const card = current && cardOf(current);
  if (!card) return false;
  if (card.classList.contains("is-open")) {
    action(card);
    return true;
  }
  afterSwap = () => action(cardOf(card.dataset.n));
  return press(".more");
}

function send(address) {
  document.querySelector(`#steps form[action="${address}"] button:enabled`)?.click();
}

const pick = (tool, layer) => (chosen() ? use(tool) : toggle(layer));
listen({
  a: () => decide("accept"),
  r: () => decide("reject"),
  u: () => decide("unsure"),
  j: () => step(1),
  k: () => step(-1),
  n: () => step(1, (each) => !each.dataset.review),
  o: () => press(".more"),
  e: () => inside((card) => card.querySelector(".change")?.click()),
  c: () => inside((card) => card.querySelector("[name='note']")?.focus()),
  s: () => inside((card) => card.querySelector("[data-same]")?.click()),
  z: () => send("/undo"),
  Z: () => send("/redo"),
  t: () => {
    const mark = (current && marksOf(current)[0]) || marks()[0];
    if (!mark) return false;
    rove(mark);
    mark.focus();
    return true;
  },
  m: startMarking,
  1: () => pick("entity", "entity"),
  2: () => pick("agreement", "agreement"),
  3: () => pick("claim", "claim"),
  4: () => use("add"),
  5: () => use("resize"),
  6: () => (cardOf(current)?.classList.contains("claim") ? use("cue") : false),
  ArrowRight: move,
  ArrowLeft: move,
  ArrowDown: move,
  ArrowUp: move,
  "?": () => {
    const help = document.getElementById("keys");
    help.open = !help.open;
    help.querySelector("summary").focus();
  },
  Escape: (event) => {
    const help = document.getElementById("keys");
    if (marking || chosen()) stopMarking();
    else if (help.open) help.open = false;
    else if (event.target.closest?.(".card")) event.target.closest(".card").focus();
    else return false;
    return true;
  },
});

document.documentElement.classList.add("scripted");
for (const each of marks()) { // words within a link could not be marked with the mouse
  each.removeAttribute("href");
  each.setAttribute("role", "link");
}
const left = sessionStorage.getItem("entente-said");
if (left) {
  sessionStorage.removeItem("entente-said");
  say(left);
}
for (const card of cards()) settled.set(card.dataset.n, card.dataset.review);
rove(marks()[0]);
const asked = document.getElementById("record")?.closest(".card") ?? (location.hash.startsWith("#r") && document.querySelector(location.hash));
if (asked) {
  choose(asked);
} else if (cards().length) { // keys are about the first one; the page stays where it begins
  current = cards()[0].dataset.n;
  light([current]);
}
