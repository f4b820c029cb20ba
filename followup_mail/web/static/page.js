// What makes every page a little easier where scripts may run; without them everything works as well.

// Dates and times in the reader's own form. The text's clock is that of the zone it carries, so it is kept as it is.
const forms = {
  day: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  clock: { hour: "numeric", minute: "2-digit" },
};
forms.moment = { ...forms.day, ...forms.clock };

export function localiseTimes(root) {
  for (const element of root.querySelectorAll("time[data-form]")) {
    const wall = element.dateTime.slice(0, 16);
    const at = new Date(wall.length > 10 ? `${wall}Z` : `${wall}T00:00Z`);
    const form = { ...forms[element.dataset.form], timeZone: "UTC" };
    if (!Number.isNaN(at.getTime()) && form) element.textContent = new Intl.DateTimeFormat(undefined, form).format(at);
  }
}
localiseTimes(document);

// A form is sent once, however often it is pressed; coming back to the page makes it usable again.
const pressed = new Set();
document.addEventListener("submit", (event) => {
  const form = event.target;
  // What answers with a file leaves the page as it is, to be pressed again.
  if (form.method !== "post" || event.defaultPrevented || "download" in form.dataset) return;
  if (pressed.has(form)) {
    event.preventDefault();
    return;
  }
  pressed.add(form);
  setTimeout(() => {
    for (const button of form.querySelectorAll("button")) button.disabled = true;
  });
});
addEventListener("pageshow", () => {
  for (const form of pressed) for (const button of form.querySelectorAll("button")) button.disabled = false;
  pressed.clear();
});

for (const link of document.querySelectorAll("[data-back]")) {
  link.addEventListener("click", (event) => {
    if (history.length > 1) {
      event.preventDefault();
      history.back();
    }
  });
}

// The keyboard. Nothing happens while somebody types, or with a key held that means something to the browser.
const list = document.getElementById("keys");
const opener = document.getElementById("show-keys");
opener.hidden = false;
opener.addEventListener("click", () => list.showModal());

let went = false;
function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}
function step(by) {
  const items = [...document.querySelectorAll("[data-list] > *")];
  if (items.length === 0) return;
  const at = items.findIndex((item) => item.contains(document.activeElement));
  const next = items[at < 0 ? 0 : Math.min(Math.max(at + by, 0), items.length - 1)];
  (next.querySelector("a, button") ?? next).focus();
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || list.open) return;
  if (went) {
    went = false;
    const link = document.querySelector(`.pages a[data-key="${CSS.escape(event.key)}"]`);
    if (link) {
      event.preventDefault();
      link.click();
      return;
    }
  }
  if (event.key === "g") went = true;
  else if (event.key === "?") list.showModal();
  else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "/") {
    const search = document.querySelector("input[type=search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});
