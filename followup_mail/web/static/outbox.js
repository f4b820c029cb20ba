// A mail that is open to be changed is held. This page says now and then that it is still there, and when it goes.

const form = document.querySelector("form[data-edit]");
const lost = document.getElementById("lost");
const every = 30_000;

function sign(last) {
  const fields = new FormData(form);
  const sent = new URLSearchParams({ form_word: fields.get("form_word"), mark: fields.get("mark") });
  if (last) sent.set("last", "yes");
  return sent;
}

async function tell() {
  try {
    const answer = await fetch(form.dataset.edit, { method: "POST", body: sign(false) });
    lost.hidden = answer.ok && (await answer.json()).held;
  } catch {
    // The page has ended or is away for a moment; the next sign shows.
  }
}

if (form) {
  let isSending = false;
  let isChanged = false;
  form.addEventListener("input", () => { isChanged = true; });
  document.addEventListener("submit", () => { isSending = true; });
  addEventListener("beforeunload", (event) => {
    if (isChanged && !isSending) event.preventDefault();
  });
  addEventListener("pagehide", () => {
    if (!isSending) navigator.sendBeacon(form.dataset.edit, sign(true));
  });
  addEventListener("pageshow", () => {
    isSending = false;
    tell();
  });
  setInterval(tell, every);
}
