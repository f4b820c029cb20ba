// The timeline: begin at today's line, and name the days in the reader's own form.
for (const box of document.querySelectorAll(".timeline")) {
  for (const name of box.querySelectorAll("[data-day]")) {
    const at = new Date(`${name.dataset.day}T00:00Z`);
    if (!Number.isNaN(at.getTime())) {
      name.textContent = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" }).format(at);
    }
  }
  const today = box.querySelector(".today");
  if (today) box.scrollLeft = today.getBBox().x - box.clientWidth / 3;
}
