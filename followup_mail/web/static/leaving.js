// Counts down until a mail leaves, and looks every few seconds what became of it.
import { localiseTimes } from "/static/page.js";

const EVERY = 4000; // milliseconds
const gone = document.getElementById("gone");
const began = () => performance.now();
let since = began();

function count() {
  for (const place of gone.querySelectorAll(".countdown")) {
    const left = Math.ceil(Number(place.dataset.seconds) - (began() - since) / 1000);
    const form = left === 1 ? place.dataset.singular : place.dataset.plural;
    const said = left > 0 ? form.replace("#", left) : place.dataset.over;
    if (place.textContent !== said) place.textContent = said;
  }
}

async function look() {
  if (gone.dataset.watched === undefined || document.hidden) return;
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("gone");
    const states = (root) => [...root.querySelectorAll(".mark")].map((mark) => mark.textContent).join();
    if (states(fresh) !== states(gone)) {
      gone.replaceChildren(...fresh.childNodes);
      localiseTimes(gone);
      since = began();
      if (fresh.dataset.watched === undefined) delete gone.dataset.watched;
    }
  } catch {
    // the page has ended; what is queued stays queued
  }
}

gone.setAttribute("aria-live", "off"); // a clock that is read aloud each second helps nobody
count();
setInterval(count, 1000);
setInterval(look, EVERY);
