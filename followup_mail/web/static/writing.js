// Checks the text while it is typed, marks what was found in it, and shows a chosen moment by both clocks. Nothing is
// queued by it; the buttons do the same without it.
import { localiseTimes } from "/static/page.js";

const REST = 450; // milliseconds after the last key
const form = document.getElementById("mails");
const parser = new DOMParser();
let waits = 0;
let asking = null;

function putInPlace(found) {
  for (const section of found.querySelectorAll("section[data-of]")) {
    const key = section.dataset.of;
    const card = key === "moment" ? document.getElementById("when") : document.querySelector(`[data-mail="${key}"]`);
    for (const part of section.querySelectorAll("[data-part]")) {
      const place = card?.querySelector(`[data-part="${part.dataset.part}"]`) ?? namedPlace(key, part.dataset.part);
      if (place && place.innerHTML !== part.innerHTML) place.replaceChildren(...part.cloneNode(true).childNodes);
      if (place) localiseTimes(place);
    }
    const codes = card?.querySelector("input[data-codes]");
    if (codes) codes.value = section.dataset.codes;
    for (const frame of document.querySelectorAll(`[data-arrival="${key}"] iframe`)) {
      if (frame.getAttribute("src") !== section.dataset.frame) frame.src = section.dataset.frame;
    }
  }
  for (const typed of document.querySelectorAll(".typed")) typed.classList.remove("stale");
  keepBehind();
}

function namedPlace(key, part) {
  const card = document.querySelector(`[data-mail="${key}"]`);
  if (part === "words") return card?.querySelector(".letter");
  if (part === "plain") return document.querySelector(`[data-arrival="${key}"] pre`);
  return null;
}

async function look() {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(form.dataset.look, { method: "POST", body: new FormData(form), signal: asking.signal });
    if (answer.ok) putInPlace(parser.parseFromString(await answer.text(), "text/html"));
  } catch (error) {
    if (error.name !== "AbortError") return; // the page has ended, or is busy: "Check the text" tells which
  }
}

function lookSoon() {
  clearTimeout(waits);
  waits = setTimeout(look, REST);
}

function keepBehind() {
  for (const typed of document.querySelectorAll(".typed")) {
    const field = typed.querySelector("textarea");
    typed.querySelector(".behind").scrollTop = field.scrollTop;
  }
}

if (form) {
  for (const typed of form.querySelectorAll(".typed")) {
    const field = typed.querySelector("textarea");
    typed.classList.add("live");
    field.addEventListener("scroll", keepBehind);
    field.addEventListener("input", () => {
      typed.classList.add("stale");
      lookSoon();
    });
  }
  for (const field of form.querySelectorAll("[name^=subject-], #f-at, #f-time")) field.addEventListener("input", lookSoon);
  for (const field of form.querySelectorAll("[name=day]")) field.addEventListener("change", lookSoon);
  for (const details of form.querySelectorAll(".change")) {
    details.addEventListener("toggle", () => details.open && lookSoon());
  }
  if (form.querySelector(".change[open]")) lookSoon();
}
