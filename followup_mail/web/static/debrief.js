// The debrief where scripts may run: what was typed is kept when a field is left, and files can be dropped.

const form = document.getElementById("debrief");
const state = document.getElementById("saved");

function say(name) {
  state.dataset.state = name;
  state.textContent = state.dataset[name] ?? "";
}

// Of the page that answers, what is in and under each field is taken over; never the text of a field that was touched
// since. An empty card before a filled one is not kept, so then the cards there are not those here.
function hasCardsInPlace() {
  const filled = [...form.querySelectorAll(".person")].map((card) =>
    [...card.querySelectorAll("textarea, input[type=text]")].some((one) => one.value.trim() !== ""),
  );
  return filled.lastIndexOf(true) < filled.filter(Boolean).length;
}

function takeOver(answer, sent) {
  form.querySelector("[name=shown]").value = answer.querySelector("#debrief [name=shown]").value;
  const isInPlace = hasCardsInPlace();
  // Looked up first: what is taken over leaves the answer.
  const twin = answer.getElementById("twin");
  for (const mine of form.querySelectorAll("[data-field]")) {
    const theirs = answer.querySelector(`#debrief [data-field="${CSS.escape(mine.dataset.field)}"]`);
    const active = mine.contains(document.activeElement) ? document.activeElement : null;
    const isTyping = active !== null && !active.matches("[type=radio], [type=checkbox]");
    if (!theirs || isTyping || (mine.closest(".person") && !isInPlace)) continue;
    const inputs = [...mine.querySelectorAll("input:not([type=radio], [type=checkbox]), textarea, select")];
    if (!inputs.every((one) => (sent.get(one.name) ?? "").replaceAll("\r\n", "\n") === one.value)) continue;
    const agreed = [...mine.querySelectorAll("[type=checkbox]:checked")].map((one) => one.value);
    for (const box of theirs.querySelectorAll("[type=checkbox]")) box.checked = agreed.includes(box.value);
    mine.replaceWith(theirs);
    if (active) theirs.querySelector("[type=checkbox], input:not([type=hidden]), textarea, select")?.focus();
  }
  const known = document.getElementById("twin");
  if (twin && !known) form.querySelector("#job .buttons").before(twin);
  else if (known && !known.contains(document.activeElement) && !known.querySelector("input").value) known.replaceWith(twin ?? "");
}

// One at a time: each is made from what the one before has kept.
let running = false;
let waiting = false;
let isLeaving = false;
async function keep() {
  if (isLeaving) return;
  if (running) {
    waiting = true;
    return;
  }
  running = true;
  say("saving");
  const sent = new FormData(form);
  sent.set("go", "quiet");
  try {
    const reply = await fetch(form.action, { method: "POST", body: new URLSearchParams(sent) });
    if (reply.ok) {
      takeOver(new DOMParser().parseFromString(await reply.text(), "text/html"), sent);
      say("saved");
    } else say(reply.status === 409 ? "changed" : "lost");
  } catch {
    if (!isLeaving) say("lost");
  }
  running = false;
  if (waiting) {
    waiting = false;
    keep();
  }
}

if (form) {
  // Whether it differs from what is kept already does not matter: the same kept twice is the same.
  form.addEventListener("change", keep);
  let held;
  form.addEventListener("submit", (event) => {
    if (!running) {
      isLeaving = true;
      return;
    }
    // What is under way changes the version that this form carries: let it end first.
    event.preventDefault();
    clearInterval(held);
    held = setInterval(() => {
      if (running) return;
      clearInterval(held);
      const button = event.submitter;
      if (button?.form === form) {
        form.requestSubmit(button);
        return;
      }
      // The button stood under a field that was made anew.
      if (button?.name) {
        const pressed = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
        form.append(pressed);
      }
      form.requestSubmit();
    }, 50);
  });
  addEventListener("pageshow", () => {
    isLeaving = false;
  });
  // A phone may end the browser while another program is in front.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && form.contains(document.activeElement)) keep();
  });
}

for (const place of document.querySelectorAll("[data-drop]")) {
  const input = place.querySelector("input[type=file]");
  const over = (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    place.dataset.over = "";
  };
  document.addEventListener("dragenter", over);
  document.addEventListener("dragover", over);
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) delete place.dataset.over;
  });
  document.addEventListener("drop", (event) => {
    delete place.dataset.over;
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    const files = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) files.items.add(file);
    input.files = files.files;
    input.focus();
  });
}
