// The timeline: begin at today's line, keep names and words in sight, and name the days in the reader's own form.
const dayForm = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });

function nameDays(box) {
  for (const name of box.querySelectorAll("[data-day]")) {
    const at = new Date(`${name.dataset.day}T00:00Z`);
    if (!Number.isNaN(at.getTime())) name.textContent = dayForm.format(at);
  }
}

// Without a script the names of the lines are repeated along them; with it, one of each moves along.
function keepNamesInSight(box) {
  for (const name of box.querySelectorAll(".name[aria-hidden]")) name.remove();
  const names = [...box.querySelectorAll(".name")];
  const follow = () => names.forEach((name) => name.setAttribute("x", box.scrollLeft + 12));
  box.addEventListener("scroll", follow, { passive: true });
  follow();
}

function showWords(box, mark) {
  const words = mark.querySelector(".words").getBBox();
  const isSeen = words.x >= box.scrollLeft && words.x + words.width <= box.scrollLeft + box.clientWidth;
  if (!isSeen) box.scrollLeft = words.x - 12;
}

for (const box of document.querySelectorAll(".timeline")) {
  nameDays(box);
  keepNamesInSight(box);
  box.addEventListener("focusin", (event) => {
    const mark = event.target.closest(".one");
    if (mark) setTimeout(() => showWords(box, mark));
  });
  const today = box.querySelector(".today");
  if (today) box.scrollLeft = today.getBBox().x - box.clientWidth / 3;
}
