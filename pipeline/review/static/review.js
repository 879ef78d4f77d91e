// What every page has: the switch between light and dark without loading the page anew, and a voice for what changed.
// Without this file all of it works by plain forms.

const A_YEAR = 31536000;

/** Say something to who sees and who hears: shown for a few seconds, read out when nothing else is. */
export function say(message) {
  const place = document.getElementById("said");
  if (!place) return;
  place.textContent = "";
  // An empty region in between, or the same message twice is read out once.
  window.setTimeout(() => { place.textContent = message; }, 50);
  window.clearTimeout(say.timer);
  say.timer = window.setTimeout(() => { place.textContent = ""; }, 8000);
}

function chooseLook(look) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  const age = look === "auto" ? 0 : A_YEAR;
  document.cookie = `look=${look}; path=/; max-age=${age}; samesite=lax${secure}`;
  document.documentElement.dataset.look = look;
  const scheme = document.querySelector('meta[name="color-scheme"]');
  if (scheme) scheme.content = look === "auto" ? "light dark" : look;
  for (const button of document.querySelectorAll("[data-looks] button")) {
    button.setAttribute("aria-pressed", String(button.value === look));
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-looks]") || !event.submitter) return;
  event.preventDefault();
  chooseLook(event.submitter.value);
});

// The server says what changed in a header, wherever on the page the answer was put.
document.addEventListener("htmx:after:request", (event) => {
  const said = event.detail?.ctx?.response?.headers?.get?.("X-Said");
  if (said) say(decodeURIComponent(said));
});

// On a narrow screen the links at the head are drawn sideways: the one of this page is brought into sight.
document.querySelector(".top nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
